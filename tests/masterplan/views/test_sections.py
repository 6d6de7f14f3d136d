"""The workspace page and the overview: what they show to whom, at a constant number of queries."""

from typing import Any

import pytest

from masterplan.models import Masterplan, OutlineSection, Section, Snapshot
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
PAGE = "/rencana/63.03-2026/naskah/B1.3.1/"


def grow(plan: Masterplan, count: int) -> None:
    pattern = OutlineSection.objects.get(code="B2.8.2")
    for number in range(count):
        pattern.pk = None
        pattern.code, pattern.position = f"B2.8.{number + 10}", number + 10
        pattern.save()
        section = Section.objects.create(plan=plan, outline_section=pattern)
        Snapshot.objects.create(section=section, version=0, doc=section.doc)


def test_page_shows_guidance_tables_and_writers(people: People, plan: Masterplan, author_office: Any) -> None:
    Section.objects.get(outline_section__code="B1.3.1").opds.add(author_office)
    page = client_of(people.author).get(PAGE).text
    assert "Nilai kesiapan SDM, keuangan, dan tata kelola" in page
    assert 'href="/rencana/63.03-2026/tabel/kesiapan/"' in page
    assert '"editable": true' in page
    assert "Anda membaca." not in page


def test_reader_is_told_who_writes(people: People) -> None:
    page = client_of(people.council_reader).get(PAGE).text
    assert "Anda membaca. Bagian ini ditulis oleh koordinator Diskominfo." in " ".join(page.split())
    assert '"editable": false' in page


@pytest.mark.parametrize("path", [PAGE, "/rencana/63.03-2026/", "/", "/rencana/63.03-2026/penugasan/"])
def test_queries_do_not_grow_with_sections(
    people: People, plan: Masterplan, path: str, django_assert_max_num_queries: Any
) -> None:
    client = client_of(people.coordinator)
    client.get(path)
    with django_assert_max_num_queries(46) as before:
        client.get(path)
    grow(plan, 60)
    with django_assert_max_num_queries(46) as after:
        client.get(path)
    assert len(after) == len(before)


def test_automatic_section_has_no_editor(people: People) -> None:
    page = client_of(people.coordinator).get("/rencana/63.03-2026/naskah/B1.0.5/").text
    assert "disusun otomatis" in page
    assert "editor-boot" not in page


def test_unknown_section_is_not_found(people: People) -> None:
    assert client_of(people.coordinator).get("/rencana/63.03-2026/naskah/B9.9.9/").status_code == 404


def test_reviewers_may_suggest_and_readers_see_no_suggestions(people: People) -> None:
    found = {}
    for name in ("coordinator", "mentor", "council_reader"):
        client = client_of(getattr(people, name))
        pages = [client.get(f"{PAGE}{query}").text for query in ("", "?usulan=1")]
        found[name] = [
            [sign in page for sign in ("Usulkan perubahan kata", "Mode usulan", 'id="panel-usulan"')] for page in pages
        ]
    assert found == {
        "coordinator": [[False, False, True]] * 2,
        "mentor": [[True, False, True], [False, True, True]],
        "council_reader": [[False, False, False]] * 2,
    }
