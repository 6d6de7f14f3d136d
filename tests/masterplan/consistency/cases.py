"""For every rule on rows: the good plan with one fault in it, the field that is named, what the sentence says."""

from dataclasses import dataclass, replace
from decimal import Decimal

from masterplan.consistency import Snapshot
from masterplan.consistency.snapshot import IssueRow, OpdFacts, RpjmdMissionRow, StrategyRow, SwotRow
from masterplan.enums import Direction, SupportGroup, SwotKind
from quickwin.consistency import QuickWinRow, Risk
from quickwin.enums import Continuation
from tests.masterplan.consistency.good import (
    MILLION,
    YEARS,
    added,
    changed,
    good_plan,
    programme,
    quick_win,
    win,
    with_rows,
    without,
)


@dataclass(frozen=True)
class Case:
    """`also` names findings that the same fault cannot be without."""

    plan: Snapshot
    field: str
    says: str
    also: tuple[str, ...] = ()


def budgets(*millions: int) -> dict[int, int]:
    return {year: value * MILLION for year, value in zip(YEARS, millions, strict=True)}


def target(year: int, value: int | None, name: str = "programmes") -> Snapshot:
    """One target of the first row changed, or taken out."""
    targets = {**getattr(good_plan(), name)[0].targets}
    if value is None:
        del targets[year]
    else:
        targets[year] = Decimal(value)
    return changed(name, targets=targets)


def opd(is_active: bool) -> Snapshot:
    closed = OpdFacts(3, "DISLAMA", "Dinas Lama", (), is_active=is_active)
    return replace(changed("programmes", supporting=(3,)), opds={**good_plan().opds, 3: closed})


def led_by_one() -> Snapshot:
    rows = [
        replace(programme(pk, "GOV"), strategy=1, text=f"Program {pk}", indicator=f"Layanan {pk}", supporting=())
        for pk in range(3, 8)
    ]
    return added("programmes", *rows)


def no_wins(*kept: QuickWinRow) -> Snapshot:
    plan = replace(good_plan(), parts={QuickWinRow: kept})
    return with_rows(plan, "sections", plan.sections[0])


def second_subdimension() -> Snapshot:
    governance = replace(good_plan().dimensions[0], subdimensions={"GOV-1": "Pelayanan", "GOV-2": "Birokrasi"})
    return with_rows(good_plan(), "dimensions", governance, good_plan().dimensions[1])


COVERAGE = {
    "dimension-without-issue": Case(without("issues", 1), "", "Smart Living belum mempunyai isu strategis"),
    "dimension-without-goal": Case(without("goals", 1), "", "Smart Living belum mempunyai sasaran"),
    "dimension-without-strategy": Case(without("strategies", 1), "", "Smart Living belum mempunyai strategi"),
    "dimension-without-programme": Case(
        without("programmes", 1), "", "Smart Living belum mempunyai program", also=("quick-win-not-in-register",)
    ),
    "dimension-without-gap": Case(without("gaps", 1), "", "Smart Living belum mempunyai analisis kesenjangan"),
    "subdimension-without-programme": Case(second_subdimension(), "GOV-2", "subdimensi GOV-2 Birokrasi"),
    "vision-missing": Case(replace(good_plan(), vision=None), "", "Pernyataan visi"),
    "mission-missing": Case(with_rows(good_plan(), "missions"), "", "Misi smart city belum diisi"),
    "roadmap-missing": Case(with_rows(good_plan(), "periods"), "", "Periode peta jalan belum diisi"),
    "rpjmd-missing": Case(replace(good_plan(), rpjmd=None), "", "RPJMD yang harus diselaraskan"),
    "support-group-empty": Case(without("actions"), SupportGroup.POLICY, "Kebijakan dan kelembagaan belum"),
    "readiness-group-empty": Case(without("readiness"), "struktur", "Kesiapan struktur belum mempunyai indikator"),
}

ANALYSIS = {
    "swot-unused": Case(added("swot", SwotRow(9, "T1", "Banjir", swot=SwotKind.THREAT)), "", "T1 tidak dipakai"),
    "tows-kind": Case(changed("swot", 1, swot=SwotKind.THREAT), "sources", "SO harus berasal dari peluang"),
    "tows-without-dimension": Case(changed("tows", dimensions=()), "dimensions", "TOWS-SO1 belum menyebut dimensi"),
    "gap-without-strategy": Case(changed("gaps", strategy=None), "closing_strategy", "belum ditutup"),
    "gap-strategy-dimension": Case(
        changed("gaps", strategy=2), "closing_strategy", "Kesenjangan GOV ditutup oleh LIV-S2, strategi dimensi LIV"
    ),
    "readiness-year": Case(changed("readiness", year=2018), "year", "Data tahun 2018 lebih tua dari 5 tahun"),
    "readiness-score": Case(changed("readiness", value=Decimal(0), score=3), "score", "0 %, tetapi tingkatnya 3"),
    "readiness-source": Case(changed("readiness", source="-"), "source", "belum menyebut sumbernya"),
    "text-twice": Case(added("issues", IssueRow(9, text="ISU  gov", dimension="GOV")), "text", "sama dengan “Isu GOV”"),
}

DIRECTION = {
    "vision-keyword": Case(
        replace(good_plan(), vision=replace(good_plan().vision, keywords=("religi",))), "statement", "“religi” tidak"
    ),
    "mission-without-rpjmd": Case(changed("missions", rpjmd_mission=None), "rpjmd_mission", "belum diselaraskan"),
    "rpjmd-mission-uncovered": Case(
        added("rpjmd_missions", RpjmdMissionRow(9, "2", "Ekonomi")), "", "Misi RPJMD 2 tidak didukung"
    ),
    "rpjmd-period": Case(
        replace(good_plan(), rpjmd=replace(good_plan().rpjmd, period="2016-2021")), "period", "RPJMD 2016-2021 tidak"
    ),
    "strategy-without-programme": Case(
        added("strategies", StrategyRow(9, "GOV-S9", "Baru", "GOV")), "", "GOV-S9 belum dijalankan"
    ),
    "strategy-without-source": Case(
        with_rows(with_rows(changed("tows", dimensions=("LIV",)), "issues", good_plan().issues[1]), "gaps"),
        "",
        "GOV-S1 tidak menutup kesenjangan",
        also=("dimension-without-issue", "dimension-without-gap", "dimension-without-gap"),
    ),
}

TARGETS = {
    "target-direction": Case(target(2028, 6), "target_2028", "Target 2028 (6) mundur dari 2027 (7)"),
    "goal-direction": Case(target(2028, 84, "goals"), "value_2028", "Target 2028 (84) berbalik arah dari 2027 (85)"),
    "target-missing": Case(target(2029, None), "target_2029", "Belum ada target untuk 2029."),
    "target-equals-baseline": Case(
        changed("actions", targets=dict.fromkeys(YEARS, Decimal(5))), "target_2026", "sama dengan keadaan awal (5)"
    ),
    "baseline-year": Case(changed("programmes", baseline_year=2026), "baseline_year", "2026 tidak lebih awal"),
    "unit-missing": Case(changed("goals", unit="-"), "unit", "belum mempunyai satuan"),
    "indicator-missing": Case(changed("actions", indicator=" "), "indicator", "Indikatornya belum ditulis"),
    "percent-range": Case(changed("readiness", value=Decimal(140)), "value", "Nilai 140 % di luar rentang"),
    "indicator-twice": Case(
        changed("programmes", 1, indicator="layanan gov", baseline=Decimal(4)),
        "baseline_value",
        "2024 tertulis 4, sedang",
    ),
}

PROGRAMMES = {
    "programme-strategy-dimension": Case(
        added("programmes", replace(programme(3, "GOV"), text="Baru", indicator="Lain", strategy=2)),
        "strategy",
        "Program GOV menjalankan LIV-S2",
    ),
    "programme-subdimension": Case(
        added(
            "programmes", replace(programme(3, "GOV"), text="Baru", indicator="Lain", strategy=1, subdimension="LIV-1")
        ),
        "subdimension",
        "Subdimensi LIV-1 bukan bagian dari GOV",
    ),
    "programme-name-twice": Case(changed("programmes", 1, text="program gov"), "name", "sama dengan GOV-P01"),
    "activities-empty": Case(changed("programmes", activities=(" ",)), "activities", "Kegiatannya belum ditulis"),
    "programme-without-rpjmd": Case(changed("programmes", rpjmd_mission=None), "rpjmd_mission", "belum menyebut misi"),
    "lead-supports": Case(changed("actions", supporting=(1,)), "supporting_opds", "DINKES tercatat sebagai"),
    "owner-inactive": Case(opd(is_active=False), "supporting_opds", "Pendukung DISLAMA sudah tidak aktif"),
    "lead-concentration": Case(led_by_one(), "", "DINKES memimpin 7 dari 7 program"),
    "budget-empty": Case(changed("actions", budgets={}), "budget_2026", "Anggarannya nol untuk semua tahun"),
    "budget-without-source": Case(changed("programmes", funding=()), "budget_2026", "Rp 500 juta belum mempunyai"),
    "budget-without-target": Case(
        changed("actions", budgets=budgets(100, 0, 100, 0, 100)), "budget_2027", "target untuk 2027 dan 2029"
    ),
    "budget-outlier": Case(
        changed("actions", budgets=budgets(100, 100, 1000, 100, 100)), "budget_2028", "Anggaran 2028 (Rp 1 miliar)"
    ),
    "year-outside-plan": Case(
        changed("actions", budgets={**budgets(100, 100, 100, 100, 100), 2032: MILLION}), "", "Ada angka untuk 2032"
    ),
    "horizon-without-budget": Case(
        changed("programmes", 1, budgets=budgets(0, 100, 100, 100, 100)),
        "horizons",
        "Masuk jangka pendek, tetapi tidak ada anggaran",
        also=("quick-win-budget", "budget-without-target"),
    ),
    "budget-outside-horizon": Case(
        changed("programmes", horizons=("pendek",)), "horizons", "Ada anggaran Rp 400 juta pada jangka menengah"
    ),
    "horizon-missing": Case(changed("programmes", horizons=()), "horizons", "tidak masuk peta jalan"),
}

ROADMAP = {
    "period-outside-plan": Case(changed("periods", 2, end=2036), "end_year", "2031–2036 melewati masa rencana"),
    "period-overlap": Case(changed("periods", 1, end=2031), "start_year", "Bertumpang tindih dengan Jangka menengah"),
    "period-gap": Case(changed("periods", 2, start=2032), "", "Tahun 2031 tidak tercakup"),
    "period-order": Case(
        with_rows(
            good_plan(),
            "periods",
            replace(good_plan().periods[0], start=2030, end=2030),
            replace(good_plan().periods[1], start=2026, end=2029),
            good_plan().periods[2],
        ),
        "start_year",
        "Mulai 2026, lebih awal daripada Jangka pendek",
    ),
}

QUICK_WINS = {
    "quick-win-missing": Case(no_wins(quick_win(1, "GOV")), "", "Smart Living belum mempunyai quick win"),
    "quick-win-not-in-register": Case(win(programme=99), "programme", "tidak ada pada daftar program"),
    "quick-win-dimension": Case(
        no_wins(
            *(quick_win(pk, code) for pk, code in ((1, "GOV"), (2, "LIV"))), replace(quick_win(3, "LIV"), programme=1)
        ),
        "dimension",
        "Dimensinya LIV, sedangkan program GOV-P01",
        also=("quick-win-crowded",),
    ),
    "quick-win-year": Case(win(year=2036, origin_year=2036), "year", "Tahun 2036 di luar"),
    "quick-win-budget": Case(win(budget=101 * MILLION), "budget", "Rp 101 juta melebihi anggaran program LIV-P02"),
    "quick-win-crowded": Case(
        no_wins(quick_win(1, "GOV"), quick_win(2, "LIV"), replace(quick_win(3, "LIV"), programme=2, text="Lagi")),
        "",
        "LIV sudah mempunyai QW-02",
    ),
    "quick-win-lead": Case(win(lead=9), "lead_opd", "bukan penanggung jawab maupun pendukung program LIV-P02"),
    "quick-win-risk": Case(win(risks=()), "risks-0-text", "Risikonya belum dicatat"),
    "quick-win-mitigation": Case(win(risks=(Risk("Banjir", 6, ""),)), "risks-0-mitigation", "bernilai 6 dari 9"),
    "quick-win-quarter": Case(win(quarters=(1, 2, 4)), "milestones-0-text", "untuk triwulan 3"),
    "quick-win-target": Case(win(year_end_target=""), "year_end_target", "Target akhir tahunnya belum ditulis"),
    "quick-win-funding": Case(win(funding=()), "funding_known", "Anggaran Rp 50 juta belum mempunyai"),
    "quick-win-origin": Case(win(continuation=Continuation.CONTINUED), "continuation", "Tercatat lanjutan"),
}

ROW_CASES = COVERAGE | ANALYSIS | DIRECTION | TARGETS | PROGRAMMES | ROADMAP | QUICK_WINS
RIGHT = {
    "an indicator that should fall and falls": changed(
        "programmes", direction=Direction.DOWN, targets={year: Decimal(5 - n) for n, year in enumerate(YEARS, 1)}
    ),
    "a supporting office that is active": opd(is_active=True),
    "a goal that falls all the way": changed(
        "goals", targets={year: Decimal(80 - n) for n, year in enumerate(YEARS, 1)}
    ),
    "two wins within their programme's budget": no_wins(
        quick_win(1, "GOV"), quick_win(2, "LIV"), replace(quick_win(3, "GOV"), programme=1, year=2027, origin_year=2027)
    ),
    "an abandoned horizon beyond the detailed years": changed("programmes", horizons=("pendek", "menengah", "panjang")),
}
