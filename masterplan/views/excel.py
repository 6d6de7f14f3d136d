"""The page "Excel": tables out as a workbook, and returned workbooks in."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from masterplan import registers, rules
from masterplan.domain import table_import as imports
from masterplan.forms.rows_filter import FilterOptions, RowFilter
from masterplan.forms.rows_kind import RowKind
from masterplan.forms.sheet_cells import SheetCells
from masterplan.models import Masterplan
from masterplan.views.frame import plan_frame, visible_plan
from masterplan.views.rows import can_add, choices_for
from masterplan.workbook.layout import SheetOut
from masterplan.workbook.write import write_workbook
from smartcity.accounts.models import User
from smartcity.regency.models import Opd
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Refusal

SHOWN = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def excel_home(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            files = [
                (upload.name or "", upload.read(imports.MAX_BYTES + 1))
                for upload in request.FILES.getlist("berkas")[: imports.MAX_FILES + 1]
            ]
            batch = imports.read_workbooks(plan=plan, files=files, by=request.user)
        except Refusal as error:
            refusal = error
        else:
            return redirect("masterplan:table_import_detail", plan.code, batch)
    is_writer = rules.is_writer(request.user, plan)
    context = {
        **plan_frame(plan, "tabel"),
        "kinds": writable_kinds(plan, request.user),
        "chosen": request.GET.get("tabel", ""),
        "opds": _opds(plan, request.user),
        "is_writer": is_writer,
        "imports": imports.visible_imports(plan, request.user)[:SHOWN] if is_writer else [],
        "max_bytes": imports.MAX_BYTES,
        "max_files": imports.MAX_FILES,
        "refusal": refusal,
    }
    return render(request, "masterplan/excel/home.html", context, status=refusal.status if refusal else 200)


@require_GET
def excel_download(request: SignedInRequest, plan_code: str) -> HttpResponse:
    """Asked for with `tabel` (several), `opd`, and for one table alone with the filter of its page."""
    plan = visible_plan(request, plan_code)
    kinds = {kind.slug: kind for kind in writable_kinds(plan, request.user)}
    asked = [kinds[slug] for slug in dict.fromkeys(request.GET.getlist("tabel")) if slug in kinds]
    opd = _asked_opd(request, plan)
    if opd is not None:
        asked = [kind for kind in asked or kinds.values() if kind.has_opd_filter]
    sheets = [_sheet(request, plan, kind, opd, is_alone=len(asked) == 1) for kind in asked or kinds.values()]
    name = opd.label if opd else asked[0].title if len(asked) == 1 else ""
    title = f"{plan.title}{f': {name}' if name else ''}"
    response = HttpResponse(write_workbook(plan.code, title, sheets), content_type=XLSX)
    file_name = "-".join(part for part in ("tabel", plan.code, slugify(name)) if part)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.xlsx"'
    return response


def writable_kinds(plan: Masterplan, user: User) -> list[RowKind]:
    """Tables that the person can fill; readers get all of them, to read."""
    kinds = list(registers.SHEETS.values())
    if not rules.is_writer(user, plan):
        return kinds
    return [kind for kind in kinds if can_add(user, plan, kind)]


def _sheet(request: SignedInRequest, plan: Masterplan, kind: RowKind, opd: Opd | None, *, is_alone: bool) -> SheetOut:
    """For writers only what they may write: the rest would be refused on return."""
    cells = SheetCells(kind, plan, choices_for(request.user, plan))
    rows = list(cells.rows.values())
    if rules.is_writer(request.user, plan):
        rows = [row for row in rows if rules.can_write_row(request.user, row)]
    if opd is not None:
        rows = [row for row in rows if row.lead_opd_id == opd.pk]
    asked = RowFilter.of(request.GET, FilterOptions.of(kind, plan))
    if is_alone and asked.is_active:
        wanted = set(kind.rows(plan).filter(asked.condition(kind)).values_list("pk", flat=True))
        rows = [row for row in rows if row.pk in wanted]
    return cells.sheet(rows)


def _opds(plan: Masterplan, user: User) -> list[Opd]:
    """Whose workbooks this person may ask for; an office's author has only the one."""
    opds = Opd.objects.filter(regency_id=plan.regency_id, is_active=True)
    own = rules.authored_opd_ids(user, plan)
    return list(opds.filter(pk__in=own) if own and not rules.can_manage_plan(user, plan) else opds)


def _asked_opd(request: SignedInRequest, plan: Masterplan) -> Opd | None:
    code = request.GET.get("opd", "")
    if not code:
        return None
    found = next((opd for opd in _opds(plan, request.user) if opd.code == code), None)
    if found is None:
        raise Http404
    return found
