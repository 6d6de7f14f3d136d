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


class RenewalKind(models.TextChoices):
    """What becomes of a quick win in the year after."""

    CONTINUED = "lanjut", "Dilanjutkan"
    GROWN = "tumbuh", "Menjadi bagian program"
    STOPPED = "henti", "Dihentikan"


class Light(models.TextChoices):
    """How a quick win runs; how it is worked out stands in `quickwin/light.py`."""

    GREEN = "hijau", "Lancar"
    YELLOW = "kuning", "Perlu perhatian"
    RED = "merah", "Terlambat"
    NONE = "netral", "Belum berjalan"


class IdeaState(models.TextChoices):
    """What became of a citizen's idea."""

    NEW = "baru", "Baru"
    LINKED = "terkait", "Dihubungkan"
    DECLINED = "ditolak", "Tidak dilanjutkan"
    SPAM = "spam", "Spam"
