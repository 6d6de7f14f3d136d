"""A plan comes into being with all its sections and default roadmap periods."""

from django.db import transaction

from masterplan import prose
from masterplan.enums import Horizon
from masterplan.models import DimensionSet, Masterplan, Outline, OutlineSection, RoadmapPeriod, Section, Snapshot
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Regency
from smartcity.ui.refusal import Conflict


def plan_code(regency: Regency, start_year: int) -> str:
    return f"{regency.code}-{start_year}"


@transaction.atomic
def create_plan(
    *,
    regency: Regency,
    title: str,
    start_year: int,
    years: int,
    base_year: int,
    outline: Outline,
    dimension_set: DimensionSet,
    by: User | None,
    detail_years: int = 5,
) -> Masterplan:
    """Raises Conflict when the region already has a plan that starts in this year."""
    code = plan_code(regency, start_year)
    if Masterplan.objects.filter(code=code).exists():
        raise Conflict(
            f"{regency.full_name} sudah mempunyai masterplan yang dimulai tahun {start_year}.",
            next_step="Buka rencana yang ada, atau pilih tahun awal lain.",
        )
    plan = Masterplan.objects.create(
        regency=regency,
        outline=outline,
        dimension_set=dimension_set,
        code=code,
        title=title,
        start_year=start_year,
        years=years,
        base_year=base_year,
        detail_years=detail_years,
        created_by=by,
    )
    _create_sections(plan)
    RoadmapPeriod.objects.bulk_create(_default_periods(plan))
    record("plan.created", plan, by=by, regency_id=regency.pk, plan_code=code)
    return plan


def _create_sections(plan: Masterplan) -> None:
    outline_sections = OutlineSection.objects.filter(chapter__book__outline=plan.outline)
    sections = Section.objects.bulk_create(
        Section(plan=plan, outline_section=outline_section, doc=prose.empty_doc())
        for outline_section in outline_sections
    )
    Snapshot.objects.bulk_create(Snapshot(section=section, version=0, doc=section.doc) for section in sections)


def _default_periods(plan: Masterplan) -> list[RoadmapPeriod]:
    """Domain: short, medium and long term end after 1, 5 and 10 years unless a region says otherwise."""
    first = plan.start_year
    cuts = (
        (Horizon.SHORT, first, first),
        (Horizon.MEDIUM, first + 1, first + 4),
        (Horizon.LONG, first + 5, plan.end_year),
    )
    return [
        RoadmapPeriod(plan=plan, horizon=horizon, start_year=start, end_year=end, position=place)
        for place, (horizon, start, end) in enumerate(cuts, start=1)
        if start <= end
    ]
