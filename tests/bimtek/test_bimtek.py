"""The cycle, the council and the team; stages as reference data."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bimtek.domain.reference import load_stages
from bimtek.models import BodyMember, CycleStep, Stage
from bimtek.registers import BODY_MEMBER, CYCLE_STEP
from masterplan.forms.rows_kind import RowKind
from masterplan.models import Masterplan
from smartcity.accounts.enums import Role
from smartcity.audit.models import Event
from tests.masterplan.views.rows_given import add, form_data
from tests.people import People
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db

STEP = {
    "name": "Bimtek I",
    "stage": "I",
    "code": "",
    "start_date": "2025-07-08",
    "end_date": "2025-07-09",
    "place": "Aula di Martapura",
    "results": "Draf Buku I\r\nKertas kerja SWOT",
}
MEMBER = {"body": "dewan_smart_city", "seat": "Ketua", "holder": "Bupati"}
BOTH = pytest.mark.parametrize(("kind", "answers"), [(CYCLE_STEP, STEP), (BODY_MEMBER, MEMBER)])


@pytest.fixture
def client() -> Client:
    return client_of(person(Role.COORDINATOR))


def test_stages_load_again_without_change(tmp_path: Path) -> None:
    before = list(Stage.objects.values_list("code", "name", "position"))
    assert before == [("I", "Bimtek I", 1), ("II", "Bimtek II", 2), ("III", "Bimtek III", 3), ("IV", "Bimtek IV", 4)]
    load_stages()
    assert list(Stage.objects.values_list("code", "name", "position")) == before
    longer = [
        *[{"code": c, "name": n, "purpose": "-"} for c, n, _ in before],
        {"code": "V", "name": "V", "purpose": "-"},
    ]
    path = tmp_path / "stages.json"
    path.write_text(json.dumps(longer))
    load_stages(path)
    assert Stage.objects.count() == 5


@BOTH
def test_add_change_and_delete(kind: RowKind, answers: dict[str, Any], plan: Masterplan, client: Client) -> None:
    row = add(client, kind, plan, answers)
    url = kind.address("edit", plan, row.pk)
    opened = form_data(client.get(url).context["form"])
    assert client.post(url, opened).status_code == 302
    assert not Event.objects.filter(verb="row.updated").exists()
    name = "place" if kind is CYCLE_STEP else "holder"
    assert client.post(url, {**opened, name: "Lain"}).status_code == 302
    stale = client.post(url, {**opened, name: "Milik saya"})
    assert (stale.status_code, "Nilai sekarang: Lain" in stale.text) == (409, True)
    assert client.post(kind.address("delete", plan, row.pk)).status_code == 302
    assert not kind.model._default_manager.filter(plan=plan).exists()


def test_step_keeps_dates_and_results(plan: Masterplan, client: Client) -> None:
    row = add(client, CYCLE_STEP, plan, STEP)
    assert (row.stage_id, str(row.start_date), str(row.end_date)) == ("I", "2025-07-08", "2025-07-09")
    assert row.results == ["Draf Buku I", "Kertas kerja SWOT"]
    page = client.get(CYCLE_STEP.address("list", plan)).text
    assert "8 Juli 2025" in page
    assert "Belum dijadwalkan: Bimtek II, Bimtek III, Bimtek IV." in page
    assert "Selesai" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"end_date": "2025-07-01"}, "Tanggal selesai lebih awal"),
        ({"stage": "X"}, "pilihan yang valid"),
        ({"start_date": "kemarin"}, "tanggal yang valid"),
    ],
)
def test_bad_steps_get_a_sentence(change: dict[str, str], sentence: str, plan: Masterplan, client: Client) -> None:
    response = client.post(CYCLE_STEP.address("create", plan), {**STEP, **change})
    assert response.status_code == 422
    assert sentence in response.text


def test_one_step_a_stage(plan: Masterplan, client: Client) -> None:
    add(client, CYCLE_STEP, plan, STEP)
    response = client.post(CYCLE_STEP.address("create", plan), STEP)
    assert "sudah dipakai baris lain" in response.text
    add(client, CYCLE_STEP, plan, {**STEP, "stage": "", "name": "Ekspose"})
    add(client, CYCLE_STEP, plan, {**STEP, "stage": "", "name": "Evaluasi"})
    assert CycleStep.objects.count() == 3


def test_bodies_are_listed_apart(plan: Masterplan, client: Client) -> None:
    BodyMember.objects.create(plan=plan, body="tim_pelaksana", seat="Ketua tim", holder="Kepala Bappeda")
    page = client.get(BODY_MEMBER.address("list", plan)).text
    assert page.index("Dewan Smart City</h2>") < page.index("Belum ada anggota.") < page.index("Tim Pelaksana <span")
    assert page.index("Tim Pelaksana <span") < page.index("Ketua tim")


@BOTH
def test_people(kind: RowKind, answers: dict[str, Any], plan: Masterplan, people: People) -> None:
    row = add(client_of(people.coordinator), kind, plan, answers)
    expected = {
        "coordinator": (200, 200, 302),
        "stranger": (404, 404, 404),
        "nobody": (404, 404, 404),
    }
    for name, user in people.items():
        client = client_of(user)
        edit = kind.address("edit", plan, row.pk)
        got = (
            client.get(kind.address("list", plan)).status_code,
            client.get(edit).status_code,
            client.post(edit, {**answers, "version": "1"}).status_code,
        )
        assert (name, got) == (name, expected.get(name, (200, 200, 403)))


@BOTH
def test_lists_cost_the_same_for_1_and_3_rows(
    kind: RowKind, answers: dict[str, Any], plan: Masterplan, client: Client
) -> None:
    row = add(client, kind, plan, answers)
    url = kind.address("list", plan)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    client.get(url)
    one = cost()
    for stage in ("II", "III"):
        row.pk = None
        if kind is CYCLE_STEP:
            row.stage_id = stage
        row.save()
    assert cost() == one <= 15
