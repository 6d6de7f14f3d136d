"""Register entries of the cycle and of the bodies."""

from bimtek.forms import BodyMemberForm, CycleStepForm
from bimtek.models import BodyMember, CycleStep
from masterplan.forms.rows_columns import main
from masterplan.forms.rows_kind import RowKind

CYCLE_STEP = RowKind(
    slug="siklus",
    model=CycleStep,
    form=CycleStepForm,
    title="Siklus bimtek",
    noun="langkah",
    intro="Perjalanan daerah dalam gerakan: asesmen, nota kesepahaman, empat bimtek, ekspose dan evaluasi.",
    columns=(main("nama", "Langkah", "name"),),
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
    columns=(main("jabatan", "Jabatan", "seat"),),
    search=("seat", "holder"),
    nav="siklus",
    url_prefix="bimtek:body",
    url_has_slug=False,
    templates={"list": "bimtek/bodies.html"},
)
