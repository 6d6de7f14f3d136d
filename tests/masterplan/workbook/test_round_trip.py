"""A workbook goes out, is worked on, comes back: the preview counts exactly that, and saving changes exactly that."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from export import planfile
from masterplan.models import Masterplan, Programme, TableImport
from smartcity.accounts.enums import Role
from smartcity.start.demo import example_plan
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db
FIRST = 3


@pytest.fixture
def plan(db: None) -> Masterplan:
    return planfile.load(example_plan(), by=None)


@pytest.fixture
def client(plan: Masterplan) -> Client:
    return client_of(person(Role.COORDINATOR))


def download(client: Client, plan: Masterplan, query: str = "") -> Any:
    response = client.get(f"/rencana/{plan.code}/excel/unduh/{query}")
    assert response.status_code == 200, response.content[:300]
    return load_workbook(io.BytesIO(response.content))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Client, plan: Masterplan, *books: bytes) -> Any:
    files = [SimpleUploadedFile(f"tabel-{place}.xlsx", data) for place, data in enumerate(books, 1)]
    response = client.post(f"/rencana/{plan.code}/excel/", {"berkas": files})
    assert response.status_code == 302, response.content.decode()
    return client.get(response["Location"])


def column(sheet: Any, field: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == field)


def counts(page: Any) -> list[dict[str, int]]:
    return [file.counts for file in page.context["files"]]


def test_untouched_workbook_changes_nothing(client: Client, plan: Masterplan) -> None:
    book = download(client, plan)
    page = upload(client, plan, saved(book))
    assert counts(page) == [{"new": 0, "changed": 0, "removed": 0, "clash": 0, "refused": 0, "cells": 0}]
    assert [line.label for sheet in page.context["files"][0].sheets for line in sheet.lines] == []
    assert TableImport.objects.get().reading["sheets"][0]["lines"] == []


def rows_of(sheet: Any) -> list[int]:
    """Line numbers that hold a row."""
    return [line for line in range(FIRST, sheet.max_row + 1) if sheet.cell(line, 1).value]


def work_on(book: Any) -> None:
    """40 cells changed, 5 rows added, 2 removed, 3 broken."""
    sheet = book["Program"]
    lines = rows_of(sheet)
    for line in lines[:20]:
        sheet.cell(line, column(sheet, "budget_2027")).value = 2_000_000_000 + line
        sheet.cell(line, column(sheet, "location")).value = f"Kecamatan {line}"
    broken = lines[20:23]
    sheet.cell(broken[0], column(sheet, "budget_2027")).value = "seratus"
    sheet.cell(broken[1], column(sheet, "lead_opd")).value = "Dinas Entah"
    sheet.cell(broken[2], column(sheet, "name")).value = None
    issues = book["Isu strategis"]
    kept = rows_of(issues)
    for line in kept[:2]:
        for place in range(2, issues.max_column + 1):
            issues.cell(line, place).value = None
    for place in range(5):
        line = kept[-1] + 1 + place
        issues.cell(line, column(issues, "dimension")).value = "GOV Smart Governance"
        issues.cell(line, column(issues, "text")).value = f"Isu tambahan {place}"


def through_calc(book: Any) -> bytes:
    """Opened and saved by LibreOffice Calc, where the machine has one."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "tabel.xlsx"), Path(folder, "out")
        source.write_bytes(saved(book))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=120)
        return (out / "tabel.xlsx").read_bytes()


def facts(plan: Masterplan) -> tuple[Any, ...]:
    """Everything that `work_on` may and may not touch."""
    programmes = {
        row.code: (row.name, row.location, row.lead_opd_id, {each.year: each.budget for each in row.years.all()})
        for row in Programme.objects.filter(plan=plan).prefetch_related("years")
    }
    return programmes, [(row.dimension.code, row.text) for row in plan.issue_set.select_related("dimension")]


CALC = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is no part of the set-up; see test_read")


@pytest.mark.parametrize("by", [saved, pytest.param(through_calc, marks=CALC)])
def test_changes_are_counted_and_written_exactly(client: Client, plan: Masterplan, by: Any) -> None:
    programmes, issues = facts(plan)
    book = download(client, plan)
    work_on(book)
    page = upload(client, plan, by(book))
    expected = {"new": 5, "changed": 20, "cells": 40, "removed": 2, "clash": 0, "refused": 3}
    assert counts(page) == [expected]
    refused = [
        (line.label[:7], cell.field, cell.fault)
        for sheet in page.context["files"][0].sheets
        for line in sheet.lines
        for cell in line.cells
        if cell.fault
    ]
    codes = sorted(programmes)
    assert [name for _, name, _ in refused] == ["budget_2027", "lead_opd", "name"]
    assert "bukan jumlah uang" in refused[0][2]
    assert refused[1][2].startswith("“Dinas Entah” tidak ada dalam pilihan.")
    assert facts(plan) == (programmes, issues), "a preview writes nothing"

    apply = f"{page.request['PATH_INFO']}simpan/"
    [file] = page.context["files"]
    answers = {"berkas": [file.table_import.pk], f"cap-{file.table_import.pk}": file.fingerprint}
    refusal = client.post(apply, answers)
    assert refusal.status_code == 422
    assert facts(plan) == (programmes, issues), "all or nothing"

    assert client.post(apply, answers | {"tanpa": [file.table_import.pk]}).status_code == 302
    now, now_issues = facts(plan)
    order = [row.code for row in Programme.objects.filter(plan=plan)]
    for place, code in enumerate(order):
        name, location, opd, budgets = programmes[code]
        if place < 20:
            location, budgets = f"Kecamatan {place + FIRST}", budgets | {2027: 2_000_000_000 + place + FIRST}
        assert now[code] == (name, location, opd, budgets), code
    assert sorted(now) == codes
    assert now_issues == issues[2:] + [("GOV", f"Isu tambahan {place}") for place in range(5)]
    assert TableImport.objects.get().reading["result"] | {"kinds": []} == {
        "new": 5, "changed": 20, "cells": 40, "removed": 2, "left": 3, "kinds": []
    }  # fmt: skip
