"""The typesetting process: reads a job from standard input, writes a PDF. The only module that imports WeasyPrint.

Runs as `python -m export.pdf OUTPUT` without Django, without secrets in its environment and under limits.
"""

import base64
import gc
import json
import logging
import re
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.document import Document as Pages
from weasyprint.formatting_structure.boxes import BlockReplacedBox, InlineReplacedBox, LineBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"
SCHEME = "asset:"
PAGE_MIN = 0.26
FITTED_PAGES_MAX = 14
FOLIO = re.compile(r'(<span class="folio" data-folio="([^"]+)">)00(</span>)')
CONTENT_TYPES = {".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png", ".jpg": "image/jpeg"}


class RefusedAddressError(ValueError):
    """An address that is no handed-over asset."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Knows the bytes it was given and nothing else; refuses before any file or network is touched."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self._assets = dict(assets)

    def fetch(  # the base class calls it with both
        self,
        url: str,
        headers: dict[str, str] | None = None,  # noqa: ARG002
    ) -> URLFetcherResponse:
        key = url[len(SCHEME) :] if url.startswith(SCHEME) else None
        if key is None or key not in self._assets:
            raise RefusedAddressError(f"Alamat ditolak: {url[:80]}")
        kind = CONTENT_TYPES.get(Path(key).suffix, "application/octet-stream")
        return URLFetcherResponse(url, body=self._assets[key], headers={"Content-Type": kind})


@dataclass
class Warnings(logging.Handler):
    """Collects what WeasyPrint complains about."""

    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage()[:500])


@dataclass
class SetPart:
    """A part with its pages, and the label of the page on which each anchor stands."""

    entry: dict[str, Any]
    pages: list[Any]
    labels: dict[str, str]
    document: Pages


class Press:
    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        assets = {key: base64.b64decode(body) for key, body in job["assets"].items()}
        self.fetcher = AssetFetcher(assets)
        self.fonts = FontConfiguration()
        self.styles = [self._css(style) for style in job["styles"]]
        self.pages = 0

    def _css(self, text: str) -> CSS:
        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher, base_url=SCHEME)

    def set_well(self, entry: dict[str, Any], html: str, *, is_left: bool) -> SetPart:
        """Once more and tighter when a few lines alone would take a page; kept only if that saves one."""
        part = self.set_part(entry, html, is_left=is_left)
        is_fitted = self.job["tight_css"] and 1 < len(part.pages) <= FITTED_PAGES_MAX
        if not is_fitted or min(map(fill, part.pages[1:])) > PAGE_MIN:
            return part
        tight = self.set_part(entry, html, is_left=is_left, extra=self.job["tight_css"])
        return tight if len(tight.pages) < len(part.pages) else part

    def set_part(self, entry: dict[str, Any], html: str, *, is_left: bool, extra: str = "") -> SetPart:
        own = self._css(entry["css"] + (entry["left_css"] if is_left else "") + extra)
        document = HTML(string=html, base_url=SCHEME, url_fetcher=self.fetcher).render(
            font_config=self.fonts, stylesheets=[*self.styles, own], pdf_variant=VARIANT, pdf_tags=True
        )
        labels: dict[str, str] = {}
        for place, page in enumerate(document.pages, start=1):
            label = roman(place) if entry["is_front"] else f"{entry['prefix']}{place}"
            for anchor in page.anchors:
                labels.setdefault(anchor, label)  # a box over several pages stands on each: the first counts
        return SetPart(entry, document.pages, labels, document)


def set_all(job: dict[str, Any]) -> list[SetPart]:
    """Front matter is set twice: once to know how long it is, once more with the page labels of everything."""
    press = Press(job)
    done: list[SetPart] = []
    labels: dict[str, str] = {}
    offset = 0
    for place, entry in enumerate(job["parts"]):
        offset = 0 if entry["starts_book"] else offset
        tell(entry["name"], place, len(job["parts"]), press.pages)
        part = press.set_well(entry, entry["html"], is_left=offset % 2 == 1)
        offset += len(part.pages)
        press.pages += len(part.pages)
        labels |= part.labels
        done.append(part)
        gc.collect()
        gc.freeze()  # what stays is not walked through again after every part
    for place, part in enumerate(done):
        if part.entry["is_front"]:
            tell(f"{part.entry['name']}: daftar isi", len(done), len(done), press.pages)
            done[place] = press.set_well(part.entry, with_folios(part.entry["html"], labels), is_left=False)
    return done


def fill(page: Any) -> float:
    """How far down the type area the last line or picture of a page reaches, from 0 to 1."""
    box = page._page_box
    top, height = box.content_box_y(), box.height
    bottoms: list[float] = [
        part.position_y + part.height
        for part in box.descendants()
        if isinstance(part, LineBox | InlineReplacedBox | BlockReplacedBox)
        and part.position_y + part.height <= top + height
    ]
    reach: float = max((bottom - top for bottom in bottoms), default=0.0) / height
    return reach


def with_folios(html: str, labels: Mapping[str, str]) -> str:
    return FOLIO.sub(lambda found: f"{found.group(1)}{labels.get(found.group(2), '')}{found.group(3)}", html)


def write(job: dict[str, Any], parts: list[SetPart], output: Path) -> None:
    """One tagged PDF of all parts, with metadata and the printed labels as page labels."""
    whole = parts[0].document.copy([page for part in parts for page in part.pages])
    whole.metadata.title, whole.metadata.lang = job["title"], "id"
    whole.metadata.authors = [job["author"]]
    whole.write_pdf(output, pdf_variant=VARIANT, pdf_tags=True, finisher=lambda _, pdf: label_pages(pdf, parts))


def label_pages(pdf: Any, parts: list[SetPart]) -> None:
    """What a viewer calls a page is what is printed on it: iv, III-12."""
    numbers: list[Any] = []
    place = 0
    for part in parts:
        style = "/r" if part.entry["is_front"] else "/D"
        numbers += [place, pydyf.Dictionary({"S": style, "P": pydyf.String(part.entry["prefix"])})]
        place += len(part.pages)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(numbers)})


def roman(number: int) -> str:
    out = ""
    for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + sign, number - value
    return out


def tell(activity: str, done: int, of: int, pages: int) -> None:
    """One line of progress for the process that waits."""
    say({"activity": activity, "done": done, "of": of, "pages": pages})


def say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> None:
    started = time.perf_counter()
    warnings = Warnings()
    logging.getLogger("weasyprint").addHandler(warnings)
    logging.getLogger("weasyprint").propagate = False
    job = json.load(sys.stdin)
    gc.disable()
    parts = set_all(job)
    count = sum(len(part.pages) for part in parts)
    tell("berkas PDF", len(parts), len(parts), count)
    write(job, parts, Path(sys.argv[1]))
    result = {
        "pages": count,
        "part_pages": [len(part.pages) for part in parts],
        "warnings": warnings.found,
        "seconds": round(time.perf_counter() - started, 2),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    say({"result": result})


if __name__ == "__main__":
    main()
