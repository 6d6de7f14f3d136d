"""Telling people, in the transaction of what happened: one row each, no network."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.notify.enums import USUAL_DELIVERY, Delivery, NoticeGroup
from smartcity.notify.models import Notice, Preference
from smartcity.notify.registry import KINDS


def tell(
    kind: str, people: Iterable[User], *, target: int, occasion: str, plan_code: str = "", by: User | None = None
) -> None:
    """Everybody but who did it. The same kind, target and occasion again tells nobody twice."""
    told = {person.pk for person in people} - {by.pk if by else None}
    if not told:
        return
    group = KINDS[kind].group
    chosen = dict(Preference.objects.filter(user__in=told, group=group).values_list("user_id", "delivery"))
    Notice.objects.bulk_create(
        (
            Notice(
                user_id=pk,
                kind=kind,
                group=group,
                target=str(target),
                plan_code=plan_code,
                key=key_of(kind, target, occasion),
                delivery=chosen.get(pk, USUAL_DELIVERY[group]),
            )
            for pk in sorted(told)
        ),
        ignore_conflicts=True,
    )


def key_of(kind: str, target: int, occasion: str) -> str:
    return f"{kind}:{target}:{occasion}"


def keys_told(kind: str) -> set[str]:
    """What was told of already, as `key_of` writes it: a task that looks at everything every hour need not gather people again."""
    return set(Notice.objects.filter(kind=kind).order_by().values_list("key", flat=True).distinct())


def choices_of(user: User) -> dict[NoticeGroup, Delivery]:
    chosen = dict(Preference.objects.filter(user=user).values_list("group", "delivery"))
    return {group: Delivery(chosen.get(group.value, usual)) for group, usual in USUAL_DELIVERY.items()}


@transaction.atomic
def choose(user: User, wanted: Mapping[NoticeGroup, Delivery]) -> None:
    """Holds from now on; what waits for the next digest goes the new way too."""
    Preference.objects.bulk_create(
        [Preference(user=user, group=group, delivery=delivery) for group, delivery in wanted.items()],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["delivery"],
    )
    for group, delivery in wanted.items():
        waiting = Notice.objects.of(user).filter(group=group, mail=None, read_at=None)
        waiting.filter(delivery=Delivery.DIGEST).update(delivery=delivery)
    record("notify.chosen", "pemberitahuan", by=user, choices={str(k): str(v) for k, v in wanted.items()})


def mark_read(notices: Iterable[Notice]) -> int:
    return Notice.objects.filter(pk__in=[each.pk for each in notices], read_at=None).update(read_at=timezone.now())


def mark_all_read(user: User) -> int:
    return Notice.objects.of(user).unread().update(read_at=timezone.now())
