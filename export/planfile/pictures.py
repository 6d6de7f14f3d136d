"""Pictures inside plan files: their bytes under `gambar`, named in the texts as `gambar:KEY`."""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from export.planfile.cursor import Cursor, Fault, PlanFileError
from masterplan import prose
from masterplan.domain.picture import bytes_of, store_picture
from masterplan.models import Masterplan, Picture
from smartcity.accounts.models import User
from smartcity.ui.refusal import Refusal

type Json = dict[str, Any]
SCHEME = "gambar:"
KEY_LENGTH = 16


def dump_pictures(
    plan: Masterplan, docs: Iterable[Json], more: Iterable[str] = ()
) -> tuple[list[Json] | None, dict[str, str]]:
    """The list for the file (None without pictures), and how each source is called in it; `more` are sources of no text.

    Raises PlanFileError when a picture that a text shows is gone from the disk: a file without it would lose it silently.
    """
    wanted = list(dict.fromkeys(source for doc in docs for source in prose.figure_sources(doc)) | dict.fromkeys(more))
    found = bytes_of(plan, wanted) if wanted else {}
    lost = [source for source in wanted if source not in found]
    if lost:
        raise PlanFileError([Fault("gambar", f"berkas {source} tidak ditemukan di penyimpanan.") for source in lost])
    rows = {
        source: {
            "kode": found[source][0].sha256[:KEY_LENGTH],
            "nama": found[source][0].name,
            "isi": base64.b64encode(found[source][1]).decode(),
        }
        for source in wanted
    }
    return list(rows.values()) or None, {source: f"{SCHEME}{row['kode']}" for source, row in rows.items()}


def parse_pictures(root: Cursor) -> dict[str, tuple[str, bytes]]:
    """Name and bytes by the source that the texts use."""
    found: dict[str, tuple[str, bytes]] = {}
    rows = root.raw("gambar", [])
    for place, row in enumerate(rows if isinstance(rows, list) else [None]):
        try:
            key, name, body = str(row["kode"]), str(row["nama"]), base64.b64decode(row["isi"], validate=True)
        except (TypeError, KeyError, ValueError, binascii.Error):
            root.fail("gambar", f"baris {place + 1} harus berisi kode, nama, dan isi (base64).")
            continue
        found[f"{SCHEME}{key}"] = (name, body)
    return found


def with_stored_pictures(
    plan: Masterplan, texts: Mapping[str, Json], pictures: Mapping[str, tuple[str, bytes]], by: User | None
) -> dict[str, Json]:
    """The texts with the sources of this region's pictures. What is already here is not encoded again."""
    sources = {key: picture.source for key, picture in stored_pictures(plan, pictures, by).items()}
    return {code: _renamed(doc, sources) for code, doc in texts.items()} if sources else dict(texts)


def stored_pictures(plan: Masterplan, pictures: Mapping[str, tuple[str, bytes]], by: User | None) -> dict[str, Picture]:
    """By the name that the file uses."""
    return {key: _stored(plan, key, name, body, by) for key, (name, body) in pictures.items()}


def _stored(plan: Masterplan, key: str, name: str, body: bytes, by: User | None) -> Picture:
    known = Picture.objects.filter(regency_id=plan.regency_id, sha256=hashlib.sha256(body).hexdigest()).first()
    if known is not None:
        return known
    try:
        return store_picture(regency=plan.regency, upload=body, name=name, by=by)
    except Refusal as refusal:
        raise PlanFileError([Fault(f"gambar {key}", refusal.sentence)]) from refusal


def _renamed(node: Json, sources: Mapping[str, str]) -> Json:
    result = dict(node)
    if node["type"] == "figure":
        result["attrs"] = {**node["attrs"], "src": sources.get(node["attrs"]["src"], node["attrs"]["src"])}
    if "content" in node:
        result["content"] = [_renamed(child, sources) for child in node["content"]]
    return result
