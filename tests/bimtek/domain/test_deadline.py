"""Deadlines begin once, never move by themselves, and are extended by whoever waits, with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from bimtek.domain.deadline import countdowns, extend, mark_read, start_stage, today_at
from bimtek.domain.workdays import add_workdays
from bimtek.models import DeadlineExtension, Holiday, StageDeadline
from masterplan.domain.row import StaleRowError
from masterplan.models import Issue, Masterplan, PlanMember
from smartcity.audit.models import Event
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState
from tests.bimtek.given import send, stage
from tests.people import People

pytestmark = pytest.mark.django_db
REASON = "Menunggu data Renstra tiga perangkat daerah."


def rows(plan: Masterplan) -> list[tuple[str, str, bool]]:
    found = StageDeadline.objects.filter(plan=plan).order_by("pk")
    return [(each.stage_id, each.kind, each.met_on is not None) for each in found]


def test_begun_once_by_either_side_and_frozen(plan: Masterplan, people: People) -> None:
    made = start_stage(plan, stage=stage("I"), by=people.mentor)
    days = frozenset(Holiday.objects.values_list("date", flat=True))
    assert (made.started_on, made.workdays, made.due) == (today_at(plan), 20, add_workdays(today_at(plan), 20, days))
    with pytest.raises(WrongState, match="Bimtek I sudah dimulai"):
        start_stage(plan, stage=stage("I"), by=people.coordinator)
    Holiday.objects.bulk_create(
        Holiday(date=day, name="Libur baru")
        for day in (made.started_on + timedelta(days=number) for number in range(1, 30))
        if day not in days
    )
    made.refresh_from_db()
    assert made.due == add_workdays(today_at(plan), 20, days)


def test_who_may(plan: Masterplan, people: People) -> None:
    starters = {"coordinator", "mentor", "ministry_editor"}
    for name, user in people.items():
        StageDeadline.objects.all().delete()
        if name in starters:
            deadline = start_stage(plan, stage=stage("I"), by=user)
            if name == "coordinator":
                with pytest.raises(NotAllowed):
                    extend(deadline, due=deadline.due + timedelta(days=1), reason=REASON, version=1, by=user)
            else:
                extend(deadline, due=deadline.due + timedelta(days=1), reason=REASON, version=1, by=user)
            DeadlineExtension.objects.all().delete()
        else:
            with pytest.raises(NotAllowed):
                start_stage(plan, stage=stage("I"), by=user)
    PlanMember.objects.all().delete()
    with pytest.raises(NotAllowed):
        start_stage(plan, stage=stage("II"), by=people.mentor)


def test_a_submission_meets_begins_to_be_read_and_begins_the_next(plan: Masterplan, people: People) -> None:
    start_stage(plan, stage=stage("I"), by=people.coordinator)
    first = send(plan, "I", by=people.coordinator)
    assert rows(plan) == [("I", "kirim", True), ("I", "baca", False), ("II", "kirim", False)]
    Issue.objects.create(plan=plan, dimension=plan.dimension_set.dimensions.get(code="ECO"), text="Harga pangan")
    second = send(plan, "I", by=people.coordinator)
    assert rows(plan)[3:] == [("I", "baca", False)]
    shown = [each.deadline.submission_id for each in countdowns(plan) if each.deadline.kind == "baca"]
    assert shown == [second.pk]
    assert (mark_read(second), mark_read(second), mark_read(first)) == (True, False, True)
    assert Event.objects.filter(verb="deadline.set").count() == 4


def test_an_extension_keeps_what_was(plan: Masterplan, people: People) -> None:
    deadline = start_stage(plan, stage=stage("I"), by=people.coordinator)
    later = deadline.due + timedelta(days=7)
    moved = extend(deadline, due=later, reason=REASON, version=1, by=people.mentor)
    assert (moved.due, moved.version) == (later, 2)
    kept = moved.extensions.get()
    assert (kept.former_due, kept.due, kept.reason, kept.by) == (deadline.due, later, REASON, people.mentor)
    with pytest.raises(StaleRowError):
        extend(deadline, due=later + timedelta(days=7), reason=REASON, version=1, by=people.mentor)
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        DeadlineExtension.objects.update(reason="lain")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "  segera  "}, "Tulis alasan perpanjangan."),
        ({"days": 0}, "Tenggat baru harus sesudah"),
        ({"days": -3}, "Tenggat baru harus sesudah"),
        ({"days": 400}, "Tenggat baru harus sesudah"),
    ],
)
def test_refused_extensions(change: dict[str, Any], sentence: str, plan: Masterplan, people: People) -> None:
    deadline = start_stage(plan, stage=stage("I"), by=people.coordinator)
    due = deadline.due + timedelta(days=change.get("days", 5))
    with pytest.raises(Incomplete, match=sentence):
        extend(deadline, due=due, reason=change.get("reason", REASON), version=1, by=people.mentor)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-08-10", "sisa 5 hari kerja"),  # the 17th is a holiday
        ("2026-08-18", "hari ini"),
        ("2026-08-15", "sisa 1 hari kerja"),
        ("2026-08-19", "lewat 1 hari kerja"),
        ("2026-08-28", "lewat 7 hari kerja"),  # the 25th is a holiday
    ],
)
def test_the_words_of_a_countdown(
    today: str, words: str, plan: Masterplan, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    StageDeadline.objects.create(
        plan=plan, stage=stage("I"), kind="kirim", started_on=date(2026, 8, 3), workdays=10, due=date(2026, 8, 18)
    )
    monkeypatch.setattr("bimtek.domain.deadline.today_at", lambda _: date.fromisoformat(today))
    assert [each.words for each in countdowns(plan)] == [words]
