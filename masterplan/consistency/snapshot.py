"""A plan as frozen data for the rules: rows by their primary keys, dimensions by their codes, no database behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from masterplan.consistency.reading import Block, blocks_of
from masterplan.enums import BimtekStage


@dataclass(frozen=True)
class DimensionFacts:
    code: str
    name: str
    subdimensions: Mapping[str, str]


@dataclass(frozen=True)
class OpdFacts:
    pk: int
    label: str
    name: str
    aliases: tuple[str, ...]
    is_active: bool
    code: str = ""


@dataclass(frozen=True)
class Row:
    """`kind` is the slug of the row kind; `code` is what people call the row."""

    kind: ClassVar[str]
    text_field: ClassVar[str] = "text"
    pk: int
    code: str = ""
    text: str = ""
    dimension: str = ""

    @property
    def label(self) -> str:
        return f"{self.code} {self.text}".strip()


@dataclass(frozen=True)
class IssueRow(Row):
    kind = "isu"


@dataclass(frozen=True, kw_only=True)
class ReadinessRow(Row):
    kind = "kesiapan"
    group: str
    unit: str
    value: Decimal
    year: int
    score: int
    source: str


@dataclass(frozen=True, kw_only=True)
class SwotRow(Row):
    kind = "swot"
    swot: str


@dataclass(frozen=True, kw_only=True)
class TowsRow(Row):
    kind = "tows"
    tows: str
    sources: tuple[int, ...]
    dimensions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GapRow(Row):
    kind = "gap"
    text_field = "gap"
    strategy: int | None


@dataclass(frozen=True, kw_only=True)
class RpjmdRow(Row):
    kind = "rpjmd"
    period: str


@dataclass(frozen=True)
class RpjmdMissionRow(Row):
    kind = "misi-rpjmd"


@dataclass(frozen=True, kw_only=True)
class VisionRow(Row):
    kind = "visi"
    keywords: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MissionRow(Row):
    kind = "misi"
    rpjmd_mission: int | None


@dataclass(frozen=True)
class StrategyRow(Row):
    kind = "strategi"


@dataclass(frozen=True, kw_only=True)
class MeasuredRow(Row):
    """Goals, programmes and support actions: an indicator with a baseline and targets per year."""

    target_field: ClassVar[str] = "target"
    indicator: str
    unit: str
    baseline_year: int
    baseline: Decimal
    targets: Mapping[int, Decimal]


@dataclass(frozen=True, kw_only=True)
class GoalRow(MeasuredRow):
    kind = "sasaran"
    target_field = "value"


@dataclass(frozen=True, kw_only=True)
class WorkRow(MeasuredRow):
    """`budgets` holds the years that have a row, also with nothing in it."""

    text_field = "name"
    lead: int
    supporting: tuple[int, ...]
    budgets: Mapping[int, int]

    @cached_property
    def total(self) -> int:
        return sum(self.budgets.values())


@dataclass(frozen=True, kw_only=True)
class ProgrammeRow(WorkRow):
    kind = "program"
    subdimension: str
    strategy: int
    activities: tuple[str, ...]
    direction: str
    funding: tuple[str, ...]
    horizons: tuple[str, ...]
    rpjmd_mission: int | None
    former_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActionRow(WorkRow):
    kind = "aksi-pendukung"
    group: str


@dataclass(frozen=True, kw_only=True)
class PeriodRow(Row):
    kind = "periode-peta-jalan"
    horizon: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class SectionText:
    """`is_written` is false for sections that the book makes from rows; `is_summary`: made from rows while unwritten."""

    code: str
    label: str
    is_written: bool
    is_summary: bool
    is_required: bool
    due_stage: BimtekStage
    min_words: int
    words: int
    dimension: str = ""
    prints: bool = False
    doc: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return blocks_of(self.doc)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """`parts` are rows of apps above this one, `amounts` the budgets among them that texts may name."""

    start_year: int
    end_year: int
    base_year: int
    detail_years: range
    dimensions: tuple[DimensionFacts, ...] = ()
    opds: Mapping[int, OpdFacts] = field(default_factory=dict)
    issues: tuple[IssueRow, ...] = ()
    readiness: tuple[ReadinessRow, ...] = ()
    swot: tuple[SwotRow, ...] = ()
    tows: tuple[TowsRow, ...] = ()
    gaps: tuple[GapRow, ...] = ()
    rpjmd: RpjmdRow | None = None
    rpjmd_missions: tuple[RpjmdMissionRow, ...] = ()
    vision: VisionRow | None = None
    missions: tuple[MissionRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    strategies: tuple[StrategyRow, ...] = ()
    programmes: tuple[ProgrammeRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    periods: tuple[PeriodRow, ...] = ()
    sections: tuple[SectionText, ...] = ()
    parts: Mapping[type[Any], tuple[Any, ...]] = field(default_factory=dict)
    amounts: tuple[int, ...] = ()

    def part[T](self, kind: type[T]) -> tuple[T, ...]:
        return self.parts.get(kind, ())

    @property
    def period(self) -> str:
        return f"{self.start_year}–{self.end_year}"

    @cached_property
    def work(self) -> tuple[WorkRow, ...]:
        return (*self.programmes, *self.actions)

    @cached_property
    def measured(self) -> tuple[MeasuredRow, ...]:
        return (*self.goals, *self.work)

    @cached_property
    def strategies_by_pk(self) -> Mapping[int, StrategyRow]:
        return {strategy.pk: strategy for strategy in self.strategies}

    @cached_property
    def written(self) -> tuple[SectionText, ...]:
        return tuple(section for section in self.sections if section.is_written)

    def opd_label(self, pk: int) -> str:
        return self.opds[pk].label if pk in self.opds else "perangkat daerah lain"
