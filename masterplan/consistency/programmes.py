"""Programmes and support actions: where they belong, who carries them, what they cost and when."""

from collections import Counter
from collections.abc import Iterator

from masterplan.consistency.places import at, in_list, joined
from masterplan.consistency.rule import Found, rule
from masterplan.consistency.snapshot import ProgrammeRow, Snapshot
from masterplan.enums import BimtekStage, Horizon, Severity
from smartcity.ui.format import format_rupiah_short

GROUP = "Program"
BUDGET = "Anggaran"
WORK = ("program", "aksi-pendukung")
OUTLIER = 4
FEWEST = 6  # with fewer programmes one office leading most of them says little


@rule(
    "programme-strategy-dimension",
    title="Strategi program dari dimensi lain",
    group=GROUP,
    blocks_from=BimtekStage.III,
    touches=("program", "strategi"),
    advice="Pilih strategi dari dimensi programnya.",
)
def programme_strategy_dimension(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        strategy = plan.strategies_by_pk.get(row.strategy)
        if strategy and strategy.dimension != row.dimension:
            sentence = f"Program {row.dimension} menjalankan {strategy.code}, strategi dimensi {strategy.dimension}."
            yield Found(at(row, "strategy"), sentence, str(strategy.pk))


@rule(
    "programme-subdimension",
    title="Subdimensi program dari dimensi lain",
    group=GROUP,
    blocks_from=BimtekStage.III,
    touches=("program",),
    advice="Pilih subdimensi dari dimensi programnya.",
)
def programme_subdimension(plan: Snapshot) -> Iterator[Found]:
    own = {dimension.code: dimension.subdimensions for dimension in plan.dimensions}
    for row in plan.programmes:
        if row.subdimension not in own.get(row.dimension, {}):
            sentence = f"Subdimensi {row.subdimension} bukan bagian dari {row.dimension}."
            yield Found(at(row, "subdimension"), sentence, row.subdimension)


@rule(
    "programme-name-twice",
    title="Nama program kembar",
    group=GROUP,
    touches=WORK,
    advice="Gabungkan kedua program, atau bedakan namanya.",
)
def programme_name_twice(plan: Snapshot) -> Iterator[Found]:
    first: dict[str, str] = {}
    for row in plan.work:
        key = " ".join(row.text.casefold().split())
        earlier = first.setdefault(key, row.code)
        if earlier != row.code:
            yield Found(at(row, "name"), f"Namanya sama dengan {earlier}.", earlier)


@rule(
    "activities-empty",
    title="Program tanpa kegiatan",
    group=GROUP,
    touches=("program",),
    advice="Tulis paling sedikit satu kegiatan.",
)
def activities_empty(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        if not any(activity.strip() for activity in row.activities):
            yield Found(at(row, "activities"), "Kegiatannya belum ditulis.")


@rule(
    "programme-without-rpjmd",
    title="Program tanpa misi RPJMD",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=("program", "misi-rpjmd"),
    advice="Pilih misi RPJMD yang didukungnya; keselarasan ini dinilai saat evaluasi.",
)
def programme_without_rpjmd(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        if row.rpjmd_mission is None and plan.rpjmd_missions:
            yield Found(at(row, "rpjmd_mission"), "Program ini belum menyebut misi RPJMD yang didukungnya.")


@rule(
    "lead-supports",
    title="Penanggung jawab juga pendukung",
    group=GROUP,
    touches=WORK,
    advice="Hapus penanggung jawab dari daftar pendukung.",
)
def lead_supports(plan: Snapshot) -> Iterator[Found]:
    for row in plan.work:
        if row.lead in row.supporting:
            sentence = f"{plan.opd_label(row.lead)} tercatat sebagai penanggung jawab dan sekaligus pendukung."
            yield Found(at(row, "supporting_opds"), sentence, str(row.lead))


@rule(
    "owner-inactive",
    title="Perangkat daerah sudah tidak aktif",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    touches=WORK,
    advice="Pilih perangkat daerah yang menggantikannya.",
)
def owner_inactive(plan: Snapshot) -> Iterator[Found]:
    """A missing owner: nobody can sign in for a closed office."""
    for row in plan.work:
        for field, pks in (("lead_opd", (row.lead,)), ("supporting_opds", row.supporting)):
            closed = [pk for pk in pks if pk not in plan.opds or not plan.opds[pk].is_active]
            if closed:
                role = "Penanggung jawab" if field == "lead_opd" else "Pendukung"
                sentence = f"{role} {joined(plan.opd_label(pk) for pk in closed)} sudah tidak aktif."
                yield Found(at(row, field), sentence, joined(closed))


@rule(
    "lead-concentration",
    title="Satu perangkat daerah memimpin sebagian besar program",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=("program",),
    advice="Bagi kepemimpinan program kepada perangkat daerah lain; smart city bukan pekerjaan satu dinas.",
)
def lead_concentration(plan: Snapshot) -> Iterator[Found]:
    leads = Counter(row.lead for row in plan.programmes)
    for pk, number in leads.most_common(1):
        if len(plan.programmes) >= FEWEST and number * 2 > len(plan.programmes):
            sentence = f"{plan.opd_label(pk)} memimpin {number} dari {len(plan.programmes)} program."
            yield Found(in_list("program", plan.opd_label(pk)), sentence, str(pk))


@rule(
    "budget-empty",
    title="Program tanpa anggaran",
    group=BUDGET,
    touches=WORK,
    advice="Isi anggaran per tahun; bila memang tanpa biaya, abaikan temuan ini dengan alasan.",
)
def budget_empty(plan: Snapshot) -> Iterator[Found]:
    for row in plan.work:
        if not row.total:
            yield Found(at(row, f"budget_{plan.start_year}"), "Anggarannya nol untuk semua tahun.")


@rule(
    "budget-without-source",
    title="Anggaran tanpa sumber pendanaan",
    group=BUDGET,
    touches=("program",),
    advice="Pilih sumber pendanaannya.",
)
def budget_without_source(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        if row.total and not row.funding:
            sentence = f"Anggaran {format_rupiah_short(row.total)} belum mempunyai sumber pendanaan."
            yield Found(at(row, f"budget_{plan.start_year}"), sentence)


@rule(
    "budget-without-target",
    title="Tahun beranggaran tanpa target, atau sebaliknya",
    group=BUDGET,
    severity=Severity.ADVICE,
    touches=WORK,
    advice="Isi anggaran tahun itu, atau kosongkan targetnya bila tidak ada kegiatan.",
)
def budget_without_target(plan: Snapshot) -> Iterator[Found]:
    """Years without a target are a finding of their own, and so is a programme without any budget."""
    for row in plan.work:
        idle = [year for year in plan.detail_years if year in row.targets and not row.budgets.get(year)]
        if idle and row.total:
            sentence = f"Ada target untuk {joined(idle)}, tetapi anggarannya nol."
            yield Found(at(row, f"budget_{idle[0]}"), sentence, joined(idle))


@rule(
    "budget-outlier",
    title="Anggaran satu tahun menonjol",
    group=BUDGET,
    severity=Severity.ADVICE,
    touches=WORK,
    advice="Periksa apakah nolnya kelebihan atau kurang; bila benar, abaikan dengan alasan.",
)
def budget_outlier(plan: Snapshot) -> Iterator[Found]:
    """A digit too many is the commonest slip of a budget table. Measured against the second largest year."""
    for row in plan.work:
        spent = sorted((budget, year) for year, budget in row.budgets.items() if budget)
        if len(spent) >= 3 and spent[-1][0] >= OUTLIER * spent[-2][0]:
            (second, _), (largest, year) = spent[-2:]
            sentence = (
                f"Anggaran {year} ({format_rupiah_short(largest)}) sedikitnya {OUTLIER} kali tahun terbesar berikutnya "
                f"({format_rupiah_short(second)})."
            )
            yield Found(at(row, f"budget_{year}"), sentence, str(largest))


@rule(
    "year-outside-plan",
    title="Tahun di luar rencana aksi",
    group=BUDGET,
    blocks_from=BimtekStage.IV,
    touches=("sasaran", *WORK),
    advice="Pindahkan angkanya ke tahun rencana aksi; tahun di luar itu tidak tercetak.",
)
def year_outside_plan(plan: Snapshot) -> Iterator[Found]:
    for row in plan.measured:
        budgets = getattr(row, "budgets", {})
        years = {*row.targets, *(year for year, budget in budgets.items() if budget)}
        outside = sorted(year for year in years if year not in plan.detail_years)
        if outside:
            first, last = plan.detail_years[0], plan.detail_years[-1]
            sentence = f"Ada angka untuk {joined(outside)}, di luar tahun rencana aksi {first}–{last}."
            yield Found(at(row), sentence, joined(outside))


def spans(plan: Snapshot) -> dict[str, range]:
    """The planned years of each horizon that the roadmap has."""
    return {
        period.horizon: range(max(period.start, plan.detail_years[0]), min(period.end, plan.detail_years[-1]) + 1)
        for period in plan.periods
    }


def budget_in(row: ProgrammeRow, years: range) -> int:
    return sum(budget for year, budget in row.budgets.items() if year in years)


@rule(
    "horizon-without-budget",
    title="Jangka tanpa anggaran",
    group=BUDGET,
    touches=("program", "periode-peta-jalan"),
    advice="Isi anggaran pada tahun jangka itu, atau lepas centang jangkanya.",
)
def horizon_without_budget(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        for horizon, years in spans(plan).items():
            if horizon in row.horizons and years and row.total and not budget_in(row, years):
                sentence = f"Masuk {_name(horizon)}, tetapi tidak ada anggaran pada {years[0]}–{years[-1]}."
                yield Found(at(row, "horizons"), sentence, horizon)


@rule(
    "budget-outside-horizon",
    title="Anggaran di luar jangka program",
    group=BUDGET,
    touches=("program", "periode-peta-jalan"),
    advice="Centang jangkanya, atau pindahkan anggarannya.",
)
def budget_outside_horizon(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        for horizon, years in spans(plan).items():
            amount = budget_in(row, years)
            if row.horizons and horizon not in row.horizons and amount:
                sentence = f"Ada anggaran {format_rupiah_short(amount)} pada {_name(horizon)}, yang tidak dicentang."
                yield Found(at(row, "horizons"), sentence, horizon)


@rule(
    "horizon-missing",
    title="Program belum masuk peta jalan",
    group=GROUP,
    touches=("program",),
    advice="Centang jangka pelaksanaannya.",
)
def horizon_missing(plan: Snapshot) -> Iterator[Found]:
    for row in plan.programmes:
        if not row.horizons:
            yield Found(at(row, "horizons"), "Jangka pelaksanaannya belum dipilih, sehingga tidak masuk peta jalan.")


def _name(horizon: str) -> str:
    return str(Horizon(horizon).label).lower()
