"""The typed pieces that a section of the book is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

type Align = Literal["left", "right", "center"]
type RowKind = Literal["row", "group", "subtotal", "total"]


@dataclass(frozen=True)
class Column:
    """`share` divides what numeric columns leave over; `width` (mm) is set when the table is laid out."""

    title: str
    unit: str = ""
    align: Align = "left"
    group: str = ""
    share: float = 0.0
    width: float = 0.0
    has_rule: bool = False


@dataclass(frozen=True)
class Cell:
    text: str = ""
    code: str = ""
    notes: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    score: int | None = None
    span: int = 1
    down: int = 1
    is_heading: bool = False
    is_strong: bool = False


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    kind: RowKind = "row"
    dimension: str = ""


@dataclass(frozen=True)
class Banner:
    """Coloured strip above the action matrix of one dimension."""

    code: str
    name: str
    goal: str


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str = ""
    is_landscape: bool = False
    banner: Banner | None = None
    id: str = ""
    label: str = ""


@dataclass(frozen=True)
class Figure:
    """One drawing, or several when it goes on over pages."""

    caption: str
    drawings: tuple[str, ...]
    source: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True)
class QuadrantCell:
    letter: str
    name: str
    factor: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Quadrant:
    """Strengths, weaknesses, opportunities and threats side by side; no numbers are made up."""

    caption: str
    cells: tuple[QuadrantCell, ...]
    source: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True)
class Statement:
    title: str
    text: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetRisk:
    text: str
    mitigation: str


@dataclass(frozen=True)
class Sheet:
    """One quick win or programme on one page; `periods` are quarters or years with a line or more each."""

    id: str
    code: str
    name: str
    dimension: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[tuple[str, str], tuple[str, str]], ...]
    periods_title: str
    periods: tuple[tuple[str, tuple[str, ...]], ...]
    risks: tuple[SheetRisk, ...] = ()
    risk_matrix: str = ""
    status: str = ""


def paired(answers: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    """Two answers a line; what nobody answered leaves no empty heading."""
    kept = [answer for answer in answers if answer[1]]
    if len(kept) % 2:
        kept.append(("", ""))
    return tuple(zip(kept[::2], kept[1::2], strict=True))


@dataclass(frozen=True)
class Prose:
    html: str


@dataclass(frozen=True)
class Missing:
    """A required part that nobody has written yet; only drafts show it."""


@dataclass(frozen=True)
class Signature:
    place: str
    office: str


@dataclass(frozen=True)
class Cover:
    """Drawn from what the document says about the region and its looks; an empty `numeral` is the number of the book."""

    lines: tuple[str, str] = ("Masterplan", "Smart City")
    numeral: str = ""


@dataclass(frozen=True)
class Approval:
    facts: tuple[tuple[str, str], ...]
    signers: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = field(default=())
    is_checkable: bool = False  # the address of the public page goes where `check_at.MARK` stands


@dataclass(frozen=True)
class Listing:
    """Contents, list of tables or list of figures; its page numbers are known only after setting the pages."""

    kind: Literal["contents", "tables", "figures"]


type Numbered = Table | Figure | Quadrant
type Block = Prose | Table | Figure | Quadrant | Statement | Sheet | Missing | Signature | Cover | Approval | Listing
