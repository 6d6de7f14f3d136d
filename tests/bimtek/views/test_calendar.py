"""The calendar, its file, the timeline and the countdowns on the pages of stages."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bimtek.domain.month import Entry, as_ics
from bimtek.domain.timeline import drawn
from bimtek.models import CycleStep, StageDeadline
from masterplan.models import Masterplan
from tests.bimtek.given import event, stage
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.coordinator)


def step(plan: Masterplan, **more: object) -> CycleStep:
    values = {"name": "Bimtek I", "start_date": date(2026, 8, 11), "end_date": date(2026, 8, 12)} | more
    return CycleStep.objects.create(plan=plan, **values)


def test_a_month_shows_steps_events_deadlines_and_holidays(plan: Masterplan, client: Client) -> None:
    made = step(plan, stage=stage("I"), held_start=date(2026, 8, 13), held_end=date(2026, 8, 14))
    held = event(plan, days=2, start=date(2026, 8, 31), title="Rapat persiapan")
    StageDeadline.objects.create(
        plan=plan, stage=stage("I"), kind="kirim", started_on=date(2026, 8, 3), workdays=10, due=date(2026, 8, 18)
    )
    page = client.get(reverse("bimtek:calendar_month", args=[plan.code]), {"bulan": "2026-08"})
    found = {
        entry.title: (day.date.day, entry.href)
        for week in page.context["weeks"] for day in week if day.in_month for entry in day.entries
    }  # fmt: skip
    assert found == {
        "Bimtek I": (14, f"/rencana/{plan.code}/siklus/{made.pk}/"),
        "Tenggat Kiriman Bimtek I": (18, f"/rencana/{plan.code}/tahap/I/"),
        "Rapat persiapan": (31, f"/rencana/{plan.code}/kegiatan/{held.pk}/"),
    }
    for words in ("Agustus 2026", "Hari Kemerdekaan Republik Indonesia", "Maulid Nabi Muhammad", "?bulan=2026-07"):
        assert words in page.text


@pytest.mark.parametrize("asked", ["", "2026", "2026-13", "9999-99", "-1", "\0", "0001-01", "2100-12"])
def test_any_month_is_answered(asked: str, plan: Masterplan, client: Client) -> None:
    page = client.get(reverse("bimtek:calendar_month", args=[plan.code]), {"bulan": asked})
    assert page.status_code == 200


def test_the_file_for_other_calendars(plan: Masterplan, client: Client) -> None:
    step(plan, name="Bimtek I; hari, pertama\nEND:VCALENDAR " + "panjang " * 15)
    answer = client.get(reverse("bimtek:calendar_file", args=[plan.code]))
    text = answer.content.decode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="siklus-{plan.code}.ics"'
    assert text.count("END:VCALENDAR\r\n") == 1
    assert "DTSTART;VALUE=DATE:20260811\r\nDTEND;VALUE=DATE:20260813\r\n" in text
    assert r"SUMMARY:Bimtek I\; hari\, pertama\nEND:VCALENDAR" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_an_empty_calendar_is_a_file_too(plan: Masterplan) -> None:
    one = Entry("tenggat", "I", "Tenggat", date(2026, 1, 1), date(2026, 1, 1))
    assert as_ics(plan, [one], host="x.example", now=plan.created_at).count("BEGIN:VEVENT") == 1


def test_the_timeline_draws_plan_and_reality(plan: Masterplan, client: Client) -> None:
    assert drawn([], date(2026, 1, 1)) is None
    step(plan, held_start=date(2026, 8, 18), held_end=date(2026, 8, 19))
    step(plan, name="Ekspose", start_date=date(2026, 11, 3), end_date=date(2026, 11, 5))
    figure = drawn(list(CycleStep.objects.all()), date(2026, 9, 1))
    assert figure is not None
    assert [(line.step.name, line.shift, line.held is not None) for line in figure.lines] == [
        ("Bimtek I", 7, True), ("Ekspose", None, False),
    ]  # fmt: skip
    for line in figure.lines:
        assert figure.label <= line.planned.x <= line.planned.x + line.planned.width <= figure.width
    page = client.get(reverse("bimtek:cycle_list", args=[plan.code])).text
    assert page.count('class="t-planned"') == 2
    assert page.count('class="t-held"') == 1
    assert "style=" not in page


def test_a_stage_is_begun_and_extended_on_its_page(plan: Masterplan, client: Client, people: People) -> None:
    page = reverse("bimtek:stage_detail", args=[plan.code, "I"])
    start = reverse("bimtek:stage_start", args=[plan.code, "I"])
    assert "Mulai tahap ini" in client.get(page).text
    assert client.post(start).status_code == 302
    deadline = StageDeadline.objects.get()
    for user in (people.coordinator, people.mentor, people.author):
        assert "sisa 20 hari kerja" in client_of(user).get(page).text
    assert "sudah dimulai" in client.post(start, follow=True).text
    extend = reverse("bimtek:deadline_extend", args=[plan.code, "I", deadline.pk])
    later = {"tenggat": (deadline.due + timedelta(days=7)).isoformat(), "alasan": "Menunggu Renstra.", "versi": 1}
    assert client.post(extend, later).status_code == 403
    mentor = client_of(people.mentor)
    assert "Tenggat baru harus sesudah" in mentor.post(extend, {**later, "tenggat": "besok"}, follow=True).text
    assert "diperpanjang sampai" in mentor.post(extend, later, follow=True).text
    assert "Menunggu Renstra." in client.get(page).text
    assert "hari kerja" in client.get(reverse("bimtek:stage_list", args=[plan.code])).text


def test_pages_cost_the_same_for_1_and_3(plan: Masterplan, client: Client) -> None:
    pages = [reverse(f"bimtek:{name}", args=[plan.code]) for name in ("calendar_month", "calendar_file")]

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    def fill(code: str) -> None:
        step(plan, name=code)
        event(plan)
        StageDeadline.objects.create(
            plan=plan, stage=stage(code), kind="kirim", started_on=date(2026, 8, 3), workdays=1, due=date(2026, 8, 4)
        )

    fill("I")
    for page in pages:
        cost(page)
    few = [cost(page) for page in pages]
    fill("II")
    fill("III")
    assert [cost(page) for page in pages] == few
    assert max(few) <= 16
