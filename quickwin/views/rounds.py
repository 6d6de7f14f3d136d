"""Rounds of a plan: list, opening, who takes part, and the matrix once scores are open."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan.models import Masterplan
from masterplan.views.frame import plan_frame, visible_plan
from quickwin.domain import selection
from quickwin.domain.deciding import decider_of, matrix_of, uneven
from quickwin.enums import Decision
from quickwin.forms.selection import RoundForm, register_of
from quickwin.models import Ballot, Candidate, SelectionRound
from quickwin.rules import can_open_round, scorers_for
from quickwin.views.matrix import matrix_lines
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, Refusal, WrongState

REFUSED = (Conflict, Incomplete, WrongState)


def visible_round(request: SignedInRequest, plan_code: str, year: int) -> SelectionRound:
    """With its plan; 404 for strangers and for years without one."""
    plan = visible_plan(request, plan_code)
    choice = get_object_or_404(
        SelectionRound.objects.select_related("criterion_set", "opened_by"), plan=plan, year=year
    )
    choice.plan = plan
    return choice


def candidate_in(choice: SelectionRound, pk: int) -> Candidate:
    candidate = get_object_or_404(choice.candidates.select_related("dimension", "programme"), pk=pk)
    candidate.round = choice
    return candidate


@require_GET
def round_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    rounds = SelectionRound.objects.filter(plan=plan).prefetch_related("candidates__dimension", "ballots")
    context = {"rounds": rounds, "may_open": can_open_round(request.user, plan)}
    return render(request, "quickwin/round/list.html", {**plan_frame(plan, "quickwin"), **context})


@require_http_methods(["GET", "POST"])
def round_open(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    if not can_open_round(request.user, plan):
        raise NotAllowed("Pemilihan quick win dibuka oleh koordinator daerah.")
    years = free_years(plan)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, plan=plan, years=years, initial={"year": _next_year(years)})
    if form.is_valid():
        try:
            made = selection.open_round(plan, **form.cleaned_data, by=request.user)
        except REFUSED as refusal:
            form.add_error(None, f"{refusal.sentence} {refusal.next_step}")
        else:
            messages.success(request, "Pemilihan dibuka; para penilai diberi tahu.")
            return redirect("quickwin:round_detail", plan_code, made.year)
    context = {
        "form": form,
        "programmes": [(row, form.is_ticked("programmes", row.pk)) for row in form.register],
        "people": [(user, form.is_ticked("scorers", user.pk)) for user in form.people],
        "year": str(form["year"].value()),
    }
    status = 422 if form.errors else 200
    return render(request, "quickwin/round/open.html", {**plan_frame(plan, "quickwin"), **context}, status=status)


def free_years(plan: Masterplan) -> list[int]:
    taken = set(SelectionRound.objects.filter(plan=plan).values_list("year", flat=True))
    return [year for year in range(plan.start_year, plan.end_year + 1) if year not in taken]


def _next_year(years: list[int]) -> int | None:
    """The first free one from this year on."""
    now = timezone.localdate().year
    return next((year for year in years if year >= now), years[-1] if years else None)


@require_GET
def round_detail(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    return round_page(request, visible_round(request, plan_code, year))


def round_page(request: SignedInRequest, choice: SelectionRound, *, refusal: Refusal | None = None) -> HttpResponse:
    plan = choice.plan
    ballots = list(choice.ballots.all())
    candidates = list(choice.candidates.select_related("dimension", "programme__lead_opd", "quick_win"))
    matrix = matrix_of(choice, request.user)
    context = {
        "round": choice,
        "ballots": ballots,
        "waiting": [ballot for ballot in ballots if ballot.handed_in_at is None],
        "candidates": candidates,
        "own": next((ballot for ballot in ballots if ballot.scorer_id == request.user.pk), None),
        "criteria": matrix.criteria if matrix else choice.criterion_set.criteria.all(),
        "lines": matrix_lines(matrix) if matrix else [],
        "scorers": matrix.ballots if matrix else [],
        "may_make": can_open_round(request.user, plan),
        "may_decide": bool(matrix and not choice.decided_at and decider_of(choice, request.user)),
        "notes": _notes(choice, candidates),
        "refusal": refusal,
        **_changing(request, choice, ballots, candidates),
    }
    status = refusal.status if refusal else 200
    return render(request, "quickwin/round/detail.html", {**plan_frame(plan, "quickwin"), **context}, status=status)


def _notes(choice: SelectionRound, candidates: list[Candidate]) -> list[str]:
    """The soft rule, on what was chosen once it was, else on the candidates."""
    chosen = [each for each in candidates if not choice.decided_at or each.decision == Decision.CHOSEN]
    return uneven(choice.plan.dimension_set.dimensions.all(), [each.dimension for each in chosen])


def _changing(
    request: SignedInRequest, choice: SelectionRound, ballots: list[Ballot], candidates: list[Candidate]
) -> dict[str, Any]:
    """What may still be changed in the round, and by what; nothing once scores are open."""
    if choice.revealed_at or not can_open_round(request.user, choice.plan):
        return {"may_change": False, "programmes": [], "people": []}
    scoring, known = {ballot.scorer_id for ballot in ballots}, {each.programme_id for each in candidates}
    is_fixed = any(ballot.handed_in_at for ballot in ballots)
    return {
        "may_change": True,
        "programmes": [] if is_fixed else [row for row in register_of(choice.plan) if row.pk not in known],
        "people": [user for user in scorers_for(choice.plan) if user.pk not in scoring],
        "is_fixed": is_fixed,
    }


@require_POST
def candidate_add(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    try:
        selection.add_candidate(choice, programme=number_in(request.POST.get("program", ""), 0), by=request.user)
    except REFUSED as refusal:
        return round_page(request, choice, refusal=refusal)
    return redirect("quickwin:round_detail", plan_code, year)


@require_POST
def candidate_remove(request: SignedInRequest, plan_code: str, year: int, candidate_pk: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    candidate = candidate_in(choice, candidate_pk)
    try:
        selection.remove_candidate(candidate, by=request.user)
    except REFUSED as refusal:
        return round_page(request, choice, refusal=refusal)
    messages.success(request, f"{candidate} dikeluarkan dari pemilihan.")
    return redirect("quickwin:round_detail", plan_code, year)


@require_POST
def scorer_add(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    try:
        selection.add_scorer(choice, scorer=number_in(request.POST.get("penilai", ""), 0), by=request.user)
    except REFUSED as refusal:
        return round_page(request, choice, refusal=refusal)
    return redirect("quickwin:round_detail", plan_code, year)


@require_POST
def scorer_remove(request: SignedInRequest, plan_code: str, year: int, ballot_pk: int) -> HttpResponse:
    choice = visible_round(request, plan_code, year)
    ballot = get_object_or_404(choice.ballots, pk=ballot_pk)
    ballot.round = choice
    try:
        selection.remove_scorer(ballot, by=request.user)
    except REFUSED as refusal:
        return round_page(request, choice, refusal=refusal)
    messages.success(request, f"{ballot} dikeluarkan dari penilai.")
    return redirect("quickwin:round_detail", plan_code, year)
