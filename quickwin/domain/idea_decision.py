"""Deciding on an idea: linked to a programme or quick win, declined with a reason, spam, or open again."""

from dataclasses import dataclass

from django.db import transaction

from masterplan.models import Masterplan, Programme
from quickwin.domain.idea import STALE, ensure_keeper
from quickwin.domain.idea_letter import ANSWERED
from quickwin.enums import IdeaState
from quickwin.models import Idea, IdeaSender, IdeaStep, QuickWin
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.notify.domain.planning import plan_outside
from smartcity.ui.refusal import Conflict, Incomplete, WrongState
from smartcity.ui.text import cleaned

PROGRAMME, QUICK_WIN = "p", "q"


@dataclass(frozen=True)
class Choice:
    """`link` is a key of `links_of`. An empty `answer` sends no letter."""

    state: str
    link: str = ""
    reason: str = ""
    answer: str = ""


@transaction.atomic
def decide_idea(idea: Idea, choice: Choice, *, version: int, by: User) -> Idea:
    ensure_keeper(by, idea.plan)
    fresh = Idea.objects.select_for_update(of=("self",)).select_related("plan").get(pk=idea.pk)
    if fresh.version != version:
        raise Conflict(STALE, next_step="Periksa keputusan terakhir di bawah, lalu ulangi bila masih perlu.")
    _ensure_open_or_opening(fresh, choice)
    row = links_of(fresh.plan).get(choice.link) if choice.state == IdeaState.LINKED else None
    reason = cleaned(choice.reason)
    if choice.state == IdeaState.LINKED and row is None:
        raise Incomplete("Pilih program atau quick win dari rencana ini.")
    if choice.state == IdeaState.DECLINED and not reason:
        raise Incomplete("Tulis alasan usulan ini tidak dilanjutkan.", next_step="Alasan disimpan di dalam aplikasi.")
    fresh.state, fresh.version = choice.state, fresh.version + 1
    fresh.programme = row if isinstance(row, Programme) else None
    fresh.quick_win = row if isinstance(row, QuickWin) else None
    fresh.linked_to = str(row)[:330] if row else ""
    fresh.save()
    _keep_step(fresh, reason, choice.answer, by)
    return fresh


def _ensure_open_or_opening(idea: Idea, choice: Choice) -> None:
    if choice.state not in IdeaState.values:
        raise Incomplete("Pilih keputusan atas usulan ini.")
    is_opening, is_open = choice.state == IdeaState.NEW, idea.state == IdeaState.NEW
    if is_opening and is_open:
        raise WrongState("Usulan ini belum diputuskan, sehingga tidak perlu dibuka kembali.")
    if not is_opening and not is_open:
        raise WrongState("Usulan ini sudah diputuskan.", next_step="Buka kembali lebih dahulu.")


def _keep_step(idea: Idea, reason: str, answer: str, by: User) -> None:
    """An answer only to who can be answered, on a decision that is one."""
    is_answer = idea.state in (IdeaState.LINKED, IdeaState.DECLINED) and bool(cleaned(answer)) and can_be_answered(idea)
    step = IdeaStep.objects.create(
        idea=idea, state=idea.state, linked_to=idea.linked_to, reason=reason,
        answer=cleaned(answer) if is_answer else "", by=by, by_name=by.display_name,
    )  # fmt: skip
    record(
        "idea.decided", idea, by=by, regency_id=idea.plan.regency_id, plan_code=idea.plan.code,
        state=str(idea.state), linked_to=idea.linked_to, answered=is_answer,
    )  # fmt: skip
    if is_answer:
        plan_outside(ANSWERED, step.pk)


def can_be_answered(idea: Idea) -> bool:
    return IdeaSender.objects.filter(idea=idea).exclude(email="").exists()


def links_of(plan: Masterplan) -> dict[str, Programme | QuickWin]:
    """What an idea can be linked to, by the key that addresses and forms use."""
    programmes = Programme.objects.active().filter(plan=plan).order_by("dimension__position", "position", "pk")
    found: dict[str, Programme | QuickWin] = {f"{PROGRAMME}{row.pk}": row for row in programmes}
    return found | {f"{QUICK_WIN}{row.pk}": row for row in QuickWin.objects.filter(plan=plan).order_by("year", "code")}
