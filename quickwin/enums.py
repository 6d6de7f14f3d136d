"""Choices of quick wins."""

from django.db import models


class QuickWinStatus(models.TextChoices):
    PROPOSED = "diusulkan", "Diusulkan"
    DRAFT_APPROVED = "disetujui_draf", "Disetujui sebagai draf"
    APPROVED = "disetujui", "Disetujui"
    RUNNING = "berjalan", "Berjalan"
    DONE = "selesai", "Selesai"
    STOPPED = "dihentikan", "Dihentikan"


class Continuation(models.TextChoices):
    NEW = "baru", "Baru"
    CONTINUED = "lanjutan", "Lanjutan"
    STOPPED = "dihentikan", "Dihentikan"


class Decision(models.TextChoices):
    CHOSEN = "dipilih", "Dipilih"
    NOT_CHOSEN = "tidak", "Tidak dipilih"
