"""From asking to the stored file, with a real typesetting process."""

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from export import domain
from export.asking import ask_export
from export.domain import close_lost_exports, run_export
from export.enums import ExportState
from export.models import ExportJob
from export.press import TypesettingError
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan
from smartcity.audit.models import Event
from smartcity.ui.refusal import Incomplete, NotAllowed
from tests.bimtek.given import paragraph, section_of
from tests.people import People


@pytest.fixture
def job(plan: Masterplan, people: People) -> ExportJob:
    return ask_export(plan=plan, books=["B3"], by=people.coordinator)


def test_asking_queues_one_job_and_records_it(job: ExportJob, people: People) -> None:
    queued = ProcrastinateJob.objects.get(task_name="export.tasks.make_book")
    assert (queued.queue_name, queued.args) == ("export", {"job_id": str(job.pk)})
    assert (job.state, job.books, job.asked_by) == (ExportState.WAITING, ["B3"], people.coordinator)
    assert Event.objects.get(verb="export.asked").actor == people.coordinator


def test_only_books_of_the_outline_can_be_chosen(plan: Masterplan, people: People) -> None:
    with pytest.raises(Incomplete, match="B9"):
        ask_export(plan=plan, books=["B1", "B9"], by=people.coordinator)
    with pytest.raises(Incomplete, match="sedikitnya satu"):
        ask_export(plan=plan, books=[], by=people.coordinator)


def test_strangers_get_no_book(plan: Masterplan, people: People) -> None:
    with pytest.raises(NotAllowed):
        ask_export(plan=plan, books=["B1"], by=people.stranger)


def test_the_job_ends_with_a_complete_file(job: ExportJob) -> None:
    run_export(job.pk)
    job.refresh_from_db()
    path = path_of(job)
    content = path.read_bytes()
    assert job.state == ExportState.DONE
    assert job.file == f"exports/{job.pk}.pdf"
    assert content.startswith(b"%PDF-1.7")
    assert (job.sha256, job.size, job.progress) == (hashlib.sha256(content).hexdigest(), len(content), 100)
    assert job.pages > 3
    assert job.ended_at is not None
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_job_of_a_killed_worker_is_made_from_the_beginning(job: ExportJob) -> None:
    ExportJob.objects.filter(pk=job.pk).update(state=ExportState.RUNNING, progress=60, activity="Menata Bab II")
    run_export(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.DONE


def test_an_ended_job_is_not_made_again(job: ExportJob, monkeypatch: pytest.MonkeyPatch) -> None:
    ExportJob.objects.filter(pk=job.pk).update(state=ExportState.FAILED)
    monkeypatch.setattr(domain, "typeset", lambda *_, **__: pytest.fail("made again"))
    run_export(job.pk)
    run_export(uuid.uuid4())


def test_a_failure_says_where(job: ExportJob, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TypesettingError("Penataan halaman gagal pada Buku III, Bab I.", "rincian", section="B3.1.1")

    monkeypatch.setattr(domain, "typeset", fail)
    run_export(job.pk)
    job.refresh_from_db()
    expected = (ExportState.FAILED, "Penataan halaman gagal pada Buku III, Bab I.", "B3.1.1")
    assert (job.state, job.reason, job.section) == expected


def test_an_unforeseen_failure_frees_the_plan_and_is_raised(job: ExportJob, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk penuh")

    monkeypatch.setattr(domain, "typeset", fail)
    with pytest.raises(OSError, match="disk penuh"):
        run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason) == (ExportState.FAILED, domain.BROKEN)


def test_what_nobody_works_on_any_more_is_closed(job: ExportJob, plan: Masterplan, people: People) -> None:
    ExportJob.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(hours=1))
    left = Path(settings.MEDIA_ROOT) / f"exports/.{job.pk}.pdf.0.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"%PDF")
    assert close_lost_exports() == 0
    ProcrastinateJob.objects.all().delete()
    assert (close_lost_exports(), left.exists()) == (1, False)
    job.refresh_from_db()
    assert (job.state, job.reason) == (ExportState.FAILED, domain.LOST)
    assert ask_export(plan=plan, books=["B1"], by=people.coordinator).state == ExportState.WAITING


def again(plan: Masterplan, people: People) -> ExportJob:
    job = ask_export(plan=plan, books=["B3"], by=people.coordinator)
    run_export(job.pk)
    job.refresh_from_db()
    return job


def path_of(job: ExportJob) -> Path:
    return Path(settings.MEDIA_ROOT) / job.file


def test_an_unchanged_plan_is_not_set_again(plan: Masterplan, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    first = again(plan, people)
    monkeypatch.setattr(domain, "typeset", lambda *_, **__: pytest.fail("set again"))
    second = again(plan, people)
    assert (second.fingerprint, second.sha256, second.pages) == (first.fingerprint, first.sha256, first.pages)
    assert second.file != first.file
    path_of(first).unlink()
    assert hashlib.sha256(path_of(second).read_bytes()).hexdigest() == second.sha256


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_damaged_file_is_made_again(plan: Masterplan, people: People, damage: str) -> None:
    first = again(plan, people)
    path_of(first).unlink() if damage == "gone" else path_of(first).write_bytes(b"%PDF-1.7 rusak")
    second = again(plan, people)
    assert hashlib.sha256(path_of(second).read_bytes()).hexdigest() == second.sha256 == first.sha256


def test_one_word_changes_the_fingerprint(plan: Masterplan) -> None:
    before = domain.book_order(plan).fingerprint
    assert domain.book_order(plan).fingerprint == before
    replace_text(section_of(plan), doc=paragraph("Satu kata."), by=None)
    assert domain.book_order(plan).fingerprint != before
    assert domain.book_order(plan, ["B3"]).print_job().attachments == ()
