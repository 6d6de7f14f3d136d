"""Cells saved in place: every kind, every column; what is refused and why; who met whom."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masterplan.domain.programme import drop_programme
from masterplan.forms.rows import RowChoices
from masterplan.forms.rows_kind import RowKind
from masterplan.models import BudgetCeiling, FormerCode, Issue, Masterplan, Programme, SwotItem
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role
from smartcity.audit.models import Event
from tests.masterplan.views.rows_given import VALID, Ground, add, ground_of, programme_row
from tests.masterplan.views.test_rows_people import author_of
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, office, person

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("slug", KINDS)
PROGRAMME = KINDS["program"]


@pytest.fixture
def client() -> Client:
    return client_of(person(Role.COORDINATOR))


def send(client: Client, kind: RowKind, plan: Masterplan, path: str, body: Any) -> Any:
    url = f"{kind.address('list', plan)}{path}"
    return client.post(url, json.dumps(body), content_type="application/json", headers={"Accept": "application/json"})


def save(client: Client, kind: RowKind, row: Any, field: str, value: Any, version: int | None = None) -> Any:
    body = {"version": _version(client, kind, row) if version is None else version, "field": field, "value": value}
    return send(client, kind, row.plan, f"{row.pk}/sel/", body)


def _version(client: Client, kind: RowKind, row: Any) -> int:
    form = client.get(kind.address("edit", row.plan, row.pk)).context["form"]
    return int(form["version"].value())


def editable(kind: RowKind, plan: Masterplan) -> list[str]:
    columns = (*kind.columns, *kind.year_columns(plan, plan.detail_range))
    return [column.field for column in columns if column.field]


def changed(name: str, ground: Ground, row: Any) -> Any:
    """Another valid answer for this cell."""
    known = {
        "dimension": None, "subdimension": str(ground.dimension.subdimensions.order_by("position")[1].pk),
        "strategy": None, "lead_opd": str(office("BAPPEDA").pk), "closing_strategy": "", "rpjmd_mission": "",
        "code": "X-77", "number": "9", "year": "2023", "baseline_year": "2023", "start_year": "2026", "end_year": "2027",
        "group": None, "kind": "ancaman", "readiness_group": "struktur", "score": "4", "horizon": "menengah",
        "priority": None, "priority_by": None, "sources": [str(ground.swot.pk)], "dimensions": [str(ground.dimension.pk)], "value": "12,5", "baseline_value": "7",
    }  # fmt: skip
    if name.startswith("budget_"):
        return "2,5 M"
    if name.startswith("target_"):
        return "150,5"
    if name.startswith("value_"):
        return "99,5"
    if name == "year" and type(row) is BudgetCeiling:
        return "2029"
    if name == "amount":
        return "3 M"
    return known.get(name, "Isian baru")


@every_kind
def test_every_column_but_sums_names_a_field_of_the_form(slug: str, ground: Ground) -> None:
    kind = KINDS[slug]
    row = add(client_of(person(Role.COORDINATOR)), kind, ground.plan, VALID[slug](ground))
    fields = kind.form(instance=row, choices=RowChoices(ground.plan)).fields
    assert set(editable(kind, ground.plan)) <= set(fields)
    required = {name for name, field in fields.items() if field.required} - {"direction"}
    assert required <= set(editable(kind, ground.plan))


@every_kind
def test_every_cell_saves_by_itself(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    row = add(client, kind, ground.plan, VALID[slug](ground))
    before = {
        name: value for name, value in type(row).objects.filter(pk=row.pk).values()[0].items() if name != "version"
    }
    for name in editable(kind, ground.plan):
        value = changed(name, ground, row)
        if value is None or (slug, name) == ("tows", "kind"):
            continue
        answer = save(client, kind, row, name, value)
        assert answer.status_code == 200, (name, answer.json())
        assert answer.json()["row"].startswith(f'<tr data-pk="{row.pk}"')
    after = type(row).objects.filter(pk=row.pk).values()[0]
    single = {key.removesuffix("_id") for key, value in before.items() if after[key] != value}
    assert single <= set(editable(kind, ground.plan))
    assert Event.objects.filter(verb="row.updated").exists()


@every_kind
def test_an_emptied_needed_cell_is_refused_and_keeps_what_is_stored(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    row = add(client, kind, ground.plan, VALID[slug](ground))
    name = "amount" if slug == "pagu" else kind.main_field  # a ceiling without a source is one for all sources
    stored = getattr(row, name)
    answer = save(client, kind, row, name, "")
    sentence = (
        "Tulis tujuan daerah, atau beri urutan prioritas."
        if slug == "tujuan-dimensi"
        else "Bidang ini tidak boleh kosong."
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, sentence)
    row.refresh_from_db()
    assert getattr(row, name) == stored


def test_years_are_saved_in_their_own_row(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    answer = save(client, PROGRAMME, row, "budget_2027", "1,5 M")
    assert answer.status_code == 200
    assert dict(row.years.values_list("year", "budget")) == {
        2026: 1_450_000_000, 2027: 1_500_000_000, 2028: 1_450_000_000, 2029: 1_450_000_000, 2030: 1_450_000_000,
    }  # fmt: skip
    assert "7.300" in answer.json()["row"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("budget_2027", "520 jtt", "“520 jtt” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."),
        (
            "budget_2027",
            "1450",
            "“1450” dapat dibaca 1450 rupiah atau 1450 juta. Tulis 1450 jt, atau angka lengkapnya.",
        ),
        ("budget_2035", "1 M", "Kolom ini tidak dapat diubah di tabel."),
        ("version", "7", "Kolom ini tidak dapat diubah di tabel."),
        ("plan", "1", "Kolom ini tidak dapat diubah di tabel."),
        ("position", "1", "Kolom ini tidak dapat diubah di tabel."),
        ("activities", "x", "Kolom ini tidak dapat diubah di tabel."),
        (
            "lead_opd",
            "999999",
            "Masukkan pilihan yang valid. Pilihan tersebut bukan salah satu dari pilihan yang tersedia.",
        ),
        ("code", "GOV-P02", "Kode “GOV-P02” sudah dipakai baris lain. Yang masih bebas: GOV-P03."),
    ],
)
def test_refusals_are_sentences_and_change_nothing(
    field: str, value: str, sentence: str, ground: Ground, client: Client
) -> None:
    row, _ = programme_row(ground), programme_row(ground, "GOV-P02")
    answer = save(client, PROGRAMME, row, field, value)
    assert (answer.status_code, answer.json()["detail"]) == (422, sentence)
    assert not Event.objects.filter(verb="row.updated").exists()


def test_another_regions_office_and_rows_are_no_choice(ground: Ground, client: Client) -> None:
    foreign = ground_of(KOTA_BANJAR)
    row = programme_row(ground)
    for field, pk in (("lead_opd", foreign.opd.pk), ("strategy", foreign.strategy.pk)):
        assert save(client, PROGRAMME, row, field, str(pk)).status_code == 422
    other = programme_row(foreign)
    assert (
        send(
            client, PROGRAMME, ground.plan, f"{other.pk}/sel/", {"version": 1, "field": "name", "value": "x"}
        ).status_code
        == 404
    )
    row.refresh_from_db()
    assert (row.lead_opd, row.strategy) == (ground.opd, ground.strategy)


def test_a_dimension_that_contradicts_its_parts_names_them(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    other = ground.plan.dimension_set.dimensions.get(code="ECO")
    detail = save(client, PROGRAMME, row, "dimension", str(other.pk)).json()["detail"]
    assert detail == (
        "Subdimensi: GOV-1 bukan bagian dari Smart Economy. Strategi: GOV-S1 bukan bagian dari Smart Economy. "
        "Ubah keduanya bersama di lembar baris."
    )


def test_a_clash_answers_with_both_values_and_who(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    other = person(Role.COORDINATOR, mailbox="lain")
    assert save(client_of(other), PROGRAMME, row, "name", "Nama mereka", version=1).status_code == 200
    answer = save(client, PROGRAMME, row, "name", "Nama saya", version=1)
    found = answer.json()
    assert (answer.status_code, found["value"], found["display"], found["by"], found["version"]) == (
        409, "Nama mereka", "Nama mereka", str(other), 2,
    )  # fmt: skip
    row.refresh_from_db()
    assert row.name == "Nama mereka"
    assert save(client, PROGRAMME, row, "name", "Nama saya", version=2).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"version": "1", "field": "name", "value": "x"}', b'{"version": 1, "field": "name", "value": 3}',
     b'{"version": 1, "field": "name", "value": [[1]]}', b'{"version": true, "field": "name", "value": "x"}',
     b'{"version": 1, "field": ["name"], "value": "x"}', b'{"version": 1, "field": "name", "value": "\\u0000"}'],
)  # fmt: skip
def test_forged_bodies_are_refused(body: bytes, ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    url = f"{PROGRAMME.address('list', ground.plan)}{row.pk}/sel/"
    answer = client.post(url, body, content_type="application/json", headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"]
    row.refresh_from_db()
    assert (row.name, row.version) == ("Program GOV-P01", 1)


def test_readers_and_other_offices_get_no_grid_and_no_save(ground: Ground) -> None:
    row = programme_row(ground)
    for user in (person(Role.MENTOR), person(Role.APPROVER), person(Role.COUNCIL_READER)):
        page = client_of(user).get(PROGRAMME.address("list", ground.plan))
        assert "grid-data" not in page.text
    other = client_of(author_of("BAPPEDA"))
    answer = save(other, PROGRAMME, row, "name", "x", version=1)
    assert (answer.status_code, answer.json()["detail"]) == (403, "Anda tidak dapat mengubah program ini.")
    page = other.get(PROGRAMME.address("list", ground.plan)).text
    assert f'data-pk="{row.pk}" data-version="1">' in page


def test_an_author_cannot_give_a_programme_away(ground: Ground) -> None:
    row = programme_row(ground)
    answer = save(client_of(author_of("DINKES")), PROGRAMME, row, "lead_opd", str(office("BAPPEDA").pk), version=1)
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.lead_opd == office("DINKES")


def test_add_names_the_missing_cells_then_creates(ground: Ground, client: Client) -> None:
    kind = KINDS["isu"]
    refused = send(client, kind, ground.plan, "tambah/", {"values": {"text": "Isu baru"}})
    assert (refused.status_code, refused.json()["errors"]) == (422, {"dimension": "Bidang ini tidak boleh kosong."})
    values = {"text": "Isu baru", "dimension": str(ground.dimension.pk)}
    created = send(client, kind, ground.plan, "tambah/", {"values": values})
    issue = Issue.objects.get()
    assert (created.status_code, created.json()["pk"], issue.text, issue.position) == (201, issue.pk, "Isu baru", 1)


@every_kind
def test_the_cells_alone_are_enough_for_a_new_row(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    answers = {name: value for name, value in VALID[slug](ground).items() if name in editable(kind, ground.plan)}
    values = {
        name: [str(item) for item in value] if isinstance(value, list) else str(value)
        for name, value in answers.items()
    }
    answer = send(client, kind, ground.plan, "tambah/", {"values": values})
    assert answer.status_code == 201, answer.json()
    row = kind.rows(ground.plan).get(pk=answer.json()["pk"])
    assert str(getattr(row, kind.main_field)).casefold() == values[kind.main_field].casefold()


def test_a_programmes_cells_keep_the_rules_of_its_form(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    row.budgets.create(year=2026, source="APBD Kabupaten", amount=1_000_000_000)
    row.funding_sources = ["APBD Kabupaten"]
    row.save()
    easier = save(client, PROGRAMME, row, "target_2026", "99,5", version=1)
    sentence = (
        "Alasan target diturunkan: Target menjadi lebih ringan (2026: 125 → 99,5). Tulis alasannya. "
        "Ubah keduanya bersama di lembar baris."
    )
    assert (easier.status_code, easier.json()["detail"]) == (422, sentence)
    below = save(client, PROGRAMME, row, "budget_2026", "900 jt", version=1)
    assert (below.status_code, below.json()["detail"]) == (
        422, "Rincian sumber 2026 berjumlah Rp 1.000.000.000, melebihi anggaran tahun itu (Rp 900.000.000).",
    )  # fmt: skip
    assert save(client, PROGRAMME, row, "code", "GOV-P77", version=1).status_code == 200
    row.refresh_from_db()
    assert (row.code, row.funding_sources, row.budgets.get().amount) == ("GOV-P77", ["APBD Kabupaten"], 1_000_000_000)
    assert list(FormerCode.objects.values_list("programme_id", "code")) == [(row.pk, "GOV-P01")]


def test_a_programme_is_copied_without_its_history_and_binned_with_it(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    row.budgets.create(year=2026, source="APBD Kabupaten", amount=1_000_000_000)
    row.former_codes.create(code="GOV-P90")
    copy = Programme.objects.get(pk=send(client, PROGRAMME, ground.plan, f"{row.pk}/salin/", {}).json()["pk"])
    assert (copy.code, copy.former_codes.count(), list(copy.budgets.values_list("year", "source", "amount"))) == (
        "GOV-P91", 0, [(2026, "APBD Kabupaten", 1_000_000_000)],
    )  # fmt: skip
    send(client, PROGRAMME, ground.plan, f"{row.pk}/buang/", {"version": 1})
    page = client.get(f"/rencana/{ground.plan.code}/keranjang/").text
    assert "GOV-P01" in page
    kept = ground.plan.binned_rows.get()
    client.post(f"/rencana/{ground.plan.code}/keranjang/baris/{kept.pk}/kembalikan/")
    back = Programme.objects.get(code="GOV-P01")
    assert list(back.former_codes.values_list("code", flat=True)) == ["GOV-P90"]
    assert list(back.budgets.values_list("year", "source", "amount")) == [(2026, "APBD Kabupaten", 1_000_000_000)]


def test_a_dropped_programme_stays_outside_the_table_and_its_totals(ground: Ground, client: Client) -> None:
    programme_row(ground)
    drop_programme(programme_row(ground, "GOV-P02"), version=1, reason="Digabung.", by=None)
    url = PROGRAMME.address("list", ground.plan)
    assert [row.code for row in client.get(url).context["table"].rows] == ["GOV-P01"]
    assert "GOV-P02" not in client.get(f"{url}jumlah/").text


def test_copy_move_bin_and_back(ground: Ground, client: Client) -> None:
    kind = KINDS["swot"]
    second = SwotItem.objects.create(plan=ground.plan, code="S2", kind="kekuatan", text="Data", position=2)
    copy = send(client, kind, ground.plan, f"{second.pk}/salin/", {})
    assert copy.status_code == 201
    assert list(kind.rows(ground.plan).values_list("code", "text"))[1:] == [("S2", "Data"), ("S3", "Data (salinan)")]
    pk = copy.json()["pk"]
    assert send(client, kind, ground.plan, f"{pk}/pindah/", {"beside": second.pk, "up": True}).json() == {"pk": pk}
    assert list(kind.rows(ground.plan).values_list("code", flat=True)) == ["S1", "S3", "S2"]
    stale = send(client, kind, ground.plan, f"{pk}/pindah/", {"beside": second.pk, "up": True})
    assert (stale.status_code, stale.json()["detail"]) == (409, "Urutan baris sudah diubah orang lain.")
    binned = send(client, kind, ground.plan, f"{pk}/buang/", {"version": 1}).json()
    assert binned["label"] == "S3 Data (salinan)"
    back = send(client, kind, ground.plan, f"keranjang/{binned['binned']}/", {})
    assert back.status_code == 201
    assert list(kind.rows(ground.plan).values_list("code", flat=True)) == ["S1", "S3", "S2"]
    gone = send(client, kind, ground.plan, f"keranjang/{binned['binned']}/", {})
    assert gone.status_code == 404


def test_totals_and_parts_follow_the_filter(ground: Ground, client: Client) -> None:
    programme_row(ground)
    programme_row(ground, "GOV-P02", lead_opd=office("BAPPEDA"))
    url = f"{PROGRAMME.address('list', ground.plan)}jumlah/"
    assert client.get(url).text.count(">2.900<") == 5 + 5  # foot of the table, and the one dimension's line
    only = client.get(f"{url}?opd=BAPPEDA&tahun=2027").text
    assert ">2.900<" not in only
    assert "1 program" in only


def test_saving_a_cell_costs_the_same_among_1_and_3_rows(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    save(client, PROGRAMME, row, "name", "A", version=1)
    costs = []
    for number, name in enumerate(("B", "C", "D")):
        with CaptureQueriesContext(connection) as queries:
            assert save(client, PROGRAMME, row, "name", name, version=2 + number).status_code == 200
        costs.append(len(queries))
        programme_row(ground, f"GOV-P1{number}")
    assert len(set(costs)) == 1
    assert costs[0] <= 42, costs  # a programme also looks after its sources, targets and former codes


def test_the_sheet_is_the_form_alone_and_answers_with_the_row(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    url = PROGRAMME.address("edit", ground.plan, row.pk)
    page = client.get(url, headers={"Sheet": "1"})
    assert "<html" not in page.text
    assert 'name="name" value="Program GOV-P01"' in page.text
    refused = client.post(url, {"name": "x"}, headers={"Sheet": "1"})
    assert (refused.status_code, "Belum tersimpan." in refused.text) == (422, True)


def test_filter_by_subdimension_year_and_state(ground: Ground, client: Client) -> None:
    programme_row(ground)
    programme_row(ground, "GOV-P02", subdimension=ground.dimension.subdimensions.order_by("position")[1], years=[])
    table = lambda query: client.get(PROGRAMME.address("list", ground.plan) + query).context["table"]  # noqa: E731
    codes = {
        query: [row.code for row in table(query).rows] for query in ("?subdimensi=GOV-2", "?tahun=2027", "?tahun=1066")
    }
    assert codes == {
        "?subdimensi=GOV-2": ["GOV-P02"],
        "?tahun=2027": ["GOV-P01"],
        "?tahun=1066": ["GOV-P01", "GOV-P02"],
    }
    assert [column.label for column in table("?tahun=2027").total_columns] == ["2027", "Jumlah"]
    swot = client.get(f"{KINDS['swot'].address('list', ground.plan)}?keadaan=peluang").context["table"]
    assert list(swot.rows) == []
    assert Programme.objects.count() == 2
