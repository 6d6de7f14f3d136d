"""Every number of the rows that a text can carry as a live fact, by a key that outlives renaming.

A key names rows by their codes: those of dimensions and offices never change, and a programme's former codes still find it,
also after the bin or a plan file gave it another primary key. Apps above this one add theirs with `@fact_source`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import quote

from masterplan.consistency.places import at, in_list
from masterplan.consistency.rule import Place
from masterplan.consistency.snapshot import ActionRow, MeasuredRow, ProgrammeRow, Snapshot, WorkRow
from masterplan.enums import SupportGroup
from masterplan.prose.facts import LONG, SHORT
from smartcity.ui.format import format_number, format_rupiah, format_rupiah_short

RUPIAH = "rupiah"
REGISTER, ACTIONS, GOALS = "program", "aksi-pendukung", "sasaran"
PLAN = Place("Rencana")
KINDS = {REGISTER: "programme", ACTIONS: "action", GOALS: "goal"}


@dataclass(frozen=True)
class Fact:
    """`value` in `unit`: whole rupiah, rows of a noun, or a measure; `is_former` marks a former code of its row."""

    key: str
    label: str
    value: int | Decimal | str
    unit: str
    place: Place
    is_count: bool = False
    is_former: bool = False

    @property
    def short(self) -> str:
        if isinstance(self.value, str):
            return self.value
        return format_rupiah_short(int(self.value), gap="") if self.unit == RUPIAH else format_number(self.value)

    @property
    def long(self) -> str:
        if isinstance(self.value, str):
            return self.value
        return format_rupiah(int(self.value), gap="") if self.unit == RUPIAH else f"{self.short} {self.unit}".strip()

    @property
    def printed(self) -> dict[str, str]:
        return {SHORT: self.short, LONG: self.long}


type Source = Callable[[Snapshot], Iterable[Fact]]
SOURCES: list[Source] = []


def fact_source(source: Source) -> Source:
    SOURCES.append(source)
    return source


def key_of(*parts: object) -> str:
    """A code may hold any character; a key holds those of an address."""
    return ":".join(quote(str(part), safe="") for part in parts)


def catalogue_of(plan: Snapshot) -> dict[str, Fact]:
    """In the order in which people look for them: sums, counts, then row by row."""
    return {fact.key: fact for source in SOURCES for fact in source(plan)}


def values_of(plan: Snapshot, keys: Collection[str]) -> dict[str, dict[str, str]]:
    """What the tokens with these keys print; keys without a fact are left out."""
    known = catalogue_of(plan)
    return {key: known[key].printed for key in sorted(keys) if key in known}


def money(label: str, amount: int, place: Place, *key: object) -> Fact:
    return Fact(key_of(*key), label, amount, RUPIAH, place)


def count(label: str, number: int, noun: str, place: Place, *key: object) -> Fact:
    return Fact(key_of("count", *key), label, number, noun, place, is_count=True)


@fact_source
def _whole(plan: Snapshot) -> Iterator[Fact]:
    yield Fact("period", "Masa rencana", plan.period, "", PLAN)
    programmes, actions = in_list(REGISTER, "Program"), in_list(ACTIONS, "Aksi pendukung")
    yield from _budgets(plan, "Total anggaran masterplan", plan.work, programmes, "total", by_year="year")
    yield from _budgets(plan, "Total anggaran program", plan.programmes, programmes, "programmes")
    yield from _budgets(plan, "Total anggaran aksi pendukung", plan.actions, actions, "actions")


@fact_source
def _parts(plan: Snapshot) -> Iterator[Fact]:
    """Only offices that lead something: a region has forty, a plan a dozen."""
    for dimension in plan.dimensions:
        rows = [row for row in plan.programmes if row.dimension == dimension.code]
        place = in_list(REGISTER, "Program", dimension)
        yield from _budgets(plan, f"Total anggaran {dimension.name}", rows, place, "dim", dimension.code)
    for group in SupportGroup:
        own = [row for row in plan.actions if row.group == group]
        place = in_list(ACTIONS, "Aksi pendukung")
        yield from _budgets(plan, f"Total anggaran {str(group.label).lower()}", own, place, "group", group.value)
    for pk in dict.fromkeys(row.lead for row in plan.work):
        if pk in plan.opds:
            label = f"Total anggaran yang dipimpin {plan.opds[pk].label}"
            led = [row for row in plan.work if row.lead == pk]
            yield from _budgets(plan, label, led, in_list(REGISTER, "Program"), "opd", plan.opds[pk].code)


@fact_source
def _counts(plan: Snapshot) -> Iterator[Fact]:
    lists = (("programme", "program", REGISTER, plan.programmes), ("strategy", "strategi", "strategi", plan.strategies))
    for name, noun, kind, rows in lists:
        yield count(f"Banyaknya {noun}", len(rows), noun, in_list(kind, noun.capitalize()), name)
        held = Counter(row.dimension for row in rows)
        for dimension in plan.dimensions:
            place = in_list(kind, noun.capitalize(), dimension)
            label = f"Banyaknya {noun} {dimension.name}"
            yield count(label, held[dimension.code], noun, place, name, dimension.code)
    yield count("Banyaknya aksi pendukung", len(plan.actions), "aksi pendukung", in_list(ACTIONS, "Aksi"), "action")
    yield count("Banyaknya sasaran", len(plan.goals), "sasaran", in_list(GOALS, "Sasaran"), "goal")


@fact_source
def _rows(plan: Snapshot) -> Iterator[Fact]:
    for row in plan.measured:
        facts = [*(_budget_of(plan, row) if isinstance(row, WorkRow) else ()), *_measures(row)]
        yield from facts
        for former in row.former_codes if isinstance(row, ProgrammeRow) else ():
            own, old = key_of(row.code), key_of(former)
            for fact in facts:
                kind, name, _, *rest = fact.key.split(":")
                yield replace(fact, key=":".join([kind, name, old, *rest]), is_former=own != old)


def _budget_of(plan: Snapshot, row: WorkRow) -> Iterator[Fact]:
    name = "action" if isinstance(row, ActionRow) else "programme"
    yield from _budgets(plan, f"Anggaran {row.label}", (row,), at(row), name, row.code)


def _measures(row: MeasuredRow) -> Iterator[Fact]:
    name, what = KINDS[row.kind], f"{row.code} {row.indicator}"
    place = at(row, "baseline_value")
    key = key_of("baseline", name, row.code)
    yield Fact(key, f"Nilai awal {what} ({row.baseline_year})", row.baseline, row.unit, place)
    for year, target in row.targets.items():
        place = at(row, f"{row.target_field}_{year}")
        yield Fact(key_of("target", name, row.code, year), f"Target {what} {year}", target, row.unit, place)


def _budgets(
    plan: Snapshot, label: str, rows: Iterable[WorkRow], place: Place, *key: object, by_year: str = ""
) -> Iterator[Fact]:
    """The sum of all years and each year by itself, also those with nothing: a fact does not vanish with its money."""
    kept = list(rows)
    yield money(label, sum(row.total for row in kept), place, "budget", *key)
    for year in plan.detail_years:
        amount = sum(row.budgets.get(year, 0) for row in kept)
        cell = replace(place, field=f"budget_{year}") if place.pk else place
        yield money(f"{label} {year}", amount, cell, "budget", *((by_year,) if by_year else key), year)
