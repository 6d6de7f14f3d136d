"""The page "Ekspor", its polling and its downloads."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bimtek.models import SubmittedBook
from export.domain import run_export
from export.enums import ExportState
from export.models import ExportJob
from masterplan.models import Masterplan
from tests.bimtek.given import send
from tests.people import People, make_plan
from tests.smartcity.accounts.given import client_of

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def coordinator(client: Client, people: People) -> Client:
    client.force_login(people.coordinator)
    return client


@pytest.fixture
def done(plan: Masterplan, people: People, settings: Any) -> ExportJob:
    job = ExportJob(plan=plan, books=["B2"], asked_by=people.coordinator, state=ExportState.DONE, pages=70, size=9)
    job.file, job.sha256 = f"exports/{job.pk}.pdf", "ab" * 32
    path = Path(settings.MEDIA_ROOT) / job.file
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-1.7\n")
    job.save()
    return job


def address(name: str, plan: Masterplan, job: ExportJob | None = None) -> str:
    return reverse(f"export:{name}", args=[plan.code, *([job.pk] if job else [])])


def test_the_page_offers_every_book_and_shows_what_was_made(
    coordinator: Client, plan: Masterplan, done: ExportJob
) -> None:
    text = coordinator.get(address("export_list", plan)).content.decode()
    for words in (
        "Semua buku",
        "Buku I<",
        "Buku III<",
        "70 halaman",
        "abababababab",
        "PDF cetak",
        address("export_download", plan, done),
        address("export_view", plan, done),
    ):
        assert words in text


def test_asking_in_the_browser_leads_back_to_the_page(coordinator: Client, plan: Masterplan) -> None:
    response = coordinator.post(address("export_list", plan), {"buku": "semua"})
    assert (response.status_code, response.headers["Location"]) == (302, address("export_list", plan))
    assert ExportJob.objects.get(plan=plan).books == ["B1", "B2", "B3"]
    page = coordinator.get(address("export_list", plan)).content.decode()
    assert "Urutan ke-1 dalam antrean" in page
    assert "every 1500ms" in page


def test_a_wish_without_a_book_is_refused(coordinator: Client, plan: Masterplan) -> None:
    assert coordinator.post(address("export_list", plan), {}).status_code == 422
    assert not ExportJob.objects.exists()


def test_polling_ends_with_the_job(coordinator: Client, plan: Masterplan) -> None:
    job = ExportJob.objects.create(
        plan=plan, books=["B1"], state=ExportState.RUNNING, progress=40, activity="Menata Buku I, Bab II (12 halaman)"
    )
    running = coordinator.get(address("export_status", plan, job), **HTMX)
    assert running.status_code == 200
    assert "Menata Buku I, Bab II (12 halaman)" in running.content.decode()
    assert "<html" not in running.content.decode()
    ExportJob.objects.filter(pk=job.pk).update(state=ExportState.FAILED, reason="Penataan halaman gagal.")
    failed = coordinator.get(address("export_status", plan, job), **HTMX)
    assert failed.status_code == 286
    assert "Penataan halaman gagal." in failed.content.decode()
    assert "hx-get" not in failed.content.decode()


def test_without_htmx_the_status_is_the_page(coordinator: Client, plan: Masterplan, done: ExportJob) -> None:
    response = coordinator.get(address("export_status", plan, done))
    assert response.headers["Location"] == address("export_list", plan)


def test_the_download_is_an_attachment_with_a_speaking_name(
    coordinator: Client, plan: Masterplan, done: ExportJob
) -> None:
    response = coordinator.get(address("export_download", plan, done))
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n"  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'attachment; filename="masterplan-63.03-2026-buku-ii.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_done_or_gone_cannot_be_fetched(
    coordinator: Client, plan: Masterplan, done: ExportJob, settings: Any
) -> None:
    (Path(settings.MEDIA_ROOT) / done.file).unlink()
    waiting = ExportJob.objects.create(plan=plan, books=["B1"])
    assert coordinator.get(address("export_download", plan, done)).status_code == 404
    assert coordinator.get(address("export_download", plan, waiting)).status_code == 404


def test_strangers_and_other_plans_find_nothing(
    client: Client, plan: Masterplan, people: People, done: ExportJob
) -> None:
    client.force_login(people.stranger)
    for name, job in (("export_list", None), ("export_status", done), ("export_download", done), ("export_view", done)):
        assert client.get(address(name, plan, job)).status_code == 404
    assert client.post(address("export_list", plan), {"buku": "semua"}).status_code == 404
    own = make_plan("32.79")
    assert client.get(address("export_download", own, done)).status_code == 404


def test_the_page_needs_as_many_queries_for_three_jobs_as_for_one(
    coordinator: Client, plan: Masterplan, done: ExportJob, people: People, django_assert_num_queries: Any
) -> None:
    coordinator.get(address("export_list", plan))
    with CaptureQueriesContext(connection) as one:
        coordinator.get(address("export_list", plan))
    for _ in range(2):
        ExportJob.objects.create(plan=plan, books=["B1"], asked_by=people.author, state=ExportState.FAILED)
    with django_assert_num_queries(len(one)):
        coordinator.get(address("export_list", plan))


def test_a_format_is_chosen_and_an_unknown_one_refused(coordinator: Client, plan: Masterplan) -> None:
    assert coordinator.post(address("export_list", plan), {"buku": "semua", "format": "exe"}).status_code == 422
    assert coordinator.post(address("export_list", plan), {"buku": "B1", "format": "pptx"}).status_code == 302
    job = ExportJob.objects.get(plan=plan)
    assert (job.format, job.books) == ("pptx", ["B1", "B2", "B3"])
    assert "Slide" in coordinator.get(address("export_list", plan)).content.decode()


def test_another_format_is_made_by_the_worker_and_fetched_with_its_type(coordinator: Client, plan: Masterplan) -> None:
    coordinator.post(address("export_list", plan), {"buku": "B2", "format": "xlsx"})
    job = ExportJob.objects.get(plan=plan)
    run_export(job.pk)
    response = coordinator.get(address("export_download", plan, job))
    assert b"".join(response.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'attachment; filename="masterplan-63.03-2026-buku-ii.xlsx"'
    assert "spreadsheetml" in response.headers["Content-Type"]


def test_a_finished_pdf_opens_in_the_browser_and_loads_nothing_else(
    coordinator: Client, plan: Masterplan, done: ExportJob
) -> None:
    response = coordinator.get(address("export_view", plan, done))
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n"  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'inline; filename="masterplan-63.03-2026-buku-ii.pdf"'
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (response.headers["Cache-Control"], response.headers["X-Content-Type-Options"]) == (
        "no-store, private", "nosniff",
    )  # fmt: skip
    ExportJob.objects.filter(pk=done.pk).update(format="docx", variant="")
    assert coordinator.get(address("export_view", plan, done)).status_code == 404


def test_a_job_is_called_off_on_the_page(coordinator: Client, plan: Masterplan, people: People) -> None:
    coordinator.post(address("export_list", plan), {"buku": "semua", "format": "pdf-print"})
    job = ExportJob.objects.get(plan=plan)
    assert (job.format, job.variant) == ("pdf", "print")
    cancel = address("export_cancel", plan, job)
    assert cancel in coordinator.get(address("export_list", plan)).content.decode()
    author = client_of(people.author)
    assert cancel not in author.get(address("export_list", plan)).content.decode()
    assert author.post(cancel).status_code == 403
    assert coordinator.post(cancel).headers["Location"] == address("export_list", plan)
    page = coordinator.get(address("export_list", plan)).content.decode()
    assert ("Dibatalkan" in page, cancel in page) == (True, False)
    assert coordinator.post(cancel).status_code == 409


def test_a_failure_leads_to_its_section(coordinator: Client, plan: Masterplan) -> None:
    reason = "Penataan halaman gagal pada Buku I, Bab I, 1.1 Latar Belakang."
    ExportJob.objects.create(plan=plan, books=["B1"], state=ExportState.FAILED, reason=reason, section="B1.1.1")
    page = coordinator.get(address("export_list", plan)).content.decode()
    assert reason in page
    assert f'href="/rencana/{plan.code}/naskah/B1.1.1/"' in page


def test_refusals_say_who_asked(coordinator: Client, plan: Masterplan, people: People) -> None:
    ask = {"buku": "B1", "format": "pdf-small"}
    client_of(people.author).post(address("export_list", plan), ask)
    refused = coordinator.post(address("export_list", plan), ask)
    assert refused.status_code == 409
    assert f"sudah diminta oleh {people.author.display_name}" in refused.content.decode()
    coordinator.post(address("export_list", plan), {**ask, "format": "docx"})
    third = coordinator.post(address("export_list", plan), {**ask, "format": "json"})
    assert third.status_code == 429
    assert 'role="alert"' in (page := third.content.decode())
    assert "Daerah ini sudah meminta dua berkas yang belum selesai" in page
    assert "Berkas draf" in page
    for name, value in (("format", "json"), ("buku", "B1")):
        assert re.findall(rf'name="{name}" value="([^"]*)" checked', page) == [value]


def test_books_of_submissions_are_listed_with_the_way_to_them(
    coordinator: Client, plan: Masterplan, people: People
) -> None:
    submission = send(plan, "I", by=people.coordinator)
    SubmittedBook.objects.create(submission=submission, content=b"x")
    page = coordinator.get(address("export_list", plan)).content.decode()
    way = reverse("bimtek:approval_detail", args=[plan.code, "I", 1])
    assert ("Kiriman dan edisi" in page, "Sedang dibuat" in page, f'href="{way}"' in page) == (True, True, True)
