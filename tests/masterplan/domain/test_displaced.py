"""Layer 8: a save that removes what another person wrote a moment ago keeps a copy for that person."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masterplan.domain import section as sections
from masterplan.enums import RecoveredState
from masterplan.models import RecoveredCopy, Section, StepBatch
from tests.masterplan.domain.test_section import typed
from tests.people import People

WORDS = "Pelayanan perizinan daring berjalan sejak 2023."


@pytest.fixture
def shared(section: Section, people: People, author_office: Any) -> Section:
    """The author has just written WORDS."""
    section.opds.add(author_office)
    for version, letter in enumerate(WORDS):
        put(section, typed(letter, at=version + 1), people.author)
    return section


def put(section: Section, step: dict[str, Any], by: Any) -> None:
    version = Section.objects.values_list("version", flat=True).get(pk=section.pk)
    sections.save_steps(section, version=version, client=str(by.pk), steps=[step], by=by)


def cut(start: int, to: int) -> dict[str, Any]:
    return {"stepType": "replace", "from": start, "to": to}


def copies() -> list[tuple[Any, str, str]]:
    return [(copy.user, copy.reason, copy.lost) for copy in RecoveredCopy.objects.order_by("pk")]


def test_writer_gets_a_copy_with_the_text_before(shared: Section, people: People) -> None:
    before = Section.objects.get(pk=shared.pk).doc
    put(shared, cut(1, len(WORDS) + 1), people.coordinator)
    assert copies() == [(people.author, "tulisan Anda dihapus oleh Coordinator.63.03", WORDS)]
    assert RecoveredCopy.objects.get().doc == before


def test_deleting_piece_by_piece_makes_one_copy(shared: Section, people: People) -> None:
    for start in range(len(WORDS) - 5, 0, -6):
        put(shared, cut(start, start + 6), people.coordinator)
    assert [lost for _, _, lost in copies()] == [WORDS[5:]]


def test_own_words_and_a_mended_word_make_no_copy(shared: Section, people: People) -> None:
    put(shared, cut(1, 4), people.coordinator)
    put(shared, cut(1, 30), people.author)
    assert copies() == []


def test_old_words_make_no_copy(shared: Section, people: People) -> None:
    StepBatch.objects.update(at=timezone.now() - timedelta(minutes=16))
    put(shared, cut(1, len(WORDS) + 1), people.coordinator)
    assert copies() == []


def test_words_that_only_moved_make_no_copy(shared: Section, people: People) -> None:
    doc = Section.objects.get(pk=shared.pk).doc
    first = {"type": "paragraph", "content": [{"type": "text", "text": "Pembuka."}]}
    sections.replace_text(shared, doc={"type": "doc", "content": [first, *doc["content"]]}, by=people.coordinator)
    assert copies() == []


def test_replacing_the_whole_text_keeps_what_it_drops(shared: Section, people: People) -> None:
    doc = {"type": "doc", "content": [{"type": "paragraph"}]}
    sections.replace_text(shared, doc=doc, by=people.coordinator)
    assert copies() == [(people.author, "tulisan Anda dihapus oleh Coordinator.63.03", WORDS)]


def test_a_handled_copy_stays_as_it_is(shared: Section, people: People) -> None:
    put(shared, cut(1, 20), people.coordinator)
    RecoveredCopy.objects.update(state=RecoveredState.DISMISSED)
    put(shared, typed("baru sekali", 1), people.coordinator)
    put(shared, cut(1, 12), people.coordinator)
    assert [lost for _, _, lost in copies()] == [WORDS[:19].strip()]
    put(shared, cut(1, 20), people.coordinator)
    assert [lost for _, _, lost in copies()] == [WORDS[:19].strip(), WORDS[19:38].strip()]


def test_a_save_that_only_adds_asks_nothing_more(
    shared: Section, people: People, django_assert_num_queries: Any
) -> None:
    writer = people.coordinator
    put(shared, typed("x"), writer)
    with django_assert_num_queries(
        7
    ):  # savepoint, lock, log, text, remarks, release; the version asked for by the test
        put(shared, typed("y"), writer)
    StepBatch.objects.filter(user=people.author).delete()
    with django_assert_num_queries(8):  # one more look, because it deletes
        put(shared, cut(1, 6), writer)
