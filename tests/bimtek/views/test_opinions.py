"""The pages of opinions: the board, a draft, issuing, and what each person is shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bimtek.models import Opinion, Submission
from masterplan.models import Masterplan
from tests.bimtek.given import draft, judge_all, official, pdf, send
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(people: People) -> Client:
    return client_of(people.mentor)


@pytest.fixture
def submission(banjar: Masterplan, people: People) -> Submission:
    return send(banjar, "I", by=people.coordinator)


def address(submission: Submission, name: str, *more: object) -> str:
    return reverse(f"bimtek:{name}", args=[submission.plan.code, submission.stage_id, submission.number, *more])


def test_from_a_draft_to_an_official_opinion(submission: Submission, mentor: Client, people: People) -> None:
    edit = address(submission, "opinion_edit", "B1.2")
    kept = mentor.post(edit, {"level": "perlu_perbaikan", "note": "Perbarui <b>data.", "version": "0"}, follow=True)
    assert kept.redirect_chain == [(address(submission, "opinion_list"), 302)]
    assert ("Perbarui &lt;b&gt;data." in kept.text, "1 konsep Anda" in kept.text) == (True, True)
    coordinator = client_of(people.coordinator)
    hidden = coordinator.get(address(submission, "opinion_list")).text
    assert ("Perbarui" in hidden, "Belum dinilai" in hidden) == (False, True)
    own = Opinion.objects.get()
    done = mentor.post(address(submission, "opinion_issue"), {"konsep": f"{own.pk}-{own.version}"}, follow=True)
    assert "Pendapat nomor 1 dikeluarkan" in done.text
    page = coordinator.get(reverse("bimtek:opinion_detail", args=[submission.plan.code, 1]))
    assert ("Perbarui &lt;b&gt;data." in page.text, submission.sha256 in page.text) == (True, True)
    chapter = coordinator.get(address(submission, "submission_section", "B1.2.1")).text
    assert ("nomor 1</a>" in chapter, "Nilai bab ini" in chapter) == (True, False)


def test_a_refused_draft_keeps_what_was_typed(submission: Submission, mentor: Client) -> None:
    edit = address(submission, "opinion_edit", "B1.2")
    empty = mentor.post(edit, {"level": "perlu_perbaikan", "note": "", "version": "0"})
    assert (empty.status_code, "Tulis catatannya" in empty.text) == (422, True)
    mentor.post(edit, {"level": "setuju", "note": "", "version": "0"})
    stale = mentor.post(edit, {"level": "dengan_catatan", "note": "Ketikan saya", "version": "0"})
    assert stale.status_code == 409
    assert ("Ketikan saya" in stale.text, 'name="version" value="1"' in stale.text) == (True, True)
    again = mentor.post(edit, {"level": "dengan_catatan", "note": "Ketikan saya", "version": "1"})
    assert (again.status_code, Opinion.objects.get().note) == (302, "Ketikan saya")
    for forged in ("9" * 5_000, "-1", "x", ""):
        assert mentor.post(edit, {"level": "setuju", "note": "", "version": forged}).status_code == 422


def test_forged_and_stale_issuing_is_refused_on_the_board(
    submission: Submission, mentor: Client, people: People
) -> None:
    other = draft(submission, "B1.2", by=people.ministry_editor)
    for forged in ({}, {"konsep": f"{other.pk}-1"}, {"konsep": "9" * 5_000}, {"konsep": ["1-1", "x"]}):
        answer = mentor.post(address(submission, "opinion_issue"), forged)
        assert (answer.status_code, "Konsep Anda berubah" in answer.text) == (409, True)
    assert not Opinion.objects.issued().exists()


def test_an_unknown_chapter_or_number_is_not_found(submission: Submission, mentor: Client) -> None:
    draft(
        submission,
        "B1.2",
        by=Opinion._meta.get_field("by").related_model.objects.get(pk=mentor.session["_auth_user_id"]),
    )
    assert mentor.get(address(submission, "opinion_edit", "B9.9")).status_code == 404
    assert mentor.get(reverse("bimtek:opinion_detail", args=[submission.plan.code, 1])).status_code == 404


def test_the_stage_opinion_shows_on_the_stage_pages(submission: Submission, mentor: Client, people: People) -> None:
    judge_all(submission, by=people.mentor)
    official(submission, "", "dengan_catatan", "Lanjutkan.", by=people.mentor)
    board = mentor.get(address(submission, "opinion_list")).text
    assert ("Lanjutkan." in board, "Keluarkan" in board, ">Nilai<" in board) == (True, False, False)
    for name, args in (("stage_list", []), ("stage_detail", ["I"])):
        page = client_of(people.author).get(reverse(f"bimtek:{name}", args=[submission.plan.code, *args])).text
        assert page.count("Setuju dengan catatan") == 1


def test_carrying_says_how_many(submission: Submission, mentor: Client, people: People) -> None:
    official(submission, "B1.2", by=people.mentor)
    second = send(submission.plan, "II", by=people.coordinator)
    assert "Salin pendapat saya" in mentor.get(address(second, "opinion_list")).text
    page = mentor.post(address(second, "opinion_carry"), follow=True).text
    assert "1 pendapat Anda disalin sebagai konsep." in page
    page = mentor.post(address(second, "opinion_carry"), follow=True).text
    assert "Tidak ada pendapat Anda atas bab yang sama isinya." in page


def test_the_ministry_says_what_a_member_judges(submission: Submission, people: People) -> None:
    editor = client_of(people.ministry_editor)
    member = submission.plan.members.get()
    edit = reverse("masterplan:member_edit", args=[submission.plan.code, member.pk])
    page = editor.post(edit, {"books": ["B1"], "dimensions": ["LIV"]}, follow=True).text
    assert "Buku I, Smart Living" in page
    assert editor.post(edit, {"books": ["B9"]}).status_code == 422
    assert editor.get(reverse("masterplan:member_edit", args=[submission.plan.code, 999_999])).status_code == 404


def test_a_file_beside_an_opinion_is_fetched_by_those_who_see_the_opinion(
    submission: Submission, mentor: Client, people: People
) -> None:
    mentor.post(address(submission, "opinion_edit", "B1.2"), {"level": "setuju", "note": "", "version": "0"})
    put = address(submission, "opinion_attach")
    assert mentor.post(put, {"bab": "B1.2", "versi": "1"}).status_code == 422
    sent = {"bab": "B1.2", "versi": "1", "berkas": SimpleUploadedFile("Surat <b>.pdf", pdf("isi"))}
    page = mentor.post(put, sent, follow=True)
    assert ("Berkas terlampir" in page.text, "Surat &lt;b&gt;.pdf" in page.text) == (True, True)
    own = Opinion.objects.get()
    file = reverse("bimtek:file_download", args=[submission.plan.code, own.file_id])
    coordinator = client_of(people.coordinator)
    assert (mentor.get(file).content, coordinator.get(file).status_code) == (pdf("isi"), 404)
    mentor.post(address(submission, "opinion_issue"), {"konsep": f"{own.pk}-{own.version}"})
    assert coordinator.get(file).content == pdf("isi")
    assert file in coordinator.get(reverse("bimtek:opinion_detail", args=[submission.plan.code, 1])).text
    assert file in coordinator.get(address(submission, "opinion_list")).text
