"""Register entry of quick wins."""

from masterplan.forms.rows_columns import main
from masterplan.forms.rows_kind import RowKind
from masterplan.registers import CODE, DIMENSION, LEAD
from quickwin.forms import QuickWinForm
from quickwin.models import QuickWin

QUICK_WIN = RowKind(
    slug="quick-win",
    model=QuickWin,
    form=QuickWinForm,
    title="Quick win",
    noun="quick win",
    intro="Program unggulan satu tahun tiap dimensi: manfaatnya terasa cepat, menarik, dan dapat diteruskan.",
    columns=(CODE, main("nama", "Nama", "name"), DIMENSION, LEAD),
    related=("dimension", "lead_opd", "programme"),
    prefetch=("milestones", "risks"),
    order=("dimension__position", "position", "pk"),
    search=("code", "name", "problem"),
    has_opd_filter=True,
    dimension_path="dimension",
    table_key="quick_win",
    table_suffix=lambda _: "lembar",
    nav="quickwin",
    url_prefix="quickwin:quick_win",
    url_has_slug=False,
    after="detail",
    templates={"list": "quickwin/list.html"},
)
