"""The finished book as a frozen tree: books, chapters, numbered sections, blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from export.blocks import Block
from export.look import Look

type Opening = Literal["front", "page", "band"]


@dataclass(frozen=True)
class Entry:
    """A line of the contents or of a list."""

    id: str
    number: str
    title: str
    level: int


@dataclass(frozen=True)
class SectionPart:
    id: str
    code: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    is_landscape: bool = False


@dataclass(frozen=True)
class ChapterPart:
    id: str
    code: str
    number: str
    title: str
    opening: Opening
    sections: tuple[SectionPart, ...]

    @property
    def label(self) -> str:
        """As printed: "Bab III", "Lampiran"."""
        if not self.number or not self.is_roman:
            return ""
        return f"Bab {self.number}"

    @property
    def is_roman(self) -> bool:
        return self.number != "L" and set(self.number) <= set("IVXLC")

    @property
    def running_head(self) -> str:
        return f"{self.label} · {self.title}" if self.label else self.title


@dataclass(frozen=True)
class BookPart:
    code: str
    number: str
    title: str
    chapters: tuple[ChapterPart, ...]
    contents: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    figures: tuple[Entry, ...]

    @property
    def label(self) -> str:
        return f"Buku {self.number}"


@dataclass(frozen=True)
class DimensionName:
    code: str
    name: str


@dataclass(frozen=True)
class Document:
    title: str
    region: str
    province: str
    capital: str
    period: str
    is_draft: bool
    dimensions: tuple[DimensionName, ...]
    books: tuple[BookPart, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    look: Look = field(default_factory=Look)
