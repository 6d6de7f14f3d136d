"""Register entry of quick wins."""

from operator import attrgetter

from masterplan.forms.rows_columns import CODE, DIMENSION, LEAD, choice, linked, main, text, year
from masterplan.forms.rows_kind import Column, Look, RowKind
from quickwin.forms.quick_win import QuickWinForm
from quickwin.models import QuickWin

QUICK_WIN = RowKind(
    slug="quick-win",
    model=QuickWin,
    form=QuickWinForm,
    title="Quick win",
    noun="quick win",
    intro="Program unggulan satu tahun tiap dimensi: manfaatnya terasa cepat, menarik, dan dapat diteruskan.",
    columns=(
        CODE,
        main("nama", "Nama", "name"),
        DIMENSION,
        linked("program", "Program", "programme", "code"),
        year("tahun", "Tahun", "year"),
        LEAD,
        Column("anggaran", "Anggaran (juta rupiah)", attrgetter("budget"), Look.MILLION, field="budget"),
        text("target", "Target akhir tahun", "year_end_target", minor=True),
    ),
    extra_columns=(
        text("nama-pendek", "Nama pendek", "short_name"),
        text("pic", "Jabatan PIC", "contact_position"),
        text("masalah", "Masalah strategis", "problem"),
        text("uraian", "Uraian", "description"),
        text("tujuan", "Tujuan", "goal"),
        text("penerima", "Penerima manfaat", "beneficiaries"),
        text("manfaat", "Manfaat", "benefit"),
        text("daya-tarik", "Daya tarik", "attraction"),
        text("keunikan", "Keunikan", "uniqueness"),
        text("mitra", "Mitra", "partners"),
        text("kemitraan", "Bentuk kemitraan", "partnership"),
        text("potensi", "Potensi pengembangan", "potential"),
        text("keberlangsungan", "Strategi keberlangsungan", "sustainability"),
        text("sumber-daya", "Sumber daya", "resources"),
        text("lokasi", "Lokasi", "location"),
        text("indikator", "Indikator", "indicator"),
        choice("status", "Status", "status"),
        choice("kelanjutan", "Kelanjutan", "continuation"),
        year("tahun-asal", "Tahun asal", "origin_year"),
    ),
    related=("dimension", "lead_opd", "programme", "issue"),
    prefetch=("milestones", "risks"),
    order=("dimension__position", "position", "pk"),
    search=("code", "name", "problem"),
    has_opd_filter=True,
    dimension_path="dimension",
    cover="dimension_id",
    table_key="quick_win",
    table_suffix=lambda _: "lembar",
    nav="quickwin",
    url_prefix="quickwin:quick_win",
    url_has_slug=False,
    after="detail",
    templates={"list": "quickwin/list.html"},
)
