"""Tugas saya: the running stage for who carries a plan, and unread submissions for who reviews it."""

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from bimtek.domain.deadline import Countdown, counted, today_at
from bimtek.domain.reading import TABLE, TEXT
from bimtek.enums import DeadlineKind
from bimtek.models import ReadPart, StageDeadline, Submission, SubmittedSection, SubmittedTable
from masterplan.domain.work import Task
from masterplan.enums import WorkKind
from masterplan.models import CommentThread, Masterplan
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of


def stages(user: User) -> list[Task]:
    """Stages that were begun and not handed in, in the regions that this person coordinates."""
    regencies = standing_of(user).regency_ids_as(Role.COORDINATOR)
    own = StageDeadline.objects.filter(plan__regency_id__in=regencies, kind=DeadlineKind.SUBMIT, met_on=None)
    deadlines = list(own.select_related("plan", "stage"))
    if not deadlines:
        return []
    holding = CommentThread.objects.holding().filter(plan__in={each.plan_id for each in deadlines}).order_by()
    held = dict(holding.values_list("plan_id").annotate(Count("pk")))
    return [_stage(each, held.get(each.deadline.plan_id, 0)) for each in _counted(deadlines)]


def _counted(deadlines: list[StageDeadline]) -> list[Countdown]:
    """Regions of one person lie in one zone but for a few; the first one's day will do for the words."""
    return counted(deadlines, today_at(deadlines[0].plan)) if deadlines else []


def _stage(countdown: Countdown, held: int) -> Task:
    deadline = countdown.deadline
    plan = deadline.plan
    return Task(
        kind=WorkKind.STAGE,
        what=f"Kirim {deadline.stage}",
        why=f"Tahap berjalan, {countdown.words}" + (f" · {held} komentar wajib belum selesai" if held else ""),
        url=reverse("bimtek:stage_detail", args=[plan.code, deadline.stage_id]),
        action="Lihat yang terbuka",
        plan=plan,
        due=deadline.due,
        rank=0,
        is_blocking=bool(held),
    )


def readings(user: User) -> list[Task]:
    """The last submission of each plan to which this person was called, with what they have not read of it."""
    called = Masterplan.objects.visible_to(user).filter(members__user=user)
    last = Submission.objects.filter(plan__in=called).order_by("plan_id", "-at", "-pk").distinct("plan_id")
    found = list(last.select_related("plan", "stage").defer("facts", "points"))
    if not found:
        return []
    unread = _unread(SubmittedSection.objects.all(), found, user, TEXT, "code")
    tables = _unread(SubmittedTable.objects.all(), found, user, TABLE, "slug")
    due = dict(
        StageDeadline.objects.filter(submission__in=found, met_on=None).values_list("submission_id", "due")
    )  # fmt: skip
    tasks = []
    for submission in found:
        texts, rows = unread.get(submission.pk, 0), tables.get(submission.pk, 0)
        if texts or rows:
            plan = submission.plan
            tasks.append(
                Task(
                    kind=WorkKind.READING,
                    what=f"Baca {submission}",
                    why=f"{texts} bagian dan {rows} tabel belum Anda baca dalam bentuk ini",
                    url=reverse("bimtek:change_list", args=[plan.code, submission.stage_id, submission.number]),
                    action="Baca yang berubah",
                    plan=plan,
                    due=due.get(submission.pk),
                    rank=1,
                )
            )
    return tasks


def _unread(
    parts: "QuerySet[SubmittedSection] | QuerySet[SubmittedTable]",
    submissions: list[Submission],
    user: User,
    kind: str,
    name: str,
) -> dict[int, int]:
    """How many parts of each submission the person has not read in this wording; agrees with `reading.parts_since`."""
    key = Concat(Value(f"{kind}/"), OuterRef(name), output_field=CharField())
    read = ReadPart.objects.filter(
        user=user, plan=OuterRef("submission__plan"), part=key, mark=OuterRef("mark")
    )  # fmt: skip
    left = parts.filter(~Exists(read), submission__in=submissions).order_by()
    return dict(left.values_list("submission_id").annotate(number=Count(F("pk"))))
