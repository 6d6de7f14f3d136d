"""Facts of programmes in the book: printed where filled, nothing where empty."""

from datetime import date
from pathlib import Path

from export.blocks import Cell
from export.document import build
from export.html import print_job
from export.press import typeset
from export.shelf import Shelf
from export.tables.facts import readiness_of
from masterplan.domain.programme import drop_programme
from masterplan.models import Masterplan, PlanDimension, PlanSubdimension, Programme
from tests.export.test_document import tables, texts


def filled(plan: Masterplan) -> Programme:
    """GOV-P01 with every new fact."""
    row: Programme = plan.programme_set.get(code="GOV-P01")
    own = PlanSubdimension.objects.create(plan=plan, name="Layanan sampai desa", subdimension=row.subdimension)
    row.own_subdimension, row.innovation, row.districts = own, "metode", ["Martapura", "Gambut"]
    row.beneficiaries, row.regulation, row.regulation_note, row.people = "Warga", "ada", "Perbup 12/2025", "belum"
    row.funding_sources = ["APBD Kabupaten", "CSR/TJSLP"]
    row.save()
    row.partners.create(kind="kampus", name="Universitas setempat")
    row.references.create(document="rpjmd", period="2025–2029", part="Bab V")
    row.budgets.create(year=2026, source="CSR/TJSLP", amount=450_000_000)
    return row


def captions(plan: Masterplan, *codes: str) -> list[str]:
    document = build(plan)
    return [table.caption for code in codes for table in tables(document, code)]


def test_nothing_is_printed_where_nothing_is_filled(banjar: Masterplan) -> None:
    found = captions(banjar, "B2.2.4", "B2.7.2", "B2.4.5", "B2.9")
    assert [name for name in found if "menurut sumber dana" in name or "prioritas" in name or "kesiapan" in name] == []


def test_money_by_source_adds_up_to_the_programmes(banjar: Masterplan) -> None:
    filled(banjar)
    table = tables(build(banjar), "B2.7.2")[-1]
    assert table.caption.startswith("Anggaran program menurut sumber dana dan tahun")
    by_name = {row.cells[0].text: row.cells for row in table.rows}
    assert texts(by_name["CSR/TJSLP"])[1] == "450"
    assert "Belum dirinci" in by_name
    columns = [[int(cell.text.replace(".", "").replace("–", "0")) for cell in row.cells[1:]] for row in table.rows]
    assert [sum(column) for column in zip(*columns[:-1], strict=True)] == columns[-1]


def test_own_subdimension_stands_with_the_official_one(banjar: Masterplan) -> None:
    row = filled(banjar)
    document = build(banjar)
    heads = [
        cells[0].text
        for part in ("B2.4.5",)
        for table in tables(document, part)
        for cells in [line.cells for line in table.rows if line.kind == "group"]
    ]
    assert f"Layanan sampai desa ({row.subdimension})" in heads


def test_readiness_reads_as_words(banjar: Masterplan) -> None:
    assert readiness_of(filled(banjar)) == ["Regulasi: ada, Perbup 12/2025", "SDM: belum"]


def test_priority_is_printed_with_reason_and_decider(banjar: Masterplan) -> None:
    own = PlanDimension.objects.get(plan=banjar, dimension__code="ECO")
    own.priority, own.priority_reason, own.priority_by = 1, "Ekonomi lebih dahulu", "Bupati"
    own.priority_on = date(2026, 2, 3)
    own.save()
    (table,) = tables(build(banjar), "B2.2.4")
    assert table.rows[0].cells[1:] == (
        Cell("Smart Economy", badges=("ECO",)),
        Cell("Ekonomi lebih dahulu"),
        Cell("Bupati", notes=("3 Februari 2026",)),
    )


def test_dropped_programmes_leave_the_book(banjar: Masterplan) -> None:
    row = banjar.programme_set.exclude(quick_wins__isnull=False)[0]
    before = _printed(banjar)
    drop_programme(row, version=row.version, reason="x", by=None)
    assert before - _printed(banjar) == {row.code}


def _printed(plan: Masterplan) -> set[str]:
    document = build(plan)
    known = set(plan.programme_set.values_list("code", flat=True))
    parts = [part for book in document.books for chapter in book.chapters for part in chapter.sections]
    cells = [
        cell for part in parts for table in tables(document, part.code) for line in table.rows for cell in line.cells
    ]
    return {cell.code for cell in cells} & known


def test_the_facts_typeset_without_a_warning(banjar: Masterplan, tmp_path: Path, kept_parts: Shelf) -> None:
    filled(banjar)
    printed = typeset(print_job(build(banjar)), tmp_path / "book.pdf", shelf=kept_parts)
    assert printed.warnings == ()
