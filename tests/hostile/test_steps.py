"""Hostile texts through saves: what is stored is harmless by construction, and what is refused stores nothing."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from masterplan import prose
from masterplan.models import Section, StepBatch
from tests.hostile.places import PICTURE, addresses, closed, insert, odd_steps, texts
from tests.hostile.vectors import ADDRESSES, MARKUP, VECTORS
from tests.people import People
from tests.smartcity.accounts.given import client_of

STEPS = "/rencana/63.03-2026/naskah/B1.1.1/steps/"
ALLOWED: dict[str, set[str]] = {
    **{tag: {"id"} for tag in ("h3", "h4", "h5", "ul", "li", "blockquote", "tr", "p", "table", "figure")},
    **{tag: set() for tag in ("strong", "em", "u", "s", "sub", "sup", "br", "hr", "thead", "tbody", "figcaption")},
    "a": {"href", "class"}, "ol": {"start", "type"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
    "img": {"src", "alt"}, "span": {"class"},
}  # fmt: skip
ALLOWED["p"] = {"id", "class"}
CLASSES = {"table-caption", "footnote", "fact", "fact lost", "xref", "label"}
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
HREF = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


class Faults(HTMLParser):
    """What a browser would see besides the allowed tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found.append(tag)
            return
        self.found += [f"{tag} {name}" for name, _ in attrs if name not in ALLOWED[tag]]
        values = {name: value or "" for name, value in attrs}
        if values.get("class", "label") not in CLASSES:
            self.found.append(f"class {values['class']}")
        if "href" in values and not HREF.match(values["href"]):
            self.found.append(f"href {values['href']}")
        if values.get("src", PICTURE) != PICTURE:
            self.found.append(f"src {values['src']}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def outcome(step: dict[str, Any]) -> list[str] | None:
    """Faults of what was accepted; None when it was refused. Anything but a refusal is an error of ours."""
    try:
        node = prose.apply(prose.load(prose.empty_doc()), [step], media={PICTURE})
    except prose.Refused:
        return None
    return Faults(prose.render_html(node)).found


def test_there_are_enough_of_them() -> None:
    assert len(VECTORS) >= 300
    assert len(set(VECTORS)) == len(VECTORS)


def test_the_look_for_faults_finds_them() -> None:
    assert Faults('<p onclick="x">a</p><script>b</script><a href="javascript:c">d</a><!--e-->').found == [
        "p onclick", "script", "href javascript:c", "comment e",
    ]  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_nothing_that_is_accepted_becomes_markup(vector: str) -> None:
    nodes = texts(vector) | addresses(vector) | closed(vector)
    steps = {name: insert(node) for name, node in nodes.items()} | odd_steps(vector)
    outcomes = {name: outcome(step) for name, step in steps.items()}
    assert {name: found for name, found in outcomes.items() if found} == {}
    assert {
        name for name in (*closed(vector), "step type", "position", "figure source") if outcomes[name] is not None
    } <= ({"cell width"} if vector == "" else set())


@pytest.mark.parametrize("vector", MARKUP, ids=range(len(MARKUP)))
def test_typed_markup_is_text(vector: str) -> None:
    """People may write about HTML: what they type comes back letter by letter."""
    for name, node in texts(vector).items():
        if len(vector) <= 200 or name != "fact value":
            doc = prose.apply(prose.load(prose.empty_doc()), [insert(node)], media={PICTURE})
            assert json.dumps(vector) in json.dumps(prose.dump(doc)), name


@pytest.mark.parametrize("vector", ADDRESSES, ids=range(len(ADDRESSES)))
def test_only_web_and_mail_addresses_become_links(vector: str) -> None:
    is_known = re.match(r"(https?://\S|mailto:\S|#[\w-])", vector, re.IGNORECASE) is not None and len(vector) <= 2000
    assert (outcome(insert(addresses(vector)["link"])) is not None) == is_known


def post(client: Client, version: int, *steps: Any, name: str = "a") -> int:
    body = json.dumps({"version": version, "client": name, "steps": steps})
    return client.post(STEPS, body, content_type="application/json").status_code


@pytest.mark.django_db
def test_forged_steps_are_refused_and_store_nothing(people: People, section: Section) -> None:
    client = client_of(people.coordinator)
    found: dict[str, int] = {}
    for number, vector in enumerate(VECTORS):
        nodes = closed(vector or "x") | {"figure source": addresses(vector)["figure source"]}
        steps = {name: insert(node) for name, node in nodes.items()} | {"step type": odd_steps(vector)["step type"]}
        name = list(steps)[number % len(steps)]  # each was refused by the engine above; here a sample of each place
        found[f"{name} {vector[:80]!r}"] = post(client, 0, steps[name])
    section.refresh_from_db()
    assert {name: status for name, status in found.items() if status != 422} == {}
    assert (section.version, StepBatch.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_accepted_texts_are_stored_as_they_are(people: People, section: Section) -> None:
    """Through the whole server, the database and back."""
    client, version = client_of(people.coordinator), 0
    good = [vector for vector in VECTORS if vector and not UNSTORABLE.search(vector)]
    for start in range(0, len(good), 20):
        some = good[start : start + 20]
        assert post(client, version, *[insert(texts(vector)["cell"]) for vector in some], name=some[0][:60]) == 200
        version += len(some)
    answer = client.get(STEPS.replace("steps", "doc")).json()
    stored = json.dumps(answer["doc"])
    assert answer["version"] == version
    assert [vector for vector in good if json.dumps(vector)[1:-1] not in stored] == []
    assert client.get(STEPS + "?since=0").json()["clients"][0] == good[0][:60]


@pytest.mark.django_db
def test_texts_that_no_database_stores_are_refused(people: People, section: Section) -> None:
    bad = [vector for vector in VECTORS if UNSTORABLE.search(vector)]
    client = client_of(people.coordinator)
    assert len(bad) >= 6
    assert {vector: post(client, 0, insert(texts(vector)["cell"])) for vector in bad} == dict.fromkeys(bad, 422)
    assert {vector: post(client, 0, insert(texts("x")["cell"]), name=vector[:60]) for vector in bad} == dict.fromkeys(
        bad, 422
    )
    section.refresh_from_db()
    assert section.version == 0
