"""Every kind of row through the browser: add, refuse, change, meet a conflict, delete. The register is walked."""

from typing import Any

import pytest
from django.test import Client

from masterplan.domain.row import delete_row, update_row
from masterplan.models import Masterplan, Programme, SwotItem, TowsItem
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from tests.masterplan.views.rows_given import VALID, Ground, add, form_data, ground_of, programme_answers, programme_row
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, person

pytestmark = pytest.mark.django_db
every_kind = pytest.mark.parametrize("slug", KINDS)
LONG_TEXTS = ("text", "goal", "vision", "statement", "gap", "indicator", "name", "theme", "note")


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


@pytest.fixture
def client(coordinator: User) -> Client:
    return client_of(coordinator)


def edit_url(slug: str, plan: Masterplan, row: Any) -> str:
    return KINDS[slug].address("edit", plan, row.pk)


def text_field(data: dict[str, Any]) -> str:
    return next(name for name in LONG_TEXTS if name in data)


def test_every_kind_has_valid_answers() -> None:
    assert set(VALID) == set(KINDS)


@every_kind
def test_create_stores_the_row_and_the_event(slug: str, ground: Ground, client: Client, coordinator: User) -> None:
    row = add(client, KINDS[slug], ground.plan, VALID[slug](ground))
    event = Event.objects.get(verb="row.created")
    assert (event.actor, event.plan_code, event.regency_id) == (coordinator, ground.plan.code, ground.plan.regency_id)
    assert event.data["table"] == row._meta.label_lower
    assert event.data["id"] == row.pk


@every_kind
def test_an_untouched_form_changes_nothing(slug: str, ground: Ground, client: Client) -> None:
    row = add(client, KINDS[slug], ground.plan, VALID[slug](ground))
    url = edit_url(slug, ground.plan, row)
    response = client.post(url, form_data(client.get(url).context["form"]))
    assert response.status_code == 302
    assert not Event.objects.filter(verb="row.updated").exists()
    row.refresh_from_db()
    assert getattr(row, "version", 1) == 1


@every_kind
def test_empty_answers_are_refused_with_a_summary(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    before = kind.model._default_manager.count()
    response = client.post(kind.address("create", ground.plan), {})
    assert response.status_code == 422
    assert "Belum tersimpan." in response.text
    assert kind.model._default_manager.count() == before


@every_kind
def test_stale_form_keeps_the_text_and_shows_what_is_stored(
    slug: str, ground: Ground, client: Client, coordinator: User
) -> None:
    row = add(client, KINDS[slug], ground.plan, VALID[slug](ground))
    url = edit_url(slug, ground.plan, row)
    opened = form_data(client.get(url).context["form"])
    name = text_field(opened)
    theirs, mine = {**opened, name: "Tulisan orang lain"}, {**opened, name: "Tulisan saya"}
    assert client.post(url, theirs).status_code == 302
    refused = client.post(url, mine)
    assert refused.status_code == 409
    assert f"sudah diubah oleh {coordinator}" in refused.text
    assert "Nilai sekarang: Tulisan orang lain" in refused.text
    assert form_data(refused.context["form"])[name] == "Tulisan saya"
    row.refresh_from_db()
    assert getattr(row, name) == "Tulisan orang lain"
    again = client.post(url, form_data(refused.context["form"]))
    row.refresh_from_db()
    assert (again.status_code, getattr(row, name)) == (302, "Tulisan saya")


@every_kind
def test_delete_asks_first_and_then_removes(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    row = add(client, kind, ground.plan, VALID[slug](ground))
    url = kind.address("delete", ground.plan, row.pk)
    assert f"Hapus {kind.noun} ini?" in client.get(url).text
    assert kind.rows(ground.plan).filter(pk=row.pk).exists()
    assert client.post(url).status_code == 302
    assert not kind.rows(ground.plan).filter(pk=row.pk).exists()
    assert Event.objects.filter(verb="row.deleted", data__id=row.pk).count() == 1


@every_kind
def test_text_for_a_deleted_row_is_offered_as_a_new_row(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    row = add(client, kind, ground.plan, VALID[slug](ground))
    url = edit_url(slug, ground.plan, row)
    opened = form_data(client.get(url).context["form"])
    delete_row(row, by=None)
    response = client.post(url, opened)
    assert response.status_code == 409
    assert "sudah dihapus orang lain" in response.text
    assert f'action="{kind.address("create", ground.plan)}"' in response.text
    assert client.get(url).status_code == 404


FOREIGN = (
    ("isu", "dimension"),
    ("gap", "closing_strategy"),
    ("misi", "rpjmd_mission"),
    ("tows", "sources"),
    ("program", "strategy"),
    ("program", "lead_opd"),
    ("program", "supporting_opds"),
    ("program", "rpjmd_mission"),
    ("aksi-pendukung", "lead_opd"),
)


@pytest.mark.parametrize(("slug", "name"), FOREIGN)
def test_rows_of_another_region_cannot_be_chosen(slug: str, name: str, ground: Ground, client: Client) -> None:
    other = ground_of(KOTA_BANJAR)
    foreign = {
        "dimension": 0,
        "closing_strategy": other.strategy.pk,
        "rpjmd_mission": other.mission.pk,
        "sources": [other.swot.pk],
        "strategy": other.strategy.pk,
        "lead_opd": other.opd.pk,
        "supporting_opds": [other.opd.pk],
    }[name]
    kind = KINDS[slug]
    before = kind.model._default_manager.count()
    response = client.post(kind.address("create", ground.plan), {**VALID[slug](ground), name: foreign})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert kind.model._default_manager.count() == before


REFUSED = (
    ("program", {"baseline_value": "seratus"}, "tidak jelas"),
    ("program", {"budget_2026": "520 jtt"}, "bukan jumlah uang"),
    ("program", {"code": "GOV-P01"}, "sudah dipakai baris lain. Yang masih bebas: GOV-P02."),
    ("program", {"code": "gov-p01"}, "sudah dipakai baris lain"),
    ("misi-rpjmd", {"number": "1"}, "sudah dipakai baris lain"),
    ("kesiapan", {"score": "5"}, "Masukkan pilihan yang valid"),
    ("periode-peta-jalan", {"start_year": "2028"}, "lebih awal daripada tahun awal"),
    ("periode-peta-jalan", {"end_year": "2050"}, "di luar masa rencana"),
    ("program", {"activities": "x" * 301}, "300 aksara"),
)


@pytest.mark.parametrize(("slug", "change", "sentence"), REFUSED)
def test_bad_answers_get_a_sentence(
    slug: str, change: dict[str, str], sentence: str, ground: Ground, client: Client
) -> None:
    programme_row(ground)
    response = client.post(KINDS[slug].address("create", ground.plan), {**VALID[slug](ground), **change})
    assert response.status_code == 422
    assert sentence in response.text


def test_programme_of_another_dimension_needs_its_own_strategy(ground: Ground, client: Client) -> None:
    economy = ground.plan.dimension_set.dimensions.get(code="ECO")
    answers = programme_answers(ground, dimension=economy.pk)
    response = client.post(KINDS["program"].address("create", ground.plan), answers)
    assert set(response.context["form"].errors) == {"subdimension", "strategy"}
    assert "GOV-S1 bukan bagian dari Smart Economy." in response.text


def test_programme_keeps_its_years_links_and_lists(ground: Ground, client: Client) -> None:
    row = add(client, KINDS["program"], ground.plan, programme_answers(ground, target_2027="", budget_2027=""))
    assert [(y.year, float(y.target or 0), y.budget) for y in row.years.all()] == [
        (year, 125.5, 1_450_000_000) for year in (2026, 2028, 2029, 2030)
    ]
    assert row.code == "GOV-P01"
    assert row.activities == ["Penambahan gerai", "Antrean daring"]
    assert row.funding_sources == ["APBD Kabupaten", "DAK", "Hibah"]
    assert list(row.supporting_opds.all()) == [ground.opd]
    assert row.horizons == ["pendek"]


def test_order_of_funding_sources_survives_an_edit(ground: Ground, client: Client) -> None:
    row = programme_row(ground, funding_sources=["Hibah", "DAK", "APBD Kabupaten"])
    url = edit_url("program", ground.plan, row)
    client.post(url, {**form_data(client.get(url).context["form"]), "location": "Gambut"})
    row.refresh_from_db()
    assert (row.location, row.funding_sources) == ("Gambut", ["Hibah", "DAK", "APBD Kabupaten"])


CODES = (
    ("swot", {"kind": "kekuatan"}, "S2"),
    ("swot", {"kind": "ancaman"}, "T1"),
    ("tows", {"kind": "WT"}, "TOWS-WT1"),
    ("strategi", {}, "GOV-S2"),
    ("sasaran", {}, "SAS-1"),
    ("program", {}, "GOV-P01"),
    ("aksi-pendukung", {}, "RA-KL1"),
    ("strategi", {"code": "GOV-S9"}, "GOV-S9"),
)


@pytest.mark.parametrize(("slug", "change", "code"), CODES)
def test_next_free_code_is_given(slug: str, change: dict[str, str], code: str, ground: Ground, client: Client) -> None:
    assert add(client, KINDS[slug], ground.plan, {**VALID[slug](ground), **change}).code == code


def test_row_in_use_is_not_deleted(ground: Ground, client: Client) -> None:
    tows = TowsItem.objects.create(plan=ground.plan, code="TOWS-SO1", kind="SO", text="Sungai")
    tows.sources.add(ground.swot)
    url = KINDS["swot"].address("delete", ground.plan, ground.swot.pk)
    assert "masih dipakai oleh" in client.get(url).text
    response = client.post(url)
    assert response.status_code == 409
    assert "masih dipakai oleh strategi TOWS TOWS-SO1 Sungai" in response.text
    assert SwotItem.objects.filter(pk=ground.swot.pk).exists()


def test_single_kinds_open_their_only_row(ground: Ground, client: Client) -> None:
    kind = KINDS["visi"]
    assert client.get(kind.address("list", ground.plan)).headers["Location"] == kind.address("create", ground.plan)
    row = add(client, kind, ground.plan, VALID["visi"](ground))
    edit = kind.address("edit", ground.plan, row.pk)
    assert client.get(kind.address("list", ground.plan)).headers["Location"] == edit
    assert client.post(kind.address("create", ground.plan), VALID["visi"](ground)).headers["Location"] == edit


def test_years_outside_the_detailed_range_stay(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    row.years.create(year=2033, target=1, budget=7)
    url = edit_url("program", ground.plan, row)
    client.post(
        url,
        {
            **form_data(client.get(url).context["form"]),
            "budget_2026": "2 M",
            "target_2030": "",
            "budget_2030": "",
            "reason": "Ditunda",
        },
    )
    assert [(y.year, y.budget) for y in row.years.all()][::5] == [(2026, 2_000_000_000)]
    assert sorted(row.years.values_list("year", flat=True)) == [2026, 2027, 2028, 2029, 2033]


def test_closed_office_stays_choosable_for_its_row(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    ground.opd.is_active = False
    ground.opd.save()
    url = edit_url("program", ground.plan, row)
    assert client.post(url, {**form_data(client.get(url).context["form"]), "name": "Nama baru"}).status_code == 302
    assert Programme.objects.get(pk=row.pk).name == "Nama baru"
    refused = client.post(KINDS["program"].address("create", ground.plan), programme_answers(ground))
    assert set(refused.context["form"].errors) == {"lead_opd", "supporting_opds"}


def test_conflict_shows_yearly_values_too(ground: Ground, client: Client) -> None:
    row = programme_row(ground)
    url = edit_url("program", ground.plan, row)
    opened = form_data(client.get(url).context["form"])
    update_row(row, version=1, values={"years": [{"year": 2026, "target": 125, "budget": 5_000_000}]}, by=None)
    page = client.post(url, {**opened, "name": "Milik saya"}).text
    assert "Nilai sekarang: Rp 5.000.000" in page
    assert "Nilai sekarang: Program GOV-P01" in page
