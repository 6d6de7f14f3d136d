"""The board of the ministry and the provinces: quick wins of a year in all regions, with their lights."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from bimtek.domain.board import BoardFilter, board_of, rows_of, without_any, years_of
from bimtek.models import Cohort
from bimtek.rules import can_see_board
from masterplan.models import Dimension
from quickwin.enums import Light
from smartcity.regency.models import Province
from smartcity.regency.rules import viewable_regencies
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import NotAllowed

PAGE = 50
NAMES = ("provinsi", "angkatan", "dimensi", "lampu")


@gzip_page
@require_GET
def quick_win_board(request: SignedInRequest) -> HttpResponse:
    if not can_see_board(request.user):
        raise NotAllowed(
            "Papan quick win hanya untuk kementerian dan provinsi.",
            next_step="Quick win daerah Anda ada di menu Quick win pada rencananya.",
        )
    years = years_of(request.user)
    asked = _asked(request, years)
    board = board_of(asked, request.user, at=timezone.now())
    page = Paginator(board.regency_ids, PAGE).get_page(request.GET.get("halaman"))
    provinces = Province.objects.filter(pk__in=viewable_regencies(request.user).values("province"))
    context = {
        "asked": asked,
        "years": [(year, asked.query(tahun=year)) for year in sorted({*years, asked.tahun})],
        "board": board,
        "page": page,
        "page_query": f"{asked.query()[1:]}&",
        "rows": rows_of(board, list(page)),
        "lights": [(*line, asked.query(lampu=line[0].value)) for line in board.lights],
        "every_light_url": asked.query(lampu=""),
        "clear_url": f"?tahun={asked.tahun}",
        "provinces": list(provinces),
        "cohorts": list(Cohort.objects.all()),
        "dimensions": dict(Dimension.objects.order_by("position", "-pk").values_list("code", "name")),
        "without": [] if asked.lampu else without_any(board, asked, request.user),
    }
    return render(request, "bimtek/board.html", {**site_frame("papan"), **context})


def _asked(request: SignedInRequest, years: list[int]) -> BoardFilter:
    """Without a year this one, or the nearest that has quick wins; unknown lights count as not asked."""
    this_year = timezone.localdate().year
    nearest = min(years, key=lambda year: (abs(year - this_year), year), default=this_year)
    year = number_in(request.GET.get("tahun", ""), 0, digits=4) or nearest
    given = {name: request.GET.get(name, "")[:20].replace("\x00", "") for name in NAMES}
    given["lampu"] = given["lampu"] if given["lampu"] in Light.values else ""
    return BoardFilter(year, **given)
