"""What people are told about stages: one began, was handed in, got more time, falls due."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from bimtek.domain.workdays import workdays_between
from bimtek.enums import DeadlineKind
from bimtek.models import Holiday, StageDeadline, Submission
from masterplan.models import Masterplan
from masterplan.rules import coordinators_of, reviewers_of, writers_of
from smartcity.accounts.models import User
from smartcity.notify.domain.notice import tell
from smartcity.notify.enums import NoticeGroup
from smartcity.notify.models import Notice
from smartcity.notify.registry import Kind, Line
from smartcity.regency.clock import zone_of

SENT, STARTED, EXTENDED = "submission.sent", "stage.started", "deadline.extended"
SOON, DUE, LATE = "deadline.soon", "deadline.due", "deadline.late"
WARNED_AT = (5, 3)  # working days before
EARLIEST_HOUR = 6
FORGOTTEN = timedelta(days=14)


def tell_of_submission(submission: Submission, *, by: User) -> None:
    plan = submission.plan
    tell(SENT, reviewers_of(plan), target=submission.pk, occasion="", plan_code=plan.code, by=by)


def tell_of_start(deadline: StageDeadline, *, by: User) -> None:
    plan = deadline.plan
    people = [*writers_of(plan), *reviewers_of(plan)]
    tell(STARTED, people, target=deadline.pk, occasion="", plan_code=plan.code, by=by)


def tell_of_extension(deadline: StageDeadline, *, by: User) -> None:
    tell(
        EXTENDED, _held_by(deadline), target=deadline.pk, occasion=str(deadline.version),
        plan_code=deadline.plan.code, by=by,
    )  # fmt: skip


def _held_by(deadline: StageDeadline) -> Iterable[User]:
    """Who is to do it: the region hands in, the reviewers read."""
    plan = deadline.plan
    return reviewers_of(plan) if deadline.kind == DeadlineKind.READ else coordinators_of(plan)


def remind(now: datetime) -> None:
    """Of deadlines some working days ahead, due, or missed in the last two weeks; each once, from six o'clock there."""
    days = frozenset(Holiday.objects.values_list("date", flat=True))
    open_ones = StageDeadline.objects.filter(met_on=None, due__gte=(now - FORGOTTEN).date())
    for deadline in open_ones.select_related("plan").order_by("pk"):
        here = timezone.localtime(now, zone_of(deadline.plan.regency_id))
        kind = _kind(deadline.due, here.date(), days)
        if kind and here.hour >= EARLIEST_HOUR:
            name, occasion = kind
            tell(name, _held_by(deadline), target=deadline.pk, occasion=occasion, plan_code=deadline.plan.code)


def _kind(due: date, today: date, days: frozenset[date]) -> tuple[str, str] | None:
    """The occasion holds the date: after an extension people are told anew."""
    if today > due:
        return LATE, due.isoformat()
    left = workdays_between(today, due, days)
    if left <= 1:
        return DUE, due.isoformat()
    reached = [mark for mark in WARNED_AT if left <= mark]
    return (SOON, f"{due.isoformat()}/{min(reached)}") if reached else None


# -- in words --------------------------------------------------------------------------------------------------------


def _sent_lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    wanted = {notice.target for notice in notices}
    visible = Submission.objects.filter(pk__in=wanted, plan__in=Masterplan.objects.visible_to(user))
    found = {str(each.pk): each for each in visible.select_related("plan", "stage").defer("facts", "points")}
    newest = dict(
        Submission.objects.filter(plan__in={each.plan_id for each in found.values()})
        .order_by("at", "pk")
        .values_list("plan_id", "pk")
    )
    return {
        notice.pk: _sent_line(found[notice.target], newest) for notice in notices if notice.target in found
    }  # fmt: skip


def _sent_line(submission: Submission, newest: dict[int, int]) -> Line:
    plan = submission.plan
    return Line(
        what=f"{submission} menunggu bacaan Anda",
        why=f"Dikirim oleh {submission.by_name}",
        url=reverse("bimtek:change_list", args=[plan.code, submission.stage_id, submission.number]),
        plan=plan.title,
        over="" if newest[plan.pk] == submission.pk else "sudah ada kiriman yang lebih baru",
    )


def _deadline_lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    wanted = {notice.target for notice in notices}
    visible = StageDeadline.objects.filter(pk__in=wanted, plan__in=Masterplan.objects.visible_to(user))
    found = {str(each.pk): each for each in visible.select_related("plan", "stage")}
    return {
        notice.pk: _deadline_line(notice, found[notice.target]) for notice in notices if notice.target in found
    }  # fmt: skip


def _deadline_line(notice: Notice, deadline: StageDeadline) -> Line:
    name = f"{deadline.get_kind_display()} {deadline.stage}"
    what = {
        STARTED: f"{deadline.stage} dimulai",
        EXTENDED: f"Tenggat {name} diperpanjang",
        SOON: f"Tenggat {name} mendekat",
        DUE: f"Tenggat {name} jatuh tempo",
        LATE: f"Tenggat {name} sudah lewat",
    }[notice.kind]
    over = f"{name} sudah selesai" if deadline.met_on else ""
    if notice.kind in (SOON, DUE, LATE) and deadline.due.isoformat() not in notice.key:
        over = "tenggatnya sudah diperpanjang"
    return Line(
        what=what,
        why="Lihat yang masih terbuka di halaman tahap",
        url=reverse("bimtek:stage_detail", args=[deadline.plan.code, deadline.stage_id]),
        plan=deadline.plan.title,
        due=deadline.due,
        over=over,
    )


NOTICES = (
    Kind(SENT, NoticeGroup.PLAN, _sent_lines),
    Kind(STARTED, NoticeGroup.PLAN, _deadline_lines),
    Kind(EXTENDED, NoticeGroup.PLAN, _deadline_lines),
    Kind(SOON, NoticeGroup.PLAN, _deadline_lines),
    Kind(DUE, NoticeGroup.DUE, _deadline_lines),
    Kind(LATE, NoticeGroup.DUE, _deadline_lines),
)
