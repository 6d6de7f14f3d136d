"""How often the public form may be used, on the counters that throttle the sign-in; addresses only as keyed hashes."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

RATES = {"address": "20/h/key", "region": "300/d/key", "letter": "3/d/key"}


def is_within(request: HttpRequest, what: str, value: str) -> bool:
    """Counts this one. `what` is a key of RATES, `value` what is counted: a network address, a region, a mailbox."""
    key = salted_hmac(f"quickwin.idea.{what}", value, algorithm="sha256").hexdigest()
    return bool(ratelimit.consume(request, app="quickwin", action=what, config=RATES, key=key))


def network_of(request: HttpRequest) -> str:
    """As the sign-in counts it: behind a known number of proxies, IPv6 by its network."""
    return str(ratelimit.get_ip(request))
