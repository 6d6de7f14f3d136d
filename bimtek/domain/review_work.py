"""Tugas saya: submissions that wait for an opinion, approvals that wait for a head of the region."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from bimtek.enums import ApprovalState, ChainState
from bimtek.models import Approval, Opinion, StageDeadline, Submission
from masterplan.domain.work import Task
from masterplan.enums import WorkKind
from masterplan.models import PlanMember
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of


def opinions(user: User) -> list[Task]:
    """The newest submission of each plan to which this person was called, until its stage has an official opinion."""
    called = PlanMember.objects.filter(user=user).exclude(plan__regency_id__in=standing_of(user).regency_ids)
    roles = {(plan, role) for plan, role in called.values_list("plan_id", "role")}
    last = Submission.objects.filter(plan__in={plan for plan, _ in roles}).order_by("plan_id", "-at", "-pk")
    found = last.distinct("plan_id").select_related("plan", "stage").defer("facts", "points")
    waiting = [each for each in found if (each.plan_id, each.stage.reviewer) in roles]
    on_these = Opinion.objects.filter(submission__in=waiting).order_by()
    over = set(on_these.filter(chapter="", number__isnull=False).values_list("submission_id", flat=True))
    own = on_these.filter(by=user).values_list("submission_id")
    counts = {
        pk: (issued, drafts)
        for pk, issued, drafts in own.annotate(
            issued=Count("pk", filter=Q(number__isnull=False)), drafts=Count("pk", filter=Q(number=None))
        )
    }
    due = dict(StageDeadline.objects.filter(submission__in=waiting).values_list("submission_id", "due"))
    return [_opinion(each, *counts.get(each.pk, (0, 0)), due.get(each.pk)) for each in waiting if each.pk not in over]


def _opinion(submission: Submission, issued: int, drafts: int, due: date | None) -> Task:
    plan = submission.plan
    return Task(
        kind=WorkKind.OPINION,
        what=f"Nilai {submission}",
        why=f"{issued} pendapat Anda sudah keluar, {drafts} masih konsep; pendapat atas tahap belum ada",
        url=reverse("bimtek:opinion_list", args=[plan.code, submission.stage_id, submission.number]),
        action="Buka pendapat",
        plan=plan,
        due=due,
        rank=2,
    )


def approvals(user: User) -> list[Task]:
    """Where a chain waits for this person, or for any head of the region."""
    regencies = standing_of(user).regency_ids_as(Role.APPROVER)
    waiting = Approval.objects.filter(
        state=ApprovalState.WAITING, chain__state=ChainState.RUNNING, chain__plan__regency_id__in=regencies
    )
    first = waiting.order_by("chain_id", "position").distinct("chain_id")
    found = first.select_related("chain__plan", "chain__submission__stage")
    found = found.defer("chain__submission__facts", "chain__submission__points")
    return [_approval(each) for each in found if each.person_id in {None, user.pk}]


def _approval(approval: Approval) -> Task:
    submission, plan = approval.chain.submission, approval.chain.plan
    return Task(
        kind=WorkKind.APPROVAL,
        what=f"Sahkan {submission}",
        why=f"Sebagai {approval.office}; pengesahan dimulai {approval.chain.started_by_name}",
        url=reverse("bimtek:approval_detail", args=[plan.code, submission.stage_id, submission.number]),
        action="Baca dan putuskan",
        plan=plan,
        rank=0,
    )
