"""The budget room as people see it; ceilings are rows of the coordinator."""

import pytest
from django.test import Client
from django.urls import reverse

from masterplan.models import BudgetCeiling
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role
from tests.masterplan.views.rows_given import Ground, add, programme_row
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db
KIND = KINDS["pagu"]


@pytest.fixture
def client() -> Client:
    return client_of(person(Role.COORDINATOR))


def room(client: Client, ground: Ground) -> str:
    return client.get(reverse("masterplan:budget_room", args=[ground.plan.code])).text


def test_page_says_what_is_over_what_is_left_and_what_has_no_source(ground: Ground, client: Client) -> None:
    programme_row(ground, funding_sources=["APBN"])
    programme_row(ground, code="GOV-P02", name="Tanpa uang")
    BudgetCeiling.objects.create(plan=ground.plan, year=2026, source="APBN", amount=1_000_000_000)
    BudgetCeiling.objects.create(plan=ground.plan, year=2027, source="APBN", amount=2_000_000_000)
    page = room(client, ground)
    assert "<b>APBN 2026</b> lebih Rp 450 juta dari pagu Rp 1 miliar." in page
    assert "▲ lebih 450" in page
    assert "✓ sisa 550" in page
    assert "GOV-P02 Tanpa uang</a>" in page
    assert "2026: rencana Rp 2,9 miliar. 2027" in page
    BudgetCeiling.objects.create(plan=ground.plan, year=2026, amount=3_000_000_000)
    assert "2026: rencana Rp 2,9 miliar, pagu Rp 3 miliar. 2027" in room(client, ground)


def test_page_flags_a_year_that_needs_four_times_another(ground: Ground, client: Client) -> None:
    years = [{"year": year, "target": 1, "budget": 100 if year < 2030 else 400} for year in ground.plan.detail_range]
    programme_row(ground, years=years)
    assert "<b>2030</b> memerlukan 4 kali anggaran 2026." in room(client, ground)


def test_empty_plan_has_a_room_without_a_drawing(ground: Ground, client: Client) -> None:
    page = room(client, ground)
    assert '<svg viewBox="0 0 760' not in page
    assert "Semua program menyebut sumber dananya." in page


def test_ceiling_is_offered_for_its_year_and_source(ground: Ground, client: Client) -> None:
    programme_row(ground, funding_sources=["CSR/TJSLP"])
    page = room(client, ground)
    address = f"{KIND.address('create', ground.plan)}?tahun=2026&amp;sumber=CSR/TJSLP"
    assert address in page
    form = client.get(address.replace("&amp;", "&")).context["form"]
    assert (form["year"].value(), form["source"].value()) == ("2026", "CSR/TJSLP")
    row = add(client, KIND, ground.plan, {"year": "2026", "source": "csr/tjslp", "amount": "2 M", "note": ""})
    assert (row.source, row.amount) == ("CSR/TJSLP", 2_000_000_000)
    again = client.post(KIND.address("create", ground.plan), {"year": "2026", "source": "CSR/TJSLP", "amount": "1"})
    assert "Pagu CSR/TJSLP 2026 sudah ada. Ubah baris itu." in again.text


def test_readers_see_ceilings_without_links_to_change_them(ground: Ground) -> None:
    programme_row(ground, funding_sources=["APBN"])
    BudgetCeiling.objects.create(plan=ground.plan, year=2026, source="APBN", amount=1)
    page = room(client_of(person(Role.APPROVER)), ground)
    assert "Ubah pagu" not in page
    assert "tanpa pagu" in page
    assert (
        client_of(person(Role.DIMENSION_LEAD, mailbox="pic")).get(KIND.address("create", ground.plan)).status_code
        == 403
    )
