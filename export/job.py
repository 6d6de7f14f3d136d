"""What the typesetting process is given and what it gives back; plain values that travel as JSON."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A run of pages that is set on its own: `name` is for people, `prefix` makes page labels such as III-1."""

    name: str
    html: str
    css: str
    left_css: str
    prefix: str
    is_front: bool
    starts_book: bool


@dataclass(frozen=True)
class PrintJob:
    """`assets`: bytes by key, nothing else can be fetched; `tight_css` saves a part a nearly empty last page; empty, nothing is set twice."""

    title: str
    author: str
    parts: tuple[Part, ...]
    styles: tuple[str, ...]
    tight_css: str
    assets: dict[str, bytes]


@dataclass(frozen=True)
class Printed:
    """`part_pages` counts the pages of each part in the order of the job."""

    pages: int
    part_pages: tuple[int, ...]
    warnings: tuple[str, ...]
    seconds: float
    peak_bytes: int
