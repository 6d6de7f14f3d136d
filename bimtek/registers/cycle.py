"""Register entries of the cycle and of the bodies."""

from bimtek.forms.cycle import BodyMemberForm, CycleStepForm
from bimtek.models import BodyMember, CycleStep
from masterplan.forms.rows_columns import choice, main, text
from masterplan.forms.rows_kind import Column, RowKind
from smartcity.ui.format import format_date

START = Column("mulai", "Mulai", lambda row: format_date(row.start_date))
END = Column("selesai", "Selesai", lambda row: format_date(row.end_date))

CYCLE_STEP = RowKind(
    slug="siklus",
    model=CycleStep,
    form=CycleStepForm,
    title="Siklus bimtek",
    noun="langkah",
    intro="Perjalanan daerah dalam gerakan: asesmen, nota kesepahaman, empat bimtek, ekspose dan evaluasi.",
    columns=(main("nama", "Langkah", "name"), START, END, text("tempat", "Tempat", "place")),
    related=("stage",),
    order=("start_date", "end_date", "pk"),
    search=("name",),
    table_key="stage",
    nav="siklus",
    url_prefix="bimtek:cycle",
    url_has_slug=False,
    templates={"list": "bimtek/cycle.html"},
)
BODY_MEMBER = RowKind(
    slug="lembaga",
    model=BodyMember,
    form=BodyMemberForm,
    title="Dewan dan tim",
    noun="anggota",
    intro="Susunan Dewan Smart City dan Tim Pelaksana menurut jabatan, seperti dalam keputusan kepala daerah.",
    columns=(
        choice("lembaga", "Lembaga", "body"),
        main("jabatan", "Jabatan", "seat"),
        text("pengisi", "Pengisi", "holder"),
    ),
    cover="body",
    search=("seat", "holder"),
    nav="siklus",
    url_prefix="bimtek:body",
    url_has_slug=False,
    templates={"list": "bimtek/bodies.html"},
)
