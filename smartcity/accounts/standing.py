"""What a person holds where, read once per request; every rule of every app asks this and nothing else."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User


@dataclass(frozen=True)
class Grant:
    """One membership as plain values; `regency_id` is also set for the scope of an office."""

    role: Role
    scope: Scope
    province_id: str | None
    regency_id: str | None
    opd_id: int | None
    dimension_code: str


@dataclass(frozen=True)
class Standing:
    grants: tuple[Grant, ...]

    @cached_property
    def is_national(self) -> bool:
        return any(grant.scope == Scope.NATION for grant in self.grants)

    @cached_property
    def province_ids(self) -> frozenset[str]:
        return frozenset(g.province_id for g in self.grants if g.province_id)

    @cached_property
    def regency_ids(self) -> frozenset[str]:
        return frozenset(g.regency_id for g in self.grants if g.regency_id)

    @cached_property
    def opd_ids(self) -> frozenset[int]:
        """Offices in which the person holds any role."""
        return frozenset(g.opd_id for g in self.grants if g.opd_id)

    @cached_property
    def is_overseer(self) -> bool:
        """Looks over many regions: the ministry's people and those of a province."""
        return self.is_national or bool(self.province_ids)

    def has_national(self, role: Role) -> bool:
        return any(g.role == role and g.scope == Scope.NATION for g in self.grants)

    def regency_ids_as(self, role: Role) -> frozenset[str]:
        """Regencies in which the person holds this role for the whole regency."""
        return frozenset(
            g.regency_id for g in self.grants if g.role == role and g.scope == Scope.REGENCY and g.regency_id
        )

    def opd_ids_as(self, role: Role) -> frozenset[int]:
        return frozenset(g.opd_id for g in self.grants if g.role == role and g.opd_id)

    def dimension_codes(self, regency_id: str) -> frozenset[str]:
        """Dimensions that the person leads in this regency."""
        return frozenset(
            g.dimension_code for g in self.grants if g.role == Role.DIMENSION_LEAD and g.regency_id == regency_id
        )

    @property
    def roles(self) -> tuple[Role, ...]:
        held = {grant.role for grant in self.grants}
        return tuple(role for role in Role if role in held)


NOBODY = Standing(())


def standing_of(user: User | AnonymousUser) -> Standing:
    """Grants of this person; facts are cached on the user object of one request, decisions are not."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    cached = user.__dict__.get("_standing")
    if cached is None:
        cached = user.__dict__["_standing"] = Standing(tuple(_grants(user)))
    return cached


def _grants(user: User) -> list[Grant]:
    rows = Membership.objects.filter(user=user).values_list(
        "role", "scope", "province_id", "regency_id", "opd_id", "opd__regency_id", "dimension_code"
    )
    return [
        Grant(Role(role), Scope(scope), province, regency or opd_regency, opd, dimension)
        for role, scope, province, regency, opd, opd_regency, dimension in rows
    ]
