"""Bodies of the wrong shape, size or depth: a refusal, quickly, never a fault of the server."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masterplan.models import Section, StepBatch
from tests.hostile.places import block, cell, insert, item, paragraph, table, text
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
BASE = "/rencana/63.03-2026/naskah/B1.1.1/"
LIMIT_S = 2.0  # of processor, on a machine that adds a million numbers in so long a time:
MILLION_S = 0.05


def nested(depth: int) -> dict[str, Any]:
    node = paragraph(text("x"))
    for _ in range(depth):
        node = block("blockquote", node)
    return node


def typed(value: str) -> dict[str, Any]:
    return {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [text(value)]}}


def slowness() -> float:
    """How many times as long this machine takes now: the same one has been five times slower from one day to the other."""
    begin, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - begin) / MILLION_S


def send(client: Client, body: str | bytes, path: str = "steps/") -> int:
    begin = time.process_time()  # on a busy machine the clock on the wall says little
    response = client.post(BASE + path, body, content_type="application/json", headers={"Accept": "application/json"})
    spent = time.process_time() - begin
    assert spent < LIMIT_S or spent < LIMIT_S * slowness()
    assert response.headers["Content-Type"] == "application/json"
    return response.status_code


def save(client: Client, *steps: Any, **other: Any) -> int:
    return send(client, json.dumps({"version": 0, "client": "a", "steps": steps} | other))


WRONG_NUMBERS = (0, -1, "2", 1e9, float("nan"), float("inf"), 1.5, True, None, [], {}, 10**400)
REFUSED = {
    **{f"colspan {n!r:.9}": insert(table(cell(colspan=n))) for n in (61, *WRONG_NUMBERS)},
    **{f"rowspan {n!r:.9}": insert(table(cell(rowspan=n))) for n in (501, *WRONG_NUMBERS)},
    **{f"start {n!r:.9}": insert(block("orderedList", item(paragraph()), start=n)) for n in (10_001, *WRONG_NUMBERS)},
    **{f"level {n!r:.9}": insert(block("heading", text("x"), level=n)) for n in (1, 2, 6, *WRONG_NUMBERS)},
    **{f"from {n!r:.9}": typed("x") | {"from": n} for n in (99, -1, "1", 1e9, None, [], {}, 10**400)},
    "depth 33": insert(nested(31)),
    "depth 300": insert(nested(300)),
    "2001 rows": insert(table(rows=2001)),
    "401 kB": typed("x" * 400_001),
    "600 kB in 300,000 letters": typed("é" * 300_000),
    "table in a table": insert(table(cell(table(cell())))),
    "empty document": {"stepType": "replace", "from": 0, "to": 2},
    "text without a paragraph": insert(text("x")),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_shapes_are_refused(people: People, section: Section, name: str) -> None:
    status = save(client_of(people.coordinator), REFUSED[name])
    section.refresh_from_db()
    assert (status, section.version, StepBatch.objects.count()) == (422, 0, 0)


@pytest.mark.parametrize(
    "step",
    [
        insert(table(cell(colspan=60, rowspan=500))),
        insert(nested(30)),
        insert(table(rows=2000)),
        typed("x" * 390_000),
        insert(block("orderedList", item(paragraph()), start=10_000, type="i")),
    ],
    ids=["widest cell", "deepest", "longest table", "largest", "highest number"],
)
def test_what_is_just_allowed_is_saved_in_time(people: People, step: dict[str, Any]) -> None:
    assert save(client_of(people.coordinator), step) == 200


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"version":0,"client":"a","steps":[{"slice":{"content":['])
@pytest.mark.parametrize("path", ["steps/", "pulihan/"])
def test_deep_json_is_refused(people: People, opening: str, path: str) -> None:
    assert send(client_of(people.coordinator), opening * 10_000, path) in (400, 422)
    depth = 10_000
    whole = (
        '{"version":0,"client":"a","steps":[{"stepType":"replace","from":0,"to":0,"slice":'
        + "[" * depth
        + "]" * depth
        + "}]}"
    )
    assert send(client_of(people.coordinator), whole, path) in (400, 422)


def test_many_steps_are_refused_or_done_in_time(people: People) -> None:
    client = client_of(people.coordinator)
    assert save(client, insert(table(cell(), rows=500))) == 200
    assert save(client, *[typed("x")] * 100_000, version=1) == 413
    moves = [{"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [paragraph(text("x"))]}}] * 1000
    assert save(client, *moves, version=1) == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff\xfe", b"null", b"1", b'"x"', b"[[]]", b"{}", b'{"version":0,"client":"a","steps":{}}', b"\x00" * 100,
        b'{"version":1e400,"client":"a","steps":[{}]}', b'{"version":9999999999999,"client":"a","steps":[{}]}',
        b'{"version":0,"client":["a"],"steps":[{}]}', b'{"version":null,"client":null,"steps":null}', b"9" * 5000,
        b'{"version":' + b"9" * 5000 + b',"client":"a","steps":[{}]}',
    ],
)  # fmt: skip
def test_bodies_that_are_no_saves_are_refused(people: People, body: bytes) -> None:
    client = client_of(people.coordinator)
    assert send(client, body) == 400
    assert send(client, body, "pulihan/") == 422


@pytest.mark.parametrize("junk", ["\x00", "\ud800", float("nan"), float("-inf")])
@pytest.mark.parametrize("place", ["client", "steps", "unread"])
def test_what_no_text_holds_is_refused(people: People, junk: Any, place: str) -> None:
    """PostgreSQL stores neither NUL nor half a surrogate pair nor NaN, not even in a field that nobody reads."""
    body = {"version": 0, "client": "a", "steps": [typed("x")]}
    if place == "steps":
        body["steps"] = [typed("x") | {"note": junk}]
    else:
        body[place] = junk
    assert send(client_of(people.coordinator), json.dumps(body)) == 422


def test_a_copy_of_what_no_text_holds_is_kept_without_it(people: People) -> None:
    doc = {"type": "doc", "content": [paragraph(text("a\x00b\ud800c"))]}
    body = json.dumps({"reason": "ditolak", "doc": doc, "lost": "\x00\\u0000"})
    assert send(client_of(people.coordinator), body, "pulihan/") == 201


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["replace", "replaceAround", "attr", "addMark", "doc", "paragraph", "table", "text", "link", "id", "href"]),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(
        st.sampled_from(["stepType", "from", "to", "slice", "content", "type", "attrs", "marks", "mark", "text", "pos", "attr",
                         "value", "openStart", "openEnd", "gapFrom", "gapTo", "insert", "structure", "level", "href", "id"])
        | st.text(max_size=4), children, max_size=6),
    max_leaves=25,
)  # fmt: skip


@given(steps=st.lists(JSON, max_size=3), version=st.integers(0, 2) | JSON, client=st.just("a") | JSON)
@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_json_is_never_a_fault(people: People, steps: Any, version: Any, client: Any) -> None:
    body = json.dumps({"version": version, "client": client, "steps": steps})
    assert send(client_of(people.coordinator), body) in (200, 400, 409, 413, 422)
    assert send(client_of(people.coordinator), json.dumps({"reason": client, "doc": steps, "lost": version}), "pulihan/") in (
        201, 422,
    )  # fmt: skip


STEP_JSON = st.fixed_dictionaries(
    {"stepType": st.sampled_from(["replace", "replaceAround", "attr", "addMark", "removeMark", "addNodeMark", "docAttr"])},
    optional={
        "from": st.integers(-2, 8), "to": st.integers(-2, 8), "gapFrom": st.integers(-2, 8), "gapTo": st.integers(-2, 8),
        "insert": st.integers(-2, 8), "pos": st.integers(-2, 8), "slice": JSON, "mark": JSON, "attr": JSON, "value": JSON,
    },
)  # fmt: skip


@given(steps=st.lists(STEP_JSON, min_size=1, max_size=3))
@settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_steps_are_never_a_fault(people: People, section: Section, steps: Any) -> None:
    section.refresh_from_db()
    assert save(client_of(people.coordinator), *steps, version=section.version) in (200, 422)
