"""Writing a checked file into the tables, in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from bimtek.models import BodyMember, CycleDocument, CycleEvent, CycleStep, Participant
from export.planfile.cursor import Fault, PlanFileError
from export.planfile.load_cycle import load_cycle
from export.planfile.load_rows import load_programmes, load_quick_wins
from export.planfile.look import load_look
from export.planfile.parse import PlanFile, Values, parse, plan_of
from export.planfile.pictures import with_stored_pictures
from masterplan import prose
from masterplan.domain.plan import create_plan
from masterplan.domain.section import replace_text
from masterplan.models import (
    BudgetCeiling,
    Dimension,
    Gap,
    Goal,
    GoalTarget,
    Issue,
    Masterplan,
    Mission,
    PlanDimension,
    PlanSubdimension,
    Programme,
    ReadinessItem,
    RoadmapPeriod,
    Rpjmd,
    RpjmdMission,
    Section,
    Snapshot,
    SourceNote,
    Strategy,
    SupportAction,
    SwotItem,
    TowsItem,
    Vision,
)
from quickwin.models import QuickWin
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Opd

# In the order in which they may go: what refers to others first.
REPLACED: tuple[type[models.Model], ...] = (
    QuickWin,
    Participant,
    CycleEvent,
    CycleStep,
    BodyMember,
    CycleDocument,
    Programme,
    PlanSubdimension,
    BudgetCeiling,
    SupportAction,
    RoadmapPeriod,
    Gap,
    Strategy,
    TowsItem,
    SwotItem,
    Issue,
    ReadinessItem,
    Goal,
    Mission,
    RpjmdMission,
    Rpjmd,
    Vision,
    PlanDimension,
    SourceNote,
)


def load(data: Mapping[str, Any], *, by: User | None, replace: bool = False) -> Masterplan:
    """All or nothing. Raises PlanFileError with every fault; an existing plan is a fault unless `replace`."""
    file = parse(data)
    with transaction.atomic():
        plan = plan_of(file)
        if plan is not None and not replace:
            sentence = f"masterplan {plan.code} sudah ada; muat dengan --replace untuk menggantinya."
            raise PlanFileError([Fault("rencana", sentence)])
        is_new = plan is None
        plan = create_plan(regency=file.regency, by=by, **file.plan) if plan is None else _emptied(plan, file)
        RoadmapPeriod.objects.filter(plan=plan).delete()
        _load_tables(plan, file)
        texts = with_stored_pictures(plan, file.prose, file.pictures, by)
        _load_prose(plan, texts, by, is_new=is_new)
        load_look(plan, file.look, file.pictures, by)
        record("plan.loaded", plan, by=by, regency_id=plan.regency_id, plan_code=plan.code, replaced=not is_new)
    return plan


def _emptied(plan: Masterplan, file: PlanFile) -> Masterplan:
    told = (
        QuickWin.objects.filter(Q(updates__isnull=False) | Q(renewal__isnull=False), plan=plan).order_by("code").first()
    )
    if told is not None:
        sentence = f"{told} sudah mempunyai kabar atau tindak lanjut, yang tidak ada dalam berkas; menggantinya akan menghapusnya."
        raise PlanFileError([Fault("quick_wins", sentence)])
    if plan.outline_id != file.plan["outline"].pk:
        sentence = f"masterplan {plan.code} memakai kerangka lain ({plan.outline.code})."
        raise PlanFileError([Fault("rencana.kerangka", sentence)])
    for model in REPLACED:
        lookup = {"event__plan": plan} if model is Participant else {"plan": plan}
        model._default_manager.filter(**lookup).delete()
    for name, value in file.plan.items():
        setattr(plan, name, value)
    plan.save()
    return plan


def _load_tables(plan: Masterplan, file: PlanFile) -> None:
    for name, value in file.regency_facts.items():
        setattr(plan.regency, name, value)
    plan.regency.save()
    tables = file.tables
    dimensions = {dimension.code: dimension for dimension in plan.dimension_set.dimensions.all()}
    offices = _offices(plan, tables["opds"])
    missions = _direction(plan, tables, dimensions)
    strategies = _created(plan, Strategy, tables["strategies"], key="code", dimension=dimensions)
    issues = _analysis(plan, tables, dimensions, strategies)
    programmes = load_programmes(plan, tables, dimensions, offices, strategies, missions)
    load_quick_wins(plan, tables["quick_wins"], dimensions, offices, programmes, issues)
    _created(plan, RoadmapPeriod, tables["periods"])
    _created(plan, BudgetCeiling, tables["ceilings"])
    load_cycle(plan, tables, offices)
    SourceNote.objects.bulk_create(SourceNote(plan=plan, key=key, content=value) for key, value in file.notes.items())


def _created(
    plan: Masterplan, model: type[Any], rows: list[Values], *, key: str = "", **references: Mapping[Any, Any]
) -> dict[Any, Any]:
    """Rows in file order; named fields are turned from codes into objects. Returns them by `key`."""
    objects = []
    for place, row in enumerate(rows, start=1):
        values: Values = {"position": place} | row
        values |= {name: known.get(row[name]) for name, known in references.items()}
        objects.append(model(plan=plan, **values))
    model._default_manager.bulk_create(objects)
    return {getattr(created, key): created for created in objects} if key else {}


def _offices(plan: Masterplan, rows: list[Values]) -> dict[str, Opd]:
    """Offices are the region's, not the plan's: known codes are brought up to date, none is removed."""
    known = {opd.code.upper(): opd for opd in Opd.objects.filter(regency=plan.regency)}
    for row in rows:
        opd = known.setdefault(row["code"].upper(), Opd(regency=plan.regency))
        for name, value in row.items():
            setattr(opd, name, value)
        opd.save()
    return {row["code"]: known[row["code"].upper()] for row in rows}


def _direction(
    plan: Masterplan, tables: dict[str, list[Values]], dimensions: Mapping[str, Dimension]
) -> dict[int, RpjmdMission]:
    for row in tables["rpjmd"]:
        Rpjmd.objects.create(plan=plan, **row)
    missions = _created(plan, RpjmdMission, tables["rpjmd_missions"], key="number")
    for row in tables["vision"]:
        Vision.objects.create(plan=plan, **row)
    _created(plan, Mission, tables["missions"], rpjmd_mission=missions)
    for row in tables["own_goals"]:
        PlanDimension.objects.create(plan=plan, **row | {"dimension": dimensions[row["dimension"]]})
    rows = [{k: v for k, v in goal.items() if k != "targets"} for goal in tables["goals"]]
    goals = _created(plan, Goal, rows, key="code", dimension=dimensions)
    GoalTarget.objects.bulk_create(
        GoalTarget(goal=goals[goal["code"]], year=year, value=value)
        for goal in tables["goals"]
        for year, value in goal["targets"].items()
    )
    return missions


def _analysis(
    plan: Masterplan,
    tables: dict[str, list[Values]],
    dimensions: Mapping[str, Dimension],
    strategies: Mapping[str, Strategy],
) -> dict[str, Issue]:
    """The issues by their text."""
    issues = _created(plan, Issue, tables["issues"], key="text", dimension=dimensions)
    _created(plan, ReadinessItem, tables["readiness"])
    swot = _created(plan, SwotItem, tables["swot"], key="code")
    _created(plan, Gap, tables["gaps"], dimension=dimensions, closing_strategy=strategies)
    for place, row in enumerate(tables["tows"], start=1):
        item = TowsItem.objects.create(plan=plan, position=place, code=row["code"], kind=row["kind"], text=row["text"])
        item.sources.set([swot[code] for code in row["sources"]])
        item.dimensions.set([dimensions[code] for code in row["dimensions"]])
    return issues


def _load_prose(plan: Masterplan, texts: Mapping[str, Values], by: User | None, *, is_new: bool) -> None:
    sections = Section.objects.filter(plan=plan, outline_section__code__in=texts).select_related("outline_section")
    if not is_new:
        sections.update(binned_at=None, binned_by=None)  # a text in the file is a text that the region wants
        for section in sections:
            replace_text(section, doc=texts[section.outline_section.code], by=by)
        return
    changed = list(sections)
    for section in changed:
        section.doc = texts[section.outline_section.code]
        section.html = prose.render_html(prose.load(section.doc))
        section.words = prose.count_words(section.doc)
    Section.objects.bulk_update(changed, ["doc", "html", "words"], batch_size=50)
    # The loaded text is version 0: replaying the log starts from it.
    Snapshot.objects.filter(section__in=changed).delete()
    Snapshot.objects.bulk_create(Snapshot(section=section, version=0, doc=section.doc) for section in changed)
