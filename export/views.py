"""The page "Ekspor": ask for a book, watch it being made, fetch it."""

import uuid

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from export.domain import ask_export
from export.enums import OPEN_STATES, ExportFormat, ExportState
from export.models import ExportJob
from export.section_numbers import numbers_for
from masterplan.models import Book, Masterplan
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.ui.http import SignedInRequest, file_answer, is_htmx

SHOWN = 50
EVERYTHING = "semua"
STOP_POLLING = 286
FORMAT_HINTS = {
    ExportFormat.PDF: "Buku siap cetak",
    ExportFormat.WORD: "Untuk disunting di Word",
    ExportFormat.EXCEL: "Semua tabel buku",
    ExportFormat.SLIDES: "Bahan ekspose, seluruh rencana",
    ExportFormat.DATA: "Data seluruh rencana",
}


@require_http_methods(["GET", "POST"])
def export_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    books = list(plan.outline.books.all())
    if request.method == "POST":
        choice = request.POST.get("buku", "")
        codes = [book.code for book in books] if choice == EVERYTHING else [choice] if choice else []
        wish = request.POST.get("format", ExportFormat.PDF)
        ask_export(plan=plan, books=codes, by=request.user, file_format=wish)
        return redirect("export:export_list", plan.code)
    jobs = list(ExportJob.objects.filter(plan=plan).select_related("asked_by")[:SHOWN])
    context = {
        "books": books,
        "everything": EVERYTHING,
        "formats": [(choice, choice.label, FORMAT_HINTS[choice]) for choice in ExportFormat],
        "jobs": [_with_words(job, books) for job in jobs],
        "is_busy": any(job.state in OPEN_STATES for job in jobs),
    }
    return render(request, "export/list.html", {**plan_frame(plan, "ekspor"), **context})


@require_GET
def export_status(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> HttpResponse:
    """One line of the list; htmx stops asking when the job has ended."""
    plan = visible_plan(request, plan_code)
    job = _job(plan, job_id)
    if not is_htmx(request):
        return redirect("export:export_list", plan.code)
    status = 200 if job.state in OPEN_STATES else STOP_POLLING
    context = {"plan": plan, "entry": _with_words(job, list(plan.outline.books.all()))}
    return render(request, "export/list.html#entry", context, status=status)


@require_GET
@never_cache
def section_numbers(request: SignedInRequest, plan_code: str, section_code: str) -> JsonResponse:
    """Numbers of tables and figures for the editor's page."""
    return JsonResponse(numbers_for(visible_section(request, plan_code, section_code)))


@require_GET
def export_download(request: SignedInRequest, plan_code: str, job_id: uuid.UUID) -> FileResponse:
    plan = visible_plan(request, plan_code)
    job = _job(plan, job_id)
    if job.state != ExportState.DONE:
        raise Http404
    return file_answer(job.file, file_name(plan, job, list(plan.outline.books.all())))


def file_name(plan: Masterplan, job: ExportJob, books: list[Book]) -> str:
    """masterplan-63.03-2026-semua.pdf, masterplan-63.03-2026-buku-ii.pdf"""
    numbers = [book.number.lower() for book in books if book.code in job.books]
    part = EVERYTHING if len(numbers) == len(books) else f"buku-{'-'.join(numbers)}"
    return f"masterplan-{plan.code}-{part}.{job.format}"


def _job(plan: Masterplan, job_id: uuid.UUID) -> ExportJob:
    return get_object_or_404(ExportJob.objects.select_related("asked_by"), plan=plan, pk=job_id)


def _with_words(job: ExportJob, books: list[Book]) -> dict[str, object]:
    """The job with what the page says about it."""
    numbers = [book.number for book in books if book.code in job.books]
    name = "Semua buku" if len(numbers) == len(books) else f"Buku {', '.join(numbers)}"
    return {"job": job, "name": name, "is_open": job.state in OPEN_STATES}
