"""The pages of what changed: marked words and fields, one after another, for each reader by themselves."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bimtek.domain.reading import mark_read, parts_since
from bimtek.models import Submission
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan, Programme
from tests.bimtek.given import paragraph, section_of, send
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(people: People) -> Client:
    return client_of(people.mentor)


@pytest.fixture
def second(banjar: Masterplan, people: People) -> Submission:
    """The mentor read the first submission whole; a text and a programme changed since."""
    replace_text(section_of(banjar), doc=paragraph("Pasar lama di kota."), by=people.coordinator)
    first = send(banjar, "II", by=people.coordinator)
    mark_read(first, [part.key for part in parts_since(first, None, user=people.mentor)], user=people.mentor)
    replace_text(section_of(banjar), doc=paragraph("Pasar baru di kota <b>."), by=people.coordinator)
    Programme.objects.filter(plan=banjar, code="ENV-P06").update(name="Nama <i>baru")
    return send(banjar, "II", by=people.coordinator)


def address(submission: Submission, name: str, *more: object) -> str:
    return reverse(f"bimtek:{name}", args=[submission.plan.code, submission.stage_id, submission.number, *more])


def test_the_list_names_each_changed_part_with_its_rows(second: Submission, mentor: Client) -> None:
    page = mentor.get(address(second, "change_list"))
    assert [(line.part.key, [row.name for row in line.rows]) for line in page.context["lines"]] == [
        ("naskah/B1.1.1", []),
        ("tabel/program", ["ENV-P06 Nama <i>baru"]),
    ]
    assert "2 dari 2 bagian belum Anda baca." in page.text
    assert "Nama &lt;i&gt;baru" in page.text


def test_the_walk_marks_words_and_fields_and_ends_where_all_is_read(second: Submission, mentor: Client) -> None:
    text = mentor.get(address(second, "change_detail", "naskah", "B1.1.1"))
    assert ("<del>lama</del>" in text.text, "<ins>baru</ins>" in text.text) == (True, True)
    table = mentor.post(address(second, "change_read", "naskah", "B1.1.1"), follow=True)
    assert table.redirect_chain == [(address(second, "change_detail", "tabel", "program"), 302)]
    assert "<ins>Nama &lt;i&gt;baru</ins>" in table.text
    done = mentor.post(address(second, "change_read", "tabel", "program"), follow=True)
    assert done.redirect_chain == [(address(second, "change_list"), 302)]
    assert "Semua perubahan dalam Bimtek II, kiriman 2 sudah Anda baca." in done.text
    again = mentor.post(address(second, "change_read", "naskah", "B1.1.1"), {"batal": "1"}, follow=True)
    assert ("Berubah" in again.text, "Sudah dibaca, lanjut" in again.text) == (False, True)


def test_the_words_of_a_field_are_marked(second: Submission, mentor: Client, people: People) -> None:
    Programme.objects.filter(plan=second.plan, code="ENV-P06").update(name="Nama <i>lama")
    third = send(second.plan, "II", by=people.coordinator)
    page = mentor.get(address(third, "change_detail", "tabel", "program"), {"sejak": "II-2"}).text
    assert "<p>Nama &lt;i&gt;<del>baru</del><ins>lama</ins></p>" in page


def test_a_named_submission_may_be_the_base_and_an_unknown_one_is_not_found(
    second: Submission, mentor: Client, people: People
) -> None:
    stranger_to_it = client_of(people.assessor)
    whole = stranger_to_it.get(address(second, "change_list"))
    assert "Anda belum pernah membaca rencana ini" in whole.text
    since = stranger_to_it.get(address(second, "change_list"), {"sejak": "II-1"})
    assert [line.part.key for line in since.context["lines"]] == ["naskah/B1.1.1", "tabel/program"]
    assert f'{address(second, "change_detail", "naskah", "B1.1.1")}?sejak=II-1"' in since.text
    for wrong in ("II-2", "II-9", "x", "II-1\x00"):
        assert stranger_to_it.get(address(second, "change_list"), {"sejak": wrong}).status_code == 404
    for kind, code in (("naskah", "B9.9.9"), ("tabel", "B1.1.1"), ("x", "y")):
        assert mentor.get(address(second, "change_detail", kind, code)).status_code == 404


def test_all_at_once(second: Submission, mentor: Client) -> None:
    page = mentor.post(address(second, "change_read_all"), follow=True)
    assert "2 bagian ditandai sudah dibaca." in page.text
    assert "0 dari 2 bagian belum Anda baca." in page.text
    assert [line.part.is_read for line in page.context["lines"]] == [True, True]


def test_all_at_once_is_what_the_list_shows(second: Submission, people: People) -> None:
    """Since a named submission a person who never read anything has two parts before them, not all."""
    page = client_of(people.assessor).post(f"{address(second, 'change_read_all')}?sejak=II-1", follow=True)
    assert page.redirect_chain == [(f"{address(second, 'change_list')}?sejak=II-1", 302)]
    assert "2 bagian ditandai sudah dibaca." in page.text


def test_the_number_of_queries_depends_on_nothing(second: Submission, mentor: Client, people: People) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert mentor.get(address(second, "change_list")).status_code == 200
        return len(found)

    before = queries()
    for code in ("B1.1.2", "B1.1.3", "B1.1.4"):
        replace_text(section_of(second.plan, code), doc=paragraph("Lain."), by=people.coordinator)
    Programme.objects.filter(plan=second.plan).update(activities=["Lain"])
    third = send(second.plan, "II", by=people.coordinator)
    args: dict[str, Any] = {"path": address(third, "change_list")}
    mentor.get(**args)
    with CaptureQueriesContext(connection) as found:
        page = mentor.get(**args)
    assert len(page.context["lines"]) == 5
    assert len(found) == before
