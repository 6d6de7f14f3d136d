"""Example people of demo mode: at least one for every role, signed in with one click, without a password."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction

from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User

DOMAIN = "contoh.example"
BANJAR = "63.03"
KOTA_BANJAR = "32.79"
ICONS = {
    Role.MINISTRY_EDITOR: "grid-3x3-gap",
    Role.MENTOR: "chat-left-quote",
    Role.ASSESSOR: "clipboard-check",
    Role.COORDINATOR: "journal-bookmark",
    Role.AUTHOR: "pencil-square",
    Role.DIMENSION_LEAD: "compass",
    Role.APPROVER: "award",
    Role.COUNCIL_READER: "people",
}


@dataclass(frozen=True)
class Example:
    mailbox: str
    name: str
    role: Role
    regency: str = ""
    opd: str = ""
    dimension: str = ""

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


EXAMPLES = (
    Example("koordinator.banjar", "Koordinator Diskominfostandi", Role.COORDINATOR, BANJAR),
    Example("penulis.dpmptsp", "Penulis DPMPTSP", Role.AUTHOR, BANJAR, opd="DPMPTSP"),
    Example("penulis.dinkes", "Penulis Dinas Kesehatan", Role.AUTHOR, BANJAR, opd="DINKES"),
    Example("pic.ekonomi", "PIC Smart Economy", Role.DIMENSION_LEAD, BANJAR, dimension="ECO"),
    Example("sekda.banjar", "Sekretaris Daerah", Role.APPROVER, BANJAR),
    Example("dewan.banjar", "Anggota Dewan Smart City", Role.COUNCIL_READER, BANJAR),
    Example("koordinator.kotabanjar", "Koordinator Diskominfo Kota Banjar", Role.COORDINATOR, KOTA_BANJAR),
    Example("pembimbing", "Pembimbing Kementerian", Role.MENTOR),
    Example("asesor", "Asesor Evaluasi", Role.ASSESSOR),
    Example("editor", "Editor Kementerian", Role.MINISTRY_EDITOR),
)
OFFICES = {
    "DPMPTSP": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "DINKES": "Dinas Kesehatan",
}


@dataclass(frozen=True)
class DemoPerson:
    """A line of the sign-in page: who, in which role, where."""

    pk: int
    name: str
    email: str
    role: str
    place: str
    icon: str


@transaction.atomic
def ensure_people() -> list[User]:
    """Safe to repeat; needs the regencies, and creates an office only where no plan file brought it."""
    return [_ensure(example) for example in EXAMPLES]


def _ensure(example: Example) -> User:
    user = User.objects.filter(email=example.email).first()
    if user is None:
        user = User.objects.create_user(example.email, display_name=example.name)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    Membership.objects.get_or_create(user=user, role=example.role, dimension_code=example.dimension, **_reach(example))
    return user


def _reach(example: Example) -> dict[str, Any]:
    if example.opd:
        # This floor lies below the regencies, so the model is looked up by name.
        offices = apps.get_model("regency", "Opd").objects
        office, _ = offices.get_or_create(
            regency_id=example.regency,
            code=example.opd,
            defaults={"name": OFFICES[example.opd], "short_name": example.opd},
        )
        return {"scope": Scope.OPD, "opd_id": office.pk}
    if example.regency:
        return {"scope": Scope.REGENCY, "regency_id": example.regency}
    return {"scope": Scope.NATION}


def find_person(email: str) -> User | None:
    """Only example people can be found here, whatever address is asked for."""
    is_example = email in {example.email for example in EXAMPLES}
    return User.objects.filter(email=email, is_active=True).first() if is_example else None


def demo_people() -> list[DemoPerson]:
    """Those who exist, in the order of EXAMPLES, in one query."""
    order = [example.email for example in EXAMPLES]
    memberships = Membership.objects.filter(user__email__in=order, user__is_active=True).select_related(
        "user", "regency__province", "opd__regency__province"
    )
    people = {membership.user.email: _line(membership) for membership in memberships}
    return [people[email] for email in order if email in people]


def _line(membership: Membership) -> DemoPerson:
    user, role = membership.user, Role(membership.role)
    return DemoPerson(user.pk, user.display_name, user.email, str(role.label), _place(membership), ICONS[role])


def _place(membership: Membership) -> str:
    if membership.opd:
        return f"{membership.opd.label}, {membership.opd.regency.label}"
    return membership.regency.label if membership.regency else "Kementerian"
