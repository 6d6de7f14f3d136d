"""Deciding a round, and making the quick win of a chosen candidate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from masterplan.views.frame import plan_frame
from quickwin.domain.deciding import decide, decider_of, make_quick_win, matrix_of, uneven
from quickwin.forms.selection import VerdictsForm
from quickwin.models import SelectionRound
from quickwin.views.matrix import matrix_lines
from quickwin.views.rounds import candidate_in, round_page, visible_round
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Conflict, Incomplete, Refusal, WrongState


@require_http_methods(["GET", "POST"])
def round_decide(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    candidates = list(choice.candidates.all())
    form = VerdictsForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if request.method == "POST":
        try:
            decide(choice, verdicts=form.verdicts, by=request.user)
        except (Incomplete, WrongState) as refusal:
            return _page(request, choice, form, refusal=refusal)
        messages.success(request, "Keputusan tercatat. Jadikan yang dipilih sebagai quick win.")
        return redirect("quickwin:round_detail", plan_code, year)
    return _page(request, choice, form)


def _page(
    request: SignedInRequest, choice: SelectionRound, form: VerdictsForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    """Where there is nothing to decide, the page of the round with the reason."""
    matrix = matrix_of(choice, request.user)
    decided_as = decider_of(choice, request.user)
    if matrix is None or choice.decided_at or not decided_as:
        return round_page(request, choice, refusal=refusal)
    context = {
        "round": choice,
        "form": form,
        "decided_as": decided_as,
        "lines": [(line, form.fields_of(line.candidate)) for line in matrix_lines(matrix)],
        "notes": uneven(
            choice.plan.dimension_set.dimensions.all(), [place.candidate.dimension for place in matrix.places]
        ),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    frame = plan_frame(choice.plan, "quickwin")
    return render(request, "quickwin/round/decide.html", {**frame, **context}, status=status)


@require_POST
def candidate_make(request: SignedInRequest, plan_code: str, year: int, candidate_pk: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    candidate = candidate_in(choice, candidate_pk)
    try:
        made = make_quick_win(candidate, by=request.user)
    except (Conflict, WrongState) as refusal:
        return round_page(request, choice, refusal=refusal)
    messages.success(request, f"{made} masuk daftar quick win {year}. Lengkapi lembarnya.")
    return redirect("quickwin:quick_win_detail", plan_code, made.pk)
