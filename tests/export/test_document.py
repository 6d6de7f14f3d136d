"""The tree of the book against the rows it was made from."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from export.blocks import Block, Cell, Missing, Table
from export.document import build
from export.numbers import number
from export.tree import BookPart, Document, SectionPart
from masterplan.models import (
    Dimension,
    Issue,
    Masterplan,
    Programme,
    ProgrammeYear,
    Section,
    Strategy,
    SupportActionYear,
    SwotItem,
)
from smartcity.regency.models import Opd


def sections(document: Document) -> Iterator[tuple[BookPart, SectionPart]]:
    for book in document.books:
        for chapter in book.chapters:
            for part in chapter.sections:
                yield book, part


def blocks(document: Document, code: str) -> list[Block]:
    return [block for _, part in sections(document) if part.code == code for block in part.blocks]


def tables(document: Document, code: str) -> list[Table]:
    return [block for block in blocks(document, code) if isinstance(block, Table)]


def texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in cells]


def add_programmes(plan: Masterplan, count: int) -> None:
    dimension = Dimension.objects.filter(dimension_set=plan.dimension_set).earliest("position")
    opd = Opd.objects.create(regency=plan.regency, code=f"OPD-{count}", name="Dinas")
    for place in range(count):
        code = f"{count}-{place}"
        strategy = Strategy.objects.create(plan=plan, code=f"S{code}", dimension=dimension, text="Strategi")
        Issue.objects.create(plan=plan, dimension=dimension, text="Isu")
        SwotItem.objects.create(plan=plan, code=f"W{code}", kind="kekuatan", text="Kekuatan")
        programme = Programme.objects.create(
            plan=plan,
            code=f"P{code}",
            name="Program",
            lead_opd=opd,
            indicator="Indikator",
            unit="unit",
            baseline_year=2024,
            baseline_value=1,
            dimension=dimension,
            subdimension=dimension.subdimensions.all()[0],
            strategy=strategy,
        )
        programme.supporting_opds.add(opd)
        ProgrammeYear.objects.create(programme=programme, year=2026, target=2, budget=1_450_000_000)


def test_every_programme_stands_in_its_matrix_with_all_its_numbers(banjar: Masterplan) -> None:
    document = build(banjar)
    matrices = [table for _, part in sections(document) if part.code.startswith("B2.4.") for table in part.blocks]
    printed = {
        row.cells[0].code: texts(row.cells)
        for table in matrices
        if isinstance(table, Table) and table.banner
        for row in table.rows
        if row.kind == "row"
    }
    expected = {}
    for programme in Programme.objects.filter(plan=banjar).prefetch_related("years"):
        years = list(programme.years.all())
        expected[programme.code] = [
            programme.name,
            programme.indicator,
            number(programme.baseline_value),
            *(number(year.target) for year in years if year.target is not None),
            *(number(year.budget // 1_000_000) for year in years),
            number(sum(year.budget for year in years) // 1_000_000),
        ]
    assert printed == expected


def test_totals_equal_the_sums_of_the_rows(banjar: Masterplan) -> None:
    programmes = ProgrammeYear.objects.filter(programme__plan=banjar).aggregate(total=Sum("budget"))["total"]
    support = SupportActionYear.objects.filter(action__plan=banjar).aggregate(total=Sum("budget"))["total"]
    document = build(banjar)
    summary = tables(document, "B2.7.2")[-1]
    assert texts(summary.rows[-1].cells)[-2:] == [number((programmes + support) // 1_000_000), "100,0"]
    for dimension in document.dimensions:
        of_dimension = ProgrammeYear.objects.filter(programme__plan=banjar, programme__dimension__code=dimension.code)
        total = of_dimension.aggregate(total=Sum("budget"))["total"]
        matrix = next(
            table
            for _, part in sections(document)
            for table in part.blocks
            if isinstance(table, Table) and table.banner and table.banner.code == dimension.code
        )
        assert matrix.rows[-1].cells[-1].text == number(total // 1_000_000)


def test_every_text_of_the_example_is_in_the_tree(banjar: Masterplan) -> None:
    written = set(Section.objects.filter(plan=banjar, words__gt=0).values_list("outline_section__code", flat=True))
    assert written <= {part.code for _, part in sections(build(banjar))}


def test_captions_are_numbered_by_chapter_without_gaps(banjar: Masterplan) -> None:
    for book in build(banjar).books:
        for entries in (book.tables, book.figures):
            seen: dict[str, int] = {}
            for entry in entries:
                place, _, own = entry.number.rpartition(".")
                assert int(own) == seen.get(place, 0) + 1
                seen[place] = int(own)


def test_tables_of_the_text_and_of_the_plan_share_one_count(banjar: Masterplan) -> None:
    book = build(banjar).books[0]
    assert [entry.number for entry in book.tables][:5] == [
        "Tabel 1.1", "Tabel 1.2", "Tabel 2.1", "Tabel 2.2", "Tabel 2.3",
    ]  # fmt: skip


def test_one_book_alone_keeps_its_numbers(banjar: Masterplan) -> None:
    whole, alone = build(banjar), build(banjar, ["B2"])
    assert [book.code for book in alone.books] == ["B2"]
    assert alone.books[0].contents == whole.books[1].contents


def test_an_empty_plan_says_what_is_missing_and_prints_no_empty_table(plan: Masterplan) -> None:
    document = build(plan)
    found = list(sections(document))
    assert {part.code for _, part in found if Missing() in part.blocks} >= {"B1.1.1", "B2.7.1"}
    assert not [part.code for _, part in found if part.code in {"B1.L.1", "B2.L.1", "B2.L.2", "B1.6.4"}]
    assert not [block for _, part in found for block in part.blocks if isinstance(block, Table) and not block.rows]


@pytest.mark.parametrize("chosen", [None, ["B1"]])
def test_the_number_of_queries_does_not_depend_on_the_rows(plan: Masterplan, chosen: list[str] | None) -> None:
    add_programmes(plan, 1)
    with CaptureQueriesContext(
        connection,
    ) as one:
        build(plan, chosen)
    add_programmes(plan, 3)
    with CaptureQueriesContext(connection) as three:
        build(plan, chosen)
    assert len(three) == len(one)
