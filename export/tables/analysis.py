"""Tables of Buku I: offices, issues, readiness, gap, SWOT, TOWS."""

from decimal import Decimal
from itertools import groupby

from export.blocks import Cell, Column, Row, Table
from export.numbers import number
from export.source import Source
from export.tables.layout import group, laid_out, words
from masterplan.enums import EXTERNAL_SWOT, INTERNAL_SWOT, ReadinessGroup, SwotKind, TowsKind
from masterplan.models import ReadinessItem

FACTORS = {"internal": INTERNAL_SWOT, "eksternal": EXTERNAL_SWOT}


def team_source(source: Source) -> str:
    return f"Tim Pelaksana Smart City {source.plan.regency.full_name}"


def opd(source: Source, _: str) -> list[Table]:
    if not source.opds:
        return []
    columns = (
        Column("No.", align="right"),
        Column("Kode"),
        Column("Nama perangkat daerah", share=5),
        Column("Sebutan lain", share=2),
    )
    rows = [
        Row(
            (
                Cell(str(place)),
                Cell(code=row.code),
                Cell(row.name),
                Cell(_names(row.aliases)),
            )
        )
        for place, row in enumerate(source.opds, start=1)
    ]
    return [laid_out("Perangkat daerah", columns, rows, source=team_source(source))]


def _names(names: list[str]) -> str:
    return ", ".join(names)


def issue(source: Source, _: str) -> list[Table]:
    if not source.issues:
        return []
    rows: list[Row] = []
    for dimension, found in groupby(source.issues, key=lambda row: row.dimension):
        issues = list(found)
        first = Cell(dimension.name, badges=(dimension.code,), down=len(issues), is_heading=True)
        rows += [
            Row(((first,) if place == 1 else ()) + (Cell(str(place)), Cell(row.text)), dimension=dimension.code)
            for place, row in enumerate(issues, start=1)
        ]
    columns = (Column("Dimensi", share=1), Column("No.", align="right"), Column("Isu strategis", share=2.6))
    return [laid_out("Isu strategis menurut dimensi", columns, rows, source=team_source(source))]


def readiness(source: Source, argument: str) -> list[Table]:
    groups = [argument] if argument else list(ReadinessGroup)
    items = [item for item in source.readiness if item.group in groups]
    if not items:
        return []
    columns = (
        Column("Elemen", share=1.5),
        Column("Indikator", share=2.5),
        Column("Satuan", share=1),
        Column("Nilai", align="right"),
        Column("Tahun", align="center"),
        Column("Skor", unit="0–4"),
        Column("Catatan", share=2),
    )
    rows: list[Row] = []
    for code, found in groupby(items, key=lambda item: item.group):
        of_group = list(found)
        mean = sum(Decimal(item.score) for item in of_group) / len(of_group)
        rows.append(group(ReadinessGroup(code).label, len(columns), note=f"rata-rata {number(mean, 2)}"))
        rows += [
            _readiness_row(item, is_first=place == 0 or item.element != of_group[place - 1].element)
            for place, item in enumerate(of_group)
        ]
    names = " dan ".join(ReadinessGroup(code).label.lower() for code in groups)
    legend = "Skor: 0 belum ada, 1 dirintis, 2 sebagian, 3 sebagian besar, 4 lengkap."
    note = f"sebagaimana tertulis pada tiap indikator. {legend}"
    return [laid_out(f"Kesiapan {names} menurut elemen dan indikator", columns, rows, source=note)]


def _readiness_row(item: ReadinessItem, *, is_first: bool) -> Row:
    return Row(
        (
            Cell(item.element if is_first else ""),
            words(item.indicator, item.source),
            Cell(item.unit),
            Cell(number(item.value)),
            Cell(str(item.year)),
            Cell(str(item.score), score=item.score),
            Cell(item.note),
        )
    )


def gap(source: Source, _: str) -> list[Table]:
    if not source.gaps:
        return []
    columns = (
        Column("Kondisi saat ini", share=1),
        Column("Kondisi ideal", share=1),
        Column("Kesenjangan", share=1),
        Column("Strategi penutup", share=1.2),
    )
    rows: list[Row] = []
    for dimension, found in groupby(source.gaps, key=lambda row: row.dimension):
        rows.append(group(dimension.name, len(columns), dimension.code))
        for row in found:
            closing = row.closing_strategy
            last = Cell(closing.text, code=closing.code) if closing else Cell("–")
            rows.append(Row((Cell(row.current), Cell(row.ideal), Cell(row.gap), last), dimension=dimension.code))
    return [laid_out("Kesenjangan menurut dimensi", columns, rows, source=team_source(source))]


def swot(source: Source, argument: str) -> list[Table]:
    kinds = FACTORS.get(argument, tuple(SwotKind))
    items = [item for item in source.swot if item.kind in kinds]
    if not items:
        return []
    columns = (Column("Kode"), Column("Uraian", share=4), Column("Kelompok kesiapan", share=1))
    rows: list[Row] = []
    for kind in kinds:
        of_kind = [item for item in items if item.kind == kind]
        if of_kind:
            rows.append(group(SwotKind(kind).label, len(columns)))
        rows += [
            Row((Cell(code=item.code), Cell(item.text), Cell(item.get_readiness_group_display() or "–")))
            for item in of_kind
        ]
    name = {"internal": "internal", "eksternal": "eksternal"}.get(argument, "internal dan eksternal")
    return [laid_out(f"Faktor {name}", columns, rows, source=f"kertas kerja SWOT, {team_source(source)}")]


MEANING = {
    TowsKind.SO: "kekuatan × peluang",
    TowsKind.WO: "kelemahan × peluang",
    TowsKind.ST: "kekuatan × ancaman",
    TowsKind.WT: "kelemahan × ancaman",
}


def tows(source: Source, _: str) -> list[Table]:
    if not source.tows:
        return []
    columns = (
        Column("Tipe", share=1.4),
        Column("Kode", share=1.1),
        Column("Dari faktor", share=1),
        Column("Arah strategi", share=4),
        Column("Dimensi", share=1.2),
    )
    rows: list[Row] = []
    for kind in TowsKind:
        of_kind = [item for item in source.tows if item.kind == kind]
        for place, item in enumerate(of_kind):
            first = (words(kind.value, MEANING[kind], is_strong=True, down=len(of_kind)),) if place == 0 else ()
            factors = " × ".join(factor.code for factor in item.sources.all())
            badges = tuple(dimension.code for dimension in item.dimensions.all())
            rows.append(Row((*first, Cell(code=item.code), Cell(factors), Cell(item.text), Cell(badges=badges))))
    return [
        laid_out(
            "Arah strategi hasil persilangan TOWS", columns, rows, source=f"kertas kerja TOWS, {team_source(source)}"
        )
    ]
