"""Which mails there are to be: one for each notice that goes at once, one digest a person and day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.core.mail import make_msgid
from django.db import transaction

from smartcity.accounts.models import User
from smartcity.notify.enums import Delivery, MailKind
from smartcity.notify.models import Mail, Notice
from smartcity.regency.clock import zone_for

DIGEST_AT = time(7)


def plan_mails(now: datetime) -> int:
    """How many were made. Only one process does this at a time (`delivery.only_one`)."""
    return _plan_single(now) + _plan_digests(now)


@transaction.atomic
def _plan_single(now: datetime) -> int:
    notices = list(Notice.objects.without_mail(Delivery.NOW).select_related("user").order_by("pk")[:500])
    for notice in notices:
        notice.mail = _mail(notice.user, MailKind.SINGLE, now)
    _attach(notices)
    return len(notices)


@transaction.atomic
def _plan_digests(now: datetime) -> int:
    """Of what happened before 07.00 of this day where the person works; later happenings wait for the next morning."""
    waiting = Notice.objects.without_mail(Delivery.DIGEST).select_related("user").order_by("user", "pk")
    by_person: dict[User, list[Notice]] = {}
    for notice in waiting:
        by_person.setdefault(notice.user, []).append(notice)
    known = set(Mail.objects.filter(user__in=by_person, kind=MailKind.DIGEST).values_list("user_id", "day"))
    made = 0
    for user, notices in by_person.items():
        day, since = _morning(user, now)
        ripe = [notice for notice in notices if notice.at < since <= now]
        if not ripe or (user.pk, day) in known:
            continue
        mail = _mail(user, MailKind.DIGEST, now, day)
        for notice in ripe:
            notice.mail = mail
        _attach(ripe)
        made += 1
    return made


def _morning(user: User, now: datetime) -> tuple[date, datetime]:
    zone = zone_for(user)
    day = now.astimezone(zone).date()
    return day, datetime.combine(day, DIGEST_AT, zone).astimezone(UTC)


def _mail(user: User, kind: MailKind, now: datetime, day: date | None = None) -> Mail:
    return Mail.objects.create(
        user=user, kind=kind, day=day, message_id=_message_id(), address=user.email, next_at=now
    )  # fmt: skip


def plan_outside(about: str, target: int) -> Mail:
    """In the transaction of what it is about. Raises IntegrityError the second time: a letter goes once."""
    return Mail.objects.create(kind=MailKind.OUTSIDE, about=about, target=str(target), message_id=_message_id())


def _message_id() -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return make_msgid(domain=domain)


def _attach(notices: Iterable[Notice]) -> None:
    Notice.objects.bulk_update(notices, ["mail"])
