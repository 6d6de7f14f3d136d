"""Set parts kept on disk under the hash of everything that shapes them; never served to anybody."""

import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from export.job import Part, PrintJob, Sidecar

ASSET = re.compile(r"asset:([\w.-]+)")
SETTERS = ("pdf.py", "tagging.py", "variants.py")  # code that shapes a part beside its HTML and CSS
SUFFIX = ".part"
DIGEST = 64


@dataclass(frozen=True)
class SetPart:
    content: bytes
    sidecar: Sidecar


@dataclass(frozen=True)
class Shelf:
    """`most_bytes` is the room on disk: what was used longest ago makes place."""

    folder: Path
    most_bytes: int

    def get(self, key: str) -> SetPart | None:
        """None also for a damaged file, which is removed. Taking a part counts as using it."""
        path = self._path(key)
        try:
            body = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        if hashlib.sha256(body[DIGEST:]).hexdigest().encode() != body[:DIGEST]:
            path.unlink(missing_ok=True)
            return None
        facts, _, content = body[DIGEST:].partition(b"\n")
        return SetPart(content, Sidecar.from_json(json.loads(facts)))

    def put(self, key: str, part: SetPart) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = json.dumps(asdict(part.sidecar)).encode() + b"\n" + part.content
        draft = path.with_name(f".{key}.{uuid.uuid4().hex}")
        try:
            with draft.open("wb") as handle:
                handle.write(hashlib.sha256(body).hexdigest().encode() + body)
                handle.flush()
                os.fsync(handle.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def trim(self) -> None:
        """Drafts of killed workers count and go like parts."""
        found = [(path, stat) for path in self.folder.glob("??/*") if (stat := _stat(path))]
        room = self.most_bytes
        for path, stat in sorted(found, key=lambda entry: entry[1].st_mtime, reverse=True):
            room -= stat.st_size
            if room < 0:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{SUFFIX}"


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None  # another worker made place meanwhile


@dataclass(frozen=True)
class Keys:
    """What all parts of a job share, hashed once."""

    base: str
    digests: Mapping[str, str]

    def of(self, part: Part) -> str:
        own = [part.html, part.css, str(part.run is not None)]
        own += [self.digests.get(name, "") for name in assets_in(own[:2])]
        return _digest([self.base, *own])


def keys_for(job: PrintJob) -> Keys:
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in job.assets.items()}
    common = [digests.get(name, "") for name in assets_in(job.styles)]
    return Keys(_digest([setter(), job.variant, job.tight_css, *job.styles, *common]), digests)


@cache
def setter() -> str:
    """Versions of what sets the pages."""
    code = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in SETTERS]
    return _digest([version("weasyprint"), version("pydyf"), *code])


def assets_in(texts: Iterable[str]) -> list[str]:
    return sorted({name for text in texts for name in ASSET.findall(text)})


def _digest(texts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for text in texts:
        body = text.encode()
        whole.update(f"{len(body)}:".encode() + body)
    return whole.hexdigest()
