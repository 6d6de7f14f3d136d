"""Register entry of the events."""

from bimtek.forms.event import CycleEventForm
from bimtek.models import CycleEvent
from masterplan.forms.rows_columns import choice, main, text
from masterplan.forms.rows_kind import Column, RowKind
from smartcity.ui.format import format_date

EVENT = RowKind(
    slug="kegiatan",
    model=CycleEvent,
    form=CycleEventForm,
    title="Kegiatan",
    noun="kegiatan",
    intro="Sosialisasi, rapat, bimtek dan ekspose: acara, peserta, kehadiran, materi, foto dan notula.",
    columns=(
        choice("jenis", "Jenis", "kind"),
        main("judul", "Judul", "title"),
        Column("mulai", "Mulai", lambda row: format_date(row.start_date)),
        Column("selesai", "Selesai", lambda row: format_date(row.end_date)),
        text("tempat", "Tempat", "venue"),
        text("dibuka", "Dibuka oleh", "opened_by"),
    ),
    related=("stage",),
    order=("start_date", "end_date", "pk"),
    search=("title", "venue"),
    nav="siklus",
    url_prefix="bimtek:event",
    url_has_slug=False,
    after="detail",
    templates={"list": "bimtek/event/list.html"},
)
