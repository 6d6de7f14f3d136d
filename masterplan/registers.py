"""The register of row kinds: everything the pages under "Tabel" show, as data."""

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from masterplan.enums import INTERNAL_SWOT
from masterplan.forms.rows_analysis import GapForm, IssueForm, ReadinessForm, SwotForm, TowsForm
from masterplan.forms.rows_direction import (
    GoalForm,
    MissionForm,
    PlanDimensionForm,
    RpjmdForm,
    RpjmdMissionForm,
    StrategyForm,
    VisionForm,
)
from masterplan.forms.rows_kind import Column, Look, Part, RowKind
from masterplan.forms.rows_programme import ProgrammeForm, RoadmapPeriodForm, SupportActionForm
from masterplan.models import (
    Gap,
    Goal,
    Issue,
    Masterplan,
    Mission,
    PlanDimension,
    Programme,
    ReadinessItem,
    RoadmapPeriod,
    Rpjmd,
    RpjmdMission,
    Strategy,
    SupportAction,
    SwotItem,
    TowsItem,
    Vision,
)


def text(slug: str, label: str, path: str, *, minor: bool = False) -> Column:
    return Column(slug, label, attrgetter(path), is_minor=minor)


def main(slug: str, label: str, path: str) -> Column:
    return Column(slug, label, attrgetter(path), Look.MAIN)


def choice(slug: str, label: str, name: str, *, minor: bool = False) -> Column:
    return Column(slug, label, lambda row: getattr(row, f"get_{name}_display")(), is_minor=minor)


def number(slug: str, label: str, path: str, *, minor: bool = False) -> Column:
    return Column(slug, label, attrgetter(path), Look.NUMBER, is_minor=minor)


def years_of(row: Any, relation: str) -> dict[int, Any]:
    """Child rows by year, gathered once a row: a list asks for every year of 300 programmes."""
    found: dict[int, Any] | None = row.__dict__.get("years_by_number")
    if found is None:
        found = row.__dict__["years_by_number"] = {child.year: child for child in getattr(row, relation).all()}
    return found


def budget_of(year: int) -> Callable[[Any], int | None]:
    return lambda row: getattr(years_of(row, "years").get(year), "budget", None)


def target_of(year: int) -> Callable[[Any], Decimal | None]:
    return lambda row: getattr(years_of(row, "targets").get(year), "value", None)


def total_budget(row: Any) -> int:
    return sum(child.budget for child in years_of(row, "years").values())


def budget_columns(plan: Masterplan) -> tuple[Column, ...]:
    name = "Anggaran (juta rupiah)"
    years = (
        Column(str(year), str(year), budget_of(year), Look.MILLION, is_total=True, is_minor=True, group=name)
        for year in plan.detail_range
    )
    return (*years, Column("jumlah", "Jumlah", total_budget, Look.MILLION, is_total=True, group=name))


def target_columns(plan: Masterplan) -> tuple[Column, ...]:
    return tuple(
        Column(str(year), str(year), target_of(year), Look.NUMBER, is_minor=True, group="Target")
        for year in plan.detail_range
    )


CODE = Column("kode", "Kode", attrgetter("code"), Look.CODE)
DIMENSION = Column("dimensi", "Dimensi", attrgetter("dimension.code"), Look.DIMENSIONS)
LEAD = text("opd", "Penanggung jawab", "lead_opd.label", minor=True)

ANALYSIS = (
    RowKind(
        slug="isu",
        model=Issue,
        form=IssueForm,
        title="Isu strategis",
        noun="isu strategis",
        intro="Masalah daerah yang hendak dijawab, dikelompokkan menurut dimensi. Dari sini strategi dan program berawal.",
        part=Part.ANALYSIS,
        columns=(DIMENSION, main("isu", "Isu strategis", "text")),
        related=("dimension",),
        search=("text",),
        dimension_path="dimension",
        cover="dimension_id",
        table_key="issue",
    ),
    RowKind(
        slug="kesiapan",
        model=ReadinessItem,
        form=ReadinessForm,
        title="Kesiapan daerah",
        noun="indikator kesiapan",
        intro="Keadaan struktur, infrastruktur dan suprastruktur dengan angka, tahun dan sumber, dinilai 0 sampai 4.",
        part=Part.ANALYSIS,
        columns=(
            choice("kelompok", "Kelompok", "group"),
            text("elemen", "Elemen", "element", minor=True),
            main("indikator", "Indikator", "indicator"),
            number("nilai", "Nilai", "value"),
            text("satuan", "Satuan", "unit", minor=True),
            text("tahun", "Tahun", "year", minor=True),
            text("sumber", "Sumber", "source", minor=True),
            number("skor", "Tingkat", "score"),
        ),
        search=("indicator", "element", "source"),
        cover="group",
        table_key="readiness",
        table_suffix=attrgetter("group"),
    ),
    RowKind(
        slug="swot",
        model=SwotItem,
        form=SwotForm,
        title="SWOT",
        noun="butir SWOT",
        intro="Kekuatan dan kelemahan dari dalam, peluang dan ancaman dari luar. Butirnya dirujuk oleh strategi TOWS.",
        part=Part.ANALYSIS,
        columns=(
            CODE,
            choice("jenis", "Jenis", "kind"),
            main("uraian", "Uraian", "text"),
            choice("kelompok", "Kelompok kesiapan", "readiness_group", minor=True),
        ),
        search=("code", "text"),
        cover="kind",
        table_key="swot",
        table_suffix=lambda row: "internal" if row.kind in INTERNAL_SWOT else "eksternal",
    ),
    RowKind(
        slug="tows",
        model=TowsItem,
        form=TowsForm,
        title="Strategi TOWS",
        noun="strategi TOWS",
        intro="Pasangan butir SWOT yang menjadi arah strategi: SO, WO, ST dan WT, beserta dimensi yang disentuhnya.",
        part=Part.ANALYSIS,
        columns=(
            CODE,
            Column("tipe", "Tipe", attrgetter("kind")),
            main("arah", "Arah strategi", "text"),
            Column("dari", "Berasal dari", lambda row: [item.code for item in row.sources.all()], is_minor=True),
            Column("dimensi", "Dimensi", lambda row: [item.code for item in row.dimensions.all()], Look.DIMENSIONS),
        ),
        prefetch=("sources", "dimensions"),
        search=("code", "text"),
        dimension_path="dimensions",
        cover="kind",
        table_key="tows",
    ),
    RowKind(
        slug="gap",
        model=Gap,
        form=GapForm,
        title="Kesenjangan",
        noun="kesenjangan",
        intro="Jarak antara keadaan sekarang dan keadaan yang dituju, dengan strategi yang menutupnya.",
        part=Part.ANALYSIS,
        columns=(
            DIMENSION,
            text("sekarang", "Kondisi saat ini", "current", minor=True),
            text("ideal", "Kondisi ideal", "ideal", minor=True),
            main("kesenjangan", "Kesenjangan", "gap"),
            Column(
                "strategi", "Strategi penutup", lambda row: row.closing_strategy.code if row.closing_strategy else ""
            ),
        ),
        related=("dimension", "closing_strategy"),
        search=("current", "ideal", "gap"),
        dimension_path="dimension",
        cover="dimension_id",
        table_key="gap",
    ),
)

DIRECTION = (
    RowKind(
        slug="rpjmd",
        model=Rpjmd,
        form=RpjmdForm,
        title="RPJMD",
        noun="RPJMD",
        intro="Rencana pembangunan jangka menengah daerah yang harus sejalan dengan masterplan.",
        part=Part.DIRECTION,
        columns=(main("periode", "Periode", "period"), text("visi", "Visi RPJMD", "vision")),
        search=("vision",),
        is_single=True,
    ),
    RowKind(
        slug="misi-rpjmd",
        model=RpjmdMission,
        form=RpjmdMissionForm,
        title="Misi RPJMD",
        noun="misi RPJMD",
        intro="Misi kepala daerah. Misi smart city dan program dikaitkan kepadanya.",
        part=Part.DIRECTION,
        columns=(number("nomor", "Nomor", "number"), main("misi", "Misi RPJMD", "text")),
        search=("text",),
        table_key="mission",
    ),
    RowKind(
        slug="visi",
        model=Vision,
        form=VisionForm,
        title="Visi",
        noun="visi",
        intro="Pernyataan visi smart city dan kata kunci dari diskusi SWOT yang membentuknya.",
        part=Part.DIRECTION,
        columns=(
            main("visi", "Pernyataan visi", "statement"),
            Column("kata", "Kata kunci", attrgetter("keywords"), is_minor=True),
        ),
        search=("statement",),
        table_key="vision",
        is_single=True,
    ),
    RowKind(
        slug="misi",
        model=Mission,
        form=MissionForm,
        title="Misi",
        noun="misi",
        intro="Misi smart city, masing-masing selaras dengan satu misi RPJMD.",
        part=Part.DIRECTION,
        columns=(
            number("nomor", "Nomor", "number"),
            main("misi", "Misi", "text"),
            Column(
                "rpjmd",
                "Misi RPJMD",
                lambda row: str(row.rpjmd_mission.number) if row.rpjmd_mission else "",
                is_minor=True,
            ),
        ),
        related=("rpjmd_mission",),
        search=("text",),
        table_key="mission",
    ),
    RowKind(
        slug="tujuan-dimensi",
        model=PlanDimension,
        form=PlanDimensionForm,
        title="Tujuan per dimensi",
        noun="tujuan dimensi",
        intro="Rumusan tujuan milik daerah untuk satu dimensi. Tanpa isian, tujuan nasional dimensi itu yang dipakai.",
        part=Part.DIRECTION,
        columns=(DIMENSION, main("tujuan", "Tujuan daerah", "goal")),
        related=("dimension",),
        order=("dimension__position",),
        empty_hint="Tidak wajib; tujuan nasional dipakai",
        is_optional=True,
        search=("goal",),
        dimension_path="dimension",
        table_key="strategy",
        table_suffix=attrgetter("dimension.code"),
    ),
    RowKind(
        slug="sasaran",
        model=Goal,
        form=GoalForm,
        title="Sasaran",
        noun="sasaran",
        intro="Apa yang berubah bagi warga, dengan satu indikator, keadaan awal dan target tiap tahun.",
        part=Part.DIRECTION,
        columns=(
            CODE,
            main("sasaran", "Sasaran", "text"),
            DIMENSION,
            text("indikator", "Indikator", "indicator", minor=True),
            text("satuan", "Satuan", "unit", minor=True),
            number("awal", "Awal", "baseline_value", minor=True),
        ),
        year_columns=target_columns,
        related=("dimension",),
        prefetch=("targets",),
        search=("code", "text", "indicator"),
        dimension_path="dimension",
        cover="dimension_id",
        table_key="goal",
    ),
    RowKind(
        slug="strategi",
        model=Strategy,
        form=StrategyForm,
        title="Strategi",
        noun="strategi",
        intro="Cara daerah mencapai tujuan tiap dimensi. Setiap program menjalankan satu strategi.",
        part=Part.DIRECTION,
        columns=(CODE, main("strategi", "Strategi", "text"), DIMENSION),
        related=("dimension",),
        search=("code", "text"),
        dimension_path="dimension",
        cover="dimension_id",
        table_key="strategy",
        table_suffix=attrgetter("dimension.code"),
    ),
)

REGISTER = (
    RowKind(
        slug="program",
        model=Programme,
        form=ProgrammeForm,
        title="Program",
        noun="program",
        intro="Rencana aksi per dimensi: siapa memimpin, apa ukurannya, target dan anggaran tiap tahun.",
        columns=(CODE, main("program", "Program", "name"), DIMENSION, LEAD),
        year_columns=budget_columns,
        related=("dimension", "lead_opd"),
        prefetch=("years",),
        search=("code", "name", "indicator", "location"),
        has_opd_filter=True,
        dimension_path="dimension",
        cover="dimension_id",
        table_key="programme",
        table_suffix=attrgetter("dimension.code"),
    ),
    RowKind(
        slug="aksi-pendukung",
        model=SupportAction,
        form=SupportActionForm,
        title="Aksi pendukung",
        noun="aksi pendukung",
        intro="Kebijakan, infrastruktur, aplikasi, literasi dan kapasitas yang menopang semua dimensi.",
        columns=(CODE, main("aksi", "Aksi", "name"), choice("kelompok", "Kelompok", "group", minor=True), LEAD),
        year_columns=budget_columns,
        related=("lead_opd",),
        prefetch=("years",),
        search=("code", "name", "indicator"),
        has_opd_filter=True,
        cover="group",
        table_key="support_action",
        table_suffix=attrgetter("group"),
    ),
    RowKind(
        slug="periode-peta-jalan",
        model=RoadmapPeriod,
        form=RoadmapPeriodForm,
        title="Periode peta jalan",
        noun="periode peta jalan",
        intro="Pembagian masa rencana menjadi jangka pendek, menengah dan panjang, masing-masing dengan temanya.",
        columns=(
            Column("jangka", "Jangka", lambda row: row.get_horizon_display(), Look.MAIN),
            Column("tahun", "Tahun", lambda row: f"{row.start_year}–{row.end_year}"),
            text("tema", "Tema", "theme"),
        ),
        search=("theme",),
        cover="horizon",
        table_key="roadmap",
    ),
)

KINDS = {kind.slug: kind for kind in (*ANALYSIS, *DIRECTION, *REGISTER)}

# Also the kinds of apps above this one, so that a finding can lead to their rows.
EVERY_KIND = dict(KINDS)


def add_kind(kind: RowKind) -> None:
    """Called once by an app above this one, when Django starts."""
    EVERY_KIND[kind.slug] = kind
