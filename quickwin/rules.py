"""Who may do what in the choice of quick wins. Whose scores are seen by whom: `Score.objects.visible_to`."""

from django.db.models import Q, QuerySet

from masterplan.models import Masterplan
from masterplan.rules import Person, can_manage_plan
from quickwin.models import Ballot
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of


def can_open_round(user: Person, plan: Masterplan) -> bool:
    """Who scores what in which year: the coordinator's."""
    return can_manage_plan(user, plan)


def can_keep_ideas(user: Person, plan: Masterplan) -> bool:
    """Ideas from citizens carry names and addresses, so nobody but the region's coordinators reads them."""
    return can_manage_plan(user, plan)


def scorers_for(plan: Masterplan) -> QuerySet[User]:
    """Who may be asked to score: the region's own people, and those who were called to the plan from outside."""
    own = Q(memberships__regency_id=plan.regency_id) | Q(memberships__opd__regency_id=plan.regency_id)
    called = Q(plan_memberships__plan=plan)
    return User.objects.filter(own | called, is_active=True).distinct().order_by("display_name", "pk")


def can_score(user: Person, ballot: Ballot) -> bool:
    return user.is_authenticated and ballot.scorer_id == user.pk


def can_decide(user: Person, plan: Masterplan, *, has_chair: bool) -> bool:
    """The team's chair, who signs in as a head of the region; as long as no chair is recorded, the coordinator."""
    if has_chair:
        return plan.regency_id in standing_of(user).regency_ids_as(Role.APPROVER)
    return can_manage_plan(user, plan)
