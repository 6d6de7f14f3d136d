"""Register entry of the documents."""

from bimtek.forms.document import CycleDocumentForm
from bimtek.models import CycleDocument
from masterplan.forms.rows_columns import choice, main, text
from masterplan.forms.rows_kind import Column, RowKind
from smartcity.ui.format import format_date

DATE = Column("tanggal", "Tanggal", lambda row: format_date(row.date))
SIGNERS = Column("penanda-tangan", "Penanda tangan", lambda row: [str(each) for each in row.signers.all()])
FILE = Column("berkas", "Berkas", lambda row: row.file.name if row.file else "")

DOCUMENT = RowKind(
    slug="dokumen",
    model=CycleDocument,
    form=CycleDocumentForm,
    title="Dokumen",
    noun="dokumen",
    intro="Nota kesepahaman, SK, lembar komitmen dan surat lain: nomor, tanggal, penanda tangan dan berkasnya.",
    columns=(
        choice("jenis", "Jenis", "kind"),
        main("perihal", "Perihal", "subject"),
        text("nomor", "Nomor", "number"),
        DATE,
        SIGNERS,
        FILE,
    ),
    related=("stage", "file"),
    prefetch=("signers",),
    order=("date", "pk"),
    search=("number", "subject"),
    cover="kind",
    asked=(("jenis", "kind"),),
    nav="siklus",
    url_prefix="bimtek:document",
    url_has_slug=False,
    after="detail",
    templates={"list": "bimtek/document/list.html"},
)
