"""What people are told about remarks: that one waits for them, how theirs went on, and that it falls due. Never its words."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from masterplan import rules
from masterplan.enums import CommentAct, CommentState
from masterplan.models import CommentThread
from smartcity.accounts.models import User
from smartcity.notify.domain.notice import tell
from smartcity.notify.enums import NoticeGroup
from smartcity.notify.models import Notice
from smartcity.notify.registry import Kind, Line
from smartcity.regency.clock import zone_of

ASSIGNED, OFFICE, BACK = "comment.assigned", "comment.office", "comment.back"
ANSWERED, REPLIED, RESOLVED = "comment.answered", "comment.replied", "comment.resolved"
DUE, LATE = "comment.due", "comment.late"
WHAT = {
    ASSIGNED: "{} ditujukan kepada Anda",
    OFFICE: "{} menunggu jawaban pihak Anda",
    BACK: "{} kembali kepada Anda",
    ANSWERED: "{} sudah dijawab; terima atau kembalikan",
    REPLIED: "{} ditanggapi",
    RESOLVED: "{} selesai",
    DUE: "{} jatuh tempo",
    LATE: "{} lewat batas waktu",
}
WAITING = frozenset({ASSIGNED, OFFICE, BACK, ANSWERED, DUE, LATE})
EARLIEST_HOUR = 6
FORGOTTEN = timedelta(days=14)


def tell_of(thread: CommentThread, act: CommentAct, *, by: User) -> None:
    """Inside the transaction of the act. Needs `thread.plan`."""
    if act == CommentAct.ASK:
        _tell(ASSIGNED if thread.assignee_id else OFFICE, rules.asked_by(thread), thread, by)
    elif act in (CommentAct.RETURN, CommentAct.REOPEN):
        _tell(BACK, rules.asked_by(thread), thread, by)
    elif act == CommentAct.ANSWER:
        _tell(ANSWERED, _asker(thread), thread, by)
    elif act == CommentAct.REPLY:
        _tell(REPLIED, _speakers(thread), thread, by)
    else:
        _tell(RESOLVED, _speakers(thread), thread, by)


def _tell(kind: str, people: Iterable[User], thread: CommentThread, by: User) -> None:
    tell(kind, people, target=thread.pk, occasion=str(thread.version), plan_code=thread.plan.code, by=by)


def _asker(thread: CommentThread) -> Iterable[User]:
    return User.objects.filter(pk=thread.asker_id or 0, is_active=True)


def _speakers(thread: CommentThread) -> Iterable[User]:
    said = thread.comments.exclude(author=None).values("author")
    return User.objects.filter(pk__in=said, is_active=True)


def remind(now: datetime) -> None:
    """Of threads that fall due today or tomorrow, or did in the last two weeks; from six o'clock where the plan is."""
    soon = (now + timedelta(days=2)).date()
    threads = CommentThread.objects.unresolved().filter(due__lte=soon, due__gte=(now - FORGOTTEN).date())
    for thread in threads.select_related("plan").order_by("pk"):
        here = timezone.localtime(now, zone_of(thread.plan.regency_id))
        if thread.due is None or here.hour < EARLIEST_HOUR or thread.due > here.date() + timedelta(days=1):
            continue
        people = _asker(thread) if thread.state == CommentState.ANSWERED else rules.asked_by(thread)
        kind = LATE if thread.due < here.date() else DUE
        tell(kind, people, target=thread.pk, occasion=f"{thread.due}", plan_code=thread.plan.code)


def _lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    """Three queries: what is still visible, and what of it still waits for this person."""
    wanted = {notice.target for notice in notices}
    visible = CommentThread.objects.visible_to(user).filter(pk__in=wanted).select_related("plan")
    found = {str(thread.pk): thread for thread in visible}
    waiting = set(CommentThread.objects.waiting_for(user).filter(pk__in=wanted).values_list("pk", flat=True))
    return {
        notice.pk: _line(notice.kind, found[notice.target], is_waiting=found[notice.target].pk in waiting)
        for notice in notices
        if notice.target in found
    }


def _line(kind: str, thread: CommentThread, *, is_waiting: bool) -> Line:
    over = ""
    if kind in WAITING and not is_waiting:
        over = (
            f"{thread} sudah {thread.get_state_display().lower()}"
            if thread.state != CommentState.OPEN
            else "tidak lagi menunggu Anda"
        )
    elif kind == REPLIED and thread.is_over:
        over = f"{thread} sudah selesai"
    return Line(
        what=WHAT[kind].format(f"Komentar {thread}"),
        why=f"{thread.get_kind_display()} · {thread.label}",
        url=reverse("masterplan:comment_thread", args=[thread.plan.code, thread.number]),
        plan=thread.plan.title,
        due=thread.due if kind in WAITING else None,
        over=over,
    )


NOTICES = (
    Kind(ASSIGNED, NoticeGroup.ASSIGNED, _lines),
    Kind(OFFICE, NoticeGroup.OFFICE, _lines),
    Kind(BACK, NoticeGroup.OFFICE, _lines),
    Kind(ANSWERED, NoticeGroup.TALK, _lines),
    Kind(REPLIED, NoticeGroup.TALK, _lines),
    Kind(RESOLVED, NoticeGroup.TALK, _lines),
    Kind(DUE, NoticeGroup.DUE, _lines),
    Kind(LATE, NoticeGroup.DUE, _lines),
)
