"""The page "Ekspor", its polling and its downloads."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from export.domain import run_export
from export.enums import ExportState
from export.models import ExportJob
from masterplan.models import Masterplan
from tests.people import People, make_plan

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
        address("export_download", plan, done),
    ):
        assert words in text


def test_asking_in_the_browser_leads_back_to_the_page(coordinator: Client, plan: Masterplan) -> None:
    response = coordinator.post(address("export_list", plan), {"buku": "semua"})
    assert (response.status_code, response.headers["Location"]) == (302, address("export_list", plan))
    assert ExportJob.objects.get(plan=plan).books == ["B1", "B2", "B3"]
    page = coordinator.get(address("export_list", plan)).content.decode()
    assert "Menunggu giliran" in page
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
    for name, job in (("export_list", None), ("export_status", done), ("export_download", done)):
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
