"""The address from which the editor takes the live facts of a plan."""

import pytest
from django.test import Client

from masterplan.models import Masterplan, Programme, ProgrammeYear
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
PAGE = "/rencana/63.03-2026/fakta/"


@pytest.fixture
def reader(banjar: Masterplan, people: People) -> Client:
    return client_of(people.author)


def test_a_fact_comes_with_label_values_and_source(reader: Client, banjar: Masterplan) -> None:
    facts = {fact["key"]: fact for fact in reader.get(PAGE).json()["facts"]}
    pk = Programme.objects.get(plan=banjar, code="GOV-P01").pk
    assert facts["budget:dim:GOV:2026"] == {
        "key": "budget:dim:GOV:2026", "label": "Total anggaran Smart Governance 2026", "short": "Rp3,75 miliar",
        "long": "Rp3.750.000.000", "href": "/rencana/63.03-2026/tabel/program/?dimensi=GOV", "amount": 3_750_000_000,
        "noun": "rupiah",
    }  # fmt: skip
    assert facts["budget:programme:GOV-P01:2026"]["href"] == f"/rencana/63.03-2026/tabel/program/{pk}/#id_budget_2026"
    assert (facts["count:programme"]["amount"], facts["count:programme"]["noun"]) == (37, "program")
    assert "amount" not in facts["target:goal:SAS-1:2030"]
    assert facts["budget:quickwin:2026"]["short"] == "Rp4,34 miliar"


def test_what_a_browser_has_is_not_sent_again_until_a_row_changes(reader: Client, banjar: Masterplan) -> None:
    first = reader.get(PAGE)
    again = reader.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ProgrammeYear.objects.filter(programme__plan=banjar, programme__code="GOV-P01", year=2026).update(budget=1)
    assert reader.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 200
