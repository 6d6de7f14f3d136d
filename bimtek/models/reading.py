"""What a person has read of a plan's submissions, so that only what changed since is read again."""

from django.conf import settings
from django.db import models

from bimtek.models.submission import Submission
from masterplan.models import Masterplan


class ReadPart(models.Model):
    """One text (`naskah/B1.1.1`) or table (`tabel/program`) of a plan as this person read it last.

    `mark` is that of the content they saw, empty where the part was gone; `earlier` lets the last reading be taken back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Pembaca")
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="+", verbose_name="Rencana")
    part = models.CharField("Bagian", max_length=48)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", verbose_name="Dibaca dalam kiriman")
    mark = models.CharField("Tanda isi", max_length=32, blank=True)
    earlier = models.ForeignKey(
        Submission, models.PROTECT, null=True, related_name="+", verbose_name="Sebelumnya dibaca dalam kiriman"
    )
    at = models.DateTimeField("Dibaca", auto_now=True)

    class Meta:
        verbose_name = "bagian terbaca"
        verbose_name_plural = "bagian terbaca"
        constraints = [models.UniqueConstraint(fields=["user", "plan", "part"], name="read_part_once")]

    def __str__(self) -> str:
        return self.part
