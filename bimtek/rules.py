"""Who may do what at a stage. Who sees stages and submissions: whoever sees the plan (`Masterplan.objects.visible_to`)."""

from masterplan.models import Masterplan
from masterplan.rules import Person, can_manage_plan


def can_submit(user: Person, plan: Masterplan) -> bool:
    """A submission speaks for the region: its coordinator sends it."""
    return can_manage_plan(user, plan)
