"""The coordinator's inbox of ideas from citizens: list, one idea, decision, settings of the public form."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan.models import Masterplan, Programme
from masterplan.views.frame import plan_frame, visible_plan
from quickwin.domain.idea import ensure_keeper, forget_sender, keep_box
from quickwin.domain.idea_decision import Choice, decide_idea, links_of
from quickwin.domain.idea_letter import ANSWERED, RECEIVED, USUAL_ANSWERS
from quickwin.enums import IdeaState
from quickwin.forms.idea import ORDERS, BoxForm, IdeaFilter
from quickwin.models import Idea, IdeaBox, IdeaSender
from smartcity.notify.models import Mail
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Conflict, Incomplete, Refusal, WrongState

PAGE = 25
TONES = {IdeaState.NEW: "calm", IdeaState.LINKED: "good", IdeaState.DECLINED: "quiet", IdeaState.SPAM: "quiet"}
DONE = {
    IdeaState.NEW: "dibuka kembali",
    IdeaState.LINKED: "dihubungkan",
    IdeaState.DECLINED: "tidak dilanjutkan",
    IdeaState.SPAM: "ditandai spam",
}


def kept_plan(request: SignedInRequest, plan_code: str) -> Masterplan:
    """404 for strangers, 403 for everybody of the region but its coordinators."""
    plan = visible_plan(request, plan_code)
    ensure_keeper(request.user, plan)
    return plan


def kept_idea(request: SignedInRequest, plan_code: str, number: int) -> Idea:
    plan = kept_plan(request, plan_code)
    idea = get_object_or_404(
        Idea.objects.select_related("dimension", "programme", "quick_win"), plan=plan, number=number
    )
    idea.plan = plan
    return idea


@require_GET
@never_cache
def idea_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = kept_plan(request, plan_code)
    asked = IdeaFilter.of(request.GET, plan)
    narrowed = asked.narrow(Idea.objects.filter(plan=plan))
    counts = dict(narrowed.order_by().values_list("state").annotate(number=Count("pk")))
    found = narrowed.filter(state=asked.keadaan) if asked.keadaan else narrowed
    page = Paginator(found.select_related("dimension", "sender"), PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "ideas": [(idea, TONES[IdeaState(idea.state)], _sender_name(idea)) for idea in page],
        "asked": asked,
        "states": [(asked.query(keadaan=state), state.label, counts.get(state, 0), state) for state in IdeaState],
        "all_states": (asked.query(keadaan=""), sum(counts.values())),
        "dimensions": plan.dimension_set.dimensions.all(),
        "orders": [(key, label) for key, (label, _) in ORDERS.items()],
        "query": f"{asked.query()[1:]}&" if asked.query() != "?" else "",
        "box": IdeaBox.objects.filter(regency=plan.regency_id, is_open=True).select_related("plan").first(),
    }
    return render(request, "quickwin/idea/list.html", {**plan_frame(plan, "quickwin"), **context})


def _sender_name(idea: Idea) -> str:
    sender = getattr(idea, "sender", None)
    return sender.name if sender else ""


@require_GET
@never_cache
def idea_detail(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    return idea_page(request, kept_idea(request, plan_code, number))


def idea_page(request: SignedInRequest, idea: Idea, *, refusal: Refusal | None = None) -> HttpResponse:
    """After a refusal with what the person typed, on the state and version as they are now."""
    steps = list(idea.steps.all())
    links = links_of(idea.plan) if idea.state == IdeaState.NEW else {}
    typed = request.POST if refusal else {}
    state = typed.get("keadaan", "")
    sender = IdeaSender.objects.filter(idea=idea).first()
    context = {
        "idea": idea,
        "tone": TONES[IdeaState(idea.state)],
        "sender": sender,
        "is_new": idea.state == IdeaState.NEW,
        "may_answer": bool(sender and sender.email),
        "steps": [(step, mail) for step, mail in zip(steps, _mails(ANSWERED, [s.pk for s in steps]), strict=True)],
        "confirmation": _mails(RECEIVED, [idea.pk])[0],
        "link_groups": _groups(links),
        "typed": {name: typed.get(name, "") for name in ("terkait", "alasan")},
        "chosen": state,
        "linked_answer": typed.get("jawaban", "") if state == IdeaState.LINKED else USUAL_ANSWERS[IdeaState.LINKED],
        "declined_answer": typed.get("jawaban", "")
        if state == IdeaState.DECLINED
        else USUAL_ANSWERS[IdeaState.DECLINED],
        "link_url": _link_url(idea),
        "programme_url": _programme_url(idea),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "quickwin/idea/detail.html", {**plan_frame(idea.plan, "quickwin"), **context}, status=status)


def _mails(about: str, targets: list[int]) -> list[Mail | None]:
    """What became of the letter about each, None where none was asked for."""
    found = {mail.target: mail for mail in Mail.objects.filter(about=about, target__in=map(str, targets))}
    return [found.get(str(target)) for target in targets]


def _groups(links: dict[str, Any]) -> list[tuple[str, list[tuple[str, Any]]]]:
    programmes = [(key, row) for key, row in links.items() if isinstance(row, Programme)]
    wins = [(key, f"{row} ({row.year})") for key, row in links.items() if not isinstance(row, Programme)]
    return [(label, rows) for label, rows in (("Program", programmes), ("Quick win", wins)) if rows]


def _link_url(idea: Idea) -> str:
    if idea.programme_id:
        return reverse("masterplan:row_edit", args=[idea.plan.code, "program", idea.programme_id])
    return reverse("quickwin:quick_win_detail", args=[idea.plan.code, idea.quick_win_id]) if idea.quick_win_id else ""


def _programme_url(idea: Idea) -> str:
    """A new programme in the idea's field; the coordinator links it afterwards."""
    address = reverse("masterplan:row_create", args=[idea.plan.code, "program"])
    return f"{address}?dimensi={idea.dimension.code}" if idea.dimension else address


@require_POST
def idea_decide(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    idea = kept_idea(request, plan_code, number)
    sent = request.POST
    choice = Choice(
        state=sent.get("keadaan", ""), link=sent.get("terkait", ""),
        reason=sent.get("alasan", "")[:2000], answer=sent.get("jawaban", "")[:4000],
    )  # fmt: skip
    try:
        decide_idea(idea, choice, version=number_in(sent.get("versi", ""), -1), by=request.user)
    except (Conflict, Incomplete, WrongState) as refusal:
        return idea_page(request, kept_idea(request, plan_code, number), refusal=refusal)
    messages.success(request, f"Usulan {idea.label} {DONE[IdeaState(choice.state)]}.")
    return redirect("quickwin:idea_detail", plan_code, number)


@require_POST
def idea_erase(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    idea = kept_idea(request, plan_code, number)
    forget_sender(idea, by=request.user)
    messages.success(request, f"Data pribadi pengirim usulan {idea.label} dihapus.")
    return redirect("quickwin:idea_detail", plan_code, number)


@require_http_methods(["GET", "POST"])
def idea_box(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = kept_plan(request, plan_code)
    box = IdeaBox.objects.filter(regency=plan.regency_id).select_related("plan").first()
    data = request.POST.copy() if request.method == "POST" else None
    form = BoxForm(data, initial=_as_typed(box))
    refusal: Refusal | None = None
    if data is not None and form.is_valid():
        try:
            keep_box(plan, **form.cleaned_data, by=request.user)
        except Conflict as conflict:
            refusal = conflict
            data["version"] = str(box.version if box else 0)  # saving again is meant then
        else:
            messages.success(request, "Pengaturan formulir usulan warga tersimpan.")
            return redirect("quickwin:idea_list", plan_code)
    context = {
        "form": form,
        "box": box,
        "elsewhere": box.plan if box and box.is_open and box.plan_id != plan.pk else None,
        "public_url": f"{settings.PUBLIC_URL}{reverse('quickwin:idea_public', args=[plan.regency_id])}",
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "quickwin/idea/box.html", {**plan_frame(plan, "quickwin"), **context}, status=status)


def _as_typed(box: IdeaBox | None) -> dict[str, Any]:
    if box is None:
        return {"version": 0}
    return {
        "is_open": box.is_open, "intro": box.intro, "districts": "\n".join(box.districts), "version": box.version,
    }  # fmt: skip
