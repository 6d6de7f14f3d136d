"""A workshop of the movement as reference data; a fifth stage is a row, not code."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q

from smartcity.accounts.enums import Role


class Stage(models.Model):
    """What is needed at a stage stays needed at every later one; `docs/stages.md` describes each column.

    `due_codes` are the outline's due stages that fall due here: of its sections, and of rules that block from then on.
    """

    code = models.CharField("Kode", max_length=4, primary_key=True)
    name = models.CharField("Nama", max_length=60)
    purpose = models.TextField("Tujuan")
    position = models.PositiveSmallIntegerField("Urutan")
    due_codes = ArrayField(
        models.CharField(max_length=4), verbose_name="Jatuh tempo dalam kerangka", default=list, blank=True
    )
    needed_rows = models.JSONField("Baris yang diperlukan", default=list, blank=True)
    cleared_rules = ArrayField(
        models.CharField(max_length=60), verbose_name="Aturan temuan yang harus bersih", default=list, blank=True
    )
    needed_documents = models.JSONField("Dokumen yang diperlukan", default=list, blank=True)
    window_days = models.PositiveSmallIntegerField("Hari kerja sampai kiriman", default=20)
    reading_days = models.PositiveSmallIntegerField("Hari kerja untuk dibaca", default=10)
    yields = ArrayField(models.CharField(max_length=160), verbose_name="Hasil", default=list, blank=True)
    reviewer = models.CharField("Peninjau", max_length=20, choices=Role, default=Role.MENTOR)
    is_final = models.BooleanField("Tahap akhir: yang terbuka menahan kiriman", default=False)

    class Meta:
        verbose_name = "tahap bimtek"
        verbose_name_plural = "tahap bimtek"
        ordering = ["position"]
        constraints = [
            # Checked at the end: a stage put before others moves all of them by one.
            models.UniqueConstraint(fields=["position"], name="stage_position_once", deferrable=Deferrable.DEFERRED),
            models.CheckConstraint(name="stage_reviewer_known", condition=Q(reviewer__in=Role.values)),
        ]

    def __str__(self) -> str:
        return self.name
