"""The registry of a regency's offices; an office is closed, never deleted, and keeps its former names as aliases."""

from dataclasses import dataclass

from django.db import transaction

from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Opd, Regency
from smartcity.ui.refusal import Conflict

ALIAS_LENGTH = 120
SHORT_NAME_LENGTH = 60


@dataclass(frozen=True)
class OfficeFacts:
    code: str
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...]


@transaction.atomic
def create_office(regency: Regency, *, facts: OfficeFacts, by: User) -> Opd:
    _refuse_taken_code(regency, facts.code)
    office = Opd.objects.create(
        regency=regency,
        code=facts.code,
        name=facts.name,
        short_name=facts.short_name,
        kind=facts.kind,
        aliases=list(facts.aliases),
        position=Opd.objects.filter(regency=regency).count() + 1,
    )
    record("opd.created", office.name, by=by, regency_id=regency.pk)
    return office


@transaction.atomic
def change_office(office: Opd, *, facts: OfficeFacts, by: User) -> Opd:
    office = Opd.objects.select_for_update().get(pk=office.pk)
    if facts.code.upper() != office.code.upper():
        _refuse_taken_code(office.regency, facts.code)
    former = office.name
    office.code, office.kind, office.name, office.short_name = facts.code, facts.kind, facts.name, facts.short_name
    office.aliases = list(facts.aliases)
    if former != office.name:
        _remember_name(office, former)
    office.save()
    record("opd.changed", office.name, by=by, regency_id=office.regency_id, former_name=former)
    return office


def _remember_name(office: Opd, former: str) -> None:
    """Without a short name the first alias is shown, which must not become the former name."""
    if not office.short_name and not office.aliases:
        office.short_name = office.name[:SHORT_NAME_LENGTH]
    if former not in office.aliases:
        office.aliases.append(former[:ALIAS_LENGTH])


@transaction.atomic
def set_office_active(office: Opd, *, is_active: bool, reason: str, by: User) -> Opd:
    office = Opd.objects.select_for_update().get(pk=office.pk)
    if office.is_active == is_active:
        return office
    office.is_active = is_active
    office.save(update_fields=["is_active"])
    verb = "opd.reopened" if is_active else "opd.closed"
    record(verb, office.name, by=by, regency_id=office.regency_id, reason=reason)
    return office


def _refuse_taken_code(regency: Regency, code: str) -> None:
    taken = Opd.objects.filter(regency=regency, code__iexact=code).first()
    if taken:
        raise Conflict(
            f"Kode {taken.code} sudah dipakai oleh {taken.name}.",
            next_step="Pilih kode lain, atau ubah perangkat daerah yang ada.",
        )
