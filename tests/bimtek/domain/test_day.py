"""The day of an event on the projector: which item runs, what each team has to do, and when nothing has changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bimtek.domain.attendance import Person, add_participants, check_in
from bimtek.domain.day import Wall, agenda_on, shown_day, stamp_of, tasks_at, wall_of
from bimtek.models import AgendaItem, Attendance, CycleEvent
from masterplan.enums import CommentKind, CommentVisibility
from masterplan.models import Masterplan, Section
from smartcity.regency.clock import zone_of
from smartcity.regency.models import Opd
from tests.bimtek.given import event, section_of, send, stage
from tests.masterplan.comments_given import row_spot, thread_on, write
from tests.people import People
from tests.test_access import full_plan

__all__ = ["full_plan"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 27)
AGENDA = ((time(8), time(9)), (time(10), None), (time(13), None))


def held(plan: Masterplan, days: int = 2) -> CycleEvent:
    made = event(plan, days=days, start=DAY, decisions=["Satu.", "Dua.", "Tiga.", "Empat."])
    for number, (starts, ends) in enumerate(AGENDA, 1):
        AgendaItem.objects.create(event=made, day=DAY, starts=starts, ends=ends, title=f"Acara {number}")
    return made


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """Of the clock in Kabupaten Banjar (WITA)."""
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "states"),
    [
        (at(7, 59), ["berikutnya", "belum", "belum"]),
        (at(8), ["berlangsung", "berikutnya", "belum"]),
        (at(9), ["selesai", "berikutnya", "belum"]),
        (at(12, 59), ["selesai", "berlangsung", "berikutnya"]),
        (at(23, 58), ["selesai", "selesai", "berlangsung"]),
        (at(8, day=DAY - timedelta(1)), ["belum", "belum", "belum"]),
        (at(8, day=DAY + timedelta(1)), ["selesai", "selesai", "selesai"]),
    ],
)
def test_the_item_that_runs_is_told_in_the_zone_of_the_region(
    plan: Masterplan, now: datetime, states: list[str]
) -> None:
    local = now.astimezone(zone_of(plan.regency_id))
    assert [each.state for each in agenda_on(held(plan), DAY, local)] == states


def test_before_an_event_its_first_day_is_shown_and_afterwards_its_last(plan: Masterplan) -> None:
    made = held(plan)
    days = [shown_day(made, DAY + timedelta(number)) for number in (-5, 0, 1, 9)]
    assert days == [DAY, DAY, DAY + timedelta(1), DAY + timedelta(1)]


def facts(wall: Wall) -> tuple[int, int, bool, bool, bool]:
    return wall.number, wall.of, wall.is_today, wall.is_ended, wall.is_over


def test_an_event_ends_with_its_last_item_and_is_over_after_midnight(plan: Masterplan) -> None:
    made = held(plan, days=1)
    made.agenda.filter(starts=time(13)).update(ends=time(15))
    found = {
        name: facts(wall_of(made, now=now))
        for name, now in (("noon", at(12)), ("evening", at(15)), ("after", at(0, day=DAY + timedelta(1))))
    }
    assert found == {
        "noon": (1, 1, True, False, False),
        "evening": (1, 1, True, True, False),
        "after": (1, 1, False, True, True),
    }
    made.is_cancelled = True
    assert facts(wall_of(made, now=at(12))) == (1, 1, False, True, True)


def test_a_long_day_leaves_out_what_is_over(plan: Masterplan) -> None:
    made = held(plan)
    for hour in range(14, 20):
        AgendaItem.objects.create(event=made, day=DAY, starts=time(hour), title=f"Sesi {hour}")
    wall = wall_of(made, now=at(14, 30))
    assert (wall.passed, [each.item.title for each in wall.shown_agenda][:2]) == (3, ["Sesi 14", "Sesi 15"])
    assert (wall_of(made, now=at(7)).passed, wall.first_decision) == (0, 2)
    assert wall.shown_decisions == ("Dua.", "Tiga.", "Empat.")


def test_each_team_has_its_sections_rows_and_remarks(full_plan: Masterplan, people: People, author_office: Opd) -> None:
    must = {"by": people.mentor, "kind": CommentKind.MUST_FIX}
    row = full_plan.programme_set.get(code="GOV-P01")
    before = {team.code: team for team in tasks_at(full_plan, stage("IV"))}
    assert list(before) == ["GOV", "BRA", "ECO", "LIV", "SOC", "ENV", ""]
    thread_on(full_plan, **must, spot=row_spot(row))  # type: ignore[arg-type]
    thread_on(full_plan, **must)  # type: ignore[arg-type]
    thread_on(full_plan, **must, visibility=CommentVisibility.OFFICE, opd=author_office)  # type: ignore[arg-type]
    full_plan.goal_set.filter(dimension__code="ECO").delete()
    after = {team.code: team for team in tasks_at(full_plan, stage("IV"))}
    assert {
        code: team.must_fix - before[code].must_fix
        for code, team in after.items()
        if team.must_fix != before[code].must_fix
    } == {"GOV": 1, "": 1}
    assert after["ECO"].rows == before["ECO"].rows + 1
    assert after["GOV"].total == before["GOV"].total + 1


def test_without_a_stage_of_its_own_the_next_one_counts(plan: Masterplan, people: People) -> None:
    made = held(plan)
    assert wall_of(made).stage == stage("I")
    send(plan, "I", by=people.coordinator)
    assert wall_of(made).stage == stage("II")
    made.stage = stage("IV")
    assert wall_of(made).stage == stage("IV")


def test_who_is_here_counts_for_this_day_only(plan: Masterplan, people: People) -> None:
    made = held(plan)
    kinds = ("opd", "opd", "tni", "polri", "kampus", "media", "usaha")
    who = add_participants(
        made, [Person(f"Orang {n}", kind, f"X {n}") for n, kind in enumerate(kinds)], by=people.coordinator
    )
    for person in who:
        Attendance.objects.create(participant=person, day=DAY, how="list")
    Attendance.objects.create(participant=who[0], day=DAY + timedelta(1), how="list")
    wall = wall_of(made, now=at(9))
    assert (wall.came, wall.listed, wall.elements[0], wall.elements[-1]) == (
        7,
        7,
        ("Perangkat daerah", 2),
        ("Unsur lain", 2),
    )
    assert wall_of(made, now=at(9, day=DAY + timedelta(1))).came == 1


def test_the_stamp_changes_with_everything_that_the_wall_shows(
    plan: Masterplan, people: People, section: Section
) -> None:
    made = event(plan, decisions=["Satu."])
    made.plan = plan
    stamps = [stamp_of(made)]
    assert stamp_of(made) == stamps[0]
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS)
    assert stamp_of(made) == stamps[0]
    check_in(made, made.start_date, Person("Tamu", "media", "Radio"))
    stamps.append(stamp_of(made))
    write(section_of(plan), "Kalimat baru.")
    stamps.append(stamp_of(made))
    thread_on(plan, by=people.mentor)
    stamps.append(stamp_of(made))
    made.version += 1
    stamps.append(stamp_of(made))
    stamps.append(stamp_of(made, now=datetime.now(UTC) + timedelta(days=2)))
    assert len(set(stamps)) == len(stamps)
    assert section.pk


def test_the_number_of_queries_does_not_grow(plan: Masterplan, people: People) -> None:
    made = held(plan)
    counts = []
    for number in (1, 3):
        for place in range(number):
            [who] = add_participants(made, [Person(f"O {number}-{place}", "opd", "X")], by=people.coordinator)
            Attendance.objects.create(participant=who, day=DAY, how="list")
            thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX)
        for action in (wall_of, stamp_of):
            with CaptureQueriesContext(connection) as caught:
                action(CycleEvent.objects.select_related("plan__regency", "stage").get(pk=made.pk), now=at(9))
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
    assert counts[1] <= 6
