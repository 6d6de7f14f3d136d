"""The day page of an event: who sees what, and what polling costs."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bimtek.models import CycleEvent
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from tests.bimtek.given import event
from tests.people import People

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def wall(plan: Masterplan, made: CycleEvent) -> str:
    return f"/rencana/{plan.code}/kegiatan/{made.pk}/layar/"


def test_only_who_keeps_the_list_shows_the_code(plan: Masterplan, people: People) -> None:
    made = event(plan)
    found = {
        name: client_of(getattr(people, name)).get(wall(plan, made)).content.decode().count('class="wall-qr"')
        for name in ("coordinator", "author", "mentor")
    }
    assert found == {"coordinator": 1, "author": 0, "mentor": 0}
    assert client_of(people.stranger).get(wall(plan, made)).status_code == 404


def test_the_code_is_shown_on_its_day_only(plan: Masterplan, people: People) -> None:
    coordinator = client_of(people.coordinator)
    for shift in (-3, 3):
        made = event(plan, start=timezone.localdate() + timedelta(days=shift))
        assert 'class="wall-qr"' not in coordinator.get(wall(plan, made)).content.decode()


def test_nothing_new_costs_an_empty_answer(plan: Masterplan, people: People) -> None:
    made = event(plan)
    coordinator = client_of(people.coordinator)
    first = coordinator.get(wall(plan, made))
    stamp = re.search(r"tanda=(\w{16})", first.content.decode())
    assert stamp is not None
    address = f"{wall(plan, made)}?tanda={stamp[1]}"
    same = coordinator.get(address, headers=HTMX)
    assert (same.status_code, same.content, same["Cache-Control"]) == (204, b"", "no-store, private")
    CycleEvent.objects.filter(pk=made.pk).update(decisions=["Disepakati."], version=2)
    news = coordinator.get(address, headers=HTMX)
    assert news.status_code == 200
    text = news.content.decode()
    assert [words in text for words in ("Disepakati.", "every 10s", "<html")] == [True, True, False]


def test_polling_stops_when_the_event_is_over(plan: Masterplan, people: People) -> None:
    made = event(plan, start=timezone.localdate() - timedelta(days=4))
    answer = client_of(people.coordinator).get(f"{wall(plan, made)}?tanda=x", headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 286
    assert [words in text for words in ("Cetak berita acara", "Kegiatan selesai", "hx-get")] == [True, True, False]


def test_an_event_without_anything_reads_well(plan: Masterplan, people: People) -> None:
    text = client_of(people.author).get(wall(plan, event(plan, venue=""))).content.decode()
    for words in ("Susunan acara hari ini belum ditulis.", "Belum ada keputusan yang dicatat.", "Seluruh rencana"):
        assert words in text
