"""Suggested wording in stored texts: what mentors and writers may change, and what everybody else reads."""

from typing import Any

import pytest

from masterplan import prose
from masterplan.domain import history
from masterplan.domain.section import append_paragraphs, replace_text
from masterplan.domain.section_log import document_at
from masterplan.domain.suggestions import AS_MADE, OWN_NAME, WORDS_ONLY
from masterplan.enums import AnchorState
from masterplan.models import RecoveredCopy, Section, StepBatch
from masterplan.rules import can_see_suggestions, can_suggest
from tests.masterplan.comments_given import text_spot, thread_on, write
from tests.masterplan.suggestions_given import cut, mark, offered, save, struck, typed, unmarked
from tests.people import People

pytestmark = pytest.mark.django_db
TEXT = "Kota cerdas yang lama sekali"  # "lama" stands at 18 to 22


@pytest.fixture
def written(section: Section) -> Section:
    write(section, TEXT)
    return section


def replacement(by: Any, identity: str = "u1") -> list[Any]:
    """lama → baru"""
    return [struck(18, 22, by, identity), offered(22, "baru", by, identity)]


def words(section: Section) -> list[tuple[str, str]]:
    section.refresh_from_db()
    return [(each.deleted, each.inserted) for each in prose.suggestions(section.editor_doc)]


def test_who_suggests_and_who_sees(section: Section, people: People) -> None:
    suggesting = {name for name, user in people.items() if can_suggest(user, section)}
    assert suggesting == {"mentor", "assessor", "ministry_editor"}
    assert {name for name, user in people.items() if can_see_suggestions(user, section)} == {*suggesting, "coordinator"}


def test_a_suggestion_changes_nothing_that_others_read(written: Section, people: People) -> None:
    before = (written.doc, written.html, written.words)
    saved = save(written, people.mentor, *replacement(people.mentor))
    assert (written.doc, written.html, written.words) == before
    assert words(written) == [("lama", "baru")]
    assert saved.fingerprint == prose.fingerprint(prose.load(written.editor_doc))
    assert Section.objects.with_suggestions().get() == written
    assert StepBatch.objects.get(is_suggestion=True).user == people.mentor
    assert document_at(written, written.version) == written.editor_doc
    assert history.text_at(written, written.version) == before[0]


def test_the_author_of_a_suggestion_withdraws_it(written: Section, people: People) -> None:
    save(written, people.mentor, *replacement(people.mentor))
    save(written, people.mentor, cut(22, 26), unmarked(18, 22, mark("deletion", people.mentor)))
    assert (words(written), written.suggested) == ([], None)
    assert not Section.objects.with_suggestions().exists()


def refused(section: Section, by: Any, *steps: Any) -> str:
    before = (section.version, section.editor_doc)
    with pytest.raises(prose.Refused) as refusal:
        save(section, by, *steps)
    section.refresh_from_db()
    assert (section.version, section.editor_doc) == before
    return str(refusal.value)


def test_whoever_suggests_changes_no_text(written: Section, people: People) -> None:
    split = {"stepType": "replace", "from": 5, "to": 5, "slice": {"content": [{"type": "paragraph"}, {"type": "paragraph"}], "openStart": 1, "openEnd": 1}}  # fmt: skip
    bold = {"stepType": "addMark", "mark": {"type": "bold"}, "from": 1, "to": 5}
    mentor = people.mentor
    for steps in ([typed(1, "x")], [cut(1, 5)], [split], [bold], [*replacement(mentor), cut(1, 2)]):
        assert refused(written, mentor, *steps) == WORDS_ONLY


def test_nobody_suggests_in_anothers_name(written: Section, people: People) -> None:
    mentor, assessor = people.mentor, people.assessor
    assert refused(written, mentor, offered(1, "x", assessor)) == OWN_NAME
    assert refused(written, mentor, offered(1, "x", mentor, name="Menteri")) == OWN_NAME
    assert refused(written, mentor, struck(1, 5, mentor, by=assessor.pk)) == OWN_NAME


def test_nobody_renames_or_carries_out_what_they_suggested(written: Section, people: People) -> None:
    mentor = people.mentor
    save(written, mentor, *replacement(mentor))
    again = [struck(18, 22, mentor, name="Menteri"), cut(22, 26), offered(22, "baru", mentor, name="Menteri")]
    assert refused(written, mentor, *again) == OWN_NAME
    assert refused(written, mentor, unmarked(22, 26, mark("insertion", mentor))) == WORDS_ONLY
    assert refused(written, mentor, cut(18, 22)) == WORDS_ONLY


def test_suggestions_of_others_stay_as_they_are(written: Section, people: People) -> None:
    mentor, assessor = people.mentor, people.assessor
    save(written, mentor, *replacement(mentor))
    taken_away = [cut(22, 26), unmarked(18, 22, mark("deletion", mentor))]
    carried_out = [unmarked(22, 26, mark("insertion", mentor))]
    longer = [offered(26, "x", mentor)]
    over = [struck(18, 22, assessor, "u2")]
    for steps in (taken_away, carried_out, longer, over):
        assert refused(written, assessor, *steps) == WORDS_ONLY
    assert "Usulan" in refused(written, assessor, offered(1, "x", assessor, "u1"))  # another's id
    save(written, assessor, offered(24, "x", assessor, "u2"))  # in the middle of the other's words
    assert sorted(words(written)) == [("", "x"), ("lama", "baru")]


def test_a_renamed_person_keeps_their_suggestions(written: Section, people: People) -> None:
    save(written, people.mentor, *replacement(people.mentor))
    people.mentor.display_name = "Nama Baru"
    save(written, people.mentor, offered(1, "Sebuah ", people.mentor, "u2"))
    assert sorted(words(written)) == [("", "Sebuah "), ("lama", "baru")]


def test_a_writer_accepts_one_rejects_one_and_undoes(written: Section, people: People) -> None:
    mentor, writer = people.mentor, people.coordinator
    save(written, mentor, *replacement(mentor))
    save(written, mentor, offered(1, "Sebuah ", mentor, "u2"))  # "lama" stands at 25 now, "baru" at 29
    accept = [cut(25, 29), unmarked(25, 29, mark("insertion", mentor))]
    save(written, writer, *accept)
    assert prose.plain_text(written.doc) == "Kota cerdas yang baru sekali"
    save(written, writer, cut(1, 8))
    assert (prose.plain_text(written.doc), written.suggested) == ("Kota cerdas yang baru sekali", None)
    save(written, writer, offered(1, "Sebuah ", mentor, "u2"))  # undo, twice; u1 is not what its author wrote last
    again = {"type": "text", "text": "lama", "marks": [mark("deletion", mentor)]}
    back = {"stepType": "replace", "from": 25, "to": 25, "slice": {"content": [again]}}
    save(written, writer, {"stepType": "addMark", "mark": mark("insertion", mentor), "from": 25, "to": 29}, back)
    assert sorted(words(written)) == [("", "Sebuah "), ("lama", "baru")]
    assert prose.plain_text(written.doc) == TEXT


def test_a_writer_puts_no_words_in_anybodys_mouth(written: Section, people: People) -> None:
    mentor, writer = people.mentor, people.coordinator
    save(written, mentor, *replacement(mentor))
    forged = (
        [offered(1, "x", mentor, "u9")],
        [offered(1, "x", writer, "u9")],
        [struck(1, 5, mentor)],
        [offered(24, "x", mentor)],
        [offered(24, "x", mentor, at="2026-11-28T07:00:00.000Z")],
    )
    for steps in forged:
        assert refused(written, writer, *steps) in {AS_MADE, "Usulan kata tidak sah."}
    save(written, writer, typed(1, "Sebuah "), typed(31, " sekali"))  # writing goes on, also inside the marked words
    assert prose.plain_text(written.doc) == "Sebuah Kota cerdas yang lama sekali sekali"
    assert words(written) == [("lama", "baru")]


def test_a_whole_new_text_ends_suggestions_and_new_paragraphs_keep_them(written: Section, people: People) -> None:
    save(written, people.mentor, *replacement(people.mentor))
    append_paragraphs(written, ["Tambahan"], by=people.coordinator)
    assert words(written) == [("lama", "baru")]
    assert prose.plain_text(written.doc) == f"{TEXT}\nTambahan"
    replace_text(written, doc=written.editor_doc, by=people.coordinator)
    assert (words(written), written.suggested) == ([], None)
    assert prose.plain_text(written.doc) == f"{TEXT}\nTambahan"


def test_a_copy_with_marks_of_another_shape_is_put_back_without_them(written: Section, people: People) -> None:
    bare = {"type": "text", "text": "Kota", "marks": [{"type": "deletion"}]}
    replace_text(
        written, doc={"type": "doc", "content": [{"type": "paragraph", "content": [bare]}]}, by=people.coordinator
    )
    written.refresh_from_db()
    assert (prose.plain_text(written.doc), written.suggested) == ("Kota", None)


def test_remarks_stand_on_the_text_without_suggestions(written: Section, people: People) -> None:
    thread = thread_on(written.plan, by=people.mentor, spot=text_spot(written, "yang lama"))
    save(written, people.mentor, *replacement(people.mentor), offered(1, "Sebuah ", people.mentor, "u2"))
    thread.refresh_from_db()
    assert (thread.anchor, thread.start, thread.end) == (AnchorState.FOLLOWED, 12, 21)
    later = thread_on(written.plan, by=people.mentor, spot=text_spot(written, "sekali"))
    assert (later.start, later.quote) == (22, "sekali")
    save(written, people.coordinator, cut(25, 29), unmarked(25, 29, mark("insertion", people.mentor)))
    thread.refresh_from_db()
    assert thread.anchor == AnchorState.CHANGED


def test_rejecting_leaves_no_copy_of_lost_words(written: Section, people: People) -> None:
    long = "sebuah usulan yang cukup panjang "
    save(written, people.mentor, offered(1, long, people.mentor))
    save(written, people.coordinator, cut(1, 1 + len(long)))
    assert not RecoveredCopy.objects.exists()


def test_figures_and_tables_are_not_suggested(written: Section, people: People) -> None:
    rule = {"stepType": "replace", "from": 30, "to": 30, "slice": {"content": [{"type": "horizontalRule"}]}}
    note = {"type": "footnote", "attrs": {"text": "x"}, "marks": [mark("insertion", people.mentor)]}
    noted = {"stepType": "replace", "from": 5, "to": 5, "slice": {"content": [note]}}
    assert refused(written, people.mentor, rule) == WORDS_ONLY
    assert refused(written, people.mentor, noted) == "Usulan kata tidak sah."
