"""Readiness, SWOT, TOWS and gap: each must lead somewhere and agree with what it cites."""

from collections.abc import Iterable, Iterator

from masterplan.consistency.places import at, joined
from masterplan.consistency.reading import quote
from masterplan.consistency.rule import Found, rule
from masterplan.consistency.snapshot import Row, Snapshot
from masterplan.enums import Severity, SwotKind, TowsKind

GROUP = "Analisis"
CITES = {
    TowsKind.SO: (SwotKind.STRENGTH, SwotKind.OPPORTUNITY),
    TowsKind.WO: (SwotKind.WEAKNESS, SwotKind.OPPORTUNITY),
    TowsKind.ST: (SwotKind.STRENGTH, SwotKind.THREAT),
    TowsKind.WT: (SwotKind.WEAKNESS, SwotKind.THREAT),
}
OLDEST = 5


@rule(
    "swot-unused",
    title="Butir SWOT tidak dipakai",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=("swot", "tows"),
    advice="Pakai butir ini dalam strategi TOWS, atau hapus bila tidak penting.",
)
def swot_unused(plan: Snapshot) -> Iterator[Found]:
    used = {pk for row in plan.tows for pk in row.sources}
    for row in plan.swot:
        if plan.tows and row.pk not in used:
            yield Found(at(row), f"{row.code} tidak dipakai oleh satu pun strategi TOWS.")


@rule(
    "tows-kind",
    title="Tipe TOWS tidak cocok dengan sumbernya",
    group=GROUP,
    touches=("tows", "swot"),
    advice="Pilih butir SWOT yang sesuai dengan tipenya, atau ubah tipenya.",
)
def tows_kind(plan: Snapshot) -> Iterator[Found]:
    kinds = {row.pk: row.swot for row in plan.swot}
    for row in plan.tows:
        cited = {kinds[pk] for pk in row.sources if pk in kinds}
        missing = [kind.label.lower() for kind in CITES[TowsKind(row.tows)] if kind not in cited]
        if missing:
            sentence = f"Strategi {row.tows} harus berasal dari {joined(missing)}, tetapi tidak ada yang dirujuk."
            yield Found(at(row, "sources"), sentence, ",".join(missing))


@rule(
    "tows-without-dimension",
    title="TOWS tanpa dimensi",
    group=GROUP,
    touches=("tows",),
    advice="Pilih dimensi yang disentuh strategi ini.",
)
def tows_without_dimension(plan: Snapshot) -> Iterator[Found]:
    for row in plan.tows:
        if not row.dimensions:
            yield Found(at(row, "dimensions"), f"{row.code} belum menyebut dimensi yang disentuhnya.")


@rule(
    "gap-without-strategy",
    title="Kesenjangan tanpa strategi penutup",
    group=GROUP,
    touches=("gap",),
    advice="Pilih strategi yang menutup kesenjangan ini.",
)
def gap_without_strategy(plan: Snapshot) -> Iterator[Found]:
    for row in plan.gaps:
        if row.strategy is None:
            yield Found(at(row, "closing_strategy"), "Kesenjangan ini belum ditutup oleh strategi mana pun.")


@rule(
    "gap-strategy-dimension",
    title="Strategi penutup dari dimensi lain",
    group=GROUP,
    touches=("gap", "strategi"),
    advice="Pilih strategi dari dimensi yang sama, atau ubah dimensi kesenjangan ini.",
)
def gap_strategy_dimension(plan: Snapshot) -> Iterator[Found]:
    for row in plan.gaps:
        strategy = plan.strategies_by_pk.get(row.strategy or 0)
        if strategy and strategy.dimension != row.dimension:
            sentence = (
                f"Kesenjangan {row.dimension} ditutup oleh {strategy.code}, strategi dimensi {strategy.dimension}."
            )
            yield Found(at(row, "closing_strategy"), sentence, f"{row.dimension}>{strategy.pk}")


@rule(
    "readiness-year",
    title="Tahun data kesiapan janggal",
    group=GROUP,
    touches=("kesiapan",),
    advice="Periksa tahunnya, atau ganti dengan data yang lebih baru.",
)
def readiness_year(plan: Snapshot) -> Iterator[Found]:
    for row in plan.readiness:
        if row.year > plan.start_year:
            sentence = f"Data tahun {row.year} lebih baru daripada tahun awal rencana ({plan.start_year})."
        elif row.year < plan.base_year - OLDEST:
            sentence = f"Data tahun {row.year} lebih tua dari {OLDEST} tahun sebelum tahun dasar ({plan.base_year})."
        else:
            continue
        yield Found(at(row, "year"), sentence, str(row.year))


@rule(
    "readiness-score",
    title="Tingkat kesiapan tidak sesuai nilainya",
    group=GROUP,
    touches=("kesiapan",),
    advice="Periksa nilai dan tingkatnya; tingkat 3 dan 4 berarti berjalan baik.",
)
def readiness_score(plan: Snapshot) -> Iterator[Found]:
    for row in plan.readiness:
        if row.value == 0 and row.score >= 3:
            yield Found(at(row, "score"), f"Nilainya 0 {row.unit}, tetapi tingkatnya {row.score}.", str(row.score))


@rule(
    "readiness-source",
    title="Data kesiapan tanpa sumber",
    group=GROUP,
    touches=("kesiapan",),
    advice="Tulis dari mana angkanya.",
)
def readiness_source(plan: Snapshot) -> Iterator[Found]:
    for row in plan.readiness:
        if len(row.source.strip()) < 3:
            yield Found(at(row, "source"), "Angka kesiapan ini belum menyebut sumbernya.")


@rule(
    "text-twice",
    title="Isi yang sama ditulis dua kali",
    group=GROUP,
    touches=("isu", "swot", "gap", "sasaran", "strategi", "misi"),
    advice="Hapus salah satu, atau bedakan isinya.",
)
def text_twice(plan: Snapshot) -> Iterator[Found]:
    for rows in (plan.issues, plan.swot, plan.gaps, plan.goals, plan.strategies, plan.missions):
        yield from _twice(rows)


def _twice(rows: Iterable[Row]) -> Iterator[Found]:
    first: dict[str, Row] = {}
    for row in rows:
        key = " ".join(row.text.casefold().split())
        earlier = first.setdefault(key, row)
        if key and earlier is not row:
            name = earlier.code or f"“{quote(earlier.text, 60)}”"
            yield Found(at(row, row.text_field), f"Isinya sama dengan {name}.", str(earlier.pk))
