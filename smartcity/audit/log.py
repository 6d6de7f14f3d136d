"""Recording an event; the address of the current request comes from the middleware."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pghistory

from smartcity.accounts.models import User
from smartcity.audit.models import Event

current_address: ContextVar[str | None] = ContextVar("current_address", default=None)


@contextmanager
def unlocated() -> Iterator[None]:
    """For what visitors without an account do: neither events nor row history keep where they came from."""
    token = current_address.set(None)
    try:
        with pghistory.context(address=None):
            yield
    finally:
        current_address.reset(token)


def record(
    verb: str,
    subject: object,
    *,
    by: User | None,
    regency_id: str = "",
    plan_code: str = "",
    reason: str = "",
    actor_name: str = "Perintah server",
    **data: Any,
) -> Event:
    """Write one event in the caller's transaction; without an account (`by=None`) it is told under `actor_name`."""
    return Event.objects.create(
        actor=by,
        actor_name=by.display_name if by else actor_name,
        address=current_address.get(),
        verb=verb,
        subject_label=str(subject)[:250],
        regency_id=regency_id,
        plan_code=plan_code,
        reason=reason,
        data=data,
    )
