"""A pasted block: how it is read, how its columns are matched, what it changes."""

from typing import Any

import pytest
from django.test import Client

from masterplan import registers
from masterplan.forms.block import Settings, guess, read_block
from masterplan.forms.rows import RowChoices
from masterplan.forms.sheet_cells import SheetCells
from masterplan.models import Programme, TableImport
from smartcity.accounts.enums import Role
from smartcity.ui.refusal import Refusal
from tests.masterplan.views.rows_given import Ground, programme_row
from tests.smartcity.accounts.given import client_of, person

HEADS = "Nama program\tDimensi\tSubdimensi\tStrategi\tPenanggung Jawab\tIndikator\tSatuan\tNilai awal\tAnggaran 2026 (juta)\tTarget 2026"


@pytest.fixture
def client(ground: Ground) -> Client:
    return client_of(person(Role.COORDINATOR))


def line(ground: Ground, name: str, budget: str = "1450", **changes: str) -> str:
    part = ground.dimension.subdimensions.order_by("position")[0]
    cells = {
        "name": name,
        "dimension": "GOV",
        "part": part.code,
        "strategy": ground.strategy.code,
        "opd": ground.opd.name,
        "indicator": "Layanan",
        "unit": "layanan",
        "baseline": "118",
        "budget": budget,
        "target": "125,5",
    }
    return "\t".join((cells | changes).values())


def paste(client: Client, ground: Ground, text: str, **more: str) -> Any:
    response = client.post(f"/rencana/{ground.plan.code}/tabel/program/tempel/", {"isi": text, **more})
    assert response.status_code == 302, response.content.decode()
    return client.get(response["Location"])


def statuses(page: Any) -> list[str]:
    return [line.status for file in page.context["files"] for line in file.lines()]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"satu\ndua"\tb\n"kata ""petik"""\td', [["satu\ndua", "b"], ['kata "petik"', "d"]]),
        ('"kutipan" biasa\tb', [['"kutipan" biasa', "b"]]),
        ("a\n\n\tb", [["a", ""], ["", "b"]]),
        ("satu", [["satu"]]),
    ],
)
def test_read_block(text: str, block: list[list[str]]) -> None:
    assert read_block(text) == block


@pytest.mark.parametrize("text", ["", "\n\t\n", "x\n" * 2_001, "\t".join("x" * 121), "x" * 2_000_001])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_block(text)


def cells_of(ground: Ground) -> SheetCells:
    return SheetCells(registers.KINDS["program"], ground.plan, RowChoices(ground.plan))


def test_heads_are_matched_whatever_their_order(ground: Ground) -> None:
    block = read_block(f"{HEADS}\tKeterangan\nx\t" + "\t" * 9)
    assert guess(cells_of(ground), block, [], has_targets=True) == Settings(
        ["name", "dimension", "subdimension", "strategy", "lead_opd", "indicator", "unit", "baseline_value",
         "budget_2026", "target_2026", ""],
        has_head=True,
        mode="baru",
        unit="jt",
    )  # fmt: skip


def test_without_heads_columns_follow_the_active_cell(ground: Ground) -> None:
    found = guess(cells_of(ground), [["Martapura", "5"]], ["indicator", "unit", ""], has_targets=True)
    assert found == Settings(["indicator", "unit"], has_head=False, mode="timpa", unit="")


def test_new_rows_with_heads_money_in_millions_and_a_fault(client: Client, ground: Ground) -> None:
    text = "\n".join([HEADS, line(ground, "Pasar", "1450"), line(ground, "Sungai", "1,5 M", opd="Dinas Entah")])
    page = paste(client, ground, text)
    assert statuses(page) == ["baru", "ditolak"]
    [file] = page.context["files"]
    faults = [(cell.field, cell.fault) for line in file.lines() for cell in line.cells if cell.fault]
    assert [name for name, _ in faults] == ["lead_opd"]
    assert Programme.objects.count() == 0
    key = file.table_import.pk
    answers = {"berkas": key, "tanpa": key, f"cap-{key}": file.fingerprint}
    assert client.post(f"{page.request['PATH_INFO']}simpan/", answers).status_code == 302
    row = Programme.objects.get()
    assert (row.code, row.name, row.lead_opd, row.unit) == ("GOV-P01", "Pasar", ground.opd, "layanan")
    assert [(year.year, year.budget, str(year.target)) for year in row.years.all()] == [
        (2026, 1_450_000_000, "125.5000")
    ]


def test_pasting_over_rows_below_the_active_cell(client: Client, ground: Ground) -> None:
    rows = [programme_row(ground, f"GOV-P0{place}") for place in (1, 2, 3)]
    targets = ",".join(f"{row.pk}:{row.version}" for row in rows[1:])
    page = paste(client, ground, "Bulan\tunit\nTahun\tunit", kolom="indicator,unit,baseline_year", baris=targets)
    assert statuses(page) == ["berubah", "berubah"]
    [file] = page.context["files"]
    key = file.table_import.pk
    answers = {"berkas": key, f"cap-{key}": file.fingerprint}
    assert client.post(f"{page.request['PATH_INFO']}simpan/", answers).status_code == 302
    found = Programme.objects.order_by("code").values_list("indicator", "unit")
    assert list(found) == [("Layanan", "layanan"), ("Bulan", "unit"), ("Tahun", "unit")]


def test_rows_with_a_known_code_are_changed(client: Client, ground: Ground) -> None:
    row = programme_row(ground, "GOV-P01")
    page = paste(client, ground, "Kode\tProgram\ngov-p01\tNama lain")
    assert [(each.status, each.row) for file in page.context["files"] for each in file.lines()] == [("berubah", row)]


def test_answers_on_the_preview_change_the_reading(client: Client, ground: Ground) -> None:
    programme_row(ground, "GOV-P01")
    page = paste(client, ground, "1450\tMartapura", kolom="budget_2026,location", baris="")
    assert statuses(page) == ["ditolak"]
    address = f"{page.request['PATH_INFO']}cara/"
    sent = {"kolom-0": "budget_2027", "kolom-1": "", "satuan": "jt", "cara": "baru"}
    assert client.post(address, sent).status_code == 302
    reading: Any = TableImport.objects.get().reading
    assert reading["settings"] == {"columns": ["budget_2027", ""], "has_head": False, "mode": "baru", "unit": "jt"}
    [only] = [cell.new for file in client.get(page.request["PATH_INFO"]).context["files"] for each in file.lines()
              for cell in each.cells if cell.new]  # fmt: skip
    assert only == "Rp 1.450.000.000"
    twice = client.post(address, {"kolom-0": "unit", "kolom-1": "unit"})
    assert twice.status_code == 422


def test_bare_small_money_is_refused_with_both_readings(client: Client, ground: Ground) -> None:
    page = paste(
        client,
        ground,
        line(ground, "Pasar"),
        kolom="name,dimension,subdimension,strategy,lead_opd,indicator,unit,baseline_value,budget_2026,target_2026",
    )
    assert statuses(page) == ["ditolak"]
    assert "“1450” dapat dibaca 1450 rupiah atau 1450 juta." in page.content.decode()
