"""Register entries of the cycle and of the bodies."""

from datetime import date

from bimtek.forms.cycle import BodyMemberForm, CycleStepForm
from bimtek.models import BodyMember, CycleStep
from masterplan.forms.rows_columns import choice, main, text
from masterplan.forms.rows_kind import Column, RowKind
from smartcity.ui.format import format_date

START = Column("mulai", "Rencana mulai", lambda row: format_date(row.start_date))
END = Column("selesai", "Rencana selesai", lambda row: format_date(row.end_date))
HELD = Column("terlaksana", "Terlaksana", lambda row: span(row.held_start, row.held_end))


def span(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return ""
    return format_date(start) if start == end else f"{format_date(start)} sampai {format_date(end)}"


def term(row: BodyMember) -> str:
    parts = (("sejak", row.since), ("sampai", row.until))
    return " ".join(f"{word} {format_date(day)}" for word, day in parts if day)


def organisation_of(row: BodyMember) -> str:
    return row.organisation or (row.opd.label if row.opd else "")


TERM = Column("masa", "Masa tugas", term)
CYCLE_STEP = RowKind(
    slug="siklus",
    model=CycleStep,
    form=CycleStepForm,
    title="Siklus bimtek",
    noun="langkah",
    intro="Perjalanan daerah dalam gerakan: asesmen, nota kesepahaman, empat bimtek, ekspose dan evaluasi.",
    columns=(main("nama", "Langkah", "name"), START, END, HELD, text("tempat", "Tempat", "place")),
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
        choice("unsur", "Unsur", "organisation_kind"),
        Column("instansi", "Instansi", organisation_of),
        TERM,
    ),
    cover="body",
    related=("opd", "appointed_by"),
    search=("seat", "holder", "organisation"),
    nav="siklus",
    url_prefix="bimtek:body",
    url_has_slug=False,
    templates={"list": "bimtek/bodies.html"},
)
