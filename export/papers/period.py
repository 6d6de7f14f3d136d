"""Which remarks belong to a stage.

The time of a stage begins with its first submission and ends when another stage is handed in for the first time. What was
written before any submission belongs to the stage that was handed in first, so that every remark has exactly one stage.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from bimtek.models import Submission


@dataclass(frozen=True)
class Period:
    """`start` None reaches back to the beginning, `end` None goes on; `submission` is the latest of the stage."""

    submission: Submission
    start: datetime | None
    end: datetime | None

    @property
    def condition(self) -> Q:
        asked = Q()
        if self.start is not None:
            asked &= Q(created_at__gte=self.start)
        return asked & Q(created_at__lt=self.end) if self.end is not None else asked


def period_of(stage_code: str, submissions: Iterable[Submission]) -> Period | None:
    """None for a stage that was never handed in."""
    first: dict[str, Submission] = {}
    last: dict[str, Submission] = {}
    for submission in sorted(submissions, key=lambda each: (each.at, each.pk)):
        first.setdefault(submission.stage_id, submission)
        last[submission.stage_id] = submission
    if stage_code not in first:
        return None
    order = list(first)
    place = order.index(stage_code)
    start = first[stage_code].at if place else None
    end = first[order[place + 1]].at if place + 1 < len(order) else None
    return Period(last[stage_code], start, end)
