"""What a person has read and what is new to them, whatever others read."""

import pytest

from bimtek.domain.changes import Change
from bimtek.domain.reading import Part, mark_read, parts_since, unmark_read
from bimtek.models import Submission
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan, Programme
from tests.bimtek.given import paragraph, section_of, send
from tests.people import People

pytestmark = pytest.mark.django_db
TEXT = "naskah/B1.1.1"


def first_and_second(plan: Masterplan, people: People) -> tuple[Submission, Submission]:
    """Two submissions; between them a text and a programme change."""
    first = send(plan, "I", by=people.coordinator)
    change(plan, people, "Kata yang baru dan banyak.")
    return first, send(plan, "I", by=people.coordinator)


def change(plan: Masterplan, people: People, words: str) -> None:
    replace_text(section_of(plan), doc=paragraph(words), by=people.coordinator)
    Programme.objects.filter(plan=plan, code="ENV-P06").update(name=words)


def opened(submission: Submission, people: People, base: Submission | None = None) -> list[tuple[str, str | None]]:
    parts = parts_since(submission, base, user=people.mentor)
    return [(part.key, part.change) for part in parts if part.is_open]


def test_what_was_never_read_is_new_and_what_was_read_is_not_shown_again(banjar: Masterplan, people: People) -> None:
    first, second = first_and_second(banjar, people)
    parts = parts_since(first, None, user=people.mentor)
    assert {(part.change, part.is_open, part.since) for part in parts} == {(Change.NEW, True, None)}
    assert [part.kind for part in parts] == ["naskah"] * first.sections.count() + ["tabel"] * first.tables.count()
    assert mark_read(first, [part.key for part in parts], user=people.mentor) == len(parts)
    assert opened(first, people) == []
    changed = [(TEXT, "Berubah"), ("tabel/program", "Berubah")]
    assert opened(second, people) == changed
    assert [key for key, change in opened(second, people, first)] == [key for key, _ in changed]
    mark_read(second, [TEXT], user=people.mentor)
    assert opened(second, people) == changed[1:]
    assert len([part for part in parts_since(second, None, user=people.assessor) if part.is_open]) == len(parts)


def test_a_part_that_was_left_unread_keeps_its_older_wording_as_the_base(banjar: Masterplan, people: People) -> None:
    first, second = first_and_second(banjar, people)
    mark_read(first, [TEXT, "tabel/program"], user=people.mentor)
    mark_read(second, [TEXT], user=people.mentor)
    change(banjar, people, "Ketiga.")
    third = send(banjar, "I", by=people.coordinator)
    since = {part.key: part.since for part in parts_since(third, None, user=people.mentor) if part.change == "Berubah"}
    assert since == {TEXT: second.pk, "tabel/program": first.pk}


def test_back_to_the_first_wording_is_a_change_for_who_read_the_second(banjar: Masterplan, people: People) -> None:
    change(banjar, people, "Satu.")
    first = send(banjar, "I", by=people.coordinator)
    change(banjar, people, "Dua.")
    second = send(banjar, "I", by=people.coordinator)
    change(banjar, people, "Satu.")
    third = send(banjar, "I", by=people.coordinator)
    mark_read(first, [TEXT], user=people.mentor)
    assert (TEXT, "Berubah") not in opened(third, people)
    mark_read(second, [TEXT], user=people.mentor)
    assert (TEXT, "Berubah") in opened(third, people)


def test_reading_can_be_taken_back_to_what_was_read_before(banjar: Masterplan, people: People) -> None:
    first, second = first_and_second(banjar, people)
    mark_read(first, [TEXT], user=people.mentor)
    mark_read(second, [TEXT], user=people.mentor)
    mark_read(second, [TEXT], user=people.mentor)
    unmark_read(second, TEXT, user=people.mentor)
    assert found(second, people) == (Change.CHANGED, False, first.pk)
    unmark_read(second, TEXT, user=people.mentor)
    assert found(second, people) == (Change.CHANGED, False, first.pk)
    unmark_read(first, TEXT, user=people.mentor)
    assert found(second, people) == (Change.NEW, False, None)


def found(submission: Submission, people: People) -> tuple[Change | None, bool, int | None]:
    part = next(each for each in parts_since(submission, None, user=people.mentor) if each.key == TEXT)
    return part.change, part.is_read, part.since


def test_a_part_that_is_gone_is_shown_until_it_was_seen_to_be_gone(banjar: Masterplan, people: People) -> None:
    first = send(banjar, "I", by=people.coordinator)
    everything = [part.key for part in parts_since(first, None, user=people.mentor)]
    mark_read(first, everything, user=people.mentor)
    section = section_of(banjar, "B1.1.2")
    section.outline_section.is_required = False
    section.outline_section.save()
    type(section).objects.filter(pk=section.pk).update(binned_at="2026-01-01T00:00Z")
    second = send(banjar, "I", by=people.coordinator)
    gone = ("naskah/B1.1.2", "Hilang")
    assert gone in opened(second, people)
    mark_read(second, [gone[0], "naskah/tidak.ada"], user=people.mentor)
    assert gone not in opened(second, people)
    assert parts_since(second, None, user=people.mentor)[-1] != Part(*gone, "", "", Change.GONE, True, None)
