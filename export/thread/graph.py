"""Rows as nodes, and what leads to what as edges: pure functions over the snapshot, no database.

Not every step is written down in a row. An issue or a TOWS direction counts for its whole dimension, a keyword of the
vision for the rows that say it; such edges carry the way in which they were inferred, and nothing hides that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from masterplan.consistency.direction import says
from masterplan.consistency.snapshot import Row, Snapshot
from quickwin.consistency import QuickWinRow

type Key = tuple[str, int]

KEYWORD, INDICATOR = "kata-kunci", "indikator"
NAMES = {
    "rpjmd": "RPJMD",
    "misi-rpjmd": "Misi RPJMD",
    "visi": "Visi",
    KEYWORD: "Kata kunci visi",
    "misi": "Misi",
    "isu": "Isu strategis",
    "swot": "SWOT",
    "gap": "Kesenjangan",
    "tows": "Strategi TOWS",
    "sasaran": "Sasaran",
    "strategi": "Strategi",
    "program": "Program",
    "quick-win": "Quick win",
    INDICATOR: "Indikator",
}
LEVELS = {kind: level for level, kinds in enumerate((
    ("rpjmd",), ("misi-rpjmd", "visi"), (KEYWORD, "misi"), ("isu", "swot", "gap"), ("tows", "sasaran"), ("strategi",),
    ("program",), ("quick-win",), (INDICATOR,),
)) for kind in kinds}  # fmt: skip


class Way(StrEnum):
    """How two rows hang together."""

    RECORDED = "dicatat pada baris"
    DIMENSION = "dimensi yang sama"
    WORDS = "kata yang sama"
    MISSION = "misi RPJMD yang sama"


@dataclass(frozen=True)
class Node:
    """`kind` is the slug of a row kind; keywords count from 1, an indicator has the number of its programme."""

    kind: str
    pk: int
    code: str = ""
    text: str = ""
    dimensions: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.kind, self.pk

    @property
    def label(self) -> str:
        return f"{self.code} {self.text}".strip()

    @property
    def name(self) -> str:
        return NAMES[self.kind]

    @property
    def level(self) -> int:
        return LEVELS[self.kind]


@dataclass(frozen=True)
class Edge:
    upper: Key
    lower: Key
    way: Way = Way.RECORDED


@dataclass(frozen=True)
class Step:
    """A row on the way from another; `is_recorded` when rows alone lead there, without any inference."""

    node: Node
    distance: int
    is_recorded: bool


@dataclass(frozen=True)
class Thread:
    nodes: Mapping[Key, Node] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()

    @cached_property
    def upwards(self) -> Mapping[Key, list[Edge]]:
        return _grouped((edge.lower, edge) for edge in self.edges)

    @cached_property
    def downwards(self) -> Mapping[Key, list[Edge]]:
        return _grouped((edge.upper, edge) for edge in self.edges)

    def parents(self, key: Key, kind: str, *, recorded: bool = True) -> tuple[Node, ...]:
        found = (edge for edge in self.upwards.get(key, ()) if edge.upper[0] == kind)
        return tuple(self.nodes[edge.upper] for edge in found if not recorded or edge.way == Way.RECORDED)

    def children(self, key: Key, kind: str, *, recorded: bool = True) -> tuple[Node, ...]:
        found = (edge for edge in self.downwards.get(key, ()) if edge.lower[0] == kind)
        return tuple(self.nodes[edge.lower] for edge in found if not recorded or edge.way == Way.RECORDED)

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.kind == kind)

    def above(self, key: Key) -> list[Step]:
        """Everything that this row comes from, nearest first."""
        return self._reached(key, self.upwards, up=True)

    def below(self, key: Key) -> list[Step]:
        """Everything that comes from this row, nearest first."""
        return self._reached(key, self.downwards, up=False)

    def _reached(self, key: Key, edges: Mapping[Key, list[Edge]], *, up: bool) -> list[Step]:
        firm = _distances(key, edges, up=up, ways={Way.RECORDED})
        found = _distances(key, edges, up=up, ways=set(Way))
        steps = [Step(self.nodes[other], distance, other in firm) for other, distance in found.items()]
        return sorted(steps, key=lambda step: (abs(step.node.level - LEVELS[key[0]]), not step.is_recorded))


def thread_of(plan: Snapshot) -> Thread:
    nodes = {node.key: node for node in _nodes(plan)}
    known = (edge for edge in _edges(plan) if edge.upper in nodes and edge.lower in nodes)
    return Thread(nodes, tuple(dict.fromkeys(known)))


def _grouped(pairs: Iterable[tuple[Key, Edge]]) -> Mapping[Key, list[Edge]]:
    found: dict[Key, list[Edge]] = defaultdict(list)
    for key, edge in pairs:
        found[key].append(edge)
    return found


def _distances(start: Key, edges: Mapping[Key, list[Edge]], *, up: bool, ways: set[Way]) -> dict[Key, int]:
    """Breadth first, so that each row has the shortest way; the start itself is left out."""
    found, front = {start: 0}, [start]
    while front:
        reached = [edge.upper if up else edge.lower for key in front for edge in edges.get(key, ()) if edge.way in ways]
        front = list(dict.fromkeys(key for key in reached if key not in found))
        distance = max(found.values()) + 1
        found |= dict.fromkeys(front, distance)
    del found[start]
    return found


def _nodes(plan: Snapshot) -> Iterator[Node]:
    singles = [row for row in (plan.rpjmd, plan.vision) if row is not None]
    rows: list[Row] = [*singles, *plan.rpjmd_missions, *plan.missions, *plan.issues, *plan.swot, *plan.gaps]
    rows += [*plan.goals, *plan.strategies, *plan.programmes, *plan.part(QuickWinRow)]
    yield from (_node(row) for row in rows)
    yield from (Node("tows", row.pk, row.code, row.text, row.dimensions) for row in plan.tows)
    yield from (Node(KEYWORD, place, text=keyword) for place, keyword in _words_of(plan))
    for row in plan.programmes:
        if row.indicator.strip():
            yield Node(INDICATOR, row.pk, "", f"{row.indicator} ({row.unit})", (row.dimension,))


def _node(row: Row) -> Node:
    return Node(row.kind, row.pk, row.code, row.text, (row.dimension,) if row.dimension else ())


def _edges(plan: Snapshot) -> Iterator[Edge]:
    yield from _direction(plan)
    yield from _keywords(plan)
    yield from _analysis(plan)
    yield from _register(plan)


def _direction(plan: Snapshot) -> Iterator[Edge]:
    supporters: dict[int | None, list[int]] = defaultdict(list)
    for row in plan.programmes:
        supporters[row.rpjmd_mission].append(row.pk)
    for upper in plan.rpjmd_missions:
        if plan.rpjmd:
            yield Edge(("rpjmd", plan.rpjmd.pk), ("misi-rpjmd", upper.pk))
    for mission in plan.missions:
        if mission.rpjmd_mission is not None:
            yield Edge(("misi-rpjmd", mission.rpjmd_mission), ("misi", mission.pk))
            for programme in supporters[mission.rpjmd_mission]:
                yield Edge(("misi", mission.pk), ("program", programme), Way.MISSION)


def _keywords(plan: Snapshot) -> Iterator[Edge]:
    if plan.vision is None:
        return
    below: list[Row] = [*plan.missions, *plan.issues, *plan.swot, *plan.gaps]
    for place, keyword in _words_of(plan):
        key = (KEYWORD, place)
        yield Edge(("visi", plan.vision.pk), key)
        yield from (Edge((row.kind, row.pk), key, Way.WORDS) for row in plan.rpjmd_missions if says(row.text, keyword))
        for row in below:
            if says(row.text, keyword):
                yield Edge(key, (row.kind, row.pk), Way.WORDS)


def _words_of(plan: Snapshot) -> list[tuple[int, str]]:
    keywords = plan.vision.keywords if plan.vision else ()
    return [(place, keyword) for place, keyword in enumerate(keywords, start=1) if keyword.strip()]


def _analysis(plan: Snapshot) -> Iterator[Edge]:
    for gap in plan.gaps:
        if gap.strategy is not None:
            yield Edge((gap.kind, gap.pk), ("strategi", gap.strategy))
    for tows in plan.tows:
        yield from (Edge(("swot", pk), (tows.kind, tows.pk)) for pk in tows.sources)
    yield from _by_dimension(plan)


def _by_dimension(plan: Snapshot) -> Iterator[Edge]:
    goals, strategies = _keys_by_dimension(plan.goals), _keys_by_dimension(plan.strategies)
    for issue in plan.issues:
        answers = [*goals[issue.dimension], *strategies[issue.dimension]]
        yield from (Edge((issue.kind, issue.pk), key, Way.DIMENSION) for key in answers)
    for goal in plan.goals:
        yield from (Edge((goal.kind, goal.pk), key, Way.DIMENSION) for key in strategies[goal.dimension])
    for tows in plan.tows:
        keys = [key for code in tows.dimensions for key in strategies[code]]
        yield from (Edge((tows.kind, tows.pk), key, Way.DIMENSION) for key in keys)


def _keys_by_dimension(rows: Iterable[Row]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = defaultdict(list)
    for row in rows:
        found[row.dimension].append((row.kind, row.pk))
    return found


def _register(plan: Snapshot) -> Iterator[Edge]:
    for row in plan.programmes:
        key = (row.kind, row.pk)
        yield Edge(("strategi", row.strategy), key)
        if row.rpjmd_mission is not None:
            yield Edge(("misi-rpjmd", row.rpjmd_mission), key)
        yield Edge(key, (INDICATOR, row.pk))
    for win in plan.part(QuickWinRow):
        yield Edge(("program", win.programme), (win.kind, win.pk))
        yield Edge((win.kind, win.pk), (INDICATOR, win.programme))
