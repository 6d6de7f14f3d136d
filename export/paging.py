"""Where each set part stands in the book: labels of its pages as printed, left- and right-hand sides."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from export.job import Part, Run, Sidecar

FOLIO = re.compile(r'(<span class="folio" data-folio="([^"]+)">)([^<]*)(</span>)')


@dataclass(frozen=True)
class PlacedPart:
    """`position` counts the parts; `start` is its first page in the file, `number` that page's number in its run, `is_left` that page's side."""

    position: int
    part: Part
    sidecar: Sidecar
    start: int
    number: int
    is_left: bool

    def label(self, page: int) -> str:
        run = self.part.run
        if run is None:
            return str(self.number + page)
        return roman(self.number + page) if run.is_front else f"{run.prefix}{self.number + page}"

    def page_is_left(self, page: int) -> bool:
        return self.is_left != bool(page % 2)


def placed(parts: Sequence[Part], sidecars: Sequence[Sidecar]) -> list[PlacedPart]:
    out: list[PlacedPart] = []
    run: Run | None = None
    book, start, number, offset = "", 0, 1, 0
    for part, sidecar in zip(parts, sidecars, strict=True):
        if part.run != run:
            run, number = part.run, 1
        if run and run.book != book:
            book, offset = run.book, 0
        out.append(PlacedPart(len(out), part, sidecar, start, number, bool(offset % 2)))
        pages = len(sidecar.pages)
        start, number, offset = start + pages, number + pages, offset + pages
    return out


def anchor_labels(parts: Iterable[PlacedPart]) -> dict[str, str]:
    """The label of the page on which each id stands."""
    labels: dict[str, str] = {}
    for place in parts:
        for key, (page, _, _) in place.sidecar.anchors.items():
            labels.setdefault(key, place.label(page))
    return labels


def has_folios(part: Part) -> bool:
    return 'class="folio"' in part.html


def with_folios(html: str, labels: Mapping[str, str]) -> str:
    return FOLIO.sub(lambda found: f"{found[1]}{labels.get(found[2], '')}{found[4]}", html)


def folios(html: str) -> Iterator[tuple[str, str]]:
    """Ids and the labels printed for them."""
    return ((found[2], found[3]) for found in FOLIO.finditer(html))


def roman(number: int) -> str:
    out = ""
    for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            out, number = out + sign, number - value
    return out
