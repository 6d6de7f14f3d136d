"""Quick wins: cards of a year, the sheet, the form with risks and milestones."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masterplan.domain.row import create_row, delete_row
from masterplan.models import Programme
from quickwin.models import QuickWin
from quickwin.registers import QUICK_WIN
from smartcity.accounts.enums import Role
from smartcity.ui.refusal import WrongState
from tests.masterplan.views.rows_given import Ground, add, form_data, ground_of, programme_row
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground() -> Ground:
    return ground_of()


@pytest.fixture
def programme(ground: Ground) -> Programme:
    return programme_row(ground)


@pytest.fixture
def client() -> Client:
    return client_of(person(Role.COORDINATOR))


def answers(ground: Ground, chosen: Programme, **changes: Any) -> dict[str, Any]:
    return {
        "programme": chosen.pk,
        "name": "BAROKAH Dekat",
        "code": "",
        "year": "2026",
        "dimension": ground.dimension.pk,
        "lead_opd": ground.opd.pk,
        "problem": "Warga jauh dari loket",
        "benefit": "Waktu turun",
        "partners": "Bank daerah\r\nPemerintah desa",
        "budget": "650 jt",
        "funding_known": ["APBD Kabupaten"],
        "status": "disetujui_draf",
        "continuation": "baru",
        "origin_year": "",
        "risks-TOTAL_FORMS": "2",
        "risks-INITIAL_FORMS": "0",
        "risks-0-text": "Jaringan putus",
        "risks-0-likelihood": "2",
        "risks-0-impact": "3",
        "risks-0-mitigation": "Modem ganda",
        "risks-1-text": "",
        "milestones-TOTAL_FORMS": "2",
        "milestones-INITIAL_FORMS": "0",
        "milestones-0-quarter": "1",
        "milestones-0-text": "SOP ditetapkan",
        "milestones-1-quarter": "2",
        "milestones-1-text": "Gerai pertama buka",
        **changes,
    }


def test_create_with_risks_and_milestones(ground: Ground, programme: Programme, client: Client) -> None:
    win = add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    assert (win.code, win.budget, win.origin_year, win.partners) == (
        "QW-01",
        650_000_000,
        2026,
        ["Bank daerah", "Pemerintah desa"],
    )
    assert list(win.risks.values_list("text", "likelihood", "impact", "mitigation")) == [
        ("Jaringan putus", 2, 3, "Modem ganda")
    ]
    assert list(win.milestones.values_list("quarter", "text")) == [(1, "SOP ditetapkan"), (2, "Gerai pertama buka")]


def test_untouched_form_changes_nothing_and_an_emptied_line_goes(
    ground: Ground, programme: Programme, client: Client
) -> None:
    win = add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    url = QUICK_WIN.address("edit", ground.plan, win.pk)
    opened = form_data(client.get(url).context["form"])
    client.post(url, opened)
    win.refresh_from_db()
    assert win.version == 1
    response = client.post(url, {**opened, "risks-0-text": "", "milestones-0-text": "SOP terbit"})
    assert response.headers["Location"] == QUICK_WIN.address("detail", ground.plan, win.pk)
    win.refresh_from_db()
    assert (win.version, win.risks.count()) == (2, 0)
    assert [milestone.text for milestone in win.milestones.all()] == ["SOP terbit", "Gerai pertama buka"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"risks-0-impact": ""}, "Pilih salah satu."),
        ({"risks-0-impact": "4"}, "Masukkan pilihan yang valid"),
        ({"milestones-0-quarter": ""}, "Pilih salah satu."),
        ({"year": "2050", "origin_year": "2050"}, "di luar masa rencana"),
        ({"origin_year": "2030"}, "Tahun asal tidak boleh sesudah"),
        ({"budget": "banyak"}, "bukan jumlah uang"),
    ],
)
def test_bad_answers_keep_everything(
    change: dict[str, str], sentence: str, ground: Ground, programme: Programme, client: Client
) -> None:
    response = client.post(QUICK_WIN.address("create", ground.plan), answers(ground, programme, **change))
    assert response.status_code == 422
    assert sentence in response.text
    assert "Warga jauh dari loket" in response.text
    assert "Jaringan putus" in response.text
    assert not QuickWin.objects.exists()


def test_programme_of_another_region_or_dimension_is_refused(
    ground: Ground, programme: Programme, client: Client
) -> None:
    foreign = programme_row(ground_of(KOTA_BANJAR))
    economy = ground.plan.dimension_set.dimensions.get(code="ECO")
    for change, name in (({"programme": foreign.pk}, "programme"), ({"dimension": economy.pk}, "dimension")):
        response = client.post(QUICK_WIN.address("create", ground.plan), answers(ground, programme, **change))
        assert list(response.context["form"].errors) == [name]


def test_conflict_shows_stored_milestones(ground: Ground, programme: Programme, client: Client) -> None:
    win = add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    url = QUICK_WIN.address("edit", ground.plan, win.pk)
    opened = form_data(client.get(url).context["form"])
    client.post(url, {**opened, "milestones-0-text": "Milik orang lain"})
    page = client.post(url, {**opened, "name": "Nama saya"})
    assert page.status_code == 409
    assert "Nilai sekarang: Triwulan 1: Milik orang lain" in page.text
    assert form_data(page.context["form"])["name"] == "Nama saya"


def test_programme_with_a_quick_win_stays(ground: Ground, programme: Programme, client: Client) -> None:
    add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    with pytest.raises(WrongState, match="dipakai oleh quick win QW-01 BAROKAH Dekat"):
        delete_row(programme, by=None)


def test_list_shows_one_year_by_dimension(ground: Ground, programme: Programme, client: Client) -> None:
    add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    add(client, QUICK_WIN, ground.plan, answers(ground, programme, year="2027", name="Tahun depan"))
    url = QUICK_WIN.address("list", ground.plan)
    client.get(url)  # the notices of both saves are shown once
    page = client.get(f"{url}?tahun=2026")
    assert page.context["years"] == [(2026, 1), (2027, 1)]
    assert ("BAROKAH Dekat" in page.text, "Tahun depan" in page.text) == (True, False)
    assert "Belum ada quick win Smart Economy untuk 2026." in page.text
    assert "Tahun depan" in client.get(f"{url}?tahun=2027").text
    assert client.get(f"{url}?tahun=²").context["year"] == 2026


def test_sheet_shows_everything(ground: Ground, programme: Programme, client: Client) -> None:
    win = add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    page = client.get(QUICK_WIN.address("detail", ground.plan, win.pk)).text
    for text in ("Warga jauh dari loket", "Rp 650 juta", "Rp 1,45 miliar", "SOP ditetapkan", "Modem ganda", "Ubah</a>"):
        assert text in page


def test_people(ground: Ground, programme: Programme) -> None:
    win = add(client_of(person(Role.COORDINATOR)), QUICK_WIN, ground.plan, answers(ground, programme))
    people = {
        Role.AUTHOR: (200, 302),
        Role.APPROVER: (200, 403),
        Role.MENTOR: (200, 403),
        None: (404, 404),
    }
    for role, expected in people.items():
        client = client_of(person(role, mailbox=f"lain.{role}"))
        detail = client.get(QUICK_WIN.address("detail", ground.plan, win.pk))
        posted = client.post(
            QUICK_WIN.address("edit", ground.plan, win.pk), answers(ground, programme, code="QW-01", version="1")
        )
        assert (role, detail.status_code, posted.status_code) == (role, *expected)
        assert ("Ubah</a>" in detail.text) == (expected[1] == 302)


@pytest.mark.parametrize("verb", ["list", "detail"])
def test_costs_the_same_for_1_and_3(verb: str, ground: Ground, programme: Programme, client: Client) -> None:
    win = add(client, QUICK_WIN, ground.plan, answers(ground, programme))
    url = QUICK_WIN.address(verb, ground.plan, None if verb == "list" else win.pk)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    client.get(url)
    one = cost()
    values = {
        "programme": programme,
        "dimension": ground.dimension,
        "lead_opd": ground.opd,
        "year": 2026,
        "origin_year": 2026,
        "risks": [{"text": "Risiko", "likelihood": 1, "impact": 1, "mitigation": ""}],
    }
    for code in ("QW-02", "QW-03"):
        create_row(plan=ground.plan, model=QuickWin, values={**values, "code": code, "name": code}, by=None)
    assert cost() == one <= 15
