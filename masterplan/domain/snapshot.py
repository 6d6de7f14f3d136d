"""Reads a plan into the snapshot that the consistency rules look at, with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from masterplan import prose
from masterplan.consistency import snapshot as facts
from masterplan.consistency.catalogue import values_of
from masterplan.enums import WRITTEN_KINDS, BimtekStage, Horizon
from masterplan.models import (
    Gap,
    Goal,
    GoalTarget,
    Issue,
    Masterplan,
    Mission,
    Programme,
    ProgrammeYear,
    ReadinessItem,
    RoadmapPeriod,
    Rpjmd,
    RpjmdMission,
    Section,
    Strategy,
    SupportAction,
    SupportActionYear,
    SwotItem,
    TowsItem,
    Vision,
)
from smartcity.regency.models import Opd


@dataclass(frozen=True)
class Part:
    """Rows of an app above this one; `amounts` are budgets among them that a text may name."""

    kind: type[Any]
    rows: tuple[Any, ...]
    amounts: tuple[int, ...] = ()


PARTS: list[Callable[[Masterplan], Part]] = []


def add_part(load: Callable[[Masterplan], Part]) -> Callable[[Masterplan], Part]:
    """Called once by an app above this one, when Django starts."""
    PARTS.append(load)
    return load


def snapshot_of(plan: Masterplan, *, with_text: bool = True) -> facts.Snapshot:
    """Texts are read with the present values of their live facts."""
    snapshot = _read(plan, with_text=with_text)
    keys = {key for section in snapshot.sections for key in prose.fact_keys(section.doc)}
    if not keys:
        return snapshot
    values = values_of(snapshot, keys)
    sections = (replace(section, doc=prose.with_values(dict(section.doc), values)) for section in snapshot.sections)
    return replace(snapshot, sections=tuple(sections))


def _read(plan: Masterplan, *, with_text: bool) -> facts.Snapshot:
    parts = [load(plan) for load in PARTS]
    return facts.Snapshot(
        start_year=plan.start_year,
        end_year=plan.end_year,
        base_year=plan.base_year,
        detail_years=plan.detail_range,
        dimensions=_dimensions(plan),
        opds=_opds(plan),
        sections=_sections(plan) if with_text else (),
        parts={part.kind: part.rows for part in parts},
        amounts=tuple(amount for part in parts for amount in part.amounts),
        **_analysis(plan),
        **_direction(plan),
        **_register(plan),
    )


def _dimensions(plan: Masterplan) -> tuple[facts.DimensionFacts, ...]:
    return tuple(
        facts.DimensionFacts(row.code, row.name, {sub.code: sub.name for sub in row.subdimensions.all()})
        for row in plan.dimension_set.dimensions.prefetch_related("subdimensions")
    )


def _opds(plan: Masterplan) -> dict[int, facts.OpdFacts]:
    return {
        opd.pk: facts.OpdFacts(opd.pk, opd.label, opd.name, tuple(opd.aliases), opd.is_active, opd.code)
        for opd in Opd.objects.filter(regency_id=plan.regency_id)
    }


def _sections(plan: Masterplan) -> tuple[facts.SectionText, ...]:
    sections = Section.objects.filter(plan=plan).present().in_book_order().defer("html")
    return tuple(_section(section) for section in sections)


def _section(section: Section) -> facts.SectionText:
    outline = section.outline_section
    return facts.SectionText(
        code=outline.code,
        label=f"Buku {outline.chapter.book.number} · {outline}",
        is_written=outline.kind in WRITTEN_KINDS,
        is_summary=outline.is_summary,
        is_required=outline.is_required,
        due_stage=BimtekStage(outline.due_stage),
        min_words=outline.min_words,
        words=section.words,
        dimension=outline.dimension.code if outline.dimension else "",
        prints=bool(outline.tables or outline.figures),
        doc=section.doc,
    )


def _analysis(plan: Masterplan) -> dict[str, Any]:
    readiness = ReadinessItem.objects.filter(plan=plan)
    tows = TowsItem.objects.filter(plan=plan).prefetch_related("sources", "dimensions")
    return {
        "issues": tuple(
            facts.IssueRow(pk, text=text, dimension=code)
            for pk, text, code in _values(Issue, plan, "pk", "text", "dimension__code")
        ),
        "readiness": tuple(
            facts.ReadinessRow(
                row.pk, text=row.indicator, group=row.group, unit=row.unit, value=row.value, year=row.year,
                score=row.score, source=row.source,
            )
            for row in readiness
        ),
        "swot": tuple(
            facts.SwotRow(pk, code, text, swot=kind)
            for pk, code, text, kind in _values(SwotItem, plan, "pk", "code", "text", "kind")
        ),
        "tows": tuple(
            facts.TowsRow(
                row.pk, row.code, row.text, tows=row.kind, sources=tuple(item.pk for item in row.sources.all()),
                dimensions=tuple(dimension.code for dimension in row.dimensions.all()),
            )
            for row in tows
        ),
        "gaps": tuple(
            facts.GapRow(pk, text=text, dimension=code, strategy=strategy)
            for pk, text, code, strategy in _values(Gap, plan, "pk", "gap", "dimension__code", "closing_strategy_id")
        ),
    }  # fmt: skip


def _direction(plan: Masterplan) -> dict[str, Any]:
    rpjmd, vision = Rpjmd.objects.filter(plan=plan).first(), Vision.objects.filter(plan=plan).first()
    goals = Goal.objects.filter(plan=plan).select_related("dimension")
    targets = _by_year(GoalTarget, "goal", plan, "value")
    return {
        "rpjmd": rpjmd and facts.RpjmdRow(rpjmd.pk, text=str(rpjmd), period=rpjmd.period),
        "vision": vision and facts.VisionRow(vision.pk, text=vision.statement, keywords=tuple(vision.keywords)),
        "rpjmd_missions": tuple(
            facts.RpjmdMissionRow(pk, str(number), text)
            for pk, number, text in _values(RpjmdMission, plan, "pk", "number", "text")
        ),
        "missions": tuple(
            facts.MissionRow(pk, str(number), text, rpjmd_mission=mission)
            for pk, number, text, mission in _values(Mission, plan, "pk", "number", "text", "rpjmd_mission_id")
        ),
        "goals": tuple(
            facts.GoalRow(
                row.pk, row.code, row.text, row.dimension.code, indicator=row.indicator, unit=row.unit,
                baseline_year=row.baseline_year, baseline=row.baseline_value,
                targets={year: value for year, (value,) in targets[row.pk].items()},
            )
            for row in goals
        ),
        "strategies": tuple(
            facts.StrategyRow(pk, code, text, dimension)
            for pk, code, text, dimension in _values(Strategy, plan, "pk", "code", "text", "dimension__code")
        ),
    }  # fmt: skip


def _register(plan: Masterplan) -> dict[str, Any]:
    programmes = Programme.objects.filter(plan=plan).active().select_related("dimension", "subdimension")
    programmes = programmes.prefetch_related("former_codes")
    actions = SupportAction.objects.filter(plan=plan)
    return {
        "programmes": tuple(_works(programmes, ProgrammeYear, "programme", plan, _programme)),
        "actions": tuple(_works(actions, SupportActionYear, "action", plan, _action)),
        "periods": tuple(
            facts.PeriodRow(pk, text=str(Horizon(horizon).label), horizon=horizon, start=start, end=end)
            for pk, horizon, start, end in _values(RoadmapPeriod, plan, "pk", "horizon", "start_year", "end_year")
        ),
    }


def _programme(row: Programme, shared: dict[str, Any]) -> facts.ProgrammeRow:
    return facts.ProgrammeRow(
        dimension=row.dimension.code,
        subdimension=row.subdimension.code,
        strategy=row.strategy_id,
        activities=tuple(row.activities),
        direction=row.direction,
        funding=tuple(row.funding_sources),
        horizons=tuple(row.horizons),
        rpjmd_mission=row.rpjmd_mission_id,
        former_codes=tuple(former.code for former in row.former_codes.all()),
        **shared,
    )


def _action(row: SupportAction, shared: dict[str, Any]) -> facts.ActionRow:
    return facts.ActionRow(group=row.group, **shared)


def _works[R: (Programme, SupportAction), F](
    rows: QuerySet[R], year_model: type[Any], owner: str, plan: Masterplan, build: Callable[[R, dict[str, Any]], F]
) -> Iterable[F]:
    years = _by_year(year_model, owner, plan, "target", "budget")
    through: Any = rows.model.supporting_opds.through
    name = f"{rows.model._meta.model_name}_id"
    supporting: dict[int, list[int]] = defaultdict(list)
    for pk, opd in through.objects.filter(**{f"{name[:-3]}__plan": plan}).order_by("pk").values_list(name, "opd_id"):
        supporting[pk].append(opd)
    for row in rows:
        shared = {
            "pk": row.pk,
            "code": row.code,
            "text": row.name,
            "lead": row.lead_opd_id,
            "supporting": tuple(supporting[row.pk]),
            "indicator": row.indicator,
            "unit": row.unit,
            "baseline_year": row.baseline_year,
            "baseline": row.baseline_value,
            "targets": {year: target for year, (target, _) in years[row.pk].items() if target is not None},
            "budgets": {year: budget for year, (_, budget) in years[row.pk].items()},
        }
        yield build(row, shared)


def _by_year(model: type[Any], owner: str, plan: Masterplan, *fields: str) -> dict[int, dict[int, tuple[Any, ...]]]:
    found: dict[int, dict[int, tuple[Decimal | int | None, ...]]] = defaultdict(dict)
    rows = model.objects.filter(**{f"{owner}__plan": plan}).order_by("year")
    for pk, year, *values in rows.values_list(f"{owner}_id", "year", *fields):
        found[pk][year] = tuple(values)
    return found


def _values(model: type[Any], plan: Masterplan, *fields: str) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = model.objects.filter(plan=plan).values_list(*fields)
    return rows
