"""Excel out and in as people meet it: whose rows, what clashes, several files, pasted blocks, hostile text."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from masterplan.domain.row import create_row, delete_row, update_row, version_of
from masterplan.models import BinnedRow, Issue, Masterplan, Programme, TableImport
from smartcity.accounts.enums import Role
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, office, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ground: Ground) -> Client:
    return client_of(person(Role.COORDINATOR))


def home(plan: Masterplan) -> str:
    return f"/rencana/{plan.code}/excel/"


def download(client: Client, plan: Masterplan, query: str = "") -> Any:
    response = client.get(f"{home(plan)}unduh/{query}")
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Client, plan: Masterplan, *books: Any) -> Any:
    files = [SimpleUploadedFile(f"berkas-{at}.xlsx", saved(book)) for at, book in enumerate(books, 1)]
    response = client.post(home(plan), {"berkas": files})
    assert response.status_code == 302, response.content.decode()
    return client.get(response["Location"])


def cell_of(book: Any, title: str, code: str, field: str) -> Any:
    sheet = book[title]
    place = next(cell.column for cell in sheet[1] if cell.value == field)
    return next(row[place - 1] for row in sheet.iter_rows(3) if code in {each.value for each in row})


def lines(page: Any) -> list[tuple[str, str, str, list[tuple[str, str, str, str]]]]:
    return [
        (
            file.table_import.name,
            line.status,
            line.label,
            [(cell.field, cell.old, cell.new, cell.fault) for cell in line.cells],
        )
        for file in page.context["files"]
        for sheet in file.sheets
        for line in sheet.lines
    ]


def apply(client: Client, page: Any, **more: Any) -> Any:
    files = [file for file in page.context["files"] if file.can_apply]
    answers = {f"cap-{file.table_import.pk}": file.fingerprint for file in files}
    keys = [file.table_import.pk for file in files]
    return client.post(f"{page.request['PATH_INFO']}simpan/", {"berkas": keys, **answers, **more})


# -- out -------------------------------------------------------------------------------------------------------------


def test_workbook_of_one_office_holds_its_work_only(client: Client, ground: Ground) -> None:
    programme_row(ground, "GOV-P01")
    programme_row(ground, "GOV-P02", lead_opd=office("DLH"))
    book = download(client, ground.plan, "?opd=DLH")
    assert book.sheetnames == ["Petunjuk", "Program", "Aksi pendukung", "Quick win", "Pilihan", "Kunci"]
    assert [row[1].value for row in book["Program"].iter_rows(3) if row[0].value] == ["GOV-P02"]


def test_author_gets_own_rows_and_may_not_ask_for_another_office(ground: Ground) -> None:
    programme_row(ground, "GOV-P01", lead_opd=office("DLH"))
    programme_row(ground, "GOV-P02")
    author = client_of(person(Role.AUTHOR))
    book = download(author, ground.plan)
    assert [row[1].value for row in book["Program"].iter_rows(3) if row[0].value] == ["GOV-P02"]
    assert author.get(f"{home(ground.plan)}unduh/?opd=DLH").status_code == 404


def test_filter_of_the_table_is_followed(client: Client, ground: Ground) -> None:
    programme_row(ground, "GOV-P01", name="Pasar")
    programme_row(ground, "GOV-P02", name="Sungai")
    book = download(client, ground.plan, "?tabel=program&cari=sungai")
    assert [row[1].value for row in book["Program"].iter_rows(3) if row[0].value] == ["GOV-P02"]


# -- in --------------------------------------------------------------------------------------------------------------


def test_other_cells_of_the_same_row_do_not_clash(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan)
    update_row(row, version=version_of(row), values={"location": "Martapura"}, by=None)
    cell_of(book, "Program", "GOV-P01", "name").value = "Nama baru"
    page = upload(client, ground.plan, book)
    assert lines(page) == [
        ("berkas-1.xlsx", "berubah", "GOV-P01 Program GOV-P01", [("name", "Program GOV-P01", "Nama baru", "")])
    ]
    assert apply(client, page).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.location) == ("Nama baru", "Martapura")


def test_only_the_cell_that_two_people_changed_is_marked(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan)
    update_row(row, version=version_of(row), values={"name": "Nama orang lain"}, by=None)
    cell_of(book, "Program", "GOV-P01", "location").value = "Martapura"
    cell_of(book, "Program", "GOV-P01", "name").value = "Nama saya"
    [file] = upload(client, ground.plan, book).context["files"]
    assert [(cell.field, cell.is_clash) for line in file.lines() for cell in line.cells] == [
        ("name", True),
        ("location", False),
    ]


def test_same_cell_clashes_and_both_values_stay_until_somebody_chooses(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan)
    update_row(row, version=version_of(row), values={"name": "Nama orang lain"}, by=None)
    cell_of(book, "Program", "GOV-P01", "name").value = "Nama saya"
    page = upload(client, ground.plan, book)
    label = "GOV-P01 Nama orang lain"
    assert lines(page) == [("berkas-1.xlsx", "bentrok", label, [("name", "Nama orang lain", "Nama saya", "")])]
    assert apply(client, page).status_code == 422, "nothing chosen, nothing written"
    row.refresh_from_db()
    assert row.name == "Nama orang lain"
    [file] = page.context["files"]
    mark = next(file.lines()).mark
    assert apply(client, page, **{f"pakai-{file.table_import.pk}": mark}).status_code == 302
    row.refresh_from_db()
    assert row.name == "Nama saya"


def test_change_after_the_preview_is_shown_again(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan)
    cell_of(book, "Program", "GOV-P01", "name").value = "Nama saya"
    page = upload(client, ground.plan, book)
    update_row(row, version=version_of(row), values={"name": "Nama orang lain"}, by=None)
    answer = apply(client, page)
    assert (answer.status_code, "berubah sejak pratinjau" in answer.content.decode()) == (409, True)
    row.refresh_from_db()
    assert row.name == "Nama orang lain"


def test_two_files_that_change_one_row(client: Client, ground: Ground) -> None:
    programme_row(ground, "GOV-P01")
    programme_row(ground, "GOV-P02")
    first, second = download(client, ground.plan), download(client, ground.plan)
    cell_of(first, "Program", "GOV-P01", "name").value = "Satu"
    cell_of(second, "Program", "GOV-P01", "location").value = "Dua"
    cell_of(second, "Program", "GOV-P02", "name").value = "Tiga"
    page = upload(client, ground.plan, first, second)
    assert [(name, status, label[:7]) for name, status, label, _ in lines(page)] == [
        ("berkas-1.xlsx", "berubah", "GOV-P01"),
        ("berkas-2.xlsx", "ditolak", "GOV-P01"),
        ("berkas-2.xlsx", "berubah", "GOV-P02"),
    ]
    assert "Berkas berkas-1.xlsx juga mengubah baris ini." in page.content.decode()
    assert apply(client, page).status_code == 409, "with the first file written, the second says something else"
    states = dict(TableImport.objects.values_list("name", "state"))
    assert states == {"berkas-1.xlsx": "dipakai", "berkas-2.xlsx": "dibaca"}
    again = client.get(page.request["PATH_INFO"])
    assert [status for _, status, _, _ in lines(again)] == ["berubah", "berubah"], "the cells differ, so both fit"
    assert apply(client, again).status_code == 302
    assert list(Programme.objects.order_by("code").values_list("name", "location")) == [("Satu", "Dua"), ("Tiga", "")]


def test_file_with_a_row_that_cannot_be_written_changes_nothing(client: Client, ground: Ground) -> None:
    """The second row's budget falls below its sources: known only when it is written."""
    first = programme_row(ground, "GOV-P01")
    second = programme_row(
        ground, "GOV-P02", budgets=[{"year": 2026, "source": "APBD Kabupaten", "amount": 1_000_000_000}]
    )
    book = download(client, ground.plan)
    cell_of(book, "Program", "GOV-P01", "name").value = "Nama baru"
    cell_of(book, "Program", "GOV-P02", "budget_2026").value = 500_000_000
    answer = apply(client, upload(client, ground.plan, book))
    assert answer.status_code == 422
    assert "GOV-P02 Program GOV-P02: Rincian sumber 2026 berjumlah" in answer.content.decode()
    for row, name in ((first, "Program GOV-P01"), (second, "Program GOV-P02")):
        row.refresh_from_db()
        assert row.name == name


def test_rows_in_use_are_not_removed(client: Client, ground: Ground) -> None:
    programme_row(ground)
    book = download(client, ground.plan, "?tabel=strategi")
    for cell in book["Strategi"][3][1:]:
        cell.value = None
    page = upload(client, ground.plan, book)
    assert [(status, label) for _, status, label, _ in lines(page)] == [("ditolak", str(ground.strategy))]
    assert "Masih dipakai oleh program GOV-P01" in page.content.decode()


def test_removed_rows_wait_in_the_bin(client: Client, ground: Ground) -> None:
    issue = create_row(plan=ground.plan, model=Issue, values={"dimension": ground.dimension, "text": "Banjir"}, by=None)
    book = download(client, ground.plan, "?tabel=isu")
    book["Isu strategis"].delete_rows(3)
    assert apply(client, upload(client, ground.plan, book)).status_code == 302
    assert list(BinnedRow.objects.values_list("row_id", "label")) == [(issue.pk, str(issue))]


def test_cells_sorted_without_their_keys_are_refused(client: Client, ground: Ground) -> None:
    for code in ("GOV-P01", "GOV-P02"):
        programme_row(ground, code)
    book = download(client, ground.plan)
    sheet = book["Program"]
    for place in range(2, sheet.max_column + 1):
        above, below = sheet.cell(3, place), sheet.cell(4, place)
        above.value, below.value = below.value, above.value
    page = upload(client, ground.plan, book)
    assert [status for _, status, _, _ in lines(page)] == ["ditolak", "ditolak"]
    assert "tampaknya baris diurutkan tanpa kuncinya" in page.content.decode()


def test_lowered_target_needs_its_reason_and_keeps_it(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan)
    cell_of(book, "Program", "GOV-P01", "target_2027").value = 100
    page = upload(client, ground.plan, book)
    [(_, status, _, cells)] = lines(page)
    assert (status, cells[1][0], cells[1][3]) == (
        "ditolak", "reason", "Target menjadi lebih ringan (2027: 125 → 100). Tulis alasannya.",
    )  # fmt: skip
    place = next(cell.column for cell in book["Program"][1] if cell.value == "reason")
    book["Program"].cell(3, place).value = "Anggaran dipotong"
    assert apply(client, upload(client, ground.plan, book)).status_code == 302
    assert list(row.reasons.values_list("text", "detail")) == [("Anggaran dipotong", "2027: 125 → 100")]


def test_new_rows_get_codes_one_after_another(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan, "?tabel=program")
    sheet = book["Program"]
    for line in (4, 5):
        for cell in sheet[3][2:]:
            sheet.cell(line, cell.column).value = cell.value
        sheet.cell(line, 3).value = f"Program tambahan {line}"
    page = upload(client, ground.plan, book)
    assert [status for _, status, _, _ in lines(page)] == ["baru", "baru"]
    assert apply(client, page).status_code == 302
    made = Programme.objects.exclude(pk=row.pk).order_by("code")
    assert list(made.values_list("code", "name")) == [
        ("GOV-P02", "Program tambahan 4"), ("GOV-P03", "Program tambahan 5"),
    ]  # fmt: skip
    assert [[(year.year, year.budget) for year in each.years.all()] for each in made] == [
        [(year, 1_450_000_000) for year in ground.plan.detail_range]
    ] * 2


def test_forged_keys_reach_no_other_plan(client: Client, ground: Ground) -> None:
    other = programme_row(ground_of(KOTA_BANJAR), "GOV-P01")
    programme_row(ground)
    book = download(client, ground.plan)
    book["Program"]["A3"].value = other.pk
    page = upload(client, ground.plan, book)
    assert lines(page)[0][1] == "ditolak"
    assert "Baris ini tidak ada di rencana ini." in page.content.decode()


def test_workbook_of_another_plan_is_refused(client: Client, ground: Ground) -> None:
    book = download(client, ground.plan)
    book["Petunjuk"]["A2"].value = "33.74-2026"
    response = client.post(home(ground.plan), {"berkas": SimpleUploadedFile("a.xlsx", saved(book))})
    assert (response.status_code, "Berkas ini dari masterplan lain." in response.content.decode()) == (422, True)
    assert TableImport.objects.count() == 0


def test_row_binned_meanwhile_is_named(client: Client, ground: Ground) -> None:
    row = programme_row(ground)
    book = download(client, ground.plan)
    delete_row(row, by=None)
    cell_of(book, "Program", "GOV-P01", "name").value = "Nama"
    page = upload(client, ground.plan, book)
    assert "Baris ini sudah dibuang orang lain." in page.content.decode()


def test_text_of_files_is_never_markup(client: Client, ground: Ground) -> None:
    programme_row(ground)
    book = download(client, ground.plan)
    cell_of(book, "Program", "GOV-P01", "name").value = "<script>alert(1)</script>"
    cell_of(book, "Program", "GOV-P01", "lead_opd").value = "<img src=x onerror=alert(1)>"
    page = upload(client, ground.plan, book).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_dropping_changes_nothing_and_forgets_what_was_read(client: Client, ground: Ground) -> None:
    programme_row(ground)
    book = download(client, ground.plan)
    cell_of(book, "Program", "GOV-P01", "name").value = "Rahasia"
    page = upload(client, ground.plan, book)
    assert client.post(f"{page.request['PATH_INFO']}batal/").status_code == 302
    kept = TableImport.objects.get()
    assert (kept.state, kept.reading, Programme.objects.get().name) == ("dibuang", {}, "Program GOV-P01")
    assert apply(client, page).status_code == 409


def test_imports_of_others_are_not_seen(client: Client, ground: Ground) -> None:
    programme_row(ground)
    book = download(client, ground.plan)
    cell_of(book, "Program", "GOV-P01", "name").value = "Baru"
    address = upload(client, ground.plan, book).request["PATH_INFO"]
    assert client_of(person(Role.AUTHOR)).get(address).status_code == 404
    assert client_of(person(Role.MENTOR)).get(address).status_code == 404
