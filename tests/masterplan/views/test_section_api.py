"""The editor's endpoints over HTTP: shapes, refusals, strangers."""

import json
from typing import Any

import pytest
from django.test import Client

from masterplan.domain.suggestions import WORDS_ONLY
from masterplan.models import RecoveredCopy, Section, StepBatch
from tests.masterplan.suggestions_given import offered
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
BASE = "/rencana/63.03-2026/naskah/B1.1.1/"
STEP = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "Banjar"}]}}


def post(client: Client, body: Any, path: str = "steps/") -> tuple[int, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    response = client.post(BASE + path, text, content_type="application/json", headers={"Accept": "application/json"})
    return response.status_code, response.json()


def save(version: int = 0, **other: Any) -> dict[str, Any]:
    return {"version": version, "client": "a", "steps": [STEP]} | other


def test_save_read_and_catch_up(people: People) -> None:
    client = client_of(people.coordinator)
    status, answer = post(client, save())
    assert (status, answer["version"]) == (200, 1)
    doc = client.get(f"{BASE}doc/").json()
    assert (doc["version"], doc["by"], doc["doc"]["content"][0]["content"]) == (
        1,
        "Coordinator.63.03",
        [{"type": "text", "text": "Banjar"}],
    )
    assert client.get(f"{BASE}doc/?at=0").json()["version"] == 0
    missed = client.get(f"{BASE}steps/?since=0").json()
    assert (missed["version"], missed["steps"], missed["clients"]) == (1, [STEP], ["a"])
    assert client.get(f"{BASE}steps/?since=1").json()["steps"] == []


def test_stale_save_gets_what_it_missed(people: People) -> None:
    client = client_of(people.coordinator)
    post(client, save())
    assert post(client, save(client="b")) == (409, {"version": 1, "steps": [STEP], "clients": ["a"]})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        (save(version=-1), 400),
        (save(version="0"), 400),
        (save(version=True), 400),
        (save(client=""), 400),
        (save(client="x" * 61), 400),
        (save(steps=[]), 400),
        (save(steps="x"), 400),
        (save(steps=[1]), 400),
        (save(steps=[{"stepType": "replace", "from": 9999, "to": 9999}]), 422),
        (save(steps=[STEP] * 5001), 413),
        ("x" * 2_000_001, 413),
        ("x" * 20_000_000, 413),
    ],
)
def test_bad_saves_are_refused_and_change_nothing(people: People, section: Section, body: Any, status: int) -> None:
    found, answer = post(client_of(people.coordinator), body)
    section.refresh_from_db()
    assert (found, section.version, StepBatch.objects.count()) == (status, 0, 0)
    assert answer["error"]


def test_a_reader_may_not_write_and_is_told_why(people: People) -> None:
    assert post(client_of(people.author), save()) == (403, {"error": "Bagian ini tidak ditugaskan kepada Anda."})


def test_a_mentor_suggests_and_changes_nothing_else(people: People, section: Section) -> None:
    client = client_of(people.mentor)
    assert post(client, save()) == (422, {"error": WORDS_ONLY})
    status, answer = post(client, save(steps=[offered(1, "Banjar", people.mentor)]))
    assert (status, answer["version"]) == (200, 1)
    section.refresh_from_db()
    assert (client.get(f"{BASE}doc/").json()["doc"], section.words) == (section.editor_doc, 0)
    assert section.editor_doc != section.doc


def test_somebody_without_a_session_gets_json(plan: Any) -> None:
    assert post(Client(), save()) == (401, {"error": "login"})


def test_a_copy_is_kept_for_its_writer(people: People, section: Section) -> None:
    body = {"reason": "paragraf dihapus orang lain", "doc": section.doc, "lost": "kata berharga"}
    status, _ = post(client_of(people.author), body, "pulihan/")
    copy = RecoveredCopy.objects.get()
    assert (status, copy.user, copy.lost) == (201, people.author, "kata berharga")
    page = client_of(people.author).get("/rencana/63.03-2026/pulihan/").text
    assert "kata berharga" in page
    assert "kata berharga" not in client_of(people.coordinator).get("/rencana/63.03-2026/pulihan/").text


def test_a_copy_that_is_no_document_is_refused(people: People) -> None:
    body = {"reason": "x", "doc": {"type": "iframe"}, "lost": ""}
    assert post(client_of(people.author), body, "pulihan/") == (422, {"error": "Salinan tidak dapat dibaca."})
