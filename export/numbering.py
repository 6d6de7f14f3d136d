"""Numbers of tables and figures: "Tabel 3.2", counted per chapter in the order of appearance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from export.blocks import Block, Figure, Numbered, Quadrant, Sheet, Table
from export.tree import Entry
from masterplan.prose import Caption

type Kind = Literal["table", "figure"]
WORDS: dict[Kind, str] = {"table": "Tabel", "figure": "Gambar"}


@dataclass
class ChapterNumbers:
    """Hands out the numbers of one chapter; `place` is the chapter as it stands before the point: 3, or L."""

    book_code: str
    place: str
    counts: Counter[str] = field(default_factory=Counter)
    tables: list[Entry] = field(default_factory=list)
    figures: list[Entry] = field(default_factory=list)

    def next_label(self, kind: Kind) -> str:
        self.counts[kind] += 1
        own = str(self.counts[kind])
        return f"{WORDS[kind]} {self.place}.{own}" if self.place else f"{WORDS[kind]} {own}"

    def prose_labels(self, captions: Iterable[Caption]) -> dict[str, str]:
        labels: dict[str, str] = {}
        for caption in captions:
            labels[caption.id] = self.next_label(caption.kind)
            self._list(caption.kind, Entry(caption.id, labels[caption.id], caption.text, 1))
        return labels

    def numbered(self, blocks: Iterable[Block], section_code: str) -> list[Block]:
        """Ids name the section and the place in it, not the number: a reference survives renumbering."""
        places: Counter[str] = Counter()
        return [self._numbered(block, section_code, places) for block in blocks]

    def _numbered(self, block: Block, section_code: str, places: Counter[str]) -> Block:
        if isinstance(block, Table | Figure | Quadrant):
            return self._labelled(block, section_code, places)
        if isinstance(block, Sheet):
            self.counts["sheet"] += 1
            return replace(block, id=f"{self.book_code}-{block.code}-{self.counts['sheet']}".lower())
        return block

    def _labelled(self, block: Numbered, section_code: str, places: Counter[str]) -> Numbered:
        kind: Kind = "table" if isinstance(block, Table) else "figure"
        label = self.next_label(kind)
        places[kind] += 1
        identity = f"{section_code}-{WORDS[kind]}-{places[kind]}".lower().replace(".", "-")
        self._list(kind, Entry(identity, label, block.caption, 1))
        return replace(block, label=label, id=identity)

    def _list(self, kind: Kind, entry: Entry) -> None:
        (self.tables if kind == "table" else self.figures).append(entry)
