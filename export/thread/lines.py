"""The whole thread as lines by dimension: what the page lists and the annex prints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from export.thread.graph import INDICATOR, KEYWORD, Node, Thread
from masterplan.consistency.snapshot import DimensionFacts


@dataclass(frozen=True)
class Line:
    """One programme with its strategy, or a strategy that no programme carries out."""

    strategy: Node
    gaps: tuple[Node, ...] = ()
    programme: Node | None = None
    missions: tuple[Node, ...] = ()
    quick_wins: tuple[Node, ...] = ()
    indicators: tuple[Node, ...] = ()

    @property
    def is_broken(self) -> bool:
        return not (self.programme and self.missions and self.indicators)

    @cached_property
    def words(self) -> str:
        named = [self.strategy, *self.gaps, *self.missions, *self.quick_wins, *self.indicators]
        named += [self.programme] if self.programme else []
        return " ".join(node.label for node in named).casefold()


@dataclass(frozen=True)
class Origin:
    """A TOWS direction with the SWOT items that it cites."""

    tows: Node
    swot: tuple[Node, ...]

    @property
    def codes(self) -> str:
        return ", ".join(node.code for node in self.swot)


@dataclass(frozen=True)
class DimensionThread:
    code: str
    name: str
    issues: tuple[Node, ...] = ()
    gaps: tuple[Node, ...] = ()
    origins: tuple[Origin, ...] = ()
    goals: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()

    @cached_property
    def programmes(self) -> tuple[Node, ...]:
        return tuple(line.programme for line in self.lines if line.programme)

    @cached_property
    def strategies(self) -> tuple[Node, ...]:
        return tuple(dict.fromkeys(line.strategy for line in self.lines))

    @cached_property
    def quick_wins(self) -> tuple[Node, ...]:
        return tuple(win for line in self.lines for win in line.quick_wins)

    @cached_property
    def indicators(self) -> tuple[Node, ...]:
        return tuple(node for line in self.lines for node in line.indicators)

    @property
    def is_empty(self) -> bool:
        return not (self.issues or self.gaps or self.origins or self.goals or self.lines)

    def keeping(self, accepts: Callable[[Line], bool]) -> "DimensionThread":
        kept = tuple(line for line in self.lines if accepts(line))
        return DimensionThread(self.code, self.name, self.issues, self.gaps, self.origins, self.goals, kept)


@dataclass(frozen=True)
class MissionLine:
    """A mission of the region's own plan, and what of the masterplan answers to it."""

    mission: Node
    missions: tuple[Node, ...]
    keywords: tuple[Node, ...]
    programmes: tuple[Node, ...]


def dimension_threads(thread: Thread, dimensions: tuple[DimensionFacts, ...]) -> tuple[DimensionThread, ...]:
    by_dimension: dict[str, list[Node]] = {}
    for node in thread.nodes.values():
        for code in node.dimensions:
            by_dimension.setdefault(code, []).append(node)
    return tuple(_dimension(thread, facts, by_dimension.get(facts.code, [])) for facts in dimensions)


def mission_lines(thread: Thread) -> tuple[MissionLine, ...]:
    return tuple(
        MissionLine(
            node,
            thread.children(node.key, "misi"),
            thread.children(node.key, KEYWORD, recorded=False),
            thread.children(node.key, "program"),
        )
        for node in thread.of_kind("misi-rpjmd")
    )


def _dimension(thread: Thread, facts: DimensionFacts, nodes: list[Node]) -> DimensionThread:
    def kind(name: str) -> tuple[Node, ...]:
        return tuple(node for node in nodes if node.kind == name)

    return DimensionThread(
        facts.code,
        facts.name,
        kind("isu"),
        kind("gap"),
        tuple(Origin(node, thread.parents(node.key, "swot")) for node in kind("tows")),
        kind("sasaran"),
        tuple(_lines(thread, kind("strategi"), kind("program"))),
    )


def _lines(thread: Thread, strategies: tuple[Node, ...], programmes: tuple[Node, ...]) -> Iterator[Line]:
    """In the order of the strategies; a programme with a strategy of another dimension stands with its own dimension."""
    left = dict.fromkeys(programmes)
    for strategy in strategies:
        gaps = thread.parents(strategy.key, "gap")
        own = [node for node in thread.children(strategy.key, "program") if node in left]
        if not thread.children(strategy.key, "program"):
            yield Line(strategy, gaps)
        for programme in own:
            left.pop(programme)
            yield _line(thread, strategy, gaps, programme)
    for programme in left:
        for strategy in thread.parents(programme.key, "strategi"):
            yield _line(thread, strategy, thread.parents(strategy.key, "gap"), programme)


def _line(thread: Thread, strategy: Node, gaps: tuple[Node, ...], programme: Node) -> Line:
    return Line(
        strategy,
        gaps,
        programme,
        thread.parents(programme.key, "misi-rpjmd"),
        thread.children(programme.key, "quick-win"),
        thread.children(programme.key, INDICATOR),
    )
