"""Making a file that was asked for; a job that fails says why, and only complete files are ever shown."""

import hashlib
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from export.asking import TASK
from export.children import Limits
from export.document import build
from export.enums import OPEN_STATES, ExportFormat, ExportState
from export.fingerprint import fingerprint
from export.formats.apart import written_apart
from export.formats.made import made, material
from export.html import print_job
from export.job import Attachment, Printed, PrintJob, Progress, Variant
from export.models import ExportJob
from export.plan_data import plan_data, plan_tables
from export.press import Listener, TypesettingError, typeset
from export.shelf import Shelf
from export.tree import Document
from export.variants import MAKINGS
from masterplan.models import Masterplan

logger = logging.getLogger(__name__)

FOLDER = "exports"
TELL_EVERY = 0.8
LOST_AFTER = timedelta(minutes=1)
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


def run_export(job_id: uuid.UUID) -> None:
    """May run again for the same job after a worker or the database died: it starts from the beginning, with the parts that
    are set already. A database that is gone is raised, so that the queue tries again."""
    job = _started(job_id)
    if job is None:
        _sweep(job_id)
        return
    name = f"{FOLDER}/{job.pk}.{job.format}"
    target = Path(settings.MEDIA_ROOT) / name
    try:
        with _draft(target) as draft:
            stored, mark = _made(job, draft)
            facts = {"file": name, "sha256": stored.sha256, "pages": stored.pages, "size": stored.size}
            _keep(job, draft, target, {**facts, "fingerprint": mark})
    except StoppedError:
        logger.info("Ekspor %s dihentikan.", job.pk)
    except TypesettingError as error:
        logger.exception("Ekspor %s: %s", job.pk, error.detail)
        _fail(job, str(error), error.section)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _fail(job, BROKEN)
        raise
    else:
        for warning in stored.warnings:
            logger.warning("Ekspor %s: %s", job.pk, warning)


def _made(job: ExportJob, draft: Path) -> tuple[StoredBook, str]:
    """The file and the fingerprint of what it was made of; only a PDF takes long enough to be looked for."""
    tell = _Teller(job)
    if job.format != ExportFormat.PDF:
        content = written_apart(
            job.format,
            material(job.format, job.plan, job.books),
            name=job.kind,
            limits=limits(),
            pulse=partial(tell, Progress(f"Menulis berkas {job.kind}", 50, 0, 0, 0)),
        )
        draft.write_bytes(content)
        return StoredBook(hashlib.sha256(content).hexdigest(), len(content), 0), ""
    order = book_order(job.plan, job.books, variant=cast("Variant", job.variant))
    stored = reused(job, order, draft) or _typeset(order.print_job, draft, listen=tell)
    return stored, order.fingerprint


@dataclass(frozen=True)
class BookOrder:
    """A book as it stands now; equal fingerprints make equal files. `data` is None where nothing is attached."""

    plan_code: str
    document: Document
    data: Attachment | None
    variant: Variant

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.document, self.data, self.variant)

    def print_job(self) -> PrintJob:
        """The tables are written only here: they follow from the document, and an unchanged book needs none."""
        attachments = (self.data, plan_tables(self.plan_code, self.document)) if self.data else ()
        return replace(print_job(self.document, self.variant), attachments=attachments)


def book_order(
    plan: Masterplan, books: Sequence[str] | None = None, *, is_final: bool = False, variant: Variant = "archive"
) -> BookOrder:
    """The data of the plan goes with the whole book, not with a single volume."""
    document = build(plan, books, is_final=is_final)
    is_whole = books is None or len(books) == plan.outline.books.count()
    data = plan_data(plan) if is_whole and MAKINGS[variant].carries_data else None
    return BookOrder(plan.code, document, data, variant)


def reused(job: ExportJob, order: BookOrder, draft: Path) -> StoredBook | None:
    """The file of an earlier job from an unchanged plan, under a name of its own; None when there is none in full."""
    former = ExportJob.objects.filter(plan=job.plan_id, state=ExportState.DONE, fingerprint=order.fingerprint).first()
    if former is None:
        return None
    path = Path(settings.MEDIA_ROOT) / former.file
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != former.sha256:
        return None
    draft.hardlink_to(path)
    return StoredBook(former.sha256, former.size, former.pages)


def _started(job_id: uuid.UUID) -> ExportJob | None:
    with transaction.atomic():
        job = ExportJob.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=job_id).first()
        if job is None or job.state not in OPEN_STATES:
            return None
        job.state, job.progress, job.activity = ExportState.RUNNING, 0, "Membaca naskah dan tabel"
        job.save(update_fields=["state", "progress", "activity"])
        return job


def _fail(job: ExportJob, reason: str, section: str = "") -> None:
    """Only what is still running: a job that was called off stays so."""
    found = ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING)
    found.update(state=ExportState.FAILED, reason=reason, section=section, activity="", ended_at=timezone.now())
    _sweep(job.pk)


@transaction.atomic
def _keep(job: ExportJob, draft: Path, target: Path, facts: dict[str, object]) -> None:
    """Under the job's lock, so that neither a cancelled job nor a worker taken for dead leaves a file. Raises StoppedError."""
    now = ExportJob.objects.select_for_update(of=("self",)).filter(pk=job.pk).first()
    if now is None or now.state != ExportState.RUNNING:
        raise StoppedError
    _put(draft, target)
    facts = {**facts, "state": ExportState.DONE, "progress": 100, "activity": "", "ended_at": timezone.now()}
    ExportJob.objects.filter(pk=job.pk).update(**facts)
    _sweep(job.pk)


class StoppedError(Exception):
    """Somebody called the job off, or another worker took it over and ended it."""


class _Teller:
    """Writes how far a job is, not too often, and learns by that whether it still shall be made."""

    def __init__(self, job: ExportJob) -> None:
        self.job, self.told = job, 0.0

    def __call__(self, progress: Progress) -> None:
        """Raises StoppedError."""
        if time.monotonic() - self.told < TELL_EVERY:
            return
        self.told = time.monotonic()
        parts = f", {progress.done} dari {progress.total} bagian" if progress.done else ""
        running = ExportJob.objects.filter(pk=self.job.pk, state=ExportState.RUNNING)
        if not running.update(progress=progress.percent, activity=f"{progress.activity}{parts}"[:120]):
            raise StoppedError


def store_job(job: PrintJob | Callable[[], PrintJob], target: Path) -> StoredBook:
    """Under a temporary name first, flushed to disk, then renamed: `target` is complete or it is not there."""
    with _draft(target) as draft:
        stored = _typeset(job, draft)
        _put(draft, target)
    return stored


def _typeset(job: PrintJob | Callable[[], PrintJob], draft: Path, *, listen: Listener | None = None) -> StoredBook:
    printed = typeset(job, draft, listen=listen, limits=limits(), shelf=shelf())
    content = draft.read_bytes()
    return StoredBook(hashlib.sha256(content).hexdigest(), len(content), printed.pages, printed)


def store_other(plan: Masterplan, books: Sequence[str] | None, file_format: str, target: Path) -> StoredBook:
    """As `store_job`, for every format but PDF, in this process."""
    content = made(file_format, plan, books)
    with _draft(target) as draft:
        draft.write_bytes(content)
        _put(draft, target)
    return StoredBook(hashlib.sha256(content).hexdigest(), len(content), 0)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, target: Path) -> None:
    _flush(draft)
    draft.replace(target)
    _flush(target.parent)


def _sweep(job_id: uuid.UUID) -> None:
    """What killed workers left of a job that has ended."""
    for draft in (Path(settings.MEDIA_ROOT) / FOLDER).glob(f".{job_id}.*.part"):
        draft.unlink(missing_ok=True)


def limits() -> Limits:
    return Limits(
        seconds=settings.EXPORT_PART_SECONDS,
        whole_seconds=settings.EXPORT_SECONDS,
        whole_cpu_seconds=settings.EXPORT_CPU_SECONDS,
    )


def shelf() -> Shelf:
    return Shelf(Path(settings.PARTS_ROOT), settings.PARTS_ROOM_MB * 1_000_000)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def close_lost_exports() -> int:
    """Open jobs that nobody works on or ever will; otherwise they would keep their plan closed."""
    queued = ProcrastinateJob.objects.filter(task_name=TASK, status__in=("todo", "doing")).values_list(
        "args", flat=True
    )
    alive = [args["job_id"] for args in queued]
    lost = ExportJob.objects.filter(state__in=OPEN_STATES, asked_at__lt=timezone.now() - LOST_AFTER).exclude(
        pk__in=alive
    )
    for job in lost:
        _sweep(job.pk)
    return lost.update(state=ExportState.FAILED, reason=LOST, activity="", ended_at=timezone.now())
