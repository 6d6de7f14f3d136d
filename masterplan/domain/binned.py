"""One thing in the bin, of whatever kind, as the page shows it; and how long it stays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
        return max(0, (self.at + KEPT - timezone.now()).days)

    @property
    def is_soon(self) -> bool:
        return self.days_left <= SOON
