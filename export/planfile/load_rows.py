"""Programmes, support actions and quick wins with what hangs on them."""

from collections.abc import Mapping
from typing import Any

from masterplan.models import (
    Dimension,
    FormerCode,
    Issue,
    Masterplan,
    PlanSubdimension,
    Programme,
    ProgrammeBudget,
    ProgrammePartner,
    ProgrammeReason,
    ProgrammeReference,
    ProgrammeYear,
    RpjmdMission,
    Strategy,
    Subdimension,
    SupportAction,
    SupportActionYear,
)
from quickwin.models import QuickWin, QuickWinMilestone, QuickWinRisk
from smartcity.regency.models import Opd

type Values = dict[str, Any]

PROGRAMME_PARTS = ("targets", "budgets", "supporting_opds", "quick_win")
FACT_MODELS: dict[str, type[Any]] = {
    "partners": ProgrammePartner,
    "references": ProgrammeReference,
    "reasons": ProgrammeReason,
    "shares": ProgrammeBudget,
}
FACT_PARTS = (*FACT_MODELS, "former_codes")
QUICK_WIN_PARTS = ("risks", "milestones")


def _without(row: Values, names: tuple[str, ...]) -> Values:
    return {name: value for name, value in row.items() if name not in names}


def load_programmes(
    plan: Masterplan,
    tables: dict[str, list[Values]],
    dimensions: Mapping[str, Dimension],
    offices: Mapping[str, Opd],
    strategies: Mapping[str, Strategy],
    missions: Mapping[int, RpjmdMission],
) -> dict[str, Programme]:
    parts = {part.code: part for part in Subdimension.objects.filter(dimension__in=dimensions.values())}
    own = _load_own_subdimensions(plan, tables["own_subdimensions"], parts)
    programmes = []
    for place, row in enumerate(tables["programmes"], start=1):
        values = _without(row, (*PROGRAMME_PARTS, *FACT_PARTS)) | {
            "own_subdimension": own.get(row["own_subdimension"]),
            "dimension": dimensions[row["dimension"]],
            "subdimension": parts[row["subdimension"]],
            "strategy": strategies[row["strategy"]],
            "lead_opd": offices[row["lead_opd"]],
            "rpjmd_mission": missions.get(row["rpjmd_mission"]),
        }
        programmes.append(Programme(plan=plan, position=place, **values))
    Programme.objects.bulk_create(programmes)
    actions = [
        SupportAction(
            plan=plan, position=place, **_without(row, PROGRAMME_PARTS) | {"lead_opd": offices[row["lead_opd"]]}
        )
        for place, row in enumerate(tables["actions"], start=1)
    ]
    SupportAction.objects.bulk_create(actions)
    _load_parts(programmes, tables["programmes"], ProgrammeYear, "programme", offices)
    _load_facts(programmes, tables["programmes"])
    _load_parts(actions, tables["actions"], SupportActionYear, "action", offices)
    return {programme.code: programme for programme in programmes}


def _load_own_subdimensions(
    plan: Masterplan, rows: list[Values], parts: Mapping[str, Subdimension]
) -> dict[str, PlanSubdimension]:
    created = PlanSubdimension.objects.bulk_create(
        PlanSubdimension(plan=plan, position=place, name=row["name"], subdimension=parts[row["subdimension"]])
        for place, row in enumerate(rows, start=1)
    )
    return {row.name: row for row in created}


def _load_facts(programmes: list[Programme], rows: list[Values]) -> None:
    pairs = list(zip(programmes, rows, strict=True))
    for name, model in FACT_MODELS.items():
        model._default_manager.bulk_create(
            model(programme=programme, **part) for programme, row in pairs for part in row[name]
        )
    FormerCode.objects.bulk_create(
        FormerCode(programme=programme, code=code) for programme, row in pairs for code in row["former_codes"]
    )


def _load_parts(
    works: list[Any], rows: list[Values], year_model: type[Any], owner: str, offices: Mapping[str, Opd]
) -> None:
    years = []
    links = []
    through = type(works[0]).supporting_opds.through if works else None
    for work, row in zip(works, rows, strict=True):
        for year in sorted({*row["targets"], *row["budgets"]}):
            values = {
                owner: work,
                "year": year,
                "target": row["targets"].get(year),
                "budget": row["budgets"].get(year, 0),
            }
            years.append(year_model(**values))
        if through is not None:
            own = f"{type(work)._meta.model_name}_id"
            links += [through(**{own: work.pk, "opd_id": offices[code].pk}) for code in row["supporting_opds"]]
    year_model._default_manager.bulk_create(years)
    if through is not None:
        through._default_manager.bulk_create(links)


def load_quick_wins(
    plan: Masterplan,
    rows: list[Values],
    dimensions: Mapping[str, Dimension],
    offices: Mapping[str, Opd],
    programmes: Mapping[str, Programme],
    issues: Mapping[str, Issue],
) -> None:
    for place, row in enumerate(rows, start=1):
        values = _without(row, QUICK_WIN_PARTS) | {
            "dimension": dimensions[row["dimension"]],
            "lead_opd": offices[row["lead_opd"]],
            "programme": programmes[row["programme"]],
            "issue": issues.get(row["issue"]),
        }
        quick_win = QuickWin.objects.create(plan=plan, position=place, **values)
        QuickWinRisk.objects.bulk_create(QuickWinRisk(quick_win=quick_win, **risk) for risk in row["risks"])
        QuickWinMilestone.objects.bulk_create(
            QuickWinMilestone(quick_win=quick_win, **milestone) for milestone in row["milestones"]
        )
