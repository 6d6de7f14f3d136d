"""One thing in the bin, of whatever kind, as the page shows it; and how long it stays."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone

DAYS = 90
KEPT = timedelta(days=DAYS)
SOON = 14  # days before the end from which the page warns


@dataclass(frozen=True)
class Binned:
    """`linked`: what else hangs on it, one phrase each; `key` finds it again among those of its kind."""

    kind: str
    key: str
    title: str
    detail: str
    linked: tuple[str, ...]
    at: datetime
    by: str
    thumbnail: str = ""
    code: str = ""  # of a section, whose page can still be read

    @property
    def days_left(self) -> int:
        """Days begun; 0 when the next emptying may take it."""
        return max(0, ceil((self.at + KEPT - timezone.now()) / timedelta(days=1)))

    @property
    def is_soon(self) -> bool:
        return self.days_left <= SOON
