"""The page "Ekspor": ask for a file, watch it being made, call it off, look at it, fetch it."""

import uuid
from typing import Any, Literal

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bimtek.models import Edition, SubmittedBook
from export.asking import all_books, ask_export, cancel_export, may_cancel, queue_places
from export.enums import ExportFormat, ExportState, ExportVariant, kind_of
from export.models import ExportJob
from export.section_numbers import numbers_for
from masterplan.models import Book, Masterplan
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.ui.http import SignedInRequest, file_answer, is_htmx, pdf_answer
from smartcity.ui.refusal import Conflict, Incomplete, Refusal, TooOften

SHOWN = 50
EVERYTHING = "semua"
STOP_POLLING = 286
SUFFIXES: dict[str, str] = {ExportVariant.SMALL: "-kecil", ExportVariant.PRINT: "-cetak"}
HINTS: dict[tuple[ExportFormat, ExportVariant | Literal[""]], str] = {
    (ExportFormat.PDF, ExportVariant.ARCHIVE): "Lengkap dengan data rencana, untuk disimpan lama",
    (ExportFormat.PDF, ExportVariant.SMALL): "Gambar diperkecil, untuk surel dan WhatsApp",
    (ExportFormat.PDF, ExportVariant.PRINT): "Tepi lebih 3 mm dan tanda potong, untuk percetakan",
    (ExportFormat.WORD, ""): "Untuk disunting di Word",
    (ExportFormat.EXCEL, ""): "Semua tabel buku",
    (ExportFormat.SLIDES, ""): "Bahan ekspose, seluruh rencana",
    (ExportFormat.DATA, ""): "Data seluruh rencana",
}
# As on the form: the format, of a PDF with its variant; what it is called; what it is for.
CHOICES = [("-".join(filter(None, kind)), kind_of(*kind), hint) for kind, hint in HINTS.items()]


@require_http_methods(["GET", "POST"])
def export_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    if request.method != "POST":
        return _page(request, plan)
    choice = request.POST.get("buku", "")
    codes = all_books(plan) if choice == EVERYTHING else [choice] if choice else []
    wish, _, variant = request.POST.get("format", ExportFormat.PDF).partition("-")
    try:
        ask_export(plan=plan, books=codes, by=request.user, file_format=wish, variant=variant or ExportVariant.ARCHIVE)
    except (Conflict, Incomplete, TooOften) as refusal:
        return _page(request, plan, refusal)
    return redirect("export:export_list", plan.code)


def _page(request: SignedInRequest, plan: Masterplan, refusal: Refusal | None = None) -> HttpResponse:
    books = list(plan.outline.books.all())
    jobs = list(ExportJob.objects.filter(plan=plan).select_related("asked_by")[:SHOWN])
    places = queue_places()
    context = {
        "books": books,
        "everything": EVERYTHING,
        "formats": CHOICES,
        "jobs": [_with_words(request, plan, job, books, places) for job in jobs],
        "frozen": _frozen(plan),
        "refusal": refusal,
        "chosen": {
            "format": request.POST.get("format", CHOICES[0][0]),
            "book": request.POST.get("buku", EVERYTHING),
        },
    }
    status = refusal.status if refusal else 200
    return render(request, "export/list.html", {**plan_frame(plan, "ekspor"), **context}, status=status)


def _frozen(plan: Masterplan) -> list[dict[str, Any]]:
    """Books of final submissions, made once with the submission; the edition that came of one."""
    editions = {
        edition.chain.submission_id: edition for edition in Edition.objects.filter(plan=plan).select_related("chain")
    }
    found = SubmittedBook.objects.filter(submission__plan=plan).select_related("submission__stage").defer("content")
    return [{"book": book, "edition": editions.get(book.pk)} for book in found.order_by("-pk")[:SHOWN]]


@require_GET
def export_status(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> HttpResponse:
    """One line of the list; htmx stops asking when the job has ended."""
    plan = visible_plan(request, plan_code)
    job = _job(plan, job_id)
    if not is_htmx(request):
        return redirect("export:export_list", plan.code)
    places = queue_places() if job.state == ExportState.WAITING else {}
    entry = _with_words(request, plan, job, list(plan.outline.books.all()), places)
    status = 200 if job.is_open else STOP_POLLING
    return render(request, "export/list.html#entry", {"plan": plan, "entry": entry}, status=status)


@require_POST
def export_cancel(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    job = _job(plan, job_id)
    job.plan = plan
    cancel_export(job, by=request.user)
    return redirect("export:export_list", plan.code)


@require_GET
@never_cache
def section_numbers(request: SignedInRequest, plan_code: str, section_code: str) -> JsonResponse:
    """Numbers of tables and figures for the editor's page."""
    return JsonResponse(numbers_for(visible_section(request, plan_code, section_code)))


@require_GET
def export_download(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> FileResponse:
    plan, job = _finished(request, plan_code, job_id)
    return file_answer(job.file, file_name(plan, job, list(plan.outline.books.all())))


@require_GET
def export_view(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> FileResponse:
    """The finished PDF in the browser's own viewer; other formats are only fetched."""
    plan, job = _finished(request, plan_code, job_id)
    if job.format != ExportFormat.PDF:
        raise Http404
    return pdf_answer(job.file, file_name(plan, job, list(plan.outline.books.all())))


def _finished(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> tuple[Masterplan, ExportJob]:
    plan = visible_plan(request, plan_code)
    job = _job(plan, job_id)
    if job.state != ExportState.DONE:
        raise Http404
    return plan, job


def file_name(plan: Masterplan, job: ExportJob, books: list[Book]) -> str:
    """masterplan-63.03-2026-semua.pdf, masterplan-63.03-2026-buku-ii-cetak.pdf"""
    numbers = [book.number.lower() for book in books if book.code in job.books]
    part = EVERYTHING if len(numbers) == len(books) else f"buku-{'-'.join(numbers)}"
    return f"masterplan-{plan.code}-{part}{SUFFIXES.get(job.variant, '')}.{job.format}"


def _job(plan: Masterplan, job_id: uuid.UUID) -> ExportJob:
    return get_object_or_404(ExportJob.objects.select_related("asked_by"), plan=plan, pk=job_id)


def _with_words(
    request: SignedInRequest, plan: Masterplan, job: ExportJob, books: list[Book], places: dict[uuid.UUID, int]
) -> dict[str, object]:
    """The job with what the page says about it."""
    numbers = [book.number for book in books if book.code in job.books]
    name = "Semua buku" if len(numbers) == len(books) else f"Buku {', '.join(numbers)}"
    job.plan = plan
    return {
        "job": job,
        "name": f"{name} · {job.kind}",
        "place": places.get(job.pk),
        "may_cancel": job.is_open and may_cancel(request.user, job),
        "is_shown": job.format == ExportFormat.PDF,
    }
