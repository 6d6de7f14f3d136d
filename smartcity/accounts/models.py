"""Accounts, what each may do where (membership), and the invitation that creates them."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from smartcity.accounts.enums import Role, Scope


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Signs in by e-mail; roles come only from memberships, never from the account itself."""

    email = models.EmailField("Alamat e-mail", unique=True)
    display_name = models.CharField("Nama tampilan", max_length=120)
    is_active = models.BooleanField("Aktif", default=True)
    date_joined = models.DateTimeField("Terdaftar", default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name


def _reach(scope: Scope, **filled: bool) -> Q:
    """The scope and exactly its own target are set."""
    targets = {"province": False, "regency": False, "opd": False} | filled
    return Q(scope=scope, **{f"{name}__isnull": not is_set for name, is_set in targets.items()})


@pghistory.track()
class Membership(models.Model):
    """One role of one person in one place; a person's rights are the sum of their memberships."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="Pengguna")
    role = models.CharField("Peran", max_length=20, choices=Role)
    scope = models.CharField("Lingkup", max_length=10, choices=Scope)
    province = models.ForeignKey("regency.Province", models.CASCADE, null=True, blank=True, verbose_name="Provinsi")
    regency = models.ForeignKey("regency.Regency", models.CASCADE, null=True, blank=True, verbose_name="Daerah")
    opd = models.ForeignKey("regency.Opd", models.CASCADE, null=True, blank=True, verbose_name="Perangkat daerah")
    dimension_code = models.CharField("Kode dimensi", max_length=8, blank=True, default="")
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Diberikan oleh"
    )
    granted_at = models.DateTimeField("Diberikan pada", default=timezone.now)

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        constraints = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_scope_has_its_target",
                condition=_reach(Scope.NATION)
                | _reach(Scope.PROVINCE, province=True)
                | _reach(Scope.REGENCY, regency=True)
                | _reach(Scope.OPD, opd=True),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "scope", "province", "regency", "opd", "dimension_code"],
                nulls_distinct=False,
                name="membership_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """An expiring link to one role in one office; the invited person never chooses the office."""

    email = models.EmailField("Alamat e-mail")
    display_name = models.CharField("Nama tampilan", max_length=120)
    role = models.CharField("Peran", max_length=20, choices=Role)
    opd = models.ForeignKey("regency.Opd", models.CASCADE, null=True, blank=True, verbose_name="Perangkat daerah")
    regency = models.ForeignKey(
        "regency.Regency", models.CASCADE, null=True, blank=True, verbose_name="Daerah"
    )  # empty: a role for the whole nation
    dimension_code = models.CharField("Kode dimensi", max_length=8, blank=True, default="")
    token_hash = models.CharField("Sidik tautan", max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="Diundang oleh")
    created_at = models.DateTimeField("Dibuat", default=timezone.now)
    expires_at = models.DateTimeField("Berlaku sampai")
    sent_at = models.DateTimeField("Terkirim pada", null=True, blank=True)
    accepted_at = models.DateTimeField("Diterima pada", null=True, blank=True)
    revoked_at = models.DateTimeField("Dibatalkan pada", null=True, blank=True)

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        constraints = [models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=Role.values))]

    def __str__(self) -> str:
        return f"Undangan {self.email}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()
