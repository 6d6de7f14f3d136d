"""Pages of planning rows. The `*_page` functions serve every register entry, also those of apps above this one."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from masterplan import registers, rules
from masterplan.consistency import rules_for
from masterplan.domain import row as rows
from masterplan.domain.aside import asides_of, with_asides
from masterplan.domain.findings import findings_on_row
from masterplan.forms.rows import RowChoices, RowForm
from masterplan.forms.rows_cell import specs_of
from masterplan.forms.rows_filter import FilterOptions, RowFilter
from masterplan.forms.rows_kind import RowKind
from masterplan.forms.rows_table import RowTable
from masterplan.models import Masterplan, OutlineSection
from masterplan.views.comments import marks_of, marks_of_row, row_comments_of
from masterplan.views.finding_table import FindingLine, lines_of
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import NotAllowed, Refusal

GONE = "Baris ini sudah dihapus orang lain. Isian Anda masih ada di bawah; simpan untuk membuatnya lagi."
INVALID = 422


@require_GET
def row_list(request: SignedInRequest, plan_code: str, kind: str) -> HttpResponse:
    return list_page(request, plan_code, kind_or_404(kind))


@require_http_methods(["GET", "POST"])
def row_create(request: SignedInRequest, plan_code: str, kind: str) -> HttpResponse:
    return create_page(request, plan_code, kind_or_404(kind))


@require_http_methods(["GET", "POST"])
def row_edit(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    return edit_page(request, plan_code, kind_or_404(kind), pk)


@require_http_methods(["GET", "POST"])
def row_delete(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    return delete_page(request, plan_code, kind_or_404(kind), pk)


def list_page(request: SignedInRequest, plan_code: str, kind: RowKind, **extra: Any) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    may_add = can_add(request.user, plan, kind)
    if kind.is_single and (address := _single_address(plan, kind, may_add=may_add)):
        return redirect(address)
    options = FilterOptions.of(kind, plan)
    asked = RowFilter.of(request.GET, options)
    table = RowTable.of(kind, plan, asked, lambda row: rules.can_write_row(request.user, row))
    table.marks = marks_of(request, plan, kind.model._meta.label_lower)
    context = {
        "kind": kind,
        "table": table,
        "asked": asked,
        "options": options,
        "dimension_links": [
            (dimension, asked.query(dimensi=dimension.code, subdimensi="")) for dimension in options.dimensions
        ],
        "all_dimensions": asked.query(dimensi="", subdimensi=""),
        "state_links": [(label, asked.query(keadaan=key), key) for key, label in options.states],
        "all_states": asked.query(keadaan=""),
        "clear_url": kind.address("list", plan),
        "create_url": kind.address("create", plan) if may_add else "",
        "grid": _grid(request, table) if kind.url_has_slug else None,
        "set_aside": kind.set_aside(plan),
        "printed_in": rows.printed_in(plan, kind.table_key),
    }
    return render(request, kind.template("list"), {**plan_frame(plan, kind.nav), **context, **extra})


def _grid(request: SignedInRequest, table: RowTable) -> dict[str, Any] | None:
    """What the browser needs to edit in place; None for who may write nothing here."""
    kind, plan = table.kind, table.plan
    may_add = can_add(request.user, plan, kind)
    if not may_add and not any(line.may_write for line in table.lines):
        return None
    return {
        "columns": [asdict(spec) for spec in specs_of(kind, table.columns, choices_for(request.user, plan))],
        "noun": kind.noun,
        "base": kind.address("list", plan),
        "user": str(request.user.pk),
        "session": reverse("accounts:session_state"),
        "can_add": may_add,
        "can_copy": may_add and kind.can_copy,
        "can_move": kind.is_ordered,
        "is_sorted": bool(table.asked.sort),
        "has_places": table.columns[0].field == "" and not kind.is_single,
    }


def create_page(request: SignedInRequest, plan_code: str, kind: RowKind) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    if not can_add(request.user, plan, kind):
        msg = f"Anda tidak dapat menambah {kind.noun} pada rencana ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah.")
    if kind.is_single and (existing := kind.rows(plan).first()):
        return redirect(kind.address("edit", plan, existing.pk))
    if request.method == "POST":
        return _create(request, plan, kind)
    initial: dict[str, Any] = (
        {"dimension": _asked_dimension(request, plan)} if kind.dimension_path == "dimension" else {}
    )
    initial |= {name: request.GET[key][:60].replace("\x00", "") for key, name in kind.asked if key in request.GET}
    form = kind.form(initial=initial, choices=choices_for(request.user, plan))
    return _form_response(request, plan, kind, form)


def edit_page(request: SignedInRequest, plan_code: str, kind: RowKind, pk: int) -> HttpResponse:
    """Who may not write gets the same page as text."""
    plan = visible_plan(request, plan_code)
    row = with_asides(kind.rows(plan)).filter(pk=pk).first()
    if row is None:
        return _gone(request, plan, kind, pk)
    row.plan = plan
    may_write = rules.can_write_row(request.user, row)
    choices = choices_for(request.user, plan)
    if request.method == "GET":
        return _form_response(request, plan, kind, kind.form(instance=row, choices=choices), may_write=may_write)
    if not may_write:
        msg = f"Anda tidak dapat mengubah {kind.noun} ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah atau perangkat daerah penanggung jawab.")
    return _update(request, plan, kind, kind.form(request.POST, instance=row, choices=choices))


def delete_page(request: SignedInRequest, plan_code: str, kind: RowKind, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    row = get_object_or_404(kind.rows(plan), pk=pk)
    row.plan = plan
    if not rules.can_write_row(request.user, row):
        msg = f"Anda tidak dapat menghapus {kind.noun} ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah.")
    if request.method == "POST":
        label = str(row)
        rows.delete_row(row, by=request.user)
        messages.success(request, f"{kind.noun.capitalize()} “{label}” ada di keranjang selama 90 hari.")
        return redirect(kind.address("list", plan))
    context = {
        "kind": kind,
        "row": row,
        "used_by": rows.referrers(row),
        "edit_url": kind.address("edit", plan, row.pk),
        "list_url": kind.address("list", plan),
    }
    return render(request, "masterplan/row/delete.html", {**plan_frame(plan, kind.nav), **context})


def can_add(user: User, plan: Masterplan, kind: RowKind) -> bool:
    model: Any = kind.model
    return rules.can_add_row(user, plan, model)


def choices_for(user: User, plan: Masterplan) -> RowChoices:
    """Who holds both an office and a dimension chooses freely; the verb still checks the whole row."""
    if rules.can_manage_plan(user, plan):
        return RowChoices(plan)
    opd_ids = rules.authored_opd_ids(user, plan)
    dimension_codes = standing_of(user).dimension_codes(plan.regency_id)
    if opd_ids and dimension_codes:
        return RowChoices(plan)
    return RowChoices(plan, opd_ids or None, dimension_codes or None)


def _create(request: SignedInRequest, plan: Masterplan, kind: RowKind) -> HttpResponse:
    form = kind.form(request.POST, choices=choices_for(request.user, plan))
    if not form.is_valid():
        return _form_response(request, plan, kind, form, status=INVALID)
    refusal = _attempt(
        form, lambda: kind.verbs.create(plan=plan, model=kind.model, values=form.values(), by=request.user)
    )
    if refusal is not None:
        return _form_response(request, plan, kind, form, status=refusal.status)
    messages.success(request, f"{kind.noun.capitalize()} “{form.saved}” ditambahkan.")
    _tell_findings(request, plan, kind, form.saved)
    again = "lagi" in request.POST
    return redirect(kind.address("create", plan) if again else kind.address_after(plan, form.saved.pk))


def _update(request: SignedInRequest, plan: Masterplan, kind: RowKind, form: RowForm) -> HttpResponse:
    if not form.is_valid():
        return _form_response(request, plan, kind, form, status=INVALID)
    row, version = form.instance, form.cleaned_data.get("version") or 0
    refusal = _attempt(form, lambda: kind.verbs.update(row, version=version, values=form.values(), by=request.user))
    if isinstance(refusal, rows.StaleRowError):
        return _stale(request, plan, kind, form)
    if refusal is not None:
        return _form_response(request, plan, kind, form, status=refusal.status)
    if is_sheet(request):
        return JsonResponse(line_as_json(request, kind, plan, row.pk))
    messages.success(request, f"{kind.noun.capitalize()} “{form.saved}” tersimpan.")
    _tell_findings(request, plan, kind, row)
    return redirect(kind.address_after(plan, row.pk))


def _attempt(form: RowForm, verb: Callable[[], Any]) -> Refusal | None:
    """Run the verb; a refusal becomes a sentence on the form instead of a page that loses what was typed."""
    try:
        form.saved = verb()
    except rows.StaleRowError as refusal:
        return refusal
    except Refusal as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.next_step}".strip())
        return refusal
    return None


def _stale(request: SignedInRequest, plan: Masterplan, kind: RowKind, form: RowForm) -> HttpResponse:
    current = kind.rows(plan).filter(pk=form.instance.pk).first()
    if current is None:
        return _gone(request, plan, kind, form.instance.pk)
    current.plan = plan
    form.compare_with(current)
    return _form_response(request, plan, kind, form, status=rows.StaleRowError.status, stale=rows.last_change(current))


def _gone(request: SignedInRequest, plan: Masterplan, kind: RowKind, pk: int) -> HttpResponse:
    """What was typed for a row that somebody deleted meanwhile is offered as a new row."""
    may_add = can_add(request.user, plan, kind)
    if request.method != "POST" or not may_add or not rows.was_deleted(plan, kind.model, pk):
        raise Http404
    form = kind.form(request.POST, choices=choices_for(request.user, plan))
    form.is_valid()
    form.add_error(None, GONE)
    return _form_response(request, plan, kind, form, status=rows.StaleRowError.status)


def _form_response(
    request: SignedInRequest,
    plan: Masterplan,
    kind: RowKind,
    form: RowForm,
    *,
    may_write: bool = True,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    row = form.instance if form.instance.pk else None
    context = {
        "kind": kind,
        "form": form,
        "row": row,
        "heading": str(kind.model._default_manager.get(pk=row.pk)) if row and form.is_bound else str(row or ""),
        "may_write": may_write,
        "is_stale": form.current is not None,
        "stale": None,
        "action": kind.address("edit", plan, row.pk) if row else kind.address("create", plan),
        "delete_url": kind.address("delete", plan, row.pk) if row and may_write else "",
        "list_url": kind.address("list", plan),
        "in_sheet": False,
        "printed_in": _printed(plan, kind, row),
        "last_change": rows.last_change(row) if row else None,
        "findings_url": _findings_url(plan, kind, row) if row and not form.is_bound else "",
        "row_threads": row_comments_of(request, plan, row) if row else [],
        "asides": asides_of(request.user, row) if row else [],
    }
    if is_sheet(request):
        return render(request, "masterplan/row/form.html#sheet", {**context, **extra, "in_sheet": True}, status=status)
    frame = plan_frame(plan, kind.nav)
    return render(request, kind.template("form"), {**frame, **context, **extra}, status=status)


def _findings_url(plan: Masterplan, kind: RowKind, row: Any) -> str:
    return reverse("masterplan:row_findings", args=[plan.code, kind.slug, row.pk]) if rules_for(kind.slug) else ""


def _findings(plan: Masterplan, kind: RowKind, row: Any) -> list[FindingLine]:
    if not rules_for(kind.slug):
        return []
    found = findings_on_row(plan, kind.slug, row.pk)
    return lines_of(plan, (each for each in found if each.waiver is None))


def _tell_findings(request: SignedInRequest, plan: Masterplan, kind: RowKind, row: Any) -> None:
    """Saving is never refused for a finding; it is said at once, with the way back to the row."""
    found = _findings(plan, kind, row)
    if found:
        sentence = format_html(
            '{} temuan pada baris ini: {} <a href="{}#temuan">Lihat di barisnya</a>',
            len(found),
            found[0].found.finding.sentence,
            kind.address("edit", plan, row.pk),
        )
        messages.warning(request, sentence)


def is_sheet(request: SignedInRequest) -> bool:
    """Asked for beside the table: the form alone, and the saved row as JSON."""
    return request.headers.get("Sheet") == "1"


def line_as_json(request: SignedInRequest, kind: RowKind, plan: Masterplan, pk: int) -> dict[str, Any]:
    """The row as the table draws it now, for the columns that the page shows."""
    asked = RowFilter.of(request.GET, FilterOptions.for_one_row(kind, plan))
    table = RowTable(kind, plan, asked, lambda row: rules.can_write_row(request.user, row))
    row = kind.rows(plan).get(pk=pk)
    row.plan = plan
    table.marks = marks_of_row(request, plan, row)
    return {"pk": pk, "version": rows.version_of(row), "row": table.line(row).html()}


def _printed(plan: Masterplan, kind: RowKind, row: Any) -> list[OutlineSection]:
    suffix = kind.table_suffix(row) if row is not None and kind.table_suffix else None
    return rows.printed_in(plan, kind.table_key, suffix)


def _single_address(plan: Masterplan, kind: RowKind, *, may_add: bool) -> str:
    row = kind.rows(plan).first()
    if row is not None:
        return kind.address("edit", plan, row.pk)
    return kind.address("create", plan) if may_add else ""


def _asked_dimension(request: SignedInRequest, plan: Masterplan) -> int | None:
    code = request.GET.get("dimensi", "")[:8].replace("\x00", "")
    return plan.dimension_set.dimensions.filter(code=code).values_list("pk", flat=True).first()


def kind_or_404(slug: str) -> RowKind:
    kind = registers.KINDS.get(slug)
    if kind is None:
        raise Http404
    return kind
