"""Who may do what at a stage. Who sees stages and submissions: whoever sees the plan (`Masterplan.objects.visible_to`)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bimtek.models import Stage
from masterplan.models import Masterplan, PlanMember
from masterplan.rules import Person, can_edit_reference, can_manage_plan, is_reviewer
from smartcity.accounts.enums import Role
from smartcity.accounts.models import Membership, User
from smartcity.accounts.standing import standing_of


def can_submit(user: Person, plan: Masterplan) -> bool:
    """A submission speaks for the region: its coordinator sends it."""
    return can_manage_plan(user, plan)


def is_mentor_of(user: Person, plan: Masterplan) -> bool:
    return user.is_authenticated and PlanMember.objects.filter(plan=plan, user_id=user.pk, role=Role.MENTOR).exists()


def can_start(user: Person, plan: Masterplan) -> bool:
    """Either side may say that a stage has begun."""
    return can_manage_plan(user, plan) or can_extend(user, plan)


def can_extend(user: Person, plan: Masterplan) -> bool:
    """Whoever waits gives more time: a mentor of the plan, or the ministry."""
    return can_edit_reference(user) or is_mentor_of(user, plan)


def can_see_board(user: Person) -> bool:
    """How the quick wins of many regions run. Which regions: `Masterplan.objects.visible_to`."""
    return standing_of(user).is_overseer


def can_set_participation(user: Person, plan: Masterplan) -> bool:
    return can_manage_plan(user, plan) or can_edit_reference(user)


@dataclass(frozen=True)
class Judge:
    """How a person takes part in judging what was handed in at a stage; read once for all chapters."""

    is_reviewer: bool
    is_ministry: bool = False
    members: tuple[PlanMember, ...] = ()

    def can_judge(self, *, book: str, dimensions: frozenset[str]) -> bool:
        """The reviewers of the stage within what they were called for; the ministry where it stands in for them."""
        return self.is_ministry or any(member.judges(book=book, dimensions=dimensions) for member in self.members)

    @property
    def can_judge_stage(self) -> bool:
        return self.is_ministry or any(member.is_for_all for member in self.members)

    @property
    def takes_part(self) -> bool:
        return self.is_ministry or bool(self.members)


def judge_of(user: Person, plan: Masterplan, stage: Stage) -> Judge:
    """Whoever works in the region judges nothing of it, whatever they were called for."""
    if not is_reviewer(user, plan):
        return Judge(is_reviewer=False)
    members = PlanMember.objects.filter(plan=plan, user_id=user.pk or 0, role=stage.reviewer)
    return Judge(is_reviewer=True, is_ministry=can_edit_reference(user), members=tuple(members))


def can_approve(user: Person, plan: Masterplan) -> bool:
    """The heads of the region: Kepala Dinas, Sekda, Bupati or Wali Kota."""
    return plan.regency_id in standing_of(user).regency_ids_as(Role.APPROVER)


def approvers_of(plan: Masterplan) -> QuerySet[User]:
    """Agrees with `can_approve`."""
    held = Membership.objects.filter(role=Role.APPROVER, regency_id=plan.regency_id)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("display_name")


def can_judge_ekspose(user: Person, plan: Masterplan) -> bool:
    """The ministry, or a mentor of the whole plan; never the region itself."""
    final = Stage.objects.filter(is_final=True).first()
    return final is not None and judge_of(user, plan, final).can_judge_stage
