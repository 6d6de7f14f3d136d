"""Example people: one click in demo mode, and no such page anywhere else."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from smartcity.accounts.demo import EXAMPLES, demo_people, ensure_people
from smartcity.accounts.enums import Role
from smartcity.accounts.models import Membership, User
from tests.smartcity.accounts.given import account

pytestmark = pytest.mark.django_db


def test_every_role_has_an_example_person() -> None:
    assert {example.role for example in EXAMPLES} == set(Role)


def test_ensure_people_is_safe_to_repeat() -> None:
    first = ensure_people()
    assert ensure_people() == first
    assert Membership.objects.filter(user__in=first).count() == len(EXAMPLES)
    assert not any(user.has_usable_password() for user in first)


def test_the_two_banjar_coordinators_are_told_apart() -> None:
    ensure_people()
    places = {person.place for person in demo_people() if person.role == Role.COORDINATOR.label}
    assert places == {"Kabupaten Banjar, Kalimantan Selatan", "Kota Banjar, Jawa Barat"}


@override_settings(DEMO=True)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.mailbox)
def test_one_click_signs_in(client: Client, example) -> None:  # type: ignore[no-untyped-def]
    ensure_people()
    assert client.post("/akun/contoh/", {"person": example.email}).status_code == 302
    assert client.get("/daerah/").context["user"].email == example.email


@override_settings(DEMO=True)
def test_click_rotates_the_session(client: Client) -> None:
    ensure_people()
    client.post("/akun/contoh/", {"person": EXAMPLES[0].email})
    before = client.session.session_key
    client.post("/akun/contoh/", {"person": EXAMPLES[1].email})
    assert client.session.session_key != before


@override_settings(DEMO=True)
def test_next_page_is_followed_only_inside(client: Client) -> None:
    ensure_people()
    person = {"person": EXAMPLES[0].email}
    assert client.post("/akun/contoh/", {**person, "next": "/acuan/"})["Location"] == "/acuan/"
    assert client.post("/akun/contoh/", {**person, "next": "https://jahat.example/"})["Location"] == "/"


@override_settings(DEMO=True)
def test_a_real_person_is_never_signed_in(client: Client) -> None:
    ensure_people()
    assert client.post("/akun/contoh/", {"person": account().email}).status_code == 404


def test_demo_login_does_not_exist_outside_demo_mode(client: Client) -> None:
    ensure_people()
    assert client.post("/akun/contoh/", {"person": EXAMPLES[0].email}).status_code == 404
    assert "contoh.example" not in client.get("/akun/login/").text


@override_settings(DEMO=True)
def test_click_needs_a_csrf_token() -> None:
    ensure_people()
    client = Client(enforce_csrf_checks=True)
    assert client.post("/akun/contoh/", {"person": EXAMPLES[0].email}).status_code == 403


@override_settings(DEMO=True)
def test_sign_in_page_lists_the_people_in_one_query(client: Client, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ensure_people()
    client.get("/akun/login/")
    with django_assert_num_queries(1):
        page = client.get("/akun/login/").text
    assert [example.email for example in EXAMPLES if example.email not in page] == []


def test_list_demo_people_prints_an_aligned_table() -> None:
    ensure_people()
    out = StringIO()
    call_command("list_demo_people", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(EXAMPLES) + 1
    column = lines[0].index("E-mail")
    assert {line[column:] for line in lines[1:]} == {example.email for example in EXAMPLES}


def test_example_people_cannot_sign_in_with_a_password(client: Client) -> None:
    ensure_people()
    client.post("/akun/login/", {"login": EXAMPLES[1].email, "password": ""})
    assert client.get("/daerah/").status_code == 302
    assert User.objects.filter(last_login__isnull=False).count() == 0
