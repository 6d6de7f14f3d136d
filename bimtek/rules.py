"""Who may do what at a stage. Who sees stages and submissions: whoever sees the plan (`Masterplan.objects.visible_to`)."""

from masterplan.models import Masterplan, PlanMember
from masterplan.rules import Person, can_edit_reference, can_manage_plan
from smartcity.accounts.enums import Role


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


def can_set_participation(user: Person, plan: Masterplan) -> bool:
    return can_manage_plan(user, plan) or can_edit_reference(user)
