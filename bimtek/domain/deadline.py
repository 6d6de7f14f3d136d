"""Deadlines of a plan's stages: counted once in working days, met, and moved only with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from bimtek.domain.notices import tell_of_extension, tell_of_start
from bimtek.domain.workdays import add_workdays, workdays_between
from bimtek.enums import DeadlineKind
from bimtek.models import DeadlineExtension, Holiday, Stage, StageDeadline, Submission
from bimtek.rules import can_extend, can_start
from masterplan.domain.row import StaleRowError
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.clock import zone_of
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState

SHORTEST_REASON = 10
LONGEST = 366


@dataclass(frozen=True)
class Countdown:
    """A deadline as both sides see it; `left` in working days, negative when it has passed."""

    deadline: StageDeadline
    left: int

    @property
    def is_late(self) -> bool:
        return self.deadline.met_on is None and self.left < 0

    @property
    def words(self) -> str:
        if self.deadline.met_on is not None:
            late = self.deadline.met_on > self.deadline.due
            return "selesai, terlambat" if late else "selesai tepat waktu"
        if self.left == 0:
            return "hari ini"
        return f"sisa {self.left} hari kerja" if self.left > 0 else f"lewat {-self.left} hari kerja"


def holidays() -> frozenset[date]:
    return frozenset(Holiday.objects.values_list("date", flat=True))


def today_at(plan: Masterplan) -> date:
    return timezone.localdate(timezone=zone_of(plan.regency_id))


def countdowns(plan: Masterplan) -> list[Countdown]:
    """Of every deadline of the plan, the earliest first; of several submissions at a stage only the last is to be read."""
    rows = StageDeadline.objects.filter(plan=plan).select_related("stage", "submission")
    found = list(rows.defer("submission__facts", "submission__points").prefetch_related("extensions"))
    last = {each.stage_id: each.submission.number for each in sorted(found, key=_number) if each.submission}
    shown = [each for each in found if not each.submission or each.submission.number == last[each.stage_id]]
    return counted(shown, today_at(plan)) if shown else []


def counted(deadlines: Iterable[StageDeadline], today: date) -> list[Countdown]:
    days = holidays()
    return [Countdown(each, _left(each, today, days)) for each in deadlines]


def _number(deadline: StageDeadline) -> int:
    return deadline.submission.number if deadline.submission else 0


def _left(deadline: StageDeadline, today: date, days: frozenset[date]) -> int:
    """Late on a weekend too, although no working day has passed yet."""
    left = workdays_between(today, deadline.due, days)
    return min(left, -1) if today > deadline.due else left


@transaction.atomic
def start_stage(plan: Masterplan, *, stage: Stage, by: User) -> StageDeadline:
    """Coordinator, mentor of the plan or ministry begin a stage; its deadline is counted now and never again."""
    if not can_start(by, plan):
        raise NotAllowed("Tahap dimulai oleh koordinator atau pembimbing.", next_step="Hubungi koordinator daerah.")
    _lock(plan)
    if StageDeadline.objects.filter(plan=plan, stage=stage, kind=DeadlineKind.SUBMIT).exists():
        raise WrongState(f"{stage} sudah dimulai.", next_step="Lihat tenggatnya di halaman ini.")
    return _begun(plan, stage, by)


@transaction.atomic
def extend(deadline: StageDeadline, *, due: date, reason: str, version: int, by: User) -> StageDeadline:
    if not can_extend(by, deadline.plan):
        raise NotAllowed(
            "Tenggat diperpanjang oleh pembimbing atau kementerian.", next_step="Mintalah kepada pembimbing."
        )
    fresh = StageDeadline.objects.select_for_update(of=("self",)).select_related("plan", "stage").get(pk=deadline.pk)
    if fresh.version != version:
        raise StaleRowError(
            "Tenggat ini baru saja diubah orang lain.", next_step="Lihat tenggat sekarang, lalu ulangi."
        )
    reason = " ".join(reason.replace("\x00", "").split())[:500]
    if len(reason) < SHORTEST_REASON:
        raise Incomplete("Tulis alasan perpanjangan.", next_step=f"Paling sedikit {SHORTEST_REASON} huruf.")
    if not fresh.due < due <= date.fromordinal(fresh.due.toordinal() + LONGEST):
        raise Incomplete("Tenggat baru harus sesudah tenggat sekarang, paling lama setahun.")
    if fresh.met_on is not None:
        raise WrongState("Tenggat ini sudah dipenuhi.")
    DeadlineExtension.objects.create(
        deadline=fresh, former_due=fresh.due, due=due, reason=reason, by=by, by_name=by.display_name
    )
    former, fresh.due, fresh.version = fresh.due, due, fresh.version + 1
    fresh.save(update_fields=["due", "version"])
    _record("deadline.extended", fresh, by, reason=reason, former=former.isoformat())
    tell_of_extension(fresh, by=by)
    return fresh


def after_submission(submission: Submission, *, by: User) -> None:
    """Inside the transaction of the submission, which holds the plan: what it meets and what it begins.

    Handing in meets the stage's own deadline at the first time, begins the reading, and begins the next stage.
    """
    plan, stage, today = submission.plan, submission.stage, today_at(submission.plan)
    own = StageDeadline.objects.filter(plan=plan, stage=stage, kind=DeadlineKind.SUBMIT, met_on__isnull=True)
    own.update(met_on=today)
    _begun(plan, stage, by, submission)
    following = Stage.objects.filter(position__gt=stage.position).first()
    known = StageDeadline.objects.filter(plan=plan, stage=following, kind=DeadlineKind.SUBMIT)
    if following is not None and not known.exists():
        _begun(plan, following, by)


def mark_read(submission: Submission) -> bool:
    """Called by whatever ends the reading (an opinion); False where it was read already."""
    waiting = StageDeadline.objects.filter(submission=submission, met_on__isnull=True)
    return bool(waiting.update(met_on=today_at(submission.plan)))


def _begun(plan: Masterplan, stage: Stage, by: User, submission: Submission | None = None) -> StageDeadline:
    today = today_at(plan)
    number = stage.reading_days if submission else stage.window_days
    made = StageDeadline.objects.create(
        plan=plan,
        stage=stage,
        kind=DeadlineKind.READ if submission else DeadlineKind.SUBMIT,
        submission=submission,
        started_on=today,
        workdays=number,
        due=add_workdays(today, number, holidays()),
    )
    _record("deadline.set", made, by)
    if submission is None:
        tell_of_start(made, by=by)
    return made


def _lock(plan: Masterplan) -> None:
    Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def _record(verb: str, deadline: StageDeadline, by: User, *, reason: str = "", **data: str) -> None:
    plan = deadline.plan
    record(
        verb, deadline, by=by, regency_id=plan.regency_id, plan_code=plan.code, reason=reason,
        due=deadline.due.isoformat(), **data,
    )  # fmt: skip
