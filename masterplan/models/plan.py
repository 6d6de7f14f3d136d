"""The masterplan of one regency for one period, and who takes part in it beside the regency's own people."""

from collections.abc import Collection

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from masterplan.enums import PlanYears
from masterplan.models.dimension import Dimension, DimensionSet
from masterplan.models.outline import Outline
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of
from smartcity.regency.models import Regency

REVIEWER_ROLES = (Role.MENTOR, Role.ASSESSOR, Role.MINISTRY_EDITOR)


class MasterplanQuerySet(models.QuerySet["Masterplan"]):
    def visible_to(self, user: User | AnonymousUser) -> "MasterplanQuerySet":
        """Agrees with `rules.can_view_plan`; a property test compares the two."""
        standing = standing_of(user)
        if standing.is_national:
            return self
        return self.filter(
            Q(regency_id__in=standing.regency_ids)
            | Q(regency__province_id__in=standing.province_ids)
            | Q(pk__in=PlanMember.objects.filter(user_id=user.pk or 0).values("plan_id"))
        )

    def reviewed_by(self, user: User | AnonymousUser) -> "MasterplanQuerySet":
        """Plans that the person reads from outside. Agrees with `rules.is_reviewer`: nobody reviews their own region."""
        standing = standing_of(user)
        others = self.exclude(regency_id__in=standing.regency_ids)
        if any(standing.has_national(role) for role in REVIEWER_ROLES):
            return others
        return others.filter(pk__in=PlanMember.objects.filter(user_id=user.pk or 0).values("plan_id"))


@pghistory.track()
class Masterplan(models.Model):
    """A plan; `code` (regency code and first year) is its address everywhere."""

    regency = models.ForeignKey(Regency, models.PROTECT, related_name="masterplans", verbose_name="Daerah")
    outline = models.ForeignKey(Outline, models.PROTECT, verbose_name="Kerangka")
    dimension_set = models.ForeignKey(DimensionSet, models.PROTECT, verbose_name="Perangkat dimensi")
    code = models.CharField("Kode", max_length=12, unique=True)
    title = models.CharField("Judul", max_length=160)
    start_year = models.PositiveIntegerField("Tahun awal")
    years = models.PositiveSmallIntegerField("Lama", choices=PlanYears, default=PlanYears.TEN)
    base_year = models.PositiveIntegerField("Tahun dasar")
    detail_years = models.PositiveSmallIntegerField("Lama rencana aksi (tahun)", default=5)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Dibuat oleh"
    )
    created_at = models.DateTimeField("Dibuat", default=timezone.now)

    objects = MasterplanQuerySet.as_manager()

    class Meta:
        verbose_name = "masterplan"
        verbose_name_plural = "masterplan"
        ordering = ["regency__name", "-start_year"]
        constraints = [
            models.CheckConstraint(name="plan_years_known", condition=Q(years__in=PlanYears.values)),
            models.CheckConstraint(name="plan_start_plausible", condition=Q(start_year__range=(2000, 2100))),
            models.CheckConstraint(name="plan_base_not_after_start", condition=Q(base_year__lte=F("start_year"))),
            models.CheckConstraint(name="plan_detail_inside_period", condition=Q(detail_years__range=(1, F("years")))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def end_year(self) -> int:
        return self.start_year + self.years - 1

    @property
    def period(self) -> str:
        return f"{self.start_year}–{self.end_year}"

    @property
    def detail_range(self) -> range:
        """The years for which targets and budgets are planned one by one."""
        return range(self.start_year, self.start_year + self.detail_years)


@pghistory.track()
class PlanMember(models.Model):
    """A person from outside the regency on this one plan: a mentor or an assessor.

    `books` and `dimensions` (codes) are what they judge; with neither it is the whole plan.
    """

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="members", verbose_name="Rencana")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_memberships", verbose_name="Pengguna"
    )
    role = models.CharField("Peran", max_length=20, choices=Role)
    books = ArrayField(models.CharField(max_length=16), verbose_name="Buku", default=list, blank=True)
    dimensions = ArrayField(models.CharField(max_length=8), verbose_name="Dimensi", default=list, blank=True)

    class Meta:
        verbose_name = "anggota rencana"
        verbose_name_plural = "anggota rencana"
        constraints = [
            models.CheckConstraint(
                name="plan_member_role_from_outside", condition=Q(role__in=(Role.MENTOR, Role.ASSESSOR))
            ),
            models.UniqueConstraint(fields=["plan", "user", "role"], name="plan_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def is_for_all(self) -> bool:
        return not self.books and not self.dimensions

    def judges(self, *, book: str, dimensions: Collection[str]) -> bool:
        """A chapter by its book, or by the dimensions that its sections are about."""
        return self.is_for_all or book in self.books or not set(self.dimensions).isdisjoint(dimensions)


@pghistory.track()
class PlanDimension(models.Model):
    """A region's own goal of one dimension and how urgent it is; without a goal of its own the national one stands.

    Feature F82: a priority has a reason and somebody who decided it (Kotawaringin Timur put the economy first).
    """

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="own_goals", verbose_name="Rencana")
    dimension = models.ForeignKey(Dimension, models.PROTECT, verbose_name="Dimensi")
    goal = models.TextField("Tujuan daerah", blank=True, default="")
    priority = models.PositiveSmallIntegerField("Urutan prioritas", null=True, blank=True)
    priority_reason = models.TextField("Alasan prioritas", blank=True, default="")
    priority_by = models.CharField("Diputuskan oleh", max_length=160, blank=True, default="")
    priority_on = models.DateField("Tanggal keputusan", null=True, blank=True)

    class Meta:
        verbose_name = "tujuan dimensi daerah"
        verbose_name_plural = "tujuan dimensi daerah"
        constraints = [
            models.UniqueConstraint(fields=["plan", "dimension"], name="plan_dimension_once"),
            models.UniqueConstraint(fields=["plan", "priority"], name="plan_priority_once"),
            models.CheckConstraint(
                name="plan_priority_reasoned",
                condition=Q(priority=None) | (Q(priority__range=(1, 99)) & ~Q(priority_reason="") & ~Q(priority_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.goal or f'prioritas {self.priority}'}"


@pghistory.track()
class SourceNote(models.Model):
    """A part of a loaded plan file that has no table of its own yet, kept word for word and shown as it came."""

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="source_notes", verbose_name="Rencana")
    key = models.CharField("Kunci", max_length=60)
    content = models.JSONField("Isi")

    class Meta:
        verbose_name = "catatan sumber"
        verbose_name_plural = "catatan sumber"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="source_note_once")]

    def __str__(self) -> str:
        return self.key
