"""Papers of a stage: the response matrix on the screen, and every paper as a PDF or Excel file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from bimtek.models import Stage
from bimtek.views.events import visible_event
from export.papers.asked import MatrixAsked
from export.papers.matrix import limit_of, lines_of, matrix_of, nothing_in, scope_of, tally_of
from export.papers.matrix_files import matrix_pdf, matrix_xlsx
from export.papers.minutes import minutes_of
from export.papers.minutes_files import attendance_pdf, attendance_xlsx, minutes_pdf, minutes_xlsx
from export.papers.programme_sheets import programme_sheets_pdf
from export.papers.quick_win_deck import quick_win_deck
from export.papers.quick_win_files import quick_win_pdf
from export.papers.quick_wins import quick_win_book
from masterplan.enums import CommentKind, CommentState
from masterplan.forms.rows_filter import FilterOptions, RowFilter
from masterplan.models import Masterplan, Programme
from masterplan.rules import is_reviewer
from masterplan.views.excel import XLSX
from masterplan.views.frame import plan_frame, visible_plan
from masterplan.views.rows import kind_or_404
from smartcity.ui.http import SignedInRequest

PAGE = 30
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TYPES = {"pdf": "application/pdf", "xlsx": XLSX, "pptx": PPTX}
OFFERED = ("pdf", "xlsx")


@require_GET
def matrix(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    asked, stage = _asked(request, plan)
    scope = scope_of(plan, stage, asked, request.user)
    narrowed = asked.narrow(scope.threads)
    ordered = narrowed.order_by("number")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("halaman"))
    first = (page.number - 1) * PAGE
    lines = lines_of(scope, ordered[first : first + PAGE])
    context = {
        "asked": asked,
        "stage": stage,
        "stages": Stage.objects.all(),
        "scope": scope,
        "page": page,
        "lines": lines,
        "tally": tally_of(narrowed.only("kind", "state")),
        "limit": limit_of(asked, lines),
        "nothing": nothing_in(scope, asked),
        "kinds": CommentKind.choices,
        "states": CommentState.choices,
        "dimensions": plan.dimension_set.dimensions.all(),
        "is_reviewer": is_reviewer(request.user, plan),
        "page_query": f"{asked.query()[1:]}&",
    }
    return render(request, "export/papers/matrix.html", {**plan_frame(plan, "komentar"), **context})


@require_GET
def matrix_file(request: SignedInRequest, plan_code: str, file_format: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    asked, stage = _asked(request, plan)
    made = matrix_of(scope_of(plan, stage, asked, request.user), asked)
    name = "-".join(filter(None, ("matriks-tanggapan", plan.code, stage.code if stage else "", asked.untuk)))
    makers = {"pdf": matrix_pdf, "xlsx": matrix_xlsx}
    return _file(makers[_known(file_format)](made), name, file_format)


@require_GET
def minutes_file(request: SignedInRequest, plan_code: str, pk: int, file_format: str) -> HttpResponse:
    plan, event = visible_event(request, plan_code, pk)
    makers = {"pdf": minutes_pdf, "xlsx": minutes_xlsx}
    made = makers[_known(file_format)](minutes_of(event, user=request.user))
    return _file(made, f"berita-acara-{plan.code}-{event.pk}", file_format)


@require_GET
def attendance_file(request: SignedInRequest, plan_code: str, pk: int, file_format: str) -> HttpResponse:
    """The sheet on which people sign by hand."""
    plan, event = visible_event(request, plan_code, pk)
    makers = {"pdf": attendance_pdf, "xlsx": attendance_xlsx}
    made = makers[_known(file_format)](minutes_of(event, user=request.user))
    return _file(made, f"daftar-hadir-{plan.code}-{event.pk}", file_format)


@require_GET
def quick_win_book_file(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    book = quick_win_book(visible_plan(request, plan_code), year)
    return _file(quick_win_pdf(book), f"buku-quick-win-{book.plan.code}-{year}", "pdf")


@require_GET
def quick_win_deck_file(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    book = quick_win_book(visible_plan(request, plan_code), year)
    return _file(quick_win_deck(book), f"paparan-quick-win-{book.plan.code}-{year}", "pptx")


@require_GET
def programme_sheets_file(request: SignedInRequest, plan_code: str) -> HttpResponse:
    """Of the programmes that the table shows under the same filter, or of one (`kode`)."""
    plan = visible_plan(request, plan_code)
    kind = kind_or_404("program")
    asked = RowFilter.of(request.GET, FilterOptions.of(kind, plan))
    rows = Programme.objects.filter(asked.condition(kind), plan=plan)
    code = request.GET.get("kode", "").replace("\x00", "")
    if code:
        rows = rows.filter(code=code)
    made = programme_sheets_pdf(plan, set(rows.values_list("pk", flat=True)))
    return _file(made, "-".join(filter(None, ("lembar-program", plan.code, slugify(code).upper()))), "pdf")


def _asked(request: SignedInRequest, plan: Masterplan) -> tuple[MatrixAsked, Stage | None]:
    """404 for a stage that does not exist."""
    asked = MatrixAsked.of(request.GET, is_reviewer=is_reviewer(request.user, plan))
    return asked, get_object_or_404(Stage, code=asked.tahap) if asked.tahap else None


def _known(file_format: str) -> str:
    if file_format not in OFFERED:
        raise Http404
    return file_format


def _file(content: bytes, name: str, file_format: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
