"""What a stage needs: its own needs and those of every stage before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bimtek.models import Stage


@dataclass(frozen=True)
class RowNeed:
    """`least` rows of a kind; with `each` that many in every dimension, group, ... that the kind is sorted into."""

    kind: str
    least: int = 1
    each: bool = False

    @classmethod
    def of(cls, entry: dict[str, Any]) -> "RowNeed":
        return cls(**entry)


@dataclass(frozen=True)
class DocumentNeed:
    """One document of any of these kinds: an MoU or an agreement."""

    name: str
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, entry: dict[str, Any]) -> "DocumentNeed":
        return cls(name=entry["name"], kinds=tuple(entry["kinds"]))


@dataclass(frozen=True)
class Needs:
    due: frozenset[str]
    rows: tuple[RowNeed, ...]
    rules: frozenset[str]
    documents: tuple[DocumentNeed, ...] = ()


def documents_of(stage: Stage) -> list[DocumentNeed]:
    return [DocumentNeed.of(entry) for entry in stage.needed_documents]


def needs_at(stage: Stage, stages: Iterable[Stage]) -> Needs:
    """Of two needs for the same kind the later one holds."""
    upto = [each for each in stages if each.position <= stage.position]
    rows = {need.kind: need for each in upto for need in map(RowNeed.of, each.needed_rows)}
    return Needs(
        due=frozenset(code for each in upto for code in each.due_codes),
        rows=tuple(rows.values()),
        rules=frozenset(code for each in upto for code in each.cleared_rules),
        documents=tuple(dict.fromkeys(need for each in upto for need in documents_of(each))),
    )
