"""Owners who were not seen for a while (feature F106): an office is seen when one of its people signs in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from quickwin.models import QuickWin
from smartcity.accounts.enums import Role
from smartcity.accounts.models import Membership

SILENCE = timedelta(days=60)


@dataclass(frozen=True)
class SilentOwner:
    """`seen` is the last day, None where nobody of the office ever signed in; `has_people` is False without an author."""

    win: QuickWin
    seen: date | None
    has_people: bool


def silent_owners(wins: Iterable[QuickWin], today: date) -> list[SilentOwner]:
    """Those of a lead office whose authors did not sign in for 60 days; one query for all."""
    found = list(wins)
    authors = Membership.objects.filter(
        role=Role.AUTHOR, opd__in={win.lead_opd_id for win in found}, user__is_active=True
    )
    last = dict(authors.order_by().values_list("opd_id").annotate(Max("user__last_login")))
    silent = []
    for win in found:
        at = last.get(win.lead_opd_id)
        seen = timezone.localdate(at) if at else None
        if seen is None or today - seen > SILENCE:
            silent.append(SilentOwner(win, seen, has_people=win.lead_opd_id in last))
    return silent
