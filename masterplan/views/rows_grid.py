"""What the table asks for while somebody works in it. Always JSON but for the totals; refusals are sentences."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from masterplan import rules
from masterplan.domain import row as rows
from masterplan.domain.row_bin import put_row_back
from masterplan.domain.row_order import duplicate_row, move_row
from masterplan.forms.rows_cell import Typed, cell_form, draft_form, raw_text, sentence_of
from masterplan.forms.rows_filter import FilterOptions, RowFilter
from masterplan.forms.rows_kind import RowKind
from masterplan.forms.rows_table import RowTable, cell
from masterplan.models import Masterplan
from masterplan.views.body import UnreadableError, read_json
from masterplan.views.frame import visible_plan
from masterplan.views.rows import can_add, choices_for, kind_or_404, line_as_json
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Incomplete, NotAllowed

MAX_VERSION = 2**32
MAX_TEXT = 20_000
MAX_ITEMS = 200
CREATED = 201
type Json = dict[str, Any]


@require_GET
def row_totals(request: SignedInRequest, plan_code: str, kind: str) -> HttpResponse:
    found = kind_or_404(kind)
    plan = visible_plan(request, plan_code)
    asked = RowFilter.of(request.GET, FilterOptions.of(found, plan))
    table = RowTable.of(found, plan, asked, lambda _: False)
    return render(request, "masterplan/row/totals.html", {"table": table, "kind": found})


@require_POST
def row_cell(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """One field of one row, saved if the row still has the version that the person saw."""
    plan, found, row = _row(request, plan_code, kind, pk)
    body = _body(request)
    name, value, version = body.get("field"), _typed(body.get("value")), _version(body)
    form = cell_form(found, row, choices_for(request.user, plan), name=str(name), value=value)
    if form is None:
        msg = "Kolom ini tidak dapat diubah di tabel."
        raise Incomplete(msg)
    if not form.is_valid():
        raise Incomplete(sentence_of(form, str(name)))
    try:
        found.verbs.update(row, version=version, values=form.values(), by=request.user)
    except rows.StaleRowError as refusal:
        return _clash(request, plan, found, pk, str(name), refusal)
    return JsonResponse(line_as_json(request, found, plan, pk))


@require_POST
def row_add(request: SignedInRequest, plan_code: str, kind: str) -> HttpResponse:
    """A new row from the cells filled so far; what is missing is named cell by cell."""
    found = kind_or_404(kind)
    plan = visible_plan(request, plan_code)
    if not can_add(request.user, plan, found) or (found.is_single and found.rows(plan).exists()):
        msg = f"Anda tidak dapat menambah {found.noun} pada rencana ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah.")
    sent = _body(request).get("values")
    if not isinstance(sent, dict):
        raise _unreadable()
    answers = {str(name): _typed(value) for name, value in sent.items()}
    form = draft_form(found, choices_for(request.user, plan), answers)
    if not form.is_valid():
        errors = {name: " ".join(str(sentence) for sentence in found_) for name, found_ in form.errors.items()}
        return JsonResponse({"detail": "Baris baru belum lengkap.", "errors": errors}, status=Incomplete.status)
    row: Any = found.verbs.create(plan=plan, model=found.model, values=form.values(), by=request.user)
    return JsonResponse(line_as_json(request, found, plan, row.pk), status=CREATED)


@require_POST
def row_copy(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    plan, found, row = _row(request, plan_code, kind, pk)
    if not found.can_copy:
        msg = f"{found.noun.capitalize()} tidak dapat digandakan: hanya boleh ada satu."
        raise Incomplete(msg)
    copy: Any = duplicate_row(row, mark=found.main_field, by=request.user)
    return JsonResponse(line_as_json(request, found, plan, copy.pk), status=CREATED)


@require_POST
def row_move(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    _, found, row = _row(request, plan_code, kind, pk)
    body = _body(request)
    beside, is_up = body.get("beside"), body.get("up")
    if type(beside) is not int or type(is_up) is not bool:
        raise _unreadable()
    if not found.is_ordered:
        msg = f"Urutan {found.noun} tetap."
        raise Incomplete(msg)
    move_row(row, beside=beside, is_up=is_up, by=request.user)
    return JsonResponse({"pk": pk})


@require_POST
def row_bin(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    _, _, row = _row(request, plan_code, kind, pk)
    binned = rows.delete_row(row, version=_version(_body(request)), by=request.user)
    return JsonResponse({"binned": binned.pk, "label": binned.label})


@require_POST
def row_put_back(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    found = kind_or_404(kind)
    plan = visible_plan(request, plan_code)
    if not can_add(request.user, plan, found):
        raise Http404
    binned = get_object_or_404(plan.binned_rows, pk=pk, table=found.model._meta.label_lower)
    binned.plan = plan
    row = put_row_back(binned, by=request.user)
    return JsonResponse(line_as_json(request, found, plan, row.pk), status=CREATED)


def _row(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> tuple[Masterplan, RowKind, Any]:
    """A row that this person may write; 404 for strangers, a sentence for readers and for rows that went meanwhile."""
    found = kind_or_404(kind)
    plan = visible_plan(request, plan_code)
    row = found.rows(plan).prefetch_related(None).filter(pk=pk).first()
    if row is None:
        if rows.was_deleted(plan, found.model, pk):
            msg = "Baris ini sudah dibuang orang lain."
            raise rows.StaleRowError(msg, next_step="Salin isian Anda bila masih diperlukan, lalu muat ulang halaman.")
        raise Http404
    row.plan = plan
    if not rules.can_write_row(request.user, row):
        msg = f"Anda tidak dapat mengubah {found.noun} ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah atau perangkat daerah penanggung jawab.")
    return plan, found, row


def _clash(
    request: SignedInRequest, plan: Masterplan, kind: RowKind, pk: int, name: str, refusal: rows.StaleRowError
) -> HttpResponse:
    """Both values stay: theirs is stored and sent along, mine is still in the browser."""
    current = kind.rows(plan).filter(pk=pk).first()
    if current is None:
        raise refusal
    columns = RowTable(kind, plan, RowFilter()).columns
    column = next(each for each in columns if each.field == name)
    shown = cell(column, current)
    change = rows.last_change(current)
    return JsonResponse(
        {
            "detail": refusal.sentence,
            "value": raw_text(column, current, column.value(current)) or "",
            "display": shown.text or ", ".join(shown.codes),
            "by": change.actor_name if change else "",
            "at": timezone.localtime(change.at).strftime("%H.%M") if change else "",
            **line_as_json(request, kind, plan, pk),
        },
        status=refusal.status,
    )


def _body(request: SignedInRequest) -> Json:
    try:
        body = read_json(request.body)
    except UnreadableError:
        raise _unreadable() from None
    except ValueError as error:
        raise Incomplete(str(error)) from error
    if not isinstance(body, dict):
        raise _unreadable()
    return body


def _version(body: Json) -> int:
    version = body.get("version")
    if type(version) is not int or not 0 <= version < MAX_VERSION:
        raise _unreadable()
    return version


def _typed(value: Any) -> Typed:
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        return value
    if isinstance(value, list) and len(value) <= MAX_ITEMS and all(isinstance(item, str) for item in value):
        return value
    raise _unreadable()


def _unreadable() -> Incomplete:
    return Incomplete("Kiriman tidak dapat dibaca.", next_step="Muat ulang halaman, lalu ulangi.")
