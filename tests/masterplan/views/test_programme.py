"""The programme's page: money by source, reasons, former codes, dropping and reviving; who may decide."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from masterplan.domain.programme import drop_programme
from masterplan.enums import PartnerKind
from masterplan.models import PlanSubdimension, Programme
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role
from tests.masterplan.views.rows_given import (
    VALID,
    Answers,
    Ground,
    add,
    form_data,
    ground_of,
    programme_answers,
    programme_row,
    sources,
)
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, person

pytestmark = pytest.mark.django_db
KIND = KINDS["program"]


@pytest.fixture
def client() -> Client:
    return client_of(person(Role.COORDINATOR))


def url_of(row: Programme) -> str:
    return KIND.address("edit", row.plan, row.pk)


def opened(client: Client, row: Programme) -> Answers:
    return form_data(client.get(url_of(row)).context["form"])


def test_matrix_is_stored_by_year_and_source(ground: Ground, client: Client) -> None:
    lines = sources(
        {"source": "apbn", "amount_2026": "1 M", "amount_2027": "450 jt"},
        {"source": "Hibah luar negeri", "amount_2026": "450 jt"},
        {"source": "KPBU"},
    )
    row = add(client, KIND, ground.plan, programme_answers(ground, **lines))
    assert row.funding_sources == ["APBN", "Hibah luar negeri", "KPBU"]
    assert [(share.year, share.source, share.amount) for share in row.budgets.all()] == [
        (2026, "APBN", 1_000_000_000),
        (2026, "Hibah luar negeri", 450_000_000),
        (2027, "APBN", 450_000_000),
    ]
    page = client.get(url_of(row)).text
    assert '<td class="num" data-rest="2027">1.000.000.000</td>' in page
    assert '<td class="num" data-rest="2026">0</td>' in page


def test_an_empty_total_is_the_sum_of_its_sources(ground: Ground, client: Client) -> None:
    lines = sources({"source": "APBN", "amount_2026": "1 M"}, {"source": "DAK", "amount_2026": "250 jt"})
    row = add(client, KIND, ground.plan, programme_answers(ground, budget_2026="", **lines))
    assert row.years.get(year=2026).budget == 1_250_000_000


REFUSED: list[tuple[Answers, str, str]] = [
    (
        sources({"source": "APBN", "amount_2026": "2 M"}),
        "budget_2026",
        "melebihi anggaran tahun itu (Rp 1.450.000.000)",
    ),
    (sources({"source": "APBN"}, {"source": "apbn"}), "__all__", "Sumber “APBN” ditulis dua kali."),
    ({"code": "GOV-P77"}, "code", "dahulu milik program GOV-P05"),
]


@pytest.mark.parametrize(("change", "field", "sentence"), REFUSED)
def test_what_does_not_fit_is_refused_at_its_place(
    change: Answers, field: str, sentence: str, ground: Ground, client: Client
) -> None:
    programme_row(ground, code="GOV-P05").former_codes.create(code="GOV-P77")
    response = client.post(KIND.address("create", ground.plan), programme_answers(ground, **change))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert sentence in response.text


def test_a_line_with_money_needs_its_source(ground: Ground, client: Client) -> None:
    answers = programme_answers(ground, **sources({"source": "", "amount_2026": "1 jt"}))
    response = client.post(KIND.address("create", ground.plan), answers)
    assert response.status_code == 422
    assert "Tulis nama sumbernya." in response.text
    assert not Programme.objects.exists()


def test_partners_references_and_readiness_are_kept(ground: Ground, client: Client) -> None:
    lines = {
        "partners-TOTAL_FORMS": "1", "partners-0-kind": "kampus", "partners-0-name": "Universitas setempat",
        "references-TOTAL_FORMS": "1", "references-0-document": "rpjmd", "references-0-period": "2025–2029",
        "references-0-part": "Bab V", "innovation": "metode", "districts": "Martapura\r\nGambut",
        "beneficiaries": "Warga", "regulation": "sebagian", "regulation_note": "Perbup disusun",
        "subactivity_code": "9.99.kode.daerah",
    }  # fmt: skip
    row = add(client, KIND, ground.plan, programme_answers(ground, **lines))
    assert [str(partner) for partner in row.partners.all()] == ["Universitas setempat (perguruan tinggi)"]
    assert [str(reference) for reference in row.references.all()] == ["RPJMD 2025–2029: Bab V"]
    assert (row.innovation, row.districts, row.regulation) == ("metode", ["Martapura", "Gambut"], "sebagian")
    assert row.subactivity_code == "9.99.kode.daerah"
    page = client_of(person(Role.APPROVER)).get(url_of(row)).text
    for text in ("Universitas setempat (perguruan tinggi)", "RPJMD 2025–2029: Bab V", "Perbup disusun", "Gambut"):
        assert text in page


def test_half_a_partner_is_refused(ground: Ground, client: Client) -> None:
    lines = {"partners-TOTAL_FORMS": "1", "partners-0-name": "Tanpa jenis"}
    response = client.post(KIND.address("create", ground.plan), programme_answers(ground, **lines))
    assert response.status_code == 422
    assert "Isi juga kolom ini." in response.text


def test_a_lowered_target_asks_for_its_reason_and_shows_it(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    answers = opened(client, row) | {"target_2028": "100"}
    refused = client.post(url_of(row), answers)
    assert refused.status_code == 422
    assert "Target menjadi lebih ringan (2028: 125 → 100). Tulis alasannya." in refused.text
    assert client.post(url_of(row), answers | {"reason": "Gerai ditunda"}).status_code == 302
    page = client.get(url_of(row)).text
    assert "Target diturunkan" in page
    assert "Gerai ditunda" in page


def test_the_old_code_still_finds_the_row(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    assert client.post(url_of(row), opened(client, row) | {"code": "GOV-P31"}).status_code == 302
    found = client.get(KIND.address("list", ground.plan) + "?cari=GOV-P01").context["table"].rows
    assert [row.code for row in found] == ["GOV-P31"]
    assert "Kode lama: GOV-P01." in client.get(url_of(row)).text


def decide(client: Client, verb: str, row: Programme, **answers: Any) -> Any:
    url = reverse(f"masterplan:programme_{verb}", args=[row.plan.code, row.pk])
    return client.post(url, {"version": row.version, "reason": "Digabung dengan GOV-P02", **answers})


def test_dropping_takes_the_row_off_the_list_and_keeps_its_reason(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    assert decide(client, "drop", row, reason="").status_code == 422
    assert decide(client, "drop", row).status_code == 302
    page = client.get(KIND.address("list", ground.plan))
    assert page.context["table"].rows == []
    assert "Digabung dengan GOV-P02" in page.text
    assert "Program ini sudah digugurkan" in client.get(url_of(row)).text
    row.refresh_from_db()
    assert decide(client, "revive", row, reason="Dana tersedia").status_code == 302
    assert len(client.get(KIND.address("list", ground.plan)).context["table"].rows) == 1


def test_a_stale_decision_is_refused(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    response = decide(client, "drop", row, version=9)
    assert response.status_code == 409
    assert "sudah diubah orang lain" in response.text
    assert not Programme.objects.get().is_dropped


def test_dropped_programmes_cannot_be_chosen_for_a_quick_win(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    drop_programme(row, version=1, reason="x", by=None)
    form = client.get(reverse("quickwin:quick_win_create", args=[ground.plan.code])).context["form"]
    assert list(form.fields["programme"].queryset) == []


@pytest.mark.parametrize("verb", ["drop", "revive"])
def test_strangers_meet_404_and_readers_403(verb: str, ground: Ground) -> None:
    row = programme_row(ground)
    stranger = client_of(person(Role.COORDINATOR, KOTA_BANJAR, mailbox="lain"))
    assert decide(stranger, verb, row).status_code == 404
    assert decide(client_of(person(Role.APPROVER)), verb, row).status_code == 403
    other = programme_row(ground_of(KOTA_BANJAR))
    url = reverse(f"masterplan:programme_{verb}", args=[ground.plan.code, other.pk])
    assert client_of(person(Role.COORDINATOR, mailbox="sendiri")).post(url, {"reason": "x"}).status_code == 404


def test_own_subdimension_must_fit_the_official_one_and_the_plan(ground: Ground, client: Client) -> None:
    parts = list(ground.dimension.subdimensions.order_by("position"))
    own = PlanSubdimension.objects.create(plan=ground.plan, name="Desa cerdas", subdimension=parts[1])
    other = ground_of(KOTA_BANJAR)
    foreign = PlanSubdimension.objects.create(plan=other.plan, name="Asing", subdimension=parts[0])
    url = KIND.address("create", ground.plan)
    refused = client.post(url, programme_answers(ground, own_subdimension=own.pk))
    assert "Desa cerdas dipetakan ke GOV-2, bukan GOV-1." in refused.text
    assert client.post(url, programme_answers(ground, own_subdimension=foreign.pk)).status_code == 422
    row = add(client, KIND, ground.plan, programme_answers(ground, subdimension=parts[1].pk, own_subdimension=own.pk))
    assert row.own_subdimension == own


def test_priority_needs_reason_and_decider_and_a_rank_of_its_own(ground: Ground, client: Client) -> None:
    kind = KINDS["tujuan-dimensi"]
    answers = {"dimension": ground.dimension.pk, "goal": "", "priority": "1"}
    refused = client.post(kind.address("create", ground.plan), answers)
    assert set(refused.context["form"].errors) == {"priority_reason", "priority_by"}
    whole = answers | {"priority_reason": "Layanan dahulu", "priority_by": "Bupati", "priority_on": "2026-02-03"}
    assert add(client, kind, ground.plan, whole).priority == 1
    economy = ground.plan.dimension_set.dimensions.get(code="ECO")
    again = client.post(kind.address("create", ground.plan), whole | {"dimension": economy.pk})
    assert "Urutan 1 sudah dipakai Smart Governance." in again.text


def test_codes_are_offered_as_a_page_and_as_options(client: Client) -> None:
    url = reverse("masterplan:code_search", args=["sipd"])
    assert "Kota Cerdas" in client.get(url + "?cari=ekosistem").text
    options = client.get(url + "?subactivity_code=2.16.03.2.02.09", headers={"HX-Request": "true"}).text
    assert options.startswith('<option value="2.16.03.2.02.09">')
    assert client.get(reverse("masterplan:code_search", args=["lain"])).status_code == 404


def test_the_sheet_beside_the_table_sends_the_sources_back_as_they_are(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    row.budgets.create(year=2026, source="APBD Kabupaten", amount=1_000_000_000)
    row.partners.create(kind=PartnerKind.values[0], name="Universitas")
    url = url_of(row)
    sheet = client.get(url, headers={"Sheet": "1"}).text
    names = set(re.findall(r'name="([^"]+)"', sheet))
    answers = opened(client, row)
    assert set(answers) <= names
    assert client.post(url, answers | {"name": "Nama baru"}, headers={"Sheet": "1"}).status_code == 200
    row.refresh_from_db()
    assert (row.name, list(row.budgets.values_list("year", "source", "amount")), row.partners.get().name) == (
        "Nama baru", [(2026, "APBD Kabupaten", 1_000_000_000)], "Universitas",
    )  # fmt: skip


def test_the_next_free_code_is_not_one_that_a_programme_had_before(ground: Ground, client: Client) -> None:
    programme_row(ground).former_codes.create(code="GOV-P02")
    fresh = add(client, KIND, ground.plan, VALID["program"](ground) | {"code": ""})
    assert fresh.code == "GOV-P03"
