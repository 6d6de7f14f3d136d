"""Pen and presence over HTTP."""

import json
from typing import Any

import pytest
from django.test import Client

from masterplan.models import Presence, Section
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
BASE = "/rencana/63.03-2026/naskah/B1.1.1/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def writers(people: People, section: Section, author_office: Any) -> tuple[Client, Client]:
    section.opds.add(author_office)
    return client_of(people.coordinator), client_of(people.author)


def pen(client: Client, body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"{BASE}pena/", json.dumps(body), content_type="application/json", headers=JSON)
    return answer.status_code, answer.json()


def poll(client: Client, name: str, writing: int = 0) -> dict[str, Any]:
    return client.get(f"{BASE}steps/?since=0&client={name}&writing={writing}").json()  # type: ignore[no-any-return]


def test_two_people_see_each_other_and_who_writes(writers: tuple[Client, Client], people: People) -> None:
    first, second = writers
    poll(first, "k")
    status, answer = pen(first, {"client": "k"})
    assert (status, answer["held"], answer["lease"]["yours"]) == (200, False, True)
    seen = poll(second, "a")
    assert seen["here"] == [
        {"name": "Coordinator.63.03", "client": "k", "writing": True, "you": False},
        {"name": people.author.display_name, "client": "a", "writing": False, "you": True},
    ]
    assert {key: seen["lease"][key] for key in ("client", "name", "yours")} == {
        "client": "k", "name": "Coordinator.63.03", "yours": False,
    }  # fmt: skip
    assert pen(second, {"client": "a"})[1]["held"] is True
    assert pen(second, {"client": "a", "takeover": True})[1]["lease"]["yours"] is True
    assert poll(first, "k")["taken"]["by"] == people.author.display_name
    assert pen(second, {"client": "a", "release": True}) == (200, {"held": False})
    assert poll(first, "k")["lease"] is None


def test_outline_marks(writers: tuple[Client, Client], people: People) -> None:
    first, second = writers
    poll(first, "k")
    pen(first, {"client": "k"})
    answer = second.get("/rencana/63.03-2026/hadir/").json()
    assert answer == {"sections": {"B1.1.1": {"here": ["Coordinator.63.03"], "writer": "Coordinator.63.03"}}}
    for path in (BASE, "/rencana/63.03-2026/"):
        assert "Coordinator.63.03 sedang menulis" in second.get(path).text


@pytest.mark.parametrize("body", [[], {}, {"client": ""}, {"client": 1}, {"client": "x" * 61}, "{"])
def test_bad_requests_for_the_pen(writers: tuple[Client, Client], body: Any) -> None:
    assert pen(writers[0], body)[0] == 400


def test_long_client_name_in_a_poll_is_refused(writers: tuple[Client, Client]) -> None:
    assert writers[0].get(f"{BASE}steps/?since=0&client={'x' * 61}").status_code == 400


def test_a_reader_is_present_without_a_pen(people: People) -> None:
    client = client_of(people.council_reader)
    assert [here["you"] for here in poll(client, "d")["here"]] == [True]
    assert pen(client, {"client": "d", "takeover": True})[0] == 403


def test_polls_ask_the_same_number_of_questions_however_many_are_here(
    writers: tuple[Client, Client], people: People, section: Section, django_assert_max_num_queries: Any
) -> None:
    first, second = writers
    poll(first, "k")
    with django_assert_max_num_queries(20) as alone:
        poll(first, "k")
        second.get("/rencana/63.03-2026/hadir/")
    for number in range(30):
        Presence.objects.create(section=section, user=people.author, client=str(number), seen_at="2099-01-01T00:00Z")
    with django_assert_max_num_queries(20) as crowded:
        poll(first, "k")
        second.get("/rencana/63.03-2026/hadir/")
    assert len(crowded) == len(alone)


def test_session_state_gives_a_token_that_works(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.coordinator)
    state = client.get("/akun/sesi/", headers=JSON).json()
    headers = JSON | {"X-CSRFToken": state["csrf"]}
    body = json.dumps({"client": "k"})
    answer = client.post(f"{BASE}pena/", body, content_type="application/json", headers=headers)
    assert (state["user"], answer.status_code) == (str(people.coordinator.pk), 200)
    assert Client().get("/akun/sesi/", headers=JSON).status_code == 401
