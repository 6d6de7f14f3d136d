"""A plan with one row of what others refer to, and valid answers for every kind of row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from masterplan.domain.row import create_row
from masterplan.forms.rows import RowForm
from masterplan.forms.rows_kind import RowKind
from masterplan.models import (
    Dimension,
    Masterplan,
    Programme,
    RoadmapPeriod,
    RpjmdMission,
    Strategy,
    SwotItem,
)
from smartcity.regency.models import Opd
from tests.people import make_plan
from tests.smartcity.accounts.given import BANJAR, office

type Answers = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    plan: Masterplan
    dimension: Dimension
    opd: Opd
    strategy: Strategy
    mission: RpjmdMission
    swot: SwotItem


def ground_of(place: str = BANJAR, dimension: str = "GOV") -> Ground:
    plan = make_plan(place)
    RoadmapPeriod.objects.filter(plan=plan).delete()
    found = plan.dimension_set.dimensions.get(code=dimension)
    return Ground(
        plan=plan,
        dimension=found,
        opd=office(place=place),
        strategy=Strategy.objects.create(plan=plan, code=f"{dimension}-S1", dimension=found, text="Satu pintu layanan"),
        mission=RpjmdMission.objects.create(plan=plan, number=1, text="Meningkatkan mutu hidup"),
        swot=SwotItem.objects.create(plan=plan, code="S1", kind="kekuatan", text="Komitmen kepala daerah"),
    )


def years_of(plan: Masterplan, **columns: str) -> Answers:
    return {f"{name}_{year}": value for year in plan.detail_range for name, value in columns.items()}


def sources(*lines: dict[str, str]) -> Answers:
    """The matrix of sources and years as a browser sends it."""
    cells = {f"budgets-{place}-{name}": value for place, line in enumerate(lines) for name, value in line.items()}
    return {"budgets-TOTAL_FORMS": str(len(lines)), "budgets-INITIAL_FORMS": "0", **cells}


def no_lines(*relations: str) -> Answers:
    return {f"{name}-{count}_FORMS": "0" for name in relations for count in ("TOTAL", "INITIAL")}


def programme_answers(ground: Ground, **changes: Any) -> Answers:
    return {
        "dimension": ground.dimension.pk,
        "subdimension": ground.dimension.subdimensions.order_by("position")[0].pk,
        "strategy": ground.strategy.pk,
        "code": "",
        "name": "Mal Pelayanan Publik",
        "activities": "Penambahan gerai\r\nAntrean daring\r\n",
        "lead_opd": ground.opd.pk,
        "supporting_opds": [ground.opd.pk],
        "location": "Martapura",
        "indicator": "Jenis layanan",
        "unit": "layanan",
        "direction": "naik",
        "baseline_year": "2024",
        "baseline_value": "118",
        **sources({"source": "APBD Kabupaten"}, {"source": "DAK"}, {"source": "Hibah"}),
        **no_lines("partners", "references"),
        "horizons": ["pendek"],
        "rpjmd_mission": ground.mission.pk,
        "subactivity_code": "",
        **years_of(ground.plan, target="125,5", budget="1,45 M"),
        **changes,
    }


def support_answers(ground: Ground) -> Answers:
    return {
        "group": "kebijakan_kelembagaan",
        "code": "",
        "name": "Peraturan bupati",
        "lead_opd": ground.opd.pk,
        "supporting_opds": [ground.opd.pk],
        "indicator": "Peraturan",
        "unit": "dokumen",
        "baseline_year": "2024",
        "baseline_value": "0",
        **years_of(ground.plan, target="1", budget="150 jt"),
    }


def readiness_answers(_: Ground) -> Answers:
    return {
        "group": "struktur",
        "element": "SDM",
        "indicator": "ASN dengan kompetensi TIK",
        "unit": "orang",
        "value": "1.138,25",
        "year": "2024",
        "source": "BKPSDM",
        "score": "2",
        "note": "",
    }


def goal_answers(ground: Ground) -> Answers:
    return {
        "code": "",
        "text": "Layanan tuntas",
        "dimension": ground.dimension.pk,
        "indicator": "IKM",
        "unit": "indeks",
        "baseline_year": "2024",
        "baseline_value": "83,1",
        **years_of(ground.plan, value="90"),
    }


VALID: dict[str, Callable[[Ground], Answers]] = {
    "isu": lambda g: {"dimension": g.dimension.pk, "text": "Layanan terpusat"},
    "kesiapan": readiness_answers,
    "swot": lambda _: {"kind": "peluang", "code": "", "readiness_group": "", "text": "Wisata sungai"},
    "tows": lambda g: {
        "kind": "SO",
        "code": "",
        "text": "Wisata sebagai penggerak",
        "sources": [g.swot.pk],
        "dimensions": [g.dimension.pk],
    },
    "gap": lambda g: {
        "dimension": g.dimension.pk,
        "current": "Terpusat",
        "ideal": "Tersebar",
        "gap": "Loket terbatas",
        "closing_strategy": g.strategy.pk,
    },
    "rpjmd": lambda _: {"period": "2025-2029", "vision": "Maju dan mandiri", "note": ""},
    "misi-rpjmd": lambda _: {"number": "2", "text": "Ekonomi rakyat"},
    "visi": lambda _: {"statement": "Banjar Cerdas 2035", "keywords": "sungai\r\nreligi"},
    "misi": lambda g: {"number": "1", "text": "Mendekatkan layanan", "rpjmd_mission": g.mission.pk},
    "tujuan-dimensi": lambda g: {"dimension": g.dimension.pk, "goal": "Tata kelola yang dekat"},
    "sasaran": goal_answers,
    "strategi": lambda g: {"dimension": g.dimension.pk, "code": "", "text": "Data terbuka"},
    "program": programme_answers,
    "aksi-pendukung": support_answers,
    "subdimensi-daerah": lambda g: {
        "name": "Desa cerdas",
        "subdimension": g.dimension.subdimensions.order_by("position")[0].pk,
    },
    "pagu": lambda _: {"year": "TA 2026", "source": "apbd kabupaten", "amount": "1,5 M", "note": "KUA-PPAS"},
    "periode-peta-jalan": lambda _: {"horizon": "pendek", "start_year": "2026", "end_year": "2026", "theme": "Aturan"},
}


def programme_row(ground: Ground, code: str = "GOV-P01", **changes: Any) -> Programme:
    values = {
        "dimension": ground.dimension,
        "subdimension": ground.dimension.subdimensions.order_by("position")[0],
        "strategy": ground.strategy,
        "code": code,
        "name": f"Program {code}",
        "lead_opd": ground.opd,
        "indicator": "Layanan",
        "unit": "layanan",
        "baseline_year": 2024,
        "baseline_value": 118,
        "years": [{"year": year, "target": 125, "budget": 1_450_000_000} for year in ground.plan.detail_range],
    }
    return create_row(plan=ground.plan, model=Programme, values={**values, **changes}, by=None)


def form_data(form: RowForm) -> Answers:
    """What a browser would send back untouched."""
    lines = [line for _, formset, _ in form.child_tables() for line in (formset.management_form, *formset)]
    bounds = [bound for part in (form, *lines) for bound in part]
    return {bound.html_name: _sent(bound.value()) for bound in bounds}


def _sent(value: Any) -> Any:
    if isinstance(value, list):
        return [str(item) for item in value]
    return "" if value is None else str(value)


def add(client: Client, kind: RowKind, plan: Masterplan, answers: Answers) -> Any:
    """Send the create form and give back the new row."""
    before = set(kind.rows(plan).values_list("pk", flat=True))
    response = client.post(kind.address("create", plan), answers)
    assert response.status_code == 302, response.context["form"].errors
    return kind.rows(plan).exclude(pk__in=before).get()
