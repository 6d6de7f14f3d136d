"""States of an export, and in which formats and variants the plan goes out."""

from django.db import models


class ExportState(models.TextChoices):
    WAITING = "waiting", "Menunggu giliran"
    RUNNING = "running", "Sedang dikerjakan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"


class ExportFormat(models.TextChoices):
    """The value is the ending of the file's name."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    SLIDES = "pptx", "Slide"
    DATA = "json", "Data JSON"


class ExportVariant(models.TextChoices):
    """How a PDF is made; the value names a `Making` (variants.py)."""

    ARCHIVE = "archive", "arsip"
    SMALL = "small", "kecil"
    PRINT = "print", "cetak"


def kind_of(file_format: str, variant: str) -> str:
    """PDF arsip, Word"""
    return " ".join([ExportFormat(file_format).label, *([ExportVariant(variant).label] if variant else [])])


WHOLE_PLAN = (ExportFormat.SLIDES, ExportFormat.DATA)
OPEN_STATES = (ExportState.WAITING, ExportState.RUNNING)
