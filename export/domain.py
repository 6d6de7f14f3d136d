"""Asking for a book and making it; a job that fails says why, and only complete files are ever shown."""

import hashlib
import logging
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from export.document import build
from export.enums import OPEN_STATES, WHOLE_PLAN, ExportFormat, ExportState
from export.fingerprint import fingerprint
from export.formats.made import made
from export.html import print_job
from export.job import Attachment, Printed, PrintJob
from export.models import ExportJob
from export.plan_data import plan_data
from export.press import Listener, TypesettingError, typeset
from export.shelf import Shelf
from export.tree import Document
from masterplan import rules
from masterplan.models import Book, Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed

logger = logging.getLogger(__name__)

TASK = "export.tasks.make_book"
QUEUE = "export"
FOLDER = "exports"
TELL_EVERY = 0.4
LOST_AFTER = timedelta(minutes=30)
BROKEN = "Ekspor gagal karena gangguan pada sistem. Mintalah sekali lagi; bila tetap gagal, hubungi pengelola."
LOST = "Ekspor terhenti karena pekerja tidak menyelesaikannya. Mintalah sekali lagi."


@dataclass(frozen=True)
class StoredBook:
    """`printed` is None for a file that was there already."""

    sha256: str
    size: int
    pages: int
    printed: Printed | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.printed.warnings if self.printed else ()


def ask_export(*, plan: Masterplan, books: Sequence[str], by: User, file_format: str = ExportFormat.PDF) -> ExportJob:
    """One open job a plan: a second wish meanwhile is a Conflict. The job is queued in the same transaction."""
    if not rules.can_export_plan(by, plan):
        raise NotAllowed("Anda tidak dapat mengekspor masterplan ini.")
    if file_format not in ExportFormat.values:
        raise Incomplete("Pilih format berkas: PDF, Word, Excel, slide, atau data JSON.")
    wanted = chosen_books(plan, all_books(plan) if file_format in WHOLE_PLAN else books)
    try:
        with transaction.atomic():
            job = ExportJob.objects.create(plan=plan, books=wanted, format=file_format, asked_by=by)
            app.configure_task(TASK, queue=QUEUE).defer(job_id=str(job.pk))
            place = {"regency_id": plan.regency_id, "plan_code": plan.code}
            record("export.asked", job, by=by, **place, books=wanted, format=file_format)
    except IntegrityError as error:
        raise Conflict(
            "Ekspor lain untuk masterplan ini masih dikerjakan.", next_step="Tunggu sampai selesai, lalu minta lagi."
        ) from error
    return job


def chosen_books(plan: Masterplan, books: Sequence[str]) -> list[str]:
    """Codes of the plan's outline in their own order."""
    known = all_books(plan)
    unknown = [code for code in books if code not in known]
    if unknown:
        raise Incomplete(f"Buku {', '.join(unknown)} tidak ada dalam kerangka masterplan ini.")
    if not books:
        raise Incomplete("Pilih sedikitnya satu buku.")
    return [code for code in known if code in books]


def all_books(plan: Masterplan) -> list[str]:
    return list(Book.objects.filter(outline=plan.outline_id).values_list("code", flat=True))


def run_export(job_id: uuid.UUID) -> None:
    """May run again for the same job after a worker died: it starts from the beginning and overwrites nothing complete."""
    job = _started(job_id)
    if job is None:
        return
    name = f"{FOLDER}/{job.pk}.{job.format}"
    target = Path(settings.MEDIA_ROOT) / name
    try:
        stored, mark = _made(job, target)
    except TypesettingError as error:
        logger.exception("Ekspor %s: %s", job.pk, error.detail)
        _end(job, ExportState.FAILED, reason=str(error))
    except Exception:
        _end(job, ExportState.FAILED, reason=BROKEN)
        raise
    else:
        for warning in stored.warnings:
            logger.warning("Ekspor %s: %s", job.pk, warning)
        facts = {"file": name, "sha256": stored.sha256, "pages": stored.pages, "size": stored.size}
        _end(job, ExportState.DONE, progress=100, fingerprint=mark, **facts)


def _made(job: ExportJob, target: Path) -> tuple[StoredBook, str]:
    """The file and the fingerprint of what it was made of; only a PDF takes long enough to be looked for."""
    if job.format != ExportFormat.PDF:
        return store_other(job.plan, job.books, job.format, target), ""
    order = book_order(job.plan, job.books)
    return reused(job, order, target) or store_job(order.print_job(), target, listen=_listener(job)), order.fingerprint


@dataclass(frozen=True)
class BookOrder:
    """A book as it stands now; equal fingerprints make equal files."""

    document: Document
    attachments: tuple[Attachment, ...]

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.document, self.attachments)

    def print_job(self) -> PrintJob:
        return replace(print_job(self.document), attachments=self.attachments)


def book_order(plan: Masterplan, books: Sequence[str] | None = None, *, is_final: bool = False) -> BookOrder:
    """The data of the plan goes with the whole book, not with a single volume."""
    document = build(plan, books, is_final=is_final)
    is_whole = books is None or len(books) == plan.outline.books.count()
    return BookOrder(document, (plan_data(plan),) if is_whole else ())


def reused(job: ExportJob, order: BookOrder, target: Path) -> StoredBook | None:
    """The file of an earlier job from an unchanged plan, under a name of its own; None when there is none in full."""
    former = ExportJob.objects.filter(plan=job.plan_id, state=ExportState.DONE, fingerprint=order.fingerprint).first()
    if former is None:
        return None
    path = Path(settings.MEDIA_ROOT) / former.file
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != former.sha256:
        return None
    target.unlink(missing_ok=True)
    target.hardlink_to(path)
    return StoredBook(former.sha256, former.size, former.pages)


def _started(job_id: uuid.UUID) -> ExportJob | None:
    with transaction.atomic():
        job = ExportJob.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=job_id).first()
        if job is None or job.state not in OPEN_STATES:
            return None
        job.state, job.progress, job.activity = ExportState.RUNNING, 0, "Membaca naskah dan tabel"
        job.save(update_fields=["state", "progress", "activity"])
        return job


def _end(job: ExportJob, state: ExportState, **facts: object) -> None:
    ExportJob.objects.filter(pk=job.pk).update(state=state, activity="", ended_at=timezone.now(), **facts)


def _listener(job: ExportJob) -> Listener:
    told = 0.0

    def listen(activity: str, percent: int, pages: int) -> None:
        nonlocal told
        if time.monotonic() - told < TELL_EVERY:
            return
        told = time.monotonic()
        done = f" ({pages} halaman)" if pages else ""
        ExportJob.objects.filter(pk=job.pk).update(progress=percent, activity=f"Menata {activity}{done}"[:120])

    return listen


def store_book(
    plan: Masterplan, books: Sequence[str] | None, target: Path, *, listen: Listener | None = None
) -> StoredBook:
    return store_job(book_order(plan, books).print_job(), target, listen=listen)


def store_job(job: PrintJob, target: Path, *, listen: Listener | None = None) -> StoredBook:
    """Under a temporary name first, flushed to disk, then renamed: `target` is complete or it is not there."""
    with _whole(target) as draft:
        printed = typeset(job, draft, listen=listen, shelf=shelf())
        content = draft.read_bytes()
    return StoredBook(hashlib.sha256(content).hexdigest(), len(content), printed.pages, printed)


def store_other(plan: Masterplan, books: Sequence[str] | None, file_format: str, target: Path) -> StoredBook:
    """As `store_job`, for every format but PDF."""
    content = made(file_format, plan, books)
    with _whole(target) as draft:
        draft.write_bytes(content)
    return StoredBook(hashlib.sha256(content).hexdigest(), len(content), 0)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        yield draft
        _flush(draft)
        draft.replace(target)
        _flush(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def shelf() -> Shelf:
    return Shelf(Path(settings.PARTS_ROOT), settings.PARTS_ROOM_MB * 1_000_000)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def close_lost_exports() -> int:
    """Open jobs that nobody can still be working on; otherwise they would keep their plan closed for ever."""
    lost = ExportJob.objects.filter(state__in=OPEN_STATES, asked_at__lt=timezone.now() - LOST_AFTER)
    return lost.update(state=ExportState.FAILED, reason=LOST, activity="", ended_at=timezone.now())
