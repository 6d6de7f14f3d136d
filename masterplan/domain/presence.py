"""Who is in a section, and who holds its pen. Advisory throughout: nothing here ever refuses a save."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from masterplan.domain.section import ensure_present
from masterplan.models import Masterplan, Presence, Section, SectionLease
from masterplan.rules import can_write_section
from smartcity.accounts.models import User
from smartcity.ui.refusal import NotAllowed

LEASE = timedelta(seconds=45)
BEAT = timedelta(seconds=10)  # one write per tab in this time, so that 200 open tabs stay cheap
NOTICE = timedelta(minutes=5)  # for so long the person from whom the pen was taken is told
FORGET = timedelta(hours=1)


@dataclass(frozen=True)
class Here:
    """One open tab."""

    name: str
    client: str
    writing: bool
    you: bool


@dataclass(frozen=True)
class Pen:
    client: str
    name: str
    until: datetime
    yours: bool


@dataclass(frozen=True)
class Taken:
    """The pen was taken from this person."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Company:
    here: list[Here]
    pen: Pen | None
    taken: Taken | None


@dataclass
class SectionCompany:
    """Who is in one section, each name once; `writer` is empty when nobody holds the pen."""

    here: list[str] = field(default_factory=list)
    writer: str = ""


def company_of(
    section: Section, *, user: User, client: str = "", writing: bool = False, now: datetime | None = None
) -> Company:
    """Who is here. With a `client` this is also its heartbeat; `writing` prolongs the pen that it holds."""
    now = now or timezone.now()
    rows = list(Presence.objects.filter(section=section, seen_at__gt=now - LEASE).select_related("user").order_by("pk"))
    if client:
        _beat(section, rows, user, client, now)
    lease = SectionLease.objects.filter(section=section).select_related("user").first()
    if lease and writing and lease.client == client and lease.until > now:
        prolong(section, client=client, now=now)
        lease.until = max(lease.until, now + LEASE - BEAT)
    pen = _pen(lease, user, now)
    here = [
        Here(row.user.display_name, row.client, bool(pen and pen.client == row.client), row.user_id == user.pk)
        for row in rows
    ]
    return Company(here, pen, _taken(lease, user, now))


def _beat(section: Section, rows: list[Presence], user: User, client: str, now: datetime) -> None:
    own = next((row for row in rows if row.client == client), None)
    if own and own.seen_at > now - BEAT:
        return
    if own is None:
        Presence.objects.filter(seen_at__lt=now - FORGET).delete()
        own = Presence(section=section, client=client)
        rows.append(own)
    # A client id belongs to whoever sent it last: presence shows, it proves nothing.
    own.user, own.seen_at = user, now
    Presence.objects.bulk_create(
        [Presence(section=section, client=client, user=user, seen_at=now)],
        update_conflicts=True,
        unique_fields=["section", "client"],
        update_fields=["user", "seen_at"],
    )


def _pen(lease: SectionLease | None, user: User, now: datetime) -> Pen | None:
    if lease is None or lease.until <= now:
        return None
    return Pen(lease.client, lease.user.display_name, lease.until, lease.user_id == user.pk)


def _taken(lease: SectionLease | None, user: User, now: datetime) -> Taken | None:
    if lease is None or lease.taken_at is None or lease.taken_from_id != user.pk or lease.taken_at < now - NOTICE:
        return None
    return Taken(lease.user.display_name, lease.taken_at)


def prolong(section: Section, *, client: str, now: datetime | None = None) -> None:
    """One statement; it touches a row at most every ten seconds."""
    now = now or timezone.now()
    SectionLease.objects.filter(section=section, client=client, until__gt=now, until__lt=now + LEASE - BEAT).update(
        until=now + LEASE
    )


def take_pen(section: Section, *, user: User, client: str, takeover: bool = False, now: datetime | None = None) -> bool:
    """True when the pen is this client's now. A pen that somebody else holds is taken only with `takeover`."""
    now = now or timezone.now()
    if not can_write_section(user, section):
        msg = "Bagian ini tidak ditugaskan kepada Anda."
        raise NotAllowed(msg)
    ensure_present(section)
    with transaction.atomic():
        lease, created = SectionLease.objects.select_for_update().get_or_create(
            section=section, defaults={"user": user, "client": client, "until": now + LEASE}
        )
        if created:
            return True
        is_foreign = lease.user_id != user.pk and lease.until > now
        if is_foreign and not takeover:
            return False
        if is_foreign:
            lease.taken_from_id, lease.taken_at = lease.user_id, now
        elif lease.user_id != user.pk:
            lease.taken_from_id, lease.taken_at = None, None
        lease.user, lease.client, lease.until = user, client, now + LEASE
        lease.save()
    return True


def leave(section: Section, *, user: User, client: str, now: datetime | None = None) -> None:
    """The tab is gone: its pen is free and its person no longer shown."""
    now = now or timezone.now()
    SectionLease.objects.filter(section=section, client=client, user=user, until__gt=now).update(until=now)
    Presence.objects.filter(section=section, client=client, user=user).delete()


def company_in_plan(plan: Masterplan, *, now: datetime | None = None) -> dict[str, SectionCompany]:
    """By section code, only sections where somebody is; two queries."""
    now = now or timezone.now()
    found: dict[str, SectionCompany] = {}
    tabs = Presence.objects.filter(section__plan=plan, seen_at__gt=now - LEASE).order_by("user__display_name")
    for code, name in tabs.values_list("section__outline_section__code", "user__display_name"):
        company = found.setdefault(code, SectionCompany())
        if name not in company.here:
            company.here.append(name)
    pens = SectionLease.objects.filter(section__plan=plan, until__gt=now)
    for code, name in pens.values_list("section__outline_section__code", "user__display_name"):
        found.setdefault(code, SectionCompany()).writer = name
    return found


def attach_company(sections: Iterable[Section], company: dict[str, SectionCompany]) -> None:
    """Gives each section its `company`, for templates."""
    for section in sections:
        section.company = company.get(section.outline_section.code)
