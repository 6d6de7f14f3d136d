"""States of an export."""

from django.db import models


class ExportState(models.TextChoices):
    WAITING = "waiting", "Menunggu giliran"
    RUNNING = "running", "Sedang dikerjakan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"


OPEN_STATES = (ExportState.WAITING, ExportState.RUNNING)
