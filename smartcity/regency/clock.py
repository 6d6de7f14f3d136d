"""Clock times as people read them: in the zone of the region they work for."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of

# Keputusan Presiden 41/1987, by the province codes of Kemendagri; everywhere else WIB holds.
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone_of(code: str) -> ZoneInfo:
    """`code` is that of a province, a regency ("63.03") or a plan; only its province counts."""
    province = code[:2]
    if province in WITA:
        return ZoneInfo("Asia/Makassar")
    return ZoneInfo("Asia/Jayapura" if province in WIT else settings.TIME_ZONE)


def zone_for(user: User | AnonymousUser) -> ZoneInfo:
    """People of the ministry, and those of regions in several zones, read WIB."""
    standing = standing_of(user)
    zones = {zone_of(code) for code in standing.regency_ids | standing.province_ids}
    return zones.pop() if len(zones) == 1 and not standing.is_national else ZoneInfo(settings.TIME_ZONE)


class ClockMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_for(request.user)):
            return self.get_response(request)
