"""Each region reads the clock on its own wall."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from masterplan.models import Masterplan, Section
from smartcity.regency.clock import zone_for, zone_of
from tests.people import People
from tests.smartcity.accounts.given import client_of


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("32.79", "Asia/Jakarta"),
        ("61.71", "Asia/Jakarta"),
        ("63.03-2026", "Asia/Makassar"),
        ("53", "Asia/Makassar"),
        ("81.71", "Asia/Jayapura"),
        ("94.01", "Asia/Jayapura"),
    ],
)
def test_zone_of_a_place(code: str, zone: str) -> None:
    assert zone_of(code).key == zone


@pytest.mark.django_db
def test_zone_of_a_person(people: People) -> None:
    found = {name: zone_for(user).key for name, user in people.items() if name in ("author", "mentor", "stranger")}
    assert found == {"author": "Asia/Makassar", "mentor": "Asia/Jakarta", "stranger": "Asia/Jakarta"}
    assert zone_for(AnonymousUser()).key == "Asia/Jakarta"


@pytest.mark.django_db
def test_pages_show_the_time_of_the_region(plan: Masterplan, people: People, section: Section) -> None:
    section.batches.create(
        start_version=0,
        end_version=1,
        steps=[],
        client="x",
        user=people.author,
        at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC),
    )
    Section.objects.update(version=1)
    address = f"/rencana/{plan.code}/naskah/{section.outline_section.code}/riwayat/"
    pages: dict[str, Any] = {
        name: client_of(getattr(people, name)).get(address).content.decode() for name in ("coordinator", "mentor")
    }
    assert "2 Maret 2026, 06.30" in pages["coordinator"]
    assert "2 Maret 2026, 05.30" in pages["mentor"]
