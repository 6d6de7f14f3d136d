"""Periods of the roadmap against the plan's years and each other."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from masterplan.consistency.places import at, in_list, joined
from masterplan.consistency.rule import Found, rule
from masterplan.consistency.snapshot import Snapshot
from masterplan.enums import BimtekStage, Horizon

GROUP = "Peta jalan"
KIND = "periode-peta-jalan"


@rule(
    "period-outside-plan",
    title="Periode di luar masa rencana",
    group=GROUP,
    blocks_from=BimtekStage.III,
    touches=(KIND,),
    advice="Sesuaikan tahunnya dengan masa rencana.",
)
def period_outside_plan(plan: Snapshot) -> Iterator[Found]:
    for row in plan.periods:
        if row.start < plan.start_year or row.end > plan.end_year:
            field = "start_year" if row.start < plan.start_year else "end_year"
            sentence = f"{row.start}–{row.end} melewati masa rencana {plan.period}."
            yield Found(at(row, field), sentence, f"{row.start}-{row.end}")


@rule(
    "period-overlap",
    title="Periode bertumpang tindih",
    group=GROUP,
    blocks_from=BimtekStage.III,
    touches=(KIND,),
    advice="Geser salah satu periode agar setiap tahun hanya milik satu jangka.",
)
def period_overlap(plan: Snapshot) -> Iterator[Found]:
    for one, other in combinations(sorted(plan.periods, key=lambda row: (row.start, row.end)), 2):
        if other.start <= one.end:
            sentence = f"Bertumpang tindih dengan {one.text} ({one.start}–{one.end})."
            yield Found(at(other, "start_year"), sentence, f"{one.end}-{other.start}")


@rule(
    "period-gap",
    title="Tahun tanpa periode peta jalan",
    group=GROUP,
    touches=(KIND,),
    advice="Perpanjang periode di sekitarnya sehingga semua tahun tercakup.",
)
def period_gap(plan: Snapshot) -> Iterator[Found]:
    covered = {year for row in plan.periods for year in range(row.start, row.end + 1)}
    missing = [year for year in range(plan.start_year, plan.end_year + 1) if year not in covered]
    if plan.periods and missing:
        sentence = f"Tahun {joined(missing)} tidak tercakup oleh periode mana pun."
        yield Found(in_list(KIND, "Peta jalan"), sentence, joined(missing))


@rule(
    "period-order",
    title="Urutan jangka terbalik",
    group=GROUP,
    touches=(KIND,),
    advice="Jangka pendek mendahului menengah, menengah mendahului panjang.",
)
def period_order(plan: Snapshot) -> Iterator[Found]:
    order = list(Horizon)
    for one, other in pairwise(sorted(plan.periods, key=lambda row: order.index(Horizon(row.horizon)))):
        if other.start < one.start:
            sentence = f"Mulai {other.start}, lebih awal daripada {one.text} yang mulai {one.start}."
            yield Found(at(other, "start_year"), sentence, f"{one.start}-{other.start}")
