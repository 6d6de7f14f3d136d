"""The response matrix: which remarks, what became of their places, and the files read back."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from bimtek.models import Submission
from export.papers.asked import MatrixAsked
from export.papers.changed import Changed, Pair
from export.papers.matrix import Matrix, matrix_of, scope_of
from export.papers.matrix_files import matrix_pdf, matrix_xlsx
from export.papers.period import period_of
from export.papers.printing import Paper, paper_job
from export.press import typeset
from masterplan.enums import CommentAct, CommentKind, CommentVisibility
from masterplan.models import CommentThread, Masterplan, Programme, Section
from smartcity.accounts.models import User
from smartcity.regency.models import Opd
from tests.bimtek.given import section_of, send, stage
from tests.export.papers.given import download, pdf_text, sheets
from tests.masterplan.comments_given import act, row_spot, section_spot, text_spot, thread_on, write
from tests.people import People
from tests.test_access import full_plan

__all__ = ["full_plan"]
pytestmark = pytest.mark.django_db
HOSTILE = '=1+1<script>alert(1)</script>\u202e{{ 7|add:1 }} & "x" ' + "W" * 1800


def made(plan: Masterplan, user: User, code: str = "", **asked: str) -> Matrix:
    wanted = MatrixAsked(tahap=code, **asked)
    return matrix_of(scope_of(plan, stage(code) if code else None, wanted, user), wanted)


def names(matrix: Matrix) -> list[str]:
    return [line.name for line in matrix.lines]


def changes(matrix: Matrix) -> dict[str, Changed]:
    return {line.name: line.change for line in matrix.lines}


def test_every_remark_belongs_to_the_stage_in_whose_time_it_was_written(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor)
    send(plan, "I", by=people.coordinator)
    thread_on(plan, by=people.mentor)
    write(section_of(plan), "Kalimat baru.")
    second = send(plan, "I", by=people.coordinator)
    thread_on(plan, by=people.mentor)
    send(plan, "II", by=people.coordinator)
    thread_on(plan, by=people.mentor)
    found = {code: names(made(plan, people.coordinator, code)) for code in ("I", "II", "III", "")}
    assert found == {"I": ["K-1", "K-2", "K-3"], "II": ["K-4"], "III": [], "": ["K-1", "K-2", "K-3", "K-4"]}
    period = period_of("I", Submission.objects.all())
    assert period is not None
    assert (period.submission, period.start) == (second, None)
    assert made(plan, people.coordinator, "III").nothing == (
        "Tahap ini belum dikirim, jadi belum ada komentar yang termasuk di dalamnya."
    )


def test_words_that_changed_stand_beside_what_they_became(section: Section, people: People) -> None:
    plan = section.plan
    write(section, "Jumlah penduduk tahun lalu naik.", "Kalimat kedua hilang.", "Kalimat ketiga tetap.")
    for quote in ("tahun lalu", "kedua hilang", "ketiga tetap"):
        thread_on(plan, by=people.mentor, spot=text_spot(section, quote))
    thread_on(plan, by=people.mentor, spot=section_spot(section))
    assert set(changes(made(plan, people.coordinator)).values()) == {Changed("Belum diubah.")}
    write(section, "Jumlah penduduk tahun 2025 naik.", "", "Kalimat ketiga tetap.")
    assert changes(made(plan, people.coordinator)) == {
        "K-1": Changed("", (Pair("", "tahun lalu", "tahun 2025"),)),
        "K-2": Changed("Teks dihapus.", (Pair("", "kedua hilang", ""),)),
        "K-3": Changed("Kata-kata itu tetap; bagian ini sudah diubah."),
        "K-4": Changed("Naskah bagian ini sudah diubah."),
    }


def test_rows_and_cells_are_held_against_the_submission_that_was_read(
    full_plan: Masterplan, people: People
) -> None:  # fmt: skip
    first, second = Programme.objects.filter(plan=full_plan).order_by("pk")[:2]
    thread_on(full_plan, by=people.mentor, spot=row_spot(first))
    send(full_plan, "I", by=people.coordinator)
    thread_on(full_plan, by=people.mentor, spot=row_spot(first))
    thread_on(full_plan, by=people.mentor, spot=row_spot(first, "indikator", "Indikator"))
    thread_on(full_plan, by=people.mentor, spot=row_spot(second))
    was = first.indicator
    Programme.objects.filter(pk=first.pk).update(indicator="Persentase layanan terpadu", name="Nama lain")
    found = changes(made(full_plan, people.coordinator))
    assert found["K-1"] == Changed("Baris ini belum ada dalam kiriman sebelum komentar.")
    assert found["K-2"].pairs == (
        Pair("Nama", first.name, "Nama lain"),
        Pair("Indikator", was, "Persentase layanan terpadu"),
    )
    assert found["K-3"] == Changed("", (Pair("Indikator", was, "Persentase layanan terpadu"),))
    assert found["K-4"] == Changed("Belum diubah.")
    second.delete()
    assert changes(made(full_plan, people.coordinator))["K-4"] == Changed("Baris ini dihapus.")


def test_a_line_says_who_asked_what_was_answered_and_how_it_stands(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, body="Sebut angkanya.")
    act(thread, CommentAct.ANSWER, by=people.author, body="Sudah disebut.")
    closed = thread_on(plan, by=people.author, body="Apakah perlu?")
    act(closed, CommentAct.CLOSE, by=people.author, body="Tidak lagi.")
    matrix = made(plan, people.coordinator)
    first, second = matrix.lines
    assert (first.asker, first.asker_role, first.kind, first.state, first.limit) == (
        people.mentor.display_name, "Pembimbing", "Wajib diperbaiki", "Dijawab", "",
    )  # fmt: skip
    assert [(said.by, said.text, said.head) for said in first.answers] == [
        (people.author.display_name, "Sudah disebut.", "")
    ]
    assert second.asker_role == "Penulis perangkat daerah, Dinas DINKES"
    assert [(said.text, said.head) for said in second.answers] == [("Tidak lagi.", "Diselesaikan tanpa jawaban")]
    tally = matrix.tally
    assert (tally.total, tally.must_fix, tally.open, tally.answered, tally.resolved) == (2, 1, 0, 1, 1)
    assert matrix.is_draft
    assert [names(made(plan, people.coordinator, jenis="wajib")), names(made(plan, people.coordinator, keadaan="selesai"))] == [
        ["K-1"], ["K-2"],
    ]  # fmt: skip


def test_who_gets_which_remarks(plan: Masterplan, people: People, author_office: Opd) -> None:
    thread_on(plan, by=people.mentor)
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.OFFICE, opd=author_office)
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS)
    found = {
        name: names(made(plan, getattr(people, name)))
        for name in ("coordinator", "author", "approver", "mentor", "assessor")
    }
    team, office = ["K-1"], ["K-1", "K-2"]
    assert found == {"coordinator": office, "author": office, "approver": team, "mentor": team, "assessor": team}
    assert made(plan, people.author).limit == "Terbatas: memuat komentar untuk satu perangkat daerah"
    assert made(plan, people.mentor).limit == ""
    full = made(plan, people.mentor, untuk="peninjau")
    assert (names(full), full.limit) == (["K-1", "K-2", "K-3"], "Hanya untuk peninjau")
    query = QueryDict("untuk=peninjau&jenis=x&keadaan=wah")
    assert MatrixAsked.of(query, is_reviewer=False) == MatrixAsked()
    assert MatrixAsked.of(query, is_reviewer=True) == MatrixAsked(untuk="peninjau")


def test_the_pdf_says_it_all_on_pages_with_numbers_and_marks(plan: Masterplan, people: People) -> None:
    for number in range(14):
        thread_on(plan, by=people.mentor, body=f"Catatan {number}. " + "Mohon dilengkapi dengan sumber data. " * 12)
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS, body="Rahasia peninjau.")
    sent = send(plan, "I", by=people.coordinator)
    path = f"/rencana/{plan.code}/tanggapan/pdf/?tahap=I"
    answer = download(people.coordinator, path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Content-Disposition"] == f'attachment; filename="matriks-tanggapan-{plan.code}-I.pdf"'
    text = pdf_text(answer.content)
    pages = text.count("Halaman ")
    assert pages > 1
    assert f"Halaman 1 dari {pages}" in text
    assert text.count("No. Tempat") == text.count("DRAF") == pages
    assert [words in text for words in (sent.name, sent.sha256, "14 komentar, 0 di antaranya", "Catatan 13.")] == [
        True
    ] * 4
    assert ("Rahasia" in text, "Hanya untuk peninjau" in text) == (False, False)
    secret = pdf_text(download(people.mentor, f"{path}&untuk=peninjau").content)
    assert ("Rahasia peninjau." in secret, secret.count("Hanya untuk peninjau")) == (True, secret.count("Halaman ") + 1)
    assert pdf_text(download(people.mentor, path).content) == text


def test_hostile_words_break_neither_file(plan: Masterplan, people: People, tmp_path: Any) -> None:
    thread_on(plan, by=people.mentor, body=HOSTILE)
    matrix = made(plan, people.coordinator)
    text = pdf_text(matrix_pdf(matrix))
    assert "=1+1<script>alert(1)</script>{{ 7|add:1 }} & " in text
    assert text.count("W") == 1800 + text.count("WITA")
    paper = Paper("matrix", "x\n\x00</style>", "y", "z", is_landscape=True)
    assert typeset(paper_job(paper, {"matrix": matrix, "ribbon": ""}), tmp_path / "x.pdf").warnings == ()
    sheet = load_workbook(BytesIO(matrix_xlsx(matrix)))["Matriks tanggapan"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=1+1"))
    assert (cell.data_type, cell.value) == ("s", HOSTILE.replace("\u202e", ""))
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == (f"A{cell.row}", f"A{cell.row - 1}"[:2])


def test_an_empty_matrix_reads_well(plan: Masterplan, people: People) -> None:
    matrix = made(plan, people.coordinator, "II")
    assert not matrix.is_draft
    text = pdf_text(matrix_pdf(matrix))
    assert "Tahap ini belum dikirim" in text
    assert "0 komentar" in text
    assert sheets(matrix_xlsx(matrix))["Matriks tanggapan"][-1] == [matrix.nothing]


def test_the_page_shows_filters_links_and_refuses_what_is_not_there(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, body="Mohon sumbernya.")
    base = f"/rencana/{plan.code}/tanggapan/"
    text = download(people.coordinator, base).content.decode()
    assert [words in text for words in ("Mohon sumbernya.", f'href="/rencana/{plan.code}/komentar/1/"')] == [True] * 2
    assert "Termasuk catatan peninjau" not in text
    assert "Termasuk catatan peninjau" in download(people.mentor, base).content.decode()
    codes = [download(people.coordinator, base + part).status_code for part in ("?tahap=IX", "docx/", "?halaman=99")]
    assert codes == [404, 404, 200]
    assert download(people.stranger, base).status_code == 404


def queries(plan: Masterplan, people: People) -> int:
    with CaptureQueriesContext(connection) as caught:
        download(people.coordinator, f"/rencana/{plan.code}/tanggapan/xlsx/")
    return len(caught)


def test_the_number_of_queries_does_not_grow(full_plan: Masterplan, people: People) -> None:
    rows = list(Programme.objects.filter(plan=full_plan).order_by("pk")[:3])
    section = section_of(full_plan)
    send(full_plan, "I", by=people.coordinator)
    counts = []
    for batch in (rows[:1], rows[1:]):
        for row in batch:
            act(thread_on(full_plan, by=people.mentor, spot=row_spot(row)), CommentAct.ANSWER, by=people.coordinator)
            thread_on(full_plan, by=people.assessor, spot=text_spot(section, "Kabupaten"))
        CommentThread.objects.filter(place="teks").update(anchor="berubah")
        counts.append(queries(full_plan, people))
    assert counts[0] == counts[1]


def test_the_same_data_makes_the_same_text(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor)
    matrix = made(plan, people.coordinator)
    assert json.dumps(sheets(matrix_xlsx(matrix))) == json.dumps(sheets(matrix_xlsx(made(plan, people.coordinator))))
