"""Buku III from the rows: whole sentences, none without rows, other words when the rows change, and the way to own words and back."""

import pytest
from django.utils.html import strip_tags

from export import planfile
from export.blocks import Missing, Prose
from export.document import build
from export.domain import book_order
from export.source import read
from export.summary.compose import COMPOSERS, composed_html
from export.summary.override import compose_again, write_by_hand
from export.summary.words import count, inside, listed, lower_first, money
from masterplan import prose
from masterplan.domain import completeness
from masterplan.domain.section import replace_text
from masterplan.models import Goal, Masterplan, Programme, ProgrammeYear, Section, Vision
from smartcity.start.demo import example_plan
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed
from tests.bimtek.given import paragraph
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def example(plan: Masterplan, people: People) -> Masterplan:
    """Of the region in which people work."""
    return planfile.load(example_plan(), by=None, replace=True)


def section(plan: Masterplan, code: str) -> Section:
    sections = Section.objects.select_related(
        "plan__regency", "outline_section__chapter__book", "outline_section__dimension"
    )
    return sections.get(plan=plan, outline_section__code=code)


def emptied(plan: Masterplan) -> None:
    """Of all that people wrote in Buku III."""
    for row in Section.objects.filter(plan=plan, outline_section__code__startswith="B3.", words__gt=0):
        replace_text(row, doc=prose.empty_doc(), by=None)


def said(plan: Masterplan, code: str) -> str:
    return composed_html(read(plan), section(plan, code).outline_section)


def printed(plan: Masterplan, code: str) -> list[str]:
    parts = [part for book in build(plan, ["B3"]).books for chapter in book.chapters for part in chapter.sections]
    found = [part for part in parts if part.code == code]
    return [block.html for part in found for block in part.blocks if isinstance(block, Prose)]


def test_the_desk_asks_for_no_words_while_the_book_composes(example: Masterplan, people: People) -> None:
    emptied(example)
    client = client_of(people.coordinator)
    path = f"/rencana/{example.code}/naskah/B3.1.1/"
    outline = section(example, "B3.1.1").outline_section
    assert client.get(path).context["boot"]["max_words"] == 0
    replace_text(section(example, "B3.1.1"), doc=paragraph("Satu kalimat."), by=None)
    assert client.get(path).context["boot"]["max_words"] == outline.max_words > 0


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")],
)
def test_a_list_reads_as_people_write_it(parts: list[str], text: str) -> None:
    assert listed(parts) == text


def test_counts_money_and_texts_inside_a_sentence() -> None:
    assert (count(1, "misi"), count(10, "misi"), count(1437, "misi")) == ("satu misi", "sepuluh misi", "1.437 misi")
    assert money(1_250_000_000) == "Rp1,25 miliar"
    assert inside("Layanan  cepat.\n") == "Layanan cepat"
    assert (lower_first("Mewujudkan"), lower_first("SPBE"), lower_first("")) == ("mewujudkan", "SPBE", "")
    assert listed(["x, y", "z"], mark=";") == "x, y; dan z"


def test_a_plan_without_rows_is_composed_of_nothing(plan: Masterplan) -> None:
    rows = Section.objects.filter(plan=plan).in_book_order()
    source = read(plan)
    said_of = {row.outline_section.code: composed_html(source, row.outline_section) for row in rows}
    assert {code: text for code, text in said_of.items() if text} in ({}, {"B3.1.1": said_of["B3.1.1"]})
    assert {
        block
        for part in build(plan, ["B3"]).books[0].chapters
        for s in part.sections
        for block in s.blocks
        if isinstance(block, Missing)
    }


def test_every_summary_section_of_the_example_is_composed(banjar: Masterplan) -> None:
    source = read(banjar)
    rows = [row for row in source.sections if row.outline_section.is_summary]
    assert {row.outline_section.code for row in rows} == {*COMPOSERS, *(f"B3.2.{place}" for place in range(1, 7))}
    texts = [composed_html(source, row.outline_section) for row in rows]
    assert [text for text in texts if not text or ".." in text or "  " in text or "None" in text] == []


def test_the_book_changes_with_the_rows_until_somebody_writes(banjar: Masterplan) -> None:
    emptied(banjar)
    former, mark = printed(banjar, "B3.1.2"), book_order(banjar).fingerprint
    Vision.objects.filter(plan=banjar).update(statement="Banjar melayani sampai ke desa terjauh.")
    changed = printed(banjar, "B3.1.2")
    assert former != changed
    assert "menetapkan visi smart city “Banjar melayani sampai ke desa terjauh”." in changed[0]
    assert book_order(banjar).fingerprint != mark
    replace_text(section(banjar, "B3.1.2"), doc=paragraph("Kalimat kami sendiri."), by=None)
    Vision.objects.filter(plan=banjar).update(statement="Lain lagi.")
    assert strip_tags(printed(banjar, "B3.1.2")[0]) == "Kalimat kami sendiri."


def test_equal_rows_make_an_equal_book(banjar: Masterplan) -> None:
    emptied(banjar)
    assert book_order(banjar, ["B3"]).fingerprint == book_order(banjar, ["B3"]).fingerprint


def test_one_programme_without_money_goal_or_quick_win(banjar: Masterplan) -> None:
    banjar.quickwin_set.all().delete()
    kept = Programme.objects.get(plan=banjar, code="GOV-P01")
    Goal.objects.filter(plan=banjar).delete()
    ProgrammeYear.objects.filter(programme=kept).update(budget=0)
    Programme.objects.filter(plan=banjar).exclude(pk=kept.pk).delete()
    assert strip_tags(said(banjar, "B3.2.1")).endswith(
        f"Untuk mencapainya disiapkan satu program: {kept.name} ({kept.lead_opd.label})."
    )
    assert (said(banjar, "B3.2.2"), said(banjar, "B3.3.1"), said(banjar, "B3.3.3")) == ("", "", "")


def test_own_words_and_back(example: Masterplan, people: People) -> None:
    emptied(example)
    text = said(example, "B3.1.4")
    row = section(example, "B3.1.4")
    written = write_by_hand(row, version=row.version, by=people.coordinator)
    assert prose.to_html(written.doc) == text
    assert written.words > 20
    with pytest.raises(Conflict, match="sudah ditulis sendiri"):
        write_by_hand(row, version=written.version, by=people.coordinator)
    with pytest.raises(Conflict, match="berubah sejak"):
        compose_again(row, version=row.version, by=people.coordinator)
    back = compose_again(row, version=written.version, by=people.coordinator)
    assert (back.words, back.version) == (0, written.version + 1)
    assert printed(example, "B3.1.4")[0] == text


def test_who_may_not_write_the_section_may_not_take_it(example: Masterplan, people: People) -> None:
    row = section(example, "B3.1.1")
    for person in (people.author, people.mentor, people.approver):
        with pytest.raises(NotAllowed):
            compose_again(row, version=row.version, by=person)
    other = section(example, "B1.1.1")
    with pytest.raises(NotAllowed):
        compose_again(other, version=other.version, by=people.coordinator)


def test_nothing_to_take_without_rows(plan: Masterplan, people: People) -> None:
    row = section(plan, "B3.3.1")
    with pytest.raises(Incomplete, match="Belum ada data"):
        write_by_hand(row, version=row.version, by=people.coordinator)


def test_the_list_says_which_are_automatic_and_they_count_as_done(example: Masterplan, people: People) -> None:
    emptied(example)
    states = {item.section.outline_section.code: item for item in completeness.of_plan(example).sections}
    automatic = {code for code, item in states.items() if item.is_automatic}
    assert automatic == {*COMPOSERS, *(f"B3.2.{place}" for place in range(1, 7))}
    assert {states[code].state for code in automatic} == {completeness.COMPLETE}
    page = client_of(people.coordinator).get(f"/rencana/{example.code}/").content.decode()
    assert page.count(">otomatis<") == len(automatic)
