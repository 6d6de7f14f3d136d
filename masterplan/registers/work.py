"""Programmes, support actions, the roadmap and ceilings."""

from operator import attrgetter

from django.db.models import Q

from masterplan.forms.rows_columns import (
    CODE,
    DIMENSION,
    LEAD,
    choice,
    linked,
    main,
    many,
    text,
    work_columns,
    year,
)
from masterplan.forms.rows_kind import Breakdown, Column, Look, RowKind
from masterplan.forms.rows_programme import BudgetCeilingForm, RoadmapPeriodForm, SupportActionForm
from masterplan.forms.rows_work import ProgrammeForm
from masterplan.models import (
    BudgetCeiling,
    Programme,
    RoadmapPeriod,
    SupportAction,
)  # fmt: skip

READINESS = (
    ("regulation", "Regulasi"),
    ("infrastructure", "Infrastruktur"),
    ("application", "Aplikasi"),
    ("people", "SDM"),
)
PROGRAMME_EXTRA = (
    linked("subdimensi-daerah", "Subdimensi daerah", "own_subdimension", "name"),
    choice("inovasi", "Jenis inovasi", "innovation"),
    text("kegiatan", "Kegiatan", "activities"),
    many("pendukung", "Pendukung", "supporting_opds"),
    text("lokasi", "Lokasi", "location"),
    text("kecamatan", "Kecamatan", "districts"),
    text("penerima", "Penerima manfaat", "beneficiaries"),
    choice("arah", "Arah indikator", "direction"),
    Column("jangka", "Jangka", attrgetter("horizons"), field="horizons"),
    linked("misi-rpjmd", "Misi RPJMD", "rpjmd_mission", "number"),
    text("sipd", "Kode subkegiatan", "subactivity_code"),
    *(
        column
        for name, label in READINESS
        for column in (choice(name, label, name), text(f"{name}-catatan", f"Catatan {label.lower()}", f"{name}_note"))
    ),
    Column("alasan", "Alasan target diturunkan", lambda _: "", field="reason"),
)

REGISTER = (
    RowKind(
        slug="program",
        model=Programme,
        form=ProgrammeForm,
        title="Program",
        noun="program",
        intro="Rencana aksi per dimensi: siapa memimpin, apa ukurannya, target dan anggaran tiap tahun.",
        columns=(
            CODE,
            main("program", "Program", "name"),
            DIMENSION,
            linked("subdimensi", "Subdimensi", "subdimension", "code"),
            linked("strategi", "Strategi", "strategy", "code"),
            LEAD,
        ),
        extra_columns=PROGRAMME_EXTRA,
        year_columns=work_columns,
        year_path="years__year",
        breakdowns=(
            Breakdown("Per dimensi", attrgetter("dimension.name")),
            Breakdown("Per perangkat daerah", attrgetter("lead_opd.label")),
        ),
        related=("dimension", "subdimension", "strategy", "lead_opd"),
        prefetch=("years",),
        search=("code", "name", "indicator", "location", "former_codes__code"),
        has_opd_filter=True,
        dimension_path="dimension",
        subdimension_path="subdimension",
        cover="dimension_id",
        table_key="programme",
        table_suffix=attrgetter("dimension.code"),
        templates={"form": "masterplan/programme/form.html"},
        listed=Q(is_dropped=False),
        aside_prefetch=("reasons",),
    ),
    RowKind(
        slug="aksi-pendukung",
        model=SupportAction,
        form=SupportActionForm,
        title="Aksi pendukung",
        noun="aksi pendukung",
        intro="Kebijakan, infrastruktur, aplikasi, literasi dan kapasitas yang menopang semua dimensi.",
        columns=(CODE, main("aksi", "Aksi", "name"), choice("kelompok", "Kelompok", "group", minor=True), LEAD),
        extra_columns=(many("pendukung", "Pendukung", "supporting_opds"),),
        year_columns=work_columns,
        year_path="years__year",
        breakdowns=(
            Breakdown("Per kelompok", lambda row: row.get_group_display()),
            Breakdown("Per perangkat daerah", attrgetter("lead_opd.label")),
        ),
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
            Column("jangka", "Jangka", lambda row: row.get_horizon_display(), Look.MAIN, field="horizon"),
            year("dari", "Tahun awal", "start_year"),
            year("sampai", "Tahun akhir", "end_year"),
            text("tema", "Tema", "theme"),
        ),
        search=("theme",),
        cover="horizon",
        table_key="roadmap",
    ),
)

BUDGET = (
    RowKind(
        slug="pagu",
        model=BudgetCeiling,
        form=BudgetCeilingForm,
        title="Pagu anggaran",
        noun="pagu",
        intro="Batas uang tiap tahun dan sumber. Ruang anggaran membandingkannya dengan rencana.",
        columns=(
            Column("sumber", "Sumber dana", lambda row: row.source or "Semua sumber", Look.MAIN, field="source"),
            year("tahun", "Tahun", "year"),
            Column("pagu", "Pagu (juta rupiah)", attrgetter("amount"), Look.MILLION, field="amount"),
            text("catatan", "Catatan", "note", minor=True),
        ),
        order=("year", "source"),
        empty_hint="Tidak wajib",
        is_optional=True,
        search=("source", "note"),
        asked=(("tahun", "year"), ("sumber", "source")),
        templates={"form": "masterplan/budget/ceiling.html"},
    ),
)
