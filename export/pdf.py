"""A typesetting process: sets one part after the other, each into a PDF of its own. The only module that imports WeasyPrint.

Runs as `python -m export.pdf` without Django, without secrets in its environment and under limits. Each line of its standard input
names a JSON file, the first the job's, the others a part's; it answers each part with one line.
"""

import base64
import gc
import io
import json
import logging
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document as Pages
from weasyprint.formatting_structure.boxes import BlockReplacedBox, InlineReplacedBox, LineBox, MarginBox, TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from export.job import Mark, PageFacts, Sidecar
from export.page_pictures import pictures
from export.restraint import peak_bytes, restrain
from export.tagging import drop_nested_links, finish, inner_link, know_elements
from export.variants import MAKINGS

SCHEME = "asset:"
POINTS = 0.75  # of a CSS pixel
PAGE_MIN = 0.26
FITTED_PAGES_MAX = 14
CONTENT_TYPES = {".svg": "image/svg+xml", ".ttf": "font/ttf", ".png": "image/png", ".jpg": "image/jpeg"}


class RefusedAddressError(ValueError):
    """An address that is no handed-over asset."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Knows the bytes it was given and nothing else; refuses before any file or network is touched."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False)
        self.assets = dict(assets)

    def fetch(  # the base class calls it with both
        self,
        url: str,
        headers: dict[str, str] | None = None,  # noqa: ARG002
    ) -> URLFetcherResponse:
        key = url[len(SCHEME) :] if url.startswith(SCHEME) else None
        if key is None or key not in self.assets:
            raise RefusedAddressError(f"Alamat ditolak: {url[:80]}")
        kind = CONTENT_TYPES.get(Path(key).suffix, "application/octet-stream")
        return URLFetcherResponse(url, body=self.assets[key], headers={"Content-Type": kind})


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

    def taken(self) -> tuple[str, ...]:
        found, self.found = tuple(self.found), []
        return found


class Press:
    """Fonts and style sheets of one job, read once; `warnings` heard until the first part belong to it."""

    def __init__(self, job: dict[str, Any], warnings: Warnings) -> None:
        self.warnings = warnings
        making = MAKINGS[job["variant"]]
        self.is_tagged = making.standard is not None
        self.options = {"pdf_variant": making.standard, "pdf_tags": self.is_tagged, **making.options}
        self.fetcher = AssetFetcher(_decoded(job["assets"]))
        self.fonts = FontConfiguration()
        self.styles = [self._css(style) for style in job["styles"]]
        self.tight = [self._css(job["tight_css"])] if job["tight_css"] else []

    def _css(self, text: str) -> CSS:
        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher, base_url=SCHEME)

    def set_part(self, part: dict[str, Any]) -> tuple[bytes, Sidecar]:
        started = time.process_time()
        self.fetcher.assets |= _decoded(part["assets"])
        document = self._set_well(part["html"], [self._css(part["css"])] if part["css"] else [])
        pages = [_facts(page, is_stamped=part["is_stamped"]) for page in document.pages]
        drop_nested_links(document)
        out = io.BytesIO()
        document.write_pdf(out, finisher=partial(finish, part["key"]) if self.is_tagged else None, **self.options)
        sidecar = Sidecar(
            pages=tuple(pages),
            anchors=_anchors(document),
            marks=tuple(_marks(document)),
            links=tuple(inner for page in document.pages for link in page.links if (inner := inner_link(link[1]))),
            warnings=self.warnings.taken(),
            cpu_seconds=time.process_time() - started,
            peak_bytes=peak_bytes(),
        )
        return out.getvalue() if self.is_tagged else pictures(out.getvalue()), sidecar

    def _set_well(self, html: str, own: list[CSS]) -> Pages:
        """Once more and tighter when a few lines alone would take a page; kept only if that saves one."""
        document = self._set(html, own)
        is_fitted = self.tight and 1 < len(document.pages) <= FITTED_PAGES_MAX
        if not is_fitted or min(map(fill, document.pages[1:])) > PAGE_MIN:
            return document
        tight = self._set(html, [*own, *self.tight])
        return tight if len(tight.pages) < len(document.pages) else document

    def _set(self, html: str, own: list[CSS]) -> Pages:
        source = HTML(string=html, base_url=SCHEME, url_fetcher=self.fetcher)
        return source.render(font_config=self.fonts, stylesheets=[*self.styles, *own], **self.options)


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


def _facts(page: Any, *, is_stamped: bool) -> PageFacts:
    """What is stamped into the margins depends on the side of the page: the words on tables that go on are taken out here."""
    words: dict[str, str] = {}
    if is_stamped:
        box = page._page_box
        margins = [child for child in box.children if isinstance(child, MarginBox)]
        box.children = [child for child in box.children if not isinstance(child, MarginBox)]
        for margin in margins:
            lines = (part.text for part in margin.descendants() if isinstance(part, TextBox))
            words[margin.at_keyword] = "".join(lines)
    width, height = page.width * POINTS, page.height * POINTS
    return PageFacts(width, height, words.get("@top-left", ""), words.get("@bottom-center", ""))


def _anchors(document: Pages) -> dict[str, tuple[int, float, float]]:
    """A box over several pages stands on each: the first counts."""
    found: dict[str, tuple[int, float, float]] = {}
    for place, page in enumerate(document.pages):
        for key, (x, y, *_) in page.anchors.items():
            found.setdefault(key, (place, round(x * POINTS, 2), round((page.height - y) * POINTS, 2)))
    return found


def _marks(document: Pages) -> Iterator[Mark]:
    for place, page in enumerate(document.pages):
        for level, label, (x, y), _ in page.bookmarks:
            yield Mark(level, label, place, round(x * POINTS, 2), round((page.height - y) * POINTS, 2))


def _decoded(assets: Mapping[str, str]) -> dict[str, bytes]:
    return {key: base64.b64decode(body) for key, body in assets.items()}


def main() -> None:
    asked = map(str.strip, sys.stdin)
    path = next(asked, None)
    if path is None:
        return
    job = json.loads(Path(path).read_bytes())
    restrain(job["limits"], job["parent"])
    warnings = Warnings()
    logging.getLogger("weasyprint").addHandler(warnings)
    logging.getLogger("weasyprint").propagate = False
    know_elements()
    gc.disable()
    press = Press(job, warnings)
    gc.collect()
    gc.freeze()  # what stays is not walked through again after every part
    for path in asked:
        part = json.loads(Path(path).read_bytes())
        content, sidecar = press.set_part(part)
        Path(part["output"]).write_bytes(content)
        sys.stdout.write(json.dumps(asdict(sidecar)) + "\n")
        sys.stdout.flush()
        gc.collect()


if __name__ == "__main__":
    main()
