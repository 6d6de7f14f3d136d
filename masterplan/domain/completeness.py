"""How far a plan is: per section, per book, per dimension. Read with a fixed number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

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

NONE, WRITING, COMPLETE = "none", "writing", "complete"


@dataclass(frozen=True)
class SectionProgress:
    section: Section
    state: str
    missing: tuple[str, ...]
    lacks_rows: bool = False


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
    progress = [_section(section, counts) for section in sections]
    return PlanProgress(_books(progress), _dimensions(plan, progress, counts), counts)


def _section(section: Section, counts: dict[str, int]) -> SectionProgress:
    outline = section.outline_section
    if outline.kind == SectionKind.AUTO:
        return SectionProgress(section, COMPLETE, ())
    missing = []
    if outline.kind != SectionKind.TABLE and section.words < outline.min_words:
        missing.append(f"{section.words} dari {outline.min_words} kata anjuran")
    empty = [key for key in outline.tables if counts.get(key, -1) == 0]
    if empty:
        missing.append("tabel masih kosong")
    has_rows = any(counts.get(key, 0) for key in outline.tables)
    if not missing:
        return SectionProgress(section, COMPLETE, ())
    return SectionProgress(section, WRITING if section.words or has_rows else NONE, tuple(missing), bool(empty))


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
    counts: dict[str, int] = {}
    codes = [dimension.code for dimension in plan.dimension_set.dimensions.all()]
    for name, model in (("goal", Goal), ("strategy", Strategy)):
        _count_by(counts, name, model._default_manager.filter(plan=plan), "dimension__code", codes)
    _count_by(counts, "programme", Programme.objects.active().filter(plan=plan), "dimension__code", codes)
    _count_by(counts, "readiness", ReadinessItem.objects.filter(plan=plan), "group", ReadinessGroup.values)
    _count_by(counts, "support_action", SupportAction.objects.filter(plan=plan), "group", SupportGroup.values)
    by_kind = dict(SwotItem.objects.filter(plan=plan).values_list("kind").annotate(Count("pk")).order_by())
    counts["swot:internal"] = sum(by_kind.get(kind, 0) for kind in INTERNAL_SWOT)
    counts["swot:eksternal"] = sum(by_kind.get(kind, 0) for kind in EXTERNAL_SWOT)
    counts["budget_summary"] = counts["programme"]
    plain: tuple[tuple[str, Callable[[], int]], ...] = (
        ("issue", Issue.objects.filter(plan=plan).count),
        ("gap", Gap.objects.filter(plan=plan).count),
        ("tows", TowsItem.objects.filter(plan=plan).count),
        ("vision", Vision.objects.filter(plan=plan).count),
        ("mission", Mission.objects.filter(plan=plan).count),
        ("roadmap", RoadmapPeriod.objects.filter(plan=plan).count),
        ("opd", plan.regency.opds.count),
    )
    return counts | {key: count() for key, count in plain}


def _count_by(counts: dict[str, int], name: str, rows: QuerySet[Any], field: str, keys: Iterable[str]) -> None:
    found = dict(rows.order_by().values_list(field).annotate(Count("pk")))
    counts.update({f"{name}:{key}": found.get(key, 0) for key in keys})
    counts[name] = sum(found.values())
