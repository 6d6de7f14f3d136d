"""A scorer's own sheet; nobody else's, whatever their role."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan.views.frame import plan_frame
from quickwin.domain.scoring import StaleScores, filled_of, hand_in, marks_of, score, version_of
from quickwin.forms.selection import MEANINGS, MarksForm
from quickwin.models import Ballot, SelectionRound
from quickwin.views.rounds import candidate_in, visible_round
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Incomplete, NotAllowed, Refusal, WrongState


def _own(request: SignedInRequest, choice: SelectionRound) -> Ballot:
    own = choice.ballots.filter(scorer=request.user).first()
    if own is None:
        raise NotAllowed(
            "Anda bukan penilai pada pemilihan ini.", next_step="Koordinator daerah menentukan siapa yang menilai."
        )
    own.round = choice
    return own


@require_GET
def ballot_detail(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    return _page(request, visible_round(request, plan_code, year))


def _page(request: SignedInRequest, choice: SelectionRound, *, refusal: Refusal | None = None) -> HttpResponse:
    own = _own(request, choice)
    filled, number = filled_of(own), choice.criterion_set.criteria.count()
    lines = [
        (candidate, filled.get(candidate.pk, 0))
        for candidate in choice.candidates.select_related("dimension", "programme__lead_opd")
    ]
    context = {
        "round": choice,
        "own": own,
        "lines": lines,
        "number": number,
        "is_complete": all(count == number for _, count in lines),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    frame = plan_frame(choice.plan, "quickwin")
    return render(request, "quickwin/ballot/detail.html", {**frame, **context}, status=status)


@require_http_methods(["GET", "POST"])
def ballot_candidate(request: SignedInRequest, plan_code: str, year: int, candidate_pk: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    own = _own(request, choice)
    candidate = candidate_in(choice, candidate_pk)
    criteria = list(choice.criterion_set.criteria.all())
    marks = marks_of(own, candidate, criteria)
    data = request.POST if request.method == "POST" else None
    form = MarksForm(data, criteria=criteria, marks=marks, version=version_of(marks))
    status = 200
    if data is not None:
        try:
            score(own, candidate, marks=form.marks, version=form.cleaned_data["versi"], by=request.user)
        except StaleScores as refusal:
            status = refusal.status
            form.data = data.copy()
            form.data["versi"] = str(version_of(marks))
            form.add_error(None, f"{refusal.sentence} {refusal.next_step}")
        except (Incomplete, WrongState) as refusal:
            status = refusal.status
            form.add_error(None, f"{refusal.sentence} {refusal.next_step}")
        else:
            return _go_on(request, choice, candidate_pk)
    context = {"round": choice, "own": own, "candidate": candidate, "form": form, "meanings": MEANINGS.items()}
    frame = plan_frame(choice.plan, "quickwin")
    return render(request, "quickwin/ballot/candidate.html", {**frame, **context}, status=status)


def _go_on(request: SignedInRequest, choice: SelectionRound, candidate_pk: int) -> HttpResponse:
    """To the next candidate, or with the last one or the other button back to the sheet."""
    plan_code, year = choice.plan.code, choice.year
    keys = list(choice.candidates.values_list("pk", flat=True))
    place = keys.index(candidate_pk) + 1
    messages.success(request, "Nilai disimpan; hanya Anda yang melihatnya sampai semua penilai menyerahkan.")
    if "berikut" in request.POST and place < len(keys):
        return redirect("quickwin:ballot_candidate", plan_code, year, keys[place])
    return redirect("quickwin:ballot_detail", plan_code, year)


@require_POST
def ballot_hand_in(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    try:
        hand_in(_own(request, choice), by=request.user)
    except (Incomplete, WrongState) as refusal:
        return _page(request, choice, refusal=refusal)
    messages.success(request, "Nilai Anda diserahkan.")
    return redirect("quickwin:round_detail", plan_code, year)
