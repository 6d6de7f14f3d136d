"""Remarks on words, rows and cells stay where they belong while people work."""

from typing import Any

import pytest
from pghistory.models import Events

from masterplan.domain.bin_section import bin_section, delete_old_sections, put_section_back
from masterplan.domain.comment_places import on_text, rows_present
from masterplan.domain.row import delete_row
from masterplan.domain.row_bin import put_row_back
from masterplan.domain.section import save_steps
from masterplan.models import CommentThread, Masterplan, Programme, Section
from smartcity.ui.refusal import Incomplete
from tests.masterplan.comments_given import row_spot, section_spot, text_spot, thread_on, write
from tests.people import People

pytestmark = pytest.mark.django_db
WORDS = "Kabupaten Banjar 😀 memiliki dua puluh kecamatan."


def typed(text: str, at: int) -> dict[str, Any]:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [{"type": "text", "text": text}]}}


def covered(thread: CommentThread) -> tuple[str, str]:
    thread.refresh_from_db()
    section = Section.objects.get(pk=thread.section_id)
    text = next((n for n in section.doc["content"] if n["attrs"]["id"] == thread.block), {"content": []})
    flat = "".join(child["text"] for child in text["content"])
    return thread.anchor, flat[thread.start : thread.end]


@pytest.fixture
def thread(section: Section, people: People) -> CommentThread:
    write(section, WORDS, "Penutup.")
    return thread_on(section.plan, by=people.mentor, spot=text_spot(section, "dua puluh kecamatan"))


def test_a_save_carries_the_anchor_along(thread: CommentThread, section: Section, people: People) -> None:
    # The emoji is one code point here and two units in the browser's steps.
    save_steps(section, version=section.version, client="a", steps=[typed("Kini ", 1)], by=people.coordinator)
    assert covered(thread) == ("tetap", "dua puluh kecamatan")
    section.refresh_from_db()
    save_steps(section, version=section.version, client="a", steps=[typed("ribu ", 1 + 5 + 34)], by=people.coordinator)
    assert covered(thread)[0] == "berubah"
    assert thread.quote == "dua puluh kecamatan"


def test_replaced_text_says_so_and_put_back_text_heals(thread: CommentThread, section: Section) -> None:
    write(section, "Lain sama sekali.", "Penutup.")
    assert covered(thread)[0] == "dihapus"
    write(section, WORDS, "Penutup.")
    assert covered(thread) == ("tetap", "dua puluh kecamatan")


def test_moving_by_itself_makes_no_version_of_the_thread(thread: CommentThread, section: Section) -> None:
    before = Events.objects.tracks(thread).count()
    write(section, "Kini " + WORDS, "Penutup.")
    thread.refresh_from_db()
    assert (thread.start, Events.objects.tracks(thread).count()) == (33, before)


def test_a_range_seen_at_an_older_version_is_carried_to_now(section: Section, people: People) -> None:
    write(section, WORDS)
    spot = text_spot(section, "dua puluh kecamatan")
    write(section, "Sejak lama " + WORDS)
    thread = thread_on(section.plan, by=people.mentor, spot=spot)
    assert covered(thread) == ("tetap", "dua puluh kecamatan")
    assert thread.text_version == section.version


@pytest.mark.parametrize(
    "change", [{"quote": "lain"}, {"block": "zz"}, {"end": 999}, {"start": 9, "end": 9}, {"version": 99}]
)
def test_words_that_were_never_there_are_refused(section: Section, people: People, change: dict[str, Any]) -> None:
    write(section, WORDS)
    asked: dict[str, Any] = {"version": section.version, "block": "p1", "start": 0, "end": 9, "quote": "Kabupaten"}
    with pytest.raises(Incomplete, match="tidak ada lagi"):
        thread_on(section.plan, by=people.mentor, spot=lambda: on_text(section, **(asked | change)))


def test_saving_costs_one_query_more_for_one_and_for_many(
    section: Section, people: People, django_assert_max_num_queries: Any
) -> None:
    write(section, WORDS)

    def save() -> int:
        section.refresh_from_db()
        with django_assert_max_num_queries(20) as found:
            save_steps(section, version=section.version, client="a", steps=[typed("x", 1)], by=people.coordinator)
        return len(found)

    def asked(found: Any) -> list[str]:
        return [query["sql"] for query in found.captured_queries if "commentthread" in query["sql"]]

    save()
    section.refresh_from_db()
    with django_assert_max_num_queries(20) as none:
        save_steps(section, version=section.version, client="a", steps=[typed("x", 1)], by=people.coordinator)
    assert len(asked(none)) == 1
    thread_on(section.plan, by=people.mentor, spot=text_spot(section, "dua puluh"))
    one = save()
    for _ in range(2):
        thread_on(section.plan, by=people.mentor, spot=text_spot(section, "kecamatan"))
    assert (save(), one) == (one, len(none) + 1)


def test_a_section_in_the_bin_keeps_its_threads(thread: CommentThread, section: Section, people: People) -> None:
    on_section = thread_on(section.plan, by=people.mentor, spot=section_spot(section))
    bin_section(section, by=people.coordinator)
    assert covered(thread) == ("tetap", "dua puluh kecamatan")
    put_section_back(section, by=people.coordinator)
    binned = bin_section(section, by=people.coordinator)
    delete_old_sections(binned.binned_at + binned.binned_at.resolution)  # type: ignore[operator, union-attr]
    for each in (thread, on_section):
        each.refresh_from_db()
        assert (each.section_id, each.label) == (None, "Buku I · 1.1 Latar Belakang")


def test_a_row_comes_back_with_its_threads(banjar: Masterplan, people: People) -> None:
    row = Programme.objects.get(plan=banjar, code="ENV-P06")
    on_row = thread_on(banjar, by=people.mentor, spot=row_spot(row))
    on_cell = thread_on(banjar, by=people.mentor, spot=row_spot(row, "target-2027", "Target 2027"))
    assert (on_cell.dimension, on_cell.column, on_cell.label) == ("ENV", "target-2027", str(row))
    binned = delete_row(row, by=None)
    assert rows_present([on_row, on_cell]) == {}
    again = put_row_back(binned, by=None)
    for each in (on_row, on_cell):
        each.refresh_from_db()
    assert rows_present([on_row, on_cell]) == {("masterplan.programme", again.pk): again}
