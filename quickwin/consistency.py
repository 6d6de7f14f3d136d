"""Rules about quick wins, added to the plan's own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from masterplan.consistency import Found, Row, Snapshot, rule
from masterplan.consistency.catalogue import Fact, count, fact_source, money
from masterplan.consistency.coverage import lacking
from masterplan.consistency.places import at, in_list, in_text, joined
from masterplan.consistency.reading import NUMBER, number_of, quote
from masterplan.consistency.snapshot import ProgrammeRow
from masterplan.consistency.text_facts import sentences
from masterplan.enums import BimtekStage, Severity
from quickwin.enums import Continuation
from smartcity.ui.format import format_rupiah_short

GROUP = "Quick win"
KIND = "quick-win"
COUNT = re.compile(rf"(?<![\d.,–-])\b({NUMBER})\squick win\b", re.IGNORECASE)
SERIOUS = 6  # of 9: likelihood 2 with impact 3, or worse


@dataclass(frozen=True)
class Risk:
    text: str
    level: int
    mitigation: str


@dataclass(frozen=True, kw_only=True)
class QuickWinRow(Row):
    kind = KIND
    text_field = "name"
    programme: int
    year: int
    lead: int
    budget: int
    funding: tuple[str, ...]
    year_end_target: str
    continuation: str
    origin_year: int
    risks: tuple[Risk, ...] = ()
    quarters: tuple[int, ...] = ()


def with_programmes(plan: Snapshot) -> Iterator[tuple[QuickWinRow, ProgrammeRow]]:
    register = {row.pk: row for row in plan.programmes}
    for win in plan.part(QuickWinRow):
        if programme := register.get(win.programme):
            yield win, programme


@fact_source
def quick_win_facts(plan: Snapshot) -> Iterator[Fact]:
    wins, place = plan.part(QuickWinRow), in_list(KIND, "Quick win")
    yield money("Total anggaran quick win", sum(win.budget for win in wins), place, "budget", "quickwin")
    yield count("Banyaknya quick win", len(wins), "quick win", place, "quickwin")
    for year in plan.detail_years:
        own = [win for win in wins if win.year == year]
        amount = sum(win.budget for win in own)
        yield money(f"Total anggaran quick win {year}", amount, place, "budget", "quickwin", year)
        yield count(f"Banyaknya quick win {year}", len(own), "quick win", place, "quickwin", year)


@rule(
    "quick-win-missing",
    title="Dimensi tanpa quick win",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    touches=(KIND,),
    advice="Pilih satu program dimensi ini sebagai quick win tahun pertama.",
)
def quick_win_missing(plan: Snapshot) -> Iterator[Found]:
    """Domain: one a dimension as a rule, yet Bontang named three in all, so it may be waived."""
    yield from lacking(plan, KIND, "quick win", {win.dimension for win in plan.part(QuickWinRow)})


@rule(
    "quick-win-not-in-register",
    title="Quick win di luar daftar program",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    touches=(KIND, "program"),
    advice="Pilih program dari daftar program rencana ini.",
)
def quick_win_not_in_register(plan: Snapshot) -> Iterator[Found]:
    register = {row.pk for row in plan.programmes}
    for win in plan.part(QuickWinRow):
        if win.programme not in register:
            yield Found(
                at(win, "programme"), "Programnya tidak ada pada daftar program rencana ini.", str(win.programme)
            )


@rule(
    "quick-win-dimension",
    title="Dimensi quick win berbeda dari programnya",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    touches=(KIND, "program"),
    advice="Samakan dimensinya dengan programnya.",
)
def quick_win_dimension(plan: Snapshot) -> Iterator[Found]:
    for win, programme in with_programmes(plan):
        if win.dimension != programme.dimension:
            sentence = f"Dimensinya {win.dimension}, sedangkan program {programme.code} dimensi {programme.dimension}."
            yield Found(at(win, "dimension"), sentence, f"{win.dimension}>{programme.dimension}")


@rule(
    "quick-win-year",
    title="Tahun quick win di luar masa rencana",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    touches=(KIND,),
    advice="Perbaiki tahunnya.",
)
def quick_win_year(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        if not plan.start_year <= win.year <= plan.end_year:
            sentence = f"Tahun {win.year} di luar masa rencana {plan.period}."
            yield Found(at(win, "year"), sentence, str(win.year))


@rule(
    "quick-win-budget",
    title="Anggaran quick win melebihi programnya",
    group=GROUP,
    touches=(KIND, "program"),
    advice="Kurangi anggaran quick win, atau tambah anggaran programnya pada tahun itu.",
)
def quick_win_budget(plan: Snapshot) -> Iterator[Found]:
    """A quick win is paid from its programme: together, those of one year may not cost more than it has."""
    wins: defaultdict[tuple[int, int], list[QuickWinRow]] = defaultdict(list)
    programmes = {}
    for win, programme in with_programmes(plan):
        if win.year in plan.detail_years:
            wins[programme.pk, win.year].append(win)
            programmes[programme.pk] = programme
    for (pk, year), group in wins.items():
        wanted, given = sum(win.budget for win in group), programmes[pk].budgets.get(year, 0)
        if wanted > given:
            sentence = (
                f"Anggaran {format_rupiah_short(wanted)} melebihi anggaran program {programmes[pk].code} tahun {year} "
                f"({format_rupiah_short(given)})."
            )
            yield Found(at(group[-1], "budget"), sentence, f"{wanted}>{given}")


@rule(
    "quick-win-crowded",
    title="Lebih dari satu quick win dalam satu dimensi dan tahun",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=(KIND,),
    advice="Biasanya satu per dimensi; pilih yang terkuat, atau abaikan dengan alasan.",
)
def quick_win_crowded(plan: Snapshot) -> Iterator[Found]:
    first: dict[tuple[str, int], QuickWinRow] = {}
    for win in plan.part(QuickWinRow):
        earlier = first.setdefault((win.dimension, win.year), win)
        if earlier is not win:
            sentence = f"{win.dimension} sudah mempunyai {earlier.code} {earlier.text} pada {win.year}."
            yield Found(at(win), sentence, f"{earlier.pk} {win.year}")


@rule(
    "quick-win-lead",
    title="Penanggung jawab quick win bukan pelaksana programnya",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=(KIND, "program"),
    advice="Pilih penanggung jawab atau pendukung programnya, atau tambahkan sebagai pendukung.",
)
def quick_win_lead(plan: Snapshot) -> Iterator[Found]:
    for win, programme in with_programmes(plan):
        if win.lead not in (programme.lead, *programme.supporting):
            sentence = f"{plan.opd_label(win.lead)} bukan penanggung jawab maupun pendukung program {programme.code}."
            yield Found(at(win, "lead_opd"), sentence, str(win.lead))


@rule(
    "quick-win-risk",
    title="Quick win tanpa risiko",
    group=GROUP,
    touches=(KIND,),
    advice="Tulis paling sedikit satu risiko dengan mitigasinya; evaluasi menanyakannya.",
)
def quick_win_risk(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        if not win.risks:
            yield Found(at(win, "risks-0-text"), "Risikonya belum dicatat.")


@rule(
    "quick-win-mitigation",
    title="Risiko besar tanpa mitigasi",
    group=GROUP,
    touches=(KIND,),
    advice="Tulis mitigasinya.",
)
def quick_win_mitigation(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        for place, risk in enumerate(win.risks):
            if risk.level >= SERIOUS and not risk.mitigation.strip():
                sentence = f"Risiko “{quote(risk.text, 60)}” bernilai {risk.level} dari 9 dan belum mempunyai mitigasi."
                yield Found(at(win, f"risks-{place}-mitigation"), sentence, f"{risk.text} {risk.level}")


@rule(
    "quick-win-quarter",
    title="Triwulan tanpa tonggak",
    group=GROUP,
    severity=Severity.ADVICE,
    touches=(KIND,),
    advice="Tulis apa yang tercapai pada triwulan itu.",
)
def quick_win_quarter(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        missing = [quarter for quarter in (1, 2, 3, 4) if quarter not in win.quarters]
        if missing:
            sentence = f"Belum ada tonggak untuk triwulan {joined(missing)}."
            yield Found(at(win, "milestones-0-text"), sentence, joined(missing))


@rule(
    "quick-win-target",
    title="Quick win tanpa target akhir tahun",
    group=GROUP,
    touches=(KIND,),
    advice="Tulis target akhir tahun yang dapat dihitung.",
)
def quick_win_target(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        if not win.year_end_target.strip():
            yield Found(at(win, "year_end_target"), "Target akhir tahunnya belum ditulis.")


@rule(
    "quick-win-funding",
    title="Quick win tanpa sumber pendanaan",
    group=GROUP,
    touches=(KIND,),
    advice="Pilih sumber pendanaannya.",
)
def quick_win_funding(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        if win.budget and not win.funding:
            sentence = f"Anggaran {format_rupiah_short(win.budget)} belum mempunyai sumber pendanaan."
            yield Found(at(win, "funding_known"), sentence)


@rule(
    "quick-win-origin",
    title="Kelanjutan tidak cocok dengan tahun asal",
    group=GROUP,
    touches=(KIND,),
    advice="Baru berarti tahun asalnya tahun itu; lanjutan berarti tahun asalnya lebih awal.",
)
def quick_win_origin(plan: Snapshot) -> Iterator[Found]:
    for win in plan.part(QuickWinRow):
        is_old = win.origin_year < win.year
        if is_old and win.continuation == Continuation.NEW:
            sentence = f"Tercatat baru, tetapi tahun asalnya {win.origin_year}."
        elif not is_old and win.continuation == Continuation.CONTINUED:
            sentence = f"Tercatat lanjutan, tetapi tahun asalnya {win.origin_year}."
        else:
            continue
        yield Found(at(win, "continuation"), sentence, f"{win.continuation} {win.origin_year}")


@rule(
    "text-quick-win-count",
    title="Banyaknya quick win dalam naskah tidak sama dengan tabel",
    group="Angka dalam naskah",
    reads_text=True,
    advice="Samakan bilangannya dengan daftar quick win.",
)
def text_quick_win_count(plan: Snapshot) -> Iterator[Found]:
    wins = plan.part(QuickWinRow)
    known = {len(wins), *Counter(win.year for win in wins).values()}
    known |= {*Counter((win.dimension, win.year) for win in wins).values()}
    for section, block, sentence in sentences(plan, "quick win"):
        for match in COUNT.finditer(sentence):
            if number_of(match[1]) not in known:
                text = f"Tertulis {match[0]}, sedangkan pada daftar ada {len(wins)}: “{quote(sentence)}”"
                yield Found(in_text(section, block), text, f"{match[0].lower()} {len(wins)}")
