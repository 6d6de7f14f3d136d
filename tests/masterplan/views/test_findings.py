"""The page of findings, the row's own, the panel, setting aside."""

from typing import Any

import pytest
from django.test import Client

from masterplan.domain.findings import findings_of
from masterplan.models import FindingWaiver, Masterplan
from masterplan.registers import KINDS
from tests.masterplan.views.rows_given import ground_of, programme_answers
from tests.people import People

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, plan: Masterplan, query: str = "") -> str:
    response = client.get(f"/rencana/{plan.code}/temuan/{query}")
    assert response.status_code == 200
    return response.content.decode()


def labels(client: Client, plan: Masterplan, query: str) -> set[str]:
    table = client.get(f"/rencana/{plan.code}/temuan/{query}").context["table"]
    return {line.found.finding.rule.code for line in table.shown}


def test_filters_narrow_by_weight_stage_group_dimension_and_words(plan: Masterplan, people: People) -> None:
    client = client_of(people.mentor)
    assert labels(client, plan, "?tahap=II&kelompok=Kelengkapan&cari=pernyataan+visi") == {"vision-missing"}
    assert labels(client, plan, "?dimensi=GOV&berat=peringatan") == {"dimension-without-gap"}
    assert labels(client, plan, "?dimensi=GOV&berat=tidak-ada") >= {"dimension-without-gap", "dimension-without-goal"}
    assert labels(client, plan, "?bagian=B1.1.1") == {"section-empty"}
    assert "Tidak ada yang cocok" in page(client, plan, "?cari=zzz")


def test_a_missing_row_leads_to_its_list(plan: Masterplan, people: People) -> None:
    text = page(client_of(people.coordinator), plan)
    assert f'href="/rencana/{plan.code}/tabel/isu/?dimensi=GOV"' in text
    assert f'href="/rencana/{plan.code}/naskah/B1.1.1/"' in text


def test_only_the_coordinator_is_offered_to_waive(plan: Masterplan, people: People) -> None:
    assert "Abaikan dengan alasan ini" in page(client_of(people.coordinator), plan)
    assert "Abaikan dengan alasan ini" not in page(client_of(people.mentor), plan)


def test_waive_and_take_back(plan: Masterplan, people: People) -> None:
    client = client_of(people.coordinator)
    fingerprint = next(x.finding.fingerprint for x in findings_of(plan) if x.finding.rule.code == "vision-missing")
    address = f"/rencana/{plan.code}/temuan/{fingerprint}/"
    assert client.post(f"{address}abaikan/", {"alasan": "Menunggu <bupati>."}).status_code == 302
    text = page(client, plan)
    assert "Menunggu &lt;bupati&gt;." in text
    assert client.post(f"{address}buka/").status_code == 302
    assert FindingWaiver.objects.count() == 0


def test_saving_a_row_tells_its_findings_at_once(plan: Masterplan, people: People) -> None:
    plan.delete()
    ground = ground_of()
    client = client_of(people.coordinator)
    answers = programme_answers(ground, supporting_opds=[], target_2028="1", horizons=[])
    response = client.post(KINDS["program"].address("create", ground.plan), answers, follow=True)
    _, told = (str(message) for message in response.context["messages"])
    assert told.startswith("2 temuan pada baris ini: Jangka pelaksanaannya belum dipilih")
    assert told in response.content.decode()
    row = ground.plan.programme_set.get()
    address = f"{KINDS['program'].address('edit', ground.plan, row.pk)}temuan/"
    assert f'hx-get="{address}"' in client.get(address.removesuffix("temuan/")).content.decode()
    form = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Temuan pada baris ini" in form
    assert "Target 2028 (1) mundur dari 2027 (125,5)" in form
    assert f'href="/rencana/{ground.plan.code}/tabel/program/{row.pk}/#id_target_2028"' in form
    assert "#id_horizons_0" in form
    narrowed = client.get(address)["Location"].partition("?")[2]
    assert labels(client, ground.plan, f"?{narrowed}") >= {"target-direction", "horizon-missing"}


def test_panel_shows_the_section_and_links_without_script(plan: Masterplan, people: People) -> None:
    client = client_of(people.coordinator)
    address = f"/rencana/{plan.code}/naskah/B1.1.1/temuan/"
    assert "belum ditulis" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert client.get(address)["Location"] == f"/rencana/{plan.code}/temuan/?bagian=B1.1.1"


def test_rules_are_listed_from_the_register(plan: Masterplan, people: People) -> None:
    text = client_of(people.mentor).get(f"/rencana/{plan.code}/temuan/aturan/").content.decode()
    assert "Target melawan arah indikator" in text
    assert "Quick win tanpa risiko" in text
