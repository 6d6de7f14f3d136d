"""What the pages of the golden thread show: the filter, rows with their addresses, and the places where it breaks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from django.http import QueryDict
from django.urls import reverse

from export.thread.graph import INDICATOR, KEYWORD, Node, Step, Thread
from export.thread.lines import DimensionThread, Line
from export.thread.loose_ends import LooseEnd
from masterplan.domain.findings import PlanFinding
from masterplan.models import Masterplan
from masterplan.registers import EVERY_KIND
from masterplan.views.finding_table import address_of

AT_FIRST = 8
OPEN_TO = 60
SHOWN = 50


def address_of_row(plan: Masterplan, thread: Thread, node: Node) -> str:
    """The form of the row; a keyword stands in the vision's, an indicator in its programme's."""
    if node.kind == KEYWORD:
        vision = thread.of_kind("visi")[0]
        return EVERY_KIND["visi"].address("edit", plan, vision.pk) + "#id_keywords"
    if node.kind == INDICATOR:
        return EVERY_KIND["program"].address("edit", plan, node.pk) + "#id_indicator"
    return EVERY_KIND[node.kind].address("edit", plan, node.pk)


@dataclass(frozen=True)
class ThreadFilter:
    """Unknown dimensions count as not asked."""

    cari: str
    dimensi: str
    putus: bool

    @classmethod
    def of(cls, query: QueryDict, codes: Sequence[str]) -> Self:
        words = query.get("cari", "")[:100].replace("\x00", "").strip()
        code = query.get("dimensi", "")
        return cls(words, code if code in codes else "", query.get("putus") == "1")

    @property
    def is_active(self) -> bool:
        return bool(self.cari or self.dimensi or self.putus)

    def accepts(self, line: Line) -> bool:
        if self.putus and not line.is_broken:
            return False
        return all(word in line.words for word in self.cari.casefold().split())

    def shown(self, threads: Iterable[DimensionThread]) -> list[DimensionThread]:
        """A dimension without a matching line stays only while nothing but the dimension was asked for."""
        kept = [thread.keeping(self.accepts) for thread in threads if self.dimensi in ("", thread.code)]
        return [thread for thread in kept if thread.lines or not (self.cari or self.putus)]


@dataclass(frozen=True)
class StrategyRows:
    strategy: Node
    gaps: tuple[Node, ...]
    lines: list[Line]


def by_strategy(thread: DimensionThread) -> list[StrategyRows]:
    found = groupby(thread.lines, key=lambda line: (line.strategy, line.gaps))
    return [StrategyRows(strategy, gaps, list(lines)) for (strategy, gaps), lines in found]


@dataclass(frozen=True)
class EndLine:
    label: str
    dimension: str
    sentence: str
    href: str


@dataclass(frozen=True)
class EndGroup:
    title: str
    advice: str
    lines: list[EndLine]

    @property
    def shown(self) -> list[EndLine]:
        return self.lines[:SHOWN]

    @property
    def left_out(self) -> int:
        return max(0, len(self.lines) - SHOWN)


def end_groups(
    plan: Masterplan, thread: Thread, found: Iterable[PlanFinding], ends: Iterable[LooseEnd], code: str = ""
) -> list[EndGroup]:
    """Findings by their rule, then what only the graph shows; `code` narrows to one dimension."""
    groups = [
        EndGroup(rule.title, rule.advice, [_finding_line(plan, each) for each in lines])
        for rule, lines in groupby((each for each in found if each.waiver is None), key=lambda each: each.finding.rule)
    ]
    groups += [
        EndGroup(sentence, advice, [_end_line(plan, thread, end) for end in lines])
        for (sentence, advice), lines in groupby(ends, key=lambda end: (end.sentence, end.advice))
    ]
    narrowed = [
        EndGroup(group.title, group.advice, [line for line in group.lines if code in ("", line.dimension)])
        for group in groups
    ]
    return [group for group in narrowed if group.lines]


def _finding_line(plan: Masterplan, found: PlanFinding) -> EndLine:
    place = found.finding.place
    return EndLine(place.label, place.dimension, found.finding.sentence, address_of(place, plan))


def _end_line(plan: Masterplan, thread: Thread, end: LooseEnd) -> EndLine:
    dimension = end.node.dimensions[0] if len(end.node.dimensions) == 1 else ""
    return EndLine(end.node.label, dimension, "", address_of_row(plan, thread, end.node))


@dataclass(frozen=True)
class Neighbour:
    """A row above or below, with the ways to its form and to its own thread."""

    node: Node
    is_recorded: bool
    href: str
    thread_url: str


@dataclass(frozen=True)
class NeighbourGroup:
    name: str
    rows: list[Neighbour]

    @property
    def first(self) -> list[Neighbour]:
        return self.rows[:AT_FIRST]

    @property
    def rest(self) -> list[Neighbour]:
        return self.rows[AT_FIRST:]


def neighbour_groups(plan: Masterplan, thread: Thread, steps: Iterable[Step]) -> list[NeighbourGroup]:
    """In the order of the steps: nearest kind first, recorded links before inferred ones."""
    found: dict[str, list[Neighbour]] = {}
    for neighbour in _neighbours(plan, thread, steps):
        found.setdefault(neighbour.node.name, []).append(neighbour)
    return [NeighbourGroup(name, rows) for name, rows in found.items()]


def _neighbours(plan: Masterplan, thread: Thread, steps: Iterable[Step]) -> Iterator[Neighbour]:
    for step in steps:
        node = step.node
        own = reverse("export:thread_row", args=[plan.code, node.kind, node.pk])
        yield Neighbour(node, step.is_recorded, address_of_row(plan, thread, node), own)
