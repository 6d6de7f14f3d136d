"""The public pages of a book: what strangers learn from a code or a digest, and what they do not."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bimtek.models import Edition, SubmittedBook
from bimtek.views import verification
from masterplan.models import Masterplan
from tests.bimtek.given import edition_of, made_book, send, signed_copy
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(plan: Masterplan, people: People) -> list[SubmittedBook]:
    """Of two editions and of a submission that became none."""
    edition_of(plan, "I", 1, by=people.coordinator)
    edition_of(plan, "II", 2, by=people.coordinator)
    submission = send(plan, "III", by=people.coordinator)
    SubmittedBook.objects.create(submission=submission, content=b"x")
    made_book(submission)
    return list(SubmittedBook.objects.order_by("pk"))


def page(book: SubmittedBook | None = None, **more: Any) -> str:
    name = reverse("bimtek:verification_detail", args=[book.code]) if book else reverse("bimtek:verification_home")
    return Client().get(name, more).text


def test_the_page_says_what_the_file_is_who_approved_it_and_what_came_after(books: list[SubmittedBook]) -> None:
    old, new = page(books[0]), page(books[1])
    assert "Edisi 1 sudah digantikan Edisi 2" in old
    assert reverse("bimtek:verification_detail", args=[books[1].code]) in old
    for words in ("Kabupaten Banjar", "Nama Pejabat", "Wakil Bupati", "Plt.", "800/1/2026", books[0].sha256):
        assert words in old
    assert "Edisi 2, edisi terbaru" in new
    for words in ("Catatan rahasia", "Akun", "@"):
        assert words not in old


def test_what_is_no_edition_tells_only_which_one_holds(books: list[SubmittedBook]) -> None:
    shown = page(books[2])
    assert ("Bukan edisi" in shown, "Edisi 2" in shown, books[2].sha256 in shown) == (True, True, False)
    assert "Nama Pejabat" not in shown


def test_answers_to_a_digest(books: list[SubmittedBook], people: People) -> None:
    signed = signed_copy(Edition.objects.get(number=2), by=people.coordinator)
    first, second, third = books
    asked = [
        (page(second, sidik=second.sha256), "Berkas ini sama."),
        (page(second, sidik=second.sha256.upper()), "Berkas ini sama."),
        (page(second, sidik=signed.sha256), "Berkas ini sama, dengan tanda tangan Pemerintah Kabupaten Banjar."),
        (page(second, sidik=first.sha256), "Berkas ini dikenal, tetapi bukan yang di halaman ini."),
        (page(first, sidik=first.sha256), "Sudah digantikan edisi yang lebih baru."),
        (page(second, sidik="0" * 64), "Berkas ini tidak dikenal."),
        (page(second, sidik="<b>"), "Ini bukan sidik SHA-256."),
        (page(sidik=third.sha256), "Berkas ini naskah yang pernah diajukan, bukan edisi."),
        (page(sidik=second.sha256), "<b>Berkas ini dikenal.</b>"),
        (page(sidik=second.sha256), reverse("bimtek:verification_detail", args=[second.code])),
    ]
    assert [words for shown, words in asked if words not in shown] == []


def test_scripts_get_the_answer_alone(books: list[SubmittedBook]) -> None:
    home = reverse("bimtek:verification_home")
    answer = Client().get(home, {"sidik": "0" * 64}, headers={"HX-Request": "true"})
    assert (answer.status_code, "<html" in answer.text, "tidak dikenal" in answer.text) == (200, False, True)
    assert Client().get(home, {"sidik": "x"}).status_code == 422


def test_a_code_that_is_not_known(books: list[SubmittedBook]) -> None:
    answer = Client().get(reverse("bimtek:verification_detail", args=[uuid.uuid4()]))
    assert (answer.status_code, "Kode ini tidak dikenal" in answer.text) == (404, True)


def test_too_many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "RATE", {"verify": "2/5m/ip"})
    home = reverse("bimtek:verification_home")
    assert [Client().get(home).status_code for _ in range(3)] == [200, 200, 429]


def test_the_editions_page_leads_to_it(books: list[SubmittedBook], people: People) -> None:
    shown = client_of(people.author).get(reverse("bimtek:edition_list", args=[books[0].submission.plan.code])).text
    assert reverse("bimtek:verification_detail", args=[books[0].code]) in shown
    assert "Sertifikat tanda tangan" not in shown
