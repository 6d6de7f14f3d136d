"""The context of every page costs nothing for visitors and one query for people."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from smartcity.accounts.context import role_label, sign_in
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from tests.smartcity.accounts.given import grant, person

pytestmark = pytest.mark.django_db


def test_visitor_costs_no_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert sign_in(request)["user_role_label"]() == ""


def test_person_costs_one_query_however_often_it_is_asked(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person(Role.AUTHOR).pk)
    with django_assert_num_queries(1):
        context = sign_in(request)
        assert [context["user_role_label"]() for _ in range(3)] == ["Penulis perangkat daerah"] * 3
    assert context["demo_people"] is None


def test_label_tells_how_many_more_roles() -> None:
    user = person(Role.AUTHOR)
    grant(user, Role.COORDINATOR)
    assert role_label(user) == "Koordinator Diskominfo +1"


def test_label_without_role() -> None:
    assert role_label(person(None)) == "Belum mempunyai peran"
