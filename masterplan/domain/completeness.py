"""How far a plan is: per section, per book, per dimension. Read with a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Value

from masterplan.enums import EXTERNAL_SWOT, INTERNAL_SWOT, ReadinessGroup, SectionKind, SupportGroup
from masterplan.models import (
    Dimension,
    Gap,
    Goal,
    Issue,
    Masterplan,
    Mission,
    Programme,
    ReadinessItem,
    RoadmapPeriod,
    Section,
    Strategy,
    SupportAction,
    SwotItem,
    TowsItem,
    Vision,
)
from smartcity.regency.models import Opd

SWOT_SIDES = dict.fromkeys(INTERNAL_SWOT, "internal") | dict.fromkeys(EXTERNAL_SWOT, "eksternal")
PLAIN: tuple[tuple[str, Any], ...] = (
    ("issue", Issue), ("gap", Gap), ("tows", TowsItem), ("vision", Vision), ("mission", Mission), ("roadmap", RoadmapPeriod),
)  # fmt: skip
NONE, WRITING, COMPLETE = "none", "writing", "complete"


@dataclass(frozen=True)
class SectionProgress:
    section: Section
    state: str
    missing: tuple[str, ...]
    lacks_rows: bool = False
    is_automatic: bool = False


@dataclass(frozen=True)
class ChapterProgress:
    number: str
    title: str
    sections: tuple[SectionProgress, ...]

    @property
    def state(self) -> str:
        states = {progress.state for progress in self.sections}
        if states == {COMPLETE}:
            return COMPLETE
        return NONE if states == {NONE} else WRITING


@dataclass(frozen=True)
class BookProgress:
    code: str
    number: str
    title: str
    chapters: tuple[ChapterProgress, ...]

    @property
    def percent(self) -> int:
        return _percent(section for chapter in self.chapters for section in chapter.sections)


@dataclass(frozen=True)
class DimensionProgress:
    dimension: Dimension
    percent: int
    programmes: int


@dataclass(frozen=True)
class PlanProgress:
    books: tuple[BookProgress, ...]
    dimensions: tuple[DimensionProgress, ...]
    counts: dict[str, int]

    @property
    def sections(self) -> list[SectionProgress]:
        return [s for book in self.books for chapter in book.chapters for s in chapter.sections]

    @property
    def percent(self) -> int:
        return _percent(self.sections)

    def of(self, section: Section) -> SectionProgress:
        return next(progress for progress in self.sections if progress.section.pk == section.pk)


def _percent(sections: Iterable[SectionProgress]) -> int:
    """Required sections that are complete; half a point for one that is being written."""
    points = {NONE: 0, WRITING: 1, COMPLETE: 2}
    counted = [points[s.state] for s in sections if s.section.outline_section.is_required]
    return round(100 * sum(counted) / (2 * len(counted))) if counted else 0


def of_plan(plan: Masterplan) -> PlanProgress:
    counts = row_counts(plan)
    sections = Section.objects.present().filter(plan=plan).in_book_order().without_text().prefetch_related("opds")
    progress = [state_of(section, counts) for section in sections]
    return PlanProgress(_books(progress), _dimensions(plan, progress, counts), counts)


def state_of(section: Section, counts: dict[str, int]) -> SectionProgress:
    outline = section.outline_section
    if outline.kind == SectionKind.AUTO:
        return SectionProgress(section, COMPLETE, ())
    is_automatic = section.is_composed and bool(counts.get("programme"))
    missing = []
    if outline.kind != SectionKind.TABLE and section.words < outline.min_words and not is_automatic:
        missing.append(f"{section.words} dari {outline.min_words} kata anjuran")
    empty = [key for key in outline.tables if counts.get(key, -1) == 0]
    if empty:
        missing.append("tabel masih kosong")
    has_rows = any(counts.get(key, 0) for key in outline.tables)
    if not missing:
        return SectionProgress(section, COMPLETE, (), is_automatic=is_automatic)
    return SectionProgress(
        section, WRITING if section.words or has_rows else NONE, tuple(missing), bool(empty), is_automatic
    )


def _books(progress: list[SectionProgress]) -> tuple[BookProgress, ...]:
    books: dict[str, dict[str, list[SectionProgress]]] = {}
    for item in progress:
        chapter = item.section.outline_section.chapter
        books.setdefault(chapter.book.code, {}).setdefault(chapter.code, []).append(item)
    return tuple(_book(list(chapters.values())) for chapters in books.values())


def _book(chapters: list[list[SectionProgress]]) -> BookProgress:
    book = chapters[0][0].section.outline_section.chapter.book
    parts = []
    for sections in chapters:
        chapter = sections[0].section.outline_section.chapter
        parts.append(ChapterProgress(chapter.number, chapter.title, tuple(sections)))
    return BookProgress(book.code, book.number, book.title, tuple(parts))


def _dimensions(
    plan: Masterplan, progress: list[SectionProgress], counts: dict[str, int]
) -> tuple[DimensionProgress, ...]:
    """Half from the sections about the dimension, half from having strategies, programmes and a goal."""
    result = []
    for dimension in plan.dimension_set.dimensions.all():
        own = [item for item in progress if item.section.outline_section.dimension_id == dimension.pk]
        kinds = ("strategy", "programme", "goal")
        filled = sum(1 for kind in kinds if counts.get(f"{kind}:{dimension.code}"))
        percent = round((_percent(own) + 100 * filled / len(kinds)) / 2)
        result.append(DimensionProgress(dimension, percent, counts.get(f"programme:{dimension.code}", 0)))
    return tuple(result)


def row_counts(plan: Masterplan) -> dict[str, int]:
    """Number of rows behind every table key of an outline; keys without a table of rows are absent."""
    return row_counts_of([plan])[plan.pk]


def row_counts_of(plans: Sequence[Masterplan]) -> dict[int, dict[str, int]]:
    """By plan; the queries do not grow with the plans where their dimensions are prefetched."""
    counts = {plan.pk: dict.fromkeys(_keys(plan), 0) for plan in plans}
    own = {"plan__in": plans}
    sorted_by: tuple[tuple[str, QuerySet[Any], str], ...] = (
        ("goal", Goal.objects.filter(**own), "dimension__code"),
        ("strategy", Strategy.objects.filter(**own), "dimension__code"),
        ("programme", Programme.objects.active().filter(**own), "dimension__code"),
        ("readiness", ReadinessItem.objects.filter(**own), "group"),
        ("support_action", SupportAction.objects.filter(**own), "group"),
        ("swot", SwotItem.objects.filter(**own), "kind"),
    )
    for name, rows, field in sorted_by:
        for plan_id, key, number in rows.order_by().values_list("plan_id", field).annotate(Count("pk")):
            _add(counts[plan_id], name, SWOT_SIDES.get(key, key), number)
    plain = [_named_counts(model.objects.filter(**own), name) for name, model in PLAIN]
    for name, plan_id, number in plain[0].union(*plain[1:], all=True).order_by():
        counts[plan_id][name] = number
    return _with_offices(counts, plans)


def _named_counts(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Name, plan, number: parts of one query."""
    named: QuerySet[Any] = rows.order_by().values(table=Value(name), owner=F("plan_id")).annotate(number=Count("pk"))
    return named.values_list("table", "owner", "number")


def _keys(plan: Masterplan) -> list[str]:
    codes = [dimension.code for dimension in plan.dimension_set.dimensions.all()]
    sorted_by = dict.fromkeys(("goal", "strategy", "programme"), codes)
    sorted_by |= {"readiness": ReadinessGroup.values, "support_action": SupportGroup.values}
    keys = [key for name, parts in sorted_by.items() for key in (name, *(f"{name}:{part}" for part in parts))]
    return [*keys, "swot:internal", "swot:eksternal", "budget_summary", "opd", *(name for name, _ in PLAIN)]


def _add(counts: dict[str, int], name: str, key: str, number: int) -> None:
    """To the table and to its part; rows without a part count for the whole."""
    for known in (name, f"{name}:{key}"):
        if known in counts:
            counts[known] += number


def _with_offices(counts: dict[int, dict[str, int]], plans: Sequence[Masterplan]) -> dict[int, dict[str, int]]:
    regencies = Opd.objects.filter(regency_id__in={plan.regency_id for plan in plans}).order_by()
    offices = dict(regencies.values_list("regency_id").annotate(Count("pk")))
    for plan in plans:
        counts[plan.pk]["opd"] = offices.get(plan.regency_id, 0)
        counts[plan.pk]["budget_summary"] = counts[plan.pk]["programme"]
    return counts
