"""What the typesetting processes are given and what comes back; plain values that travel as JSON."""

import base64
from dataclasses import dataclass, field
from typing import Any, Literal

from export import palette

# A link to what another part may hold; it becomes a named destination in the finished file.
ELSEWHERE = "https://xref.invalid/#"

# What each of them is: variants.py.
type Variant = Literal["archive", "small", "print", "plain", "screen"]


@dataclass(frozen=True)
class Run:
    """Parts whose pages are counted together, and the literal text of their margins; `colour` is that of page numbers.

    `prefix` makes page labels such as III-1; front pages count in small roman figures. A new `book` begins on a right-hand page.
    """

    book: str
    head: str
    book_head: str
    foot: str
    prefix: str
    is_front: bool
    has_opening: bool
    colour: str = palette.ACCENT_DEEP


@dataclass(frozen=True)
class Part:
    """Pages between two forced breaks, set on their own: nothing is stamped on a bare one or without `run`.

    `name` and `chapter` are for people, `section` is the code of the first section in the outline.
    """

    name: str
    html: str
    css: str = ""
    run: Run | None = None
    is_bare: bool = False
    chapter: str = ""
    section: str = ""


@dataclass(frozen=True)
class Progress:
    """Told while a book is made: what is done at present, how far the whole is, pages set, parts set of all."""

    activity: str
    percent: int
    pages: int
    done: int
    total: int


@dataclass(frozen=True)
class Attachment:
    """A file inside the archive copy; `relationship` as in PDF/A-3: Source, Data. `content` is text, or base64 where it `is_binary`."""

    name: str
    mime: str
    relationship: str
    description: str
    content: str
    is_binary: bool = False

    @property
    def body(self) -> bytes:
        return base64.b64decode(self.content) if self.is_binary else self.content.encode()


@dataclass(frozen=True)
class PrintJob:
    """`assets`: bytes by key, nothing else can be fetched; `tight_css` saves a part a nearly empty last page; empty, nothing is set twice."""

    title: str
    author: str
    parts: tuple[Part, ...]
    styles: tuple[str, ...]
    tight_css: str
    assets: dict[str, bytes]
    variant: Variant = "archive"
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class PageFacts:
    """Size in points; `goes_on` stands at the foot when a table continues on the next page, `continued` at the head of that one."""

    width: float
    height: float
    continued: str
    goes_on: str


@dataclass(frozen=True)
class Mark:
    """An entry of the outline: x and y in points from the lower left corner of the part's page `page` (from 0)."""

    level: int
    label: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Sidecar:
    """What the book must know of a set part. `anchors`: page, x and y of each id, as in `Mark`; `links`: ids that the part points to."""

    pages: tuple[PageFacts, ...]
    anchors: dict[str, tuple[int, float, float]]
    marks: tuple[Mark, ...]
    links: tuple[str, ...]
    warnings: tuple[str, ...]
    cpu_seconds: float
    peak_bytes: int

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Sidecar":
        return cls(
            pages=tuple(PageFacts(**page) for page in fields["pages"]),
            anchors={key: (int(page), x, y) for key, (page, x, y) in fields["anchors"].items()},
            marks=tuple(Mark(**mark) for mark in fields["marks"]),
            links=tuple(fields["links"]),
            warnings=tuple(fields["warnings"]),
            cpu_seconds=fields["cpu_seconds"],
            peak_bytes=fields["peak_bytes"],
        )


@dataclass(frozen=True)
class Printed:
    """`part_pages` counts the pages of each part in the order of the job; `hits` of them were set before. `peak_bytes` is the largest process; times in seconds."""

    pages: int
    part_pages: tuple[int, ...]
    warnings: tuple[str, ...]
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    hits: int = 0
    laps: dict[str, float] = field(default_factory=dict)
