"""The example plan and the example people of demo mode."""

import json
from pathlib import Path

from export import planfile
from masterplan.models import Masterplan, PlanMember
from smartcity.accounts.demo import BANJAR, ensure_people
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.start.demo_comments import ensure_comments
from smartcity.start.demo_cycle import fill_cycle

EXAMPLES = Path(planfile.__file__).parents[2] / "masterplan" / "examples"


def load_demo() -> None:
    """Load Kabupaten Banjar once, then people who work on it; safe to repeat, never overwrites what people wrote."""
    if not Masterplan.objects.exists():
        fill_cycle(planfile.load(example_plan(), by=None))
    people = {person.email.partition("@")[0]: person for person in ensure_people()}
    plan = Masterplan.objects.order_by("pk").first()
    for mentor in User.objects.filter(memberships__role=Role.MENTOR).distinct():
        PlanMember.objects.get_or_create(plan=plan, user=mentor, role=Role.MENTOR)
    if plan is not None and plan.regency_id == BANJAR:
        ensure_comments(plan, people["pembimbing"], people)


def example_plan() -> dict[str, object]:
    rows = json.loads((EXAMPLES / "banjar.json").read_text(encoding="utf-8"))
    prose = json.loads((EXAMPLES / "banjar_prose.json").read_text(encoding="utf-8"))
    return {**rows, "prosa": prose}
