"""The budget room, the decisions about a programme, and the search in code lists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from masterplan import rules
from masterplan.domain import programme as verbs
from masterplan.domain.budget_room import BudgetRoom, RoomState, budget_room
from masterplan.domain.codes import entries_of, search_codes
from masterplan.enums import CodeListKind
from masterplan.forms.decision import DecisionForm
from masterplan.models import Programme
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import NotAllowed, Refusal

BAR_LEFT, BAR_WIDTH = 54, 560  # as drawn in budget/room.html


@dataclass(frozen=True)
class Bar:
    """One year as a bar; widths in the drawing's own units."""

    year: int
    planned: int
    ceiling: int | None
    width: int
    mark: int | None
    y: int
    is_over: bool

    @property
    def end(self) -> int:
        """Where the amount is written."""
        return BAR_LEFT + max(self.width, self.mark or 0) + 8

    @property
    def mark_x(self) -> int:
        return BAR_LEFT + (self.mark or 0)


@dataclass(frozen=True)
class Decision:
    title: str
    button: str
    hint: str
    verb: Callable[..., Programme]
    done: str


DROP = Decision(
    "Gugurkan program ini?",
    "Gugurkan",
    "Program tidak lagi dicetak dan tidak dihitung, tetapi tetap tersimpan dengan alasannya dan dapat dihidupkan kembali.",
    verbs.drop_programme,
    "digugurkan",
)
REVIVE = Decision(
    "Hidupkan kembali program ini?",
    "Hidupkan kembali",
    "Program kembali dihitung dan dicetak.",
    verbs.revive_programme,
    "dihidupkan kembali",
)


@require_GET
def budget_room_page(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    room = budget_room(plan)
    bars = bars_of(room)
    context = {
        "room": room,
        "bars": bars,
        "drawing_height": 26 * len(bars) + 6,
        "may_manage": rules.can_manage_plan(request.user, plan),
        "create_url": reverse("masterplan:row_create", args=[plan.code, "pagu"]),
    }
    return render(request, "masterplan/budget/room.html", {**plan_frame(plan, "tabel"), **context})


def bars_of(room: BudgetRoom) -> list[Bar]:
    cells = room.total.cells
    peak = max((max(cell.planned, cell.ceiling or 0) for cell in cells), default=0)
    return [
        Bar(
            year=cell.year,
            planned=cell.planned,
            ceiling=cell.ceiling,
            width=cell.planned * BAR_WIDTH // peak,
            mark=None if cell.ceiling is None else cell.ceiling * BAR_WIDTH // peak,
            y=26 * place + 4,
            is_over=cell.state == RoomState.OVER,
        )
        for place, cell in enumerate(cells)
        if peak
    ]


@require_http_methods(["GET", "POST"])
def programme_drop(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return _decide(request, plan_code, pk, DROP)


@require_http_methods(["GET", "POST"])
def programme_revive(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return _decide(request, plan_code, pk, REVIVE)


def _decide(request: SignedInRequest, plan_code: str, pk: int, decision: Decision) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    row = get_object_or_404(Programme.objects.select_related("dimension", "lead_opd"), plan=plan, pk=pk)
    row.plan = plan
    if not rules.can_write_row(request.user, row):
        msg = "Anda tidak dapat memutuskan program ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah atau perangkat daerah penanggung jawab.")
    address = reverse("masterplan:row_edit", args=[plan.code, "program", row.pk])
    form = DecisionForm(request.POST or None, initial={"version": row.version})
    form.submit_label, form.cancel_url = decision.button, address
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refusal = _attempt(form, decision, row, request)
            if refusal is None:
                messages.success(request, f"Program “{row}” {decision.done}.")
                return redirect(address)
            status = refusal.status
    context: dict[str, Any] = {"row": row, "decision": decision, "form": form, "edit_url": address}
    return render(
        request, "masterplan/programme/decision.html", {**plan_frame(plan, "tabel"), **context}, status=status
    )


def _attempt(form: DecisionForm, decision: Decision, row: Programme, request: SignedInRequest) -> Refusal | None:
    try:
        decision.verb(row, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.next_step}".strip())
        return refusal
    return None


@require_GET
def code_search(request: SignedInRequest, list_kind: str) -> HttpResponse:
    """A page with the entries that fit; for the browser's script only the options of a list of suggestions."""
    if list_kind not in CodeListKind.values:
        raise Http404
    asked = (request.GET.get("cari") or request.GET.get("subactivity_code") or "")[:100].replace("\x00", "").strip()
    first = entries_of(list_kind).select_related("code_list").first()
    context = {
        "asked": asked,
        "entries": search_codes(list_kind, asked),
        "code_list": first.code_list if first else None,
        "label": CodeListKind(list_kind).label,
    }
    page = "masterplan/codes/options.html" if "HX-Request" in request.headers else "masterplan/codes/list.html"
    return render(request, page, {**site_frame("rencana"), **context})
