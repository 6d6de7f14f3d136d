"""Asking for a file, the queue, and calling it off."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from export.enums import OPEN_STATES, WHOLE_PLAN, ExportFormat, ExportState, ExportVariant
from export.models import ExportJob
from masterplan import rules
from masterplan.models import Book, Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Regency
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, TooOften, WrongState

TASK = "export.tasks.make_book"
QUEUE = "export"
OPEN_IN_REGION = 2


@transaction.atomic
def ask_export(
    *,
    plan: Masterplan,
    books: Sequence[str],
    by: User,
    file_format: str = ExportFormat.PDF,
    variant: str = ExportVariant.ARCHIVE,
) -> ExportJob:
    """One open job of a plan, format and variant, and two of a region; the job is queued in the same transaction.

    A second wish of the same kind is a Conflict that says who asked, a third of the region TooOften. `variant` is of a PDF.
    """
    if not rules.can_export_plan(by, plan):
        raise NotAllowed("Anda tidak dapat mengekspor masterplan ini.")
    if file_format not in ExportFormat.values or variant not in ExportVariant.values:
        raise Incomplete("Pilih format berkas: PDF, Word, Excel, slide, atau data JSON.")
    wanted = chosen_books(plan, all_books(plan) if file_format in WHOLE_PLAN else books)
    kind = {"format": file_format, "variant": variant if file_format == ExportFormat.PDF else ""}
    # All wishes of a region come one after the other; rows that merely point to the region do not wait.
    Regency.objects.select_for_update(no_key=True).get(pk=plan.regency_id)
    _ensure_room(plan, kind)
    job = ExportJob.objects.create(plan=plan, books=wanted, asked_by=by, **kind)
    app.configure_task(TASK, queue=QUEUE).defer(job_id=str(job.pk))
    record("export.asked", job, by=by, **_place(plan), books=wanted, **kind)
    return job


def _ensure_room(plan: Masterplan, kind: dict[str, str]) -> None:
    open_jobs = list(
        ExportJob.objects.filter(plan__regency=plan.regency_id, state__in=OPEN_STATES).select_related("asked_by")
    )
    same = next((job for job in open_jobs if job.plan_id == plan.pk and _kind(job) == kind), None)
    if same:
        raise Conflict(
            f"{same.kind} masterplan ini sudah diminta {_asker(same)} dan belum selesai.",
            next_step="Tunggu sampai selesai, atau batalkan dahulu.",
        )
    if len(open_jobs) >= OPEN_IN_REGION:
        others = " dan ".join(f"{job.kind} ({_asker(job)})" for job in open_jobs)
        raise TooOften(
            f"Daerah ini sudah meminta dua berkas yang belum selesai: {others}.",
            next_step="Tunggu sampai salah satunya selesai, lalu minta lagi.",
        )


def _kind(job: ExportJob) -> dict[str, str]:
    return {"format": job.format, "variant": job.variant}


def _asker(job: ExportJob) -> str:
    return f"oleh {job.asked_by.display_name}" if job.asked_by else "lewat perintah server"


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


def queue_places() -> dict[UUID, int]:
    """The place of every waiting job in the queue of the whole server, from 1; one query."""
    waiting = ExportJob.objects.filter(state=ExportState.WAITING).order_by("asked_at").values_list("pk", flat=True)
    return {pk: place for place, pk in enumerate(waiting, start=1)}


def may_cancel(user: User, job: ExportJob) -> bool:
    """Whoever asked, and the region's coordinator. Needs `job.plan`."""
    return job.asked_by_id == user.pk or rules.can_manage_plan(user, job.plan)


@transaction.atomic
def cancel_export(job: ExportJob, *, by: User) -> None:
    """A waiting job has ended with this, a running one ends when its worker next tells how far it is; neither leaves a file."""
    if not may_cancel(by, job):
        raise NotAllowed("Ekspor dibatalkan oleh yang memintanya atau oleh koordinator daerah.")
    found = ExportJob.objects.select_for_update().get(pk=job.pk)
    if not found.is_open:
        raise WrongState("Ekspor ini sudah berakhir.", next_step="Muat ulang halaman untuk melihat hasilnya.")
    ExportJob.objects.filter(pk=job.pk).update(state=ExportState.CANCELLED, activity="", ended_at=timezone.now())
    record("export.cancelled", job, by=by, **_place(job.plan), format=job.format, variant=job.variant)


def _place(plan: Masterplan) -> dict[str, str]:
    return {"regency_id": plan.regency_id, "plan_code": plan.code}
