"""Indicators, baselines and targets of goals, programmes and support actions."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from masterplan.consistency.places import at, joined
from masterplan.consistency.rule import Found, rule
from masterplan.consistency.snapshot import MeasuredRow, ProgrammeRow, ReadinessRow, Snapshot
from masterplan.enums import Direction, Severity
from smartcity.ui.format import format_number

GROUP = "Indikator dan target"
MEASURED = ("sasaran", "program", "aksi-pendukung")
BLANK = frozenset({"", "-", "–", "?", "tbd", "n/a"})


def steps(row: MeasuredRow) -> Iterator[tuple[str, Decimal, int, Decimal]]:
    """Neighbouring values: what came before, its value, the year, its target."""
    points = [(f"keadaan awal {row.baseline_year}", row.baseline, row.baseline_year)]
    points += [(str(year), row.targets[year], year) for year in sorted(row.targets)]
    for (name, before, _), (_, value, year) in pairwise(points):
        yield name, before, year, value


@rule(
    "target-direction",
    title="Target melawan arah indikator",
    group=GROUP,
    touches=("program",),
    advice="Perbaiki targetnya, atau ubah arah indikator.",
)
def target_direction(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        for name, before, year, value in steps(row):
            if against(row, before, value):
                way = "makin tinggi makin baik" if row.direction == Direction.UP else "makin rendah makin baik"
                sentence = f"Target {year} ({format_number(value)}) mundur dari {name} ({format_number(before)}), padahal {way}."
                yield Found(at(row, f"target_{year}"), sentence, f"{before}>{value}")


def against(row: ProgrammeRow, before: Decimal, value: Decimal) -> bool:
    return value < before if row.direction == Direction.UP else value > before


@rule(
    "goal-direction",
    title="Target sasaran berbalik arah",
    group=GROUP,
    touches=("sasaran",),
    advice="Perbaiki target tahun ini; targetnya harus bergerak ke satu arah.",
)
def goal_direction(plan: Snapshot) -> Iterator[Found]:
    """A goal has no stated direction: it goes where its last target lies from the baseline."""
    for row in plan.goals:
        last = row.targets[max(row.targets)] if row.targets else row.baseline
        for name, before, year, value in steps(row):
            if (value - before) * (last - row.baseline) < 0:
                sentence = (
                    f"Target {year} ({format_number(value)}) berbalik arah dari {name} ({format_number(before)})."
                )
                yield Found(at(row, f"value_{year}"), sentence, f"{before}>{value}")


@rule(
    "target-missing",
    title="Tahun tanpa target",
    group=GROUP,
    touches=MEASURED,
    advice="Isi target untuk setiap tahun rencana aksi.",
)
def target_missing(plan: Snapshot) -> Iterator[Found]:
    for row in plan.measured:
        missing = [year for year in plan.detail_years if year not in row.targets]
        if missing:
            place = at(row, f"{row.target_field}_{missing[0]}")
            yield Found(place, f"Belum ada target untuk {joined(missing)}.", joined(missing))


@rule(
    "target-equals-baseline",
    title="Target sama dengan keadaan awal",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=MEASURED,
    advice="Naikkan targetnya, atau pilih indikator yang menunjukkan perubahan.",
)
def target_equals_baseline(plan: Snapshot) -> Iterator[Found]:
    for row in plan.measured:
        if row.targets and set(row.targets.values()) == {row.baseline}:
            value = format_number(row.baseline)
            place = at(row, f"{row.target_field}_{min(row.targets)}")
            yield Found(place, f"Semua target sama dengan keadaan awal ({value}): tidak ada yang berubah.", value)


@rule(
    "baseline-year",
    title="Tahun baseline tidak mendahului target",
    group=GROUP,
    touches=MEASURED,
    advice="Pakai data dari tahun sebelum target pertama.",
)
def baseline_year(plan: Snapshot) -> Iterator[Found]:
    for row in plan.measured:
        first = min(row.targets, default=None)
        if first is not None and row.baseline_year >= first:
            sentence = f"Tahun baseline {row.baseline_year} tidak lebih awal daripada target pertama ({first})."
            yield Found(at(row, "baseline_year"), sentence, f"{row.baseline_year}>{first}")


@rule(
    "unit-missing",
    title="Indikator tanpa satuan",
    group=GROUP,
    touches=(*MEASURED, "kesiapan"),
    advice="Tulis satuannya, misalnya %, orang, dokumen atau desa.",
)
def unit_missing(plan: Snapshot) -> Iterator[Found]:
    rows: tuple[MeasuredRow | ReadinessRow, ...] = (*plan.measured, *plan.readiness)
    for row in rows:
        if row.unit.strip().casefold() in BLANK:
            yield Found(at(row, "unit"), "Indikatornya belum mempunyai satuan.")


@rule(
    "indicator-missing",
    title="Belum ada indikator",
    group=GROUP,
    touches=MEASURED,
    advice="Tulis satu indikator yang menunjukkan keberhasilan.",
)
def indicator_missing(plan: Snapshot) -> Iterator[Found]:
    for row in plan.measured:
        if row.indicator.strip().casefold() in BLANK:
            yield Found(at(row, "indicator"), "Indikatornya belum ditulis.")


@rule(
    "percent-range",
    title="Persentase di luar 0–100",
    group=GROUP,
    touches=(*MEASURED, "kesiapan"),
    advice="Periksa angkanya, atau ganti satuannya bila bukan persentase.",
)
def percent_range(plan: Snapshot) -> Iterator[Found]:
    for row in plan.measured:
        if is_percent(row.unit):
            values = {"baseline_value": row.baseline}
            values |= {f"{row.target_field}_{year}": value for year, value in row.targets.items()}
            yield from (_outside(row, name, value) for name, value in values.items() if not 0 <= value <= 100)
    for item in plan.readiness:
        if is_percent(item.unit) and not 0 <= item.value <= 100:
            yield _outside(item, "value", item.value)


def is_percent(unit: str) -> bool:
    return unit.strip().casefold() in {"%", "persen", "percent"}


def _outside(row: MeasuredRow | ReadinessRow, name: str, value: Decimal) -> Found:
    return Found(at(row, name), f"Nilai {format_number(value)} % di luar rentang 0 sampai 100.", str(value))


@rule(
    "indicator-twice",
    title="Satu indikator, dua keadaan awal",
    group=GROUP,
    touches=(*MEASURED, "kesiapan"),
    advice="Samakan keadaan awalnya: indikator yang sama pada tahun yang sama hanya punya satu nilai.",
)
def indicator_twice(plan: Snapshot) -> Iterator[Found]:
    """The same fact entered in two tables must be the same number."""
    first: dict[tuple[str, str, int], tuple[str, Decimal]] = {}
    for item in plan.readiness:
        first.setdefault(_measure(item.text, item.unit, item.year), (item.label, item.value))
    for row in plan.measured:
        key = _measure(row.indicator, row.unit, row.baseline_year)
        name, value = first.setdefault(key, (row.label, row.baseline))
        if key[0] and value != row.baseline:
            sentence = (
                f"Keadaan awal {row.baseline_year} tertulis {format_number(row.baseline)}, "
                f"sedangkan pada “{name}” {format_number(value)}."
            )
            yield Found(at(row, "baseline_value"), sentence, f"{value}>{row.baseline}")


def _measure(indicator: str, unit: str, year: int) -> tuple[str, str, int]:
    return (" ".join(indicator.casefold().split()), unit.strip().casefold(), year)
