"""Copies: kept once, put back as a new version by their owner, set aside and opened again."""

from typing import Any

import pytest

from masterplan import prose
from masterplan.domain import recovered, section_log
from masterplan.domain import section as sections
from masterplan.enums import RecoveredState
from masterplan.models import RecoveredCopy, Section
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState
from tests.people import People

LOST = "Baris pertama.\n\n Baris kedua. "


@pytest.fixture
def copy(section: Section, people: People) -> RecoveredCopy:
    sections.replace_text(section, doc=prose.parse_html("<p>Yang ada.</p>"), by=None)
    doc = prose.parse_html("<p>Yang lama.</p><p>Baris pertama.</p>")
    return recovered.keep(section, reason="uji", doc=doc, lost=LOST, by=people.coordinator)


def text_of(section: Section) -> list[str]:
    section.refresh_from_db()
    return prose.plain_text(section.doc).splitlines()


def test_the_same_copy_sent_twice_is_kept_once(copy: RecoveredCopy, section: Section, people: People) -> None:
    again = recovered.keep(section, reason="uji", doc=copy.doc, lost=LOST, by=people.coordinator)
    other = recovered.keep(section, reason="uji", doc=copy.doc, lost="lain", by=people.coordinator)
    assert (again.pk, other.pk != copy.pk, RecoveredCopy.objects.count()) == (copy.pk, True, 2)


def test_lost_text_goes_to_the_end_as_paragraphs(copy: RecoveredCopy, section: Section, people: People) -> None:
    changed = recovered.put_back(copy, whole=False, by=people.coordinator)
    assert text_of(section) == ["Yang ada.", "Baris pertama.", "Baris kedua."]
    assert (changed.version, section.version, section.updated_by) == (2, 2, people.coordinator)
    assert (copy.state, copy.closed_at is None) == (RecoveredState.PUT_BACK, False)
    assert section_log.document_at(section, 2) == section.doc


def test_whole_copy_takes_the_place_of_the_text(copy: RecoveredCopy, section: Section, people: People) -> None:
    recovered.put_back(copy, whole=True, by=people.coordinator)
    assert text_of(section) == ["Yang lama.", "Baris pertama."]


def test_an_empty_section_gets_no_empty_line_before(section: Section, people: People) -> None:
    copy = recovered.keep(section, reason="uji", doc=section.doc, lost="Kata.", by=people.coordinator)
    recovered.put_back(copy, whole=False, by=people.coordinator)
    assert text_of(section) == ["Kata."]


def test_twice_is_refused_until_opened_again(copy: RecoveredCopy, section: Section, people: People) -> None:
    recovered.put_back(copy, whole=False, by=people.coordinator)
    with pytest.raises(WrongState):
        recovered.put_back(copy, whole=False, by=people.coordinator)
    recovered.reopen(copy)
    recovered.put_back(copy, whole=False, by=people.coordinator)
    assert text_of(section)[-2:] == ["Baris pertama.", "Baris kedua."]


def test_dismissing_is_undone(copy: RecoveredCopy) -> None:
    recovered.dismiss(copy)
    with pytest.raises(WrongState):
        recovered.dismiss(copy)
    recovered.reopen(copy)
    copy.refresh_from_db()
    assert (copy.state, copy.closed_at) == (RecoveredState.OPEN, None)


def test_who_may_no_longer_write_keeps_the_copy(copy: RecoveredCopy, section: Section, people: People) -> None:
    with pytest.raises(NotAllowed):
        recovered.put_back(copy, whole=False, by=people.author)
    copy.refresh_from_db()
    assert (copy.state, text_of(section)) == (RecoveredState.OPEN, ["Yang ada."])


@pytest.mark.parametrize(
    ("doc", "lost", "whole"),
    [
        (prose.empty_doc(), " \n ", False),
        (
            {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x" * 500_000}]}]},
            "",
            True,
        ),
    ],
)
def test_what_cannot_be_put_back_changes_nothing(
    section: Section, people: People, doc: Any, lost: str, whole: bool
) -> None:
    copy = recovered.keep(section, reason="uji", doc=doc, lost=lost, by=people.coordinator)
    with pytest.raises(Incomplete):
        recovered.put_back(copy, whole=whole, by=people.coordinator)
    copy.refresh_from_db()
    assert (copy.state, Section.objects.get(pk=section.pk).version) == (RecoveredState.OPEN, 0)
