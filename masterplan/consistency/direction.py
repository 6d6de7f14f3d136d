"""Vision, missions, RPJMD and strategies: the thread from the region's own plan down to the programmes."""

import re
from collections.abc import Iterator

from masterplan.consistency.places import at
from masterplan.consistency.rule import Found, rule
from masterplan.consistency.snapshot import Snapshot
from masterplan.enums import Severity

GROUP = "Arah"
YEARS = re.compile(r"\b(20\d\d)\b")


def says(text: str, keyword: str) -> bool:
    """A keyword counts as said when each of its words is, also with a prefix: "layanan" in "pelayanan"."""
    lower = text.casefold()
    return all(word in lower for word in keyword.casefold().split())


@rule(
    "vision-keyword",
    title="Kata kunci tidak muncul dalam visi",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=("visi",),
    advice="Pakai kata kunci ini dalam pernyataan visi, atau hapus dari daftar kata kunci.",
)
def vision_keyword(plan: Snapshot) -> Iterator[Found]:
    if plan.vision is None:
        return
    for keyword in plan.vision.keywords:
        if not says(plan.vision.text, keyword):
            sentence = f"Kata kunci “{keyword}” tidak muncul dalam pernyataan visi."
            yield Found(at(plan.vision, "statement"), sentence, keyword)


@rule(
    "mission-without-rpjmd",
    title="Misi tidak diselaraskan dengan RPJMD",
    group=GROUP,
    touches=("misi", "misi-rpjmd"),
    advice="Pilih misi RPJMD yang didukung misi ini.",
)
def mission_without_rpjmd(plan: Snapshot) -> Iterator[Found]:
    for row in plan.missions:
        if row.rpjmd_mission is None and plan.rpjmd_missions:
            yield Found(at(row, "rpjmd_mission"), "Misi ini belum diselaraskan dengan misi RPJMD.")


@rule(
    "rpjmd-mission-uncovered",
    title="Misi RPJMD tidak didukung",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=("misi", "misi-rpjmd", "program"),
    advice="Hubungkan misi atau program yang mendukungnya, atau jelaskan mengapa di luar lingkup.",
)
def rpjmd_mission_uncovered(plan: Snapshot) -> Iterator[Found]:
    used = {row.rpjmd_mission for row in plan.missions} | {row.rpjmd_mission for row in plan.programmes}
    for row in plan.rpjmd_missions:
        if plan.missions and row.pk not in used:
            yield Found(at(row), f"Misi RPJMD {row.code} tidak didukung oleh misi smart city maupun program.")


@rule(
    "rpjmd-period",
    title="Periode RPJMD di luar masa rencana",
    group=GROUP,
    touches=("rpjmd",),
    advice="Periksa periode RPJMD; masterplan harus selaras dengan RPJMD yang sedang berlaku.",
)
def rpjmd_period(plan: Snapshot) -> Iterator[Found]:
    years = [int(year) for year in YEARS.findall(plan.rpjmd.period)] if plan.rpjmd else []
    if plan.rpjmd and years and (max(years) < plan.start_year or min(years) > plan.end_year):
        sentence = f"RPJMD {plan.rpjmd.period} tidak beririsan dengan masa rencana {plan.period}."
        yield Found(at(plan.rpjmd, "period"), sentence, plan.rpjmd.period)


@rule(
    "strategy-without-programme",
    title="Strategi tanpa program",
    group=GROUP,
    touches=("strategi", "program"),
    advice="Tambahkan program yang menjalankannya, atau hapus strateginya.",
)
def strategy_without_programme(plan: Snapshot) -> Iterator[Found]:
    """Silent while a dimension has no programme at all: that is one finding already."""
    used = {row.strategy for row in plan.programmes}
    started = {row.dimension for row in plan.programmes}
    for row in plan.strategies:
        if row.dimension in started and row.pk not in used:
            yield Found(at(row), f"{row.code} belum dijalankan oleh program mana pun.")


@rule(
    "strategy-without-source",
    title="Strategi tanpa sumber",
    group=GROUP,
    touches=("strategi", "gap", "tows", "isu"),
    advice="Tambahkan isu, kesenjangan atau strategi TOWS yang melahirkannya.",
)
def strategy_without_source(plan: Snapshot) -> Iterator[Found]:
    """Rows link a strategy to its gap only; issues and TOWS count for the whole dimension that they touch."""
    closing = {row.strategy for row in plan.gaps}
    sourced = {row.dimension for row in plan.issues} | {code for row in plan.tows for code in row.dimensions}
    for row in plan.strategies:
        if row.pk not in closing and row.dimension not in sourced:
            sentence = (
                f"{row.code} tidak menutup kesenjangan, dan {row.dimension} tidak mempunyai isu maupun arah TOWS."
            )
            yield Found(at(row), sentence)
