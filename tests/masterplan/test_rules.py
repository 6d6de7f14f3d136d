"""`can` and `visible_to` say the same for every person and plan."""

import pytest
from django.contrib.auth.models import AnonymousUser

from masterplan.models import Masterplan, PlanMember
from masterplan.rules import can_view_plan
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.regency.models import Regency
from tests.people import People, make_plan
from tests.smartcity.accounts.given import account, office

pytestmark = pytest.mark.django_db
PLACES = ("63.03", "32.79", "63.72", "63.71")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_people_of_the_plan_see_it_and_strangers_do_not(people: People, plan: Masterplan) -> None:
    seen = {name: can_view_plan(fresh(user), plan) for name, user in people.items()}
    assert seen == {name: name not in ("stranger", "nobody") for name in seen}
    assert can_view_plan(AnonymousUser(), plan) is False


def test_can_view_agrees_with_visible_to_for_every_scope_role_and_place() -> None:
    plans = [make_plan(code, 2030) for code in PLACES]
    differences = []
    for number, role in enumerate(Role):
        for scope in Scope:
            for place in PLACES:
                user = account(f"p{number}{scope}{place}", has_second_factor=False)
                regency = Regency.objects.get(pk=place)
                target = {
                    Scope.NATION: {},
                    Scope.PROVINCE: {"province": regency.province},
                    Scope.REGENCY: {"regency": regency},
                    Scope.OPD: {"opd": office("DINKES", place)},
                }[scope]
                Membership.objects.create(user=user, role=role, scope=scope, **target)
                if number == 0:
                    PlanMember.objects.create(plan=plans[-1], user=user, role=Role.MENTOR)
                one = fresh(user)
                visible = set(Masterplan.objects.visible_to(one).values_list("pk", flat=True))
                allowed = {plan.pk for plan in plans if can_view_plan(one, plan)}
                if visible != allowed:
                    differences.append((role, scope, place, visible ^ allowed))
    assert differences == []
