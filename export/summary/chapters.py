"""One function for each section of Buku III: its paragraphs from the rows, none where there are no rows."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from export.numbers import number
from export.numbers import years as year_span
from export.source import Source
from export.summary.words import count, inside, listed, lower_first, money, upper_first
from export.tables.years import Work, budgets_of
from masterplan.domain.budget_room import money_by_source
from masterplan.enums import ReadinessGroup, SwotKind
from masterplan.models import Dimension, Goal, Programme, RoadmapPeriod
from quickwin.models import QuickWin

MOST_NAMED = 3


def foreword(source: Source) -> Iterator[str]:
    if not source.programmes:
        return
    region = source.plan.regency.full_name
    yield (
        f"Ringkasan ini ditujukan bagi pimpinan, mitra, dan warga {region} yang ingin mengenal rencana smart city daerah "
        "tanpa membaca seluruh dokumen. Analisis yang mendasarinya termuat dalam Buku I, sedangkan program, jadwal, dan "
        "pembiayaannya termuat dalam Buku II. Setiap angka di sini diambil dari kedua buku itu."
    )


def profile(source: Source) -> Iterator[str]:
    yield from _place(source)
    yield from _readiness(source)
    yield from _issues(source)


def _place(source: Source) -> Iterator[str]:
    regency = source.plan.regency
    facts = [f"beribu kota di {regency.capital}"] if regency.capital else []
    if regency.area_km2:
        facts.append(f"memiliki luas {number(regency.area_km2)} km²")
    parts = ((regency.district_count, "kecamatan"), (regency.village_count, "desa"), (regency.ward_count, "kelurahan"))
    units = [f"{number(amount)} {name}" for amount, name in parts if amount]
    if units:
        facts.append(f"terbagi atas {listed(units)}")
    if facts:
        yield f"{regency.full_name} di Provinsi {regency.province.name} {listed(facts)}."


def _readiness(source: Source) -> Iterator[str]:
    scores = [Decimal(item.score) for item in source.readiness]
    if not scores:
        return
    means = {
        group: sum(own) / len(own)
        for group in ReadinessGroup
        if (own := [Decimal(item.score) for item in source.readiness if item.group == group])
    }
    shown = [f"{group.label.lower()} {number(mean, 1)}" for group, mean in means.items()]
    text = (
        f"Penilaian atas {count(len(scores), 'indikator')} kesiapan menghasilkan skor rata-rata "
        f"{number(sum(scores) / len(scores), 1)} dari 4"
    )
    text += f": {listed(shown)}." if len(shown) > 1 else "."
    best, worst = max(means, key=lambda group: means[group]), min(means, key=lambda group: means[group])
    if means[best] != means[worst]:
        text += f" Unsur yang paling siap adalah {best.label.lower()}, sedangkan {worst.label.lower()} perlu dibenahi lebih dahulu."
    yield text


def _issues(source: Source) -> Iterator[str]:
    found: list[str] = []
    if source.issues:
        found.append(count(len(source.issues), "isu strategis"))
    for kind, noun in ((SwotKind.STRENGTH, "kekuatan"), (SwotKind.WEAKNESS, "kelemahan")):
        if amount := sum(item.kind == kind for item in source.swot):
            found.append(count(amount, noun))
    if source.gaps:
        found.append(count(len(source.gaps), "kesenjangan"))
    if found:
        yield f"Analisis dalam Buku I mencatat {listed(found)} yang menjadi dasar pemilihan program."


def direction(source: Source) -> Iterator[str]:
    region = source.plan.regency.full_name
    works = [count(len(rows), noun) for rows, noun in ((source.missions, "misi"), (source.goals, "sasaran")) if rows]
    if source.vision and source.vision.statement:
        text = f"{region} menetapkan visi smart city “{inside(source.vision.statement)}”."
        yield text + (f" Visi itu dijabarkan menjadi {listed(works)}." if works else "")
    elif works:
        yield f"Arah smart city {region} dirumuskan dalam {listed(works)}."
    kept = [goal for dimension in source.dimensions for goal in _goals_of(source, dimension)[:1]][:MOST_NAMED]
    ends = [end for goal in kept if (end := _end_of(goal))]
    if ends:
        yield f"Keberhasilannya dapat diperiksa siapa saja, antara lain melalui {listed(ends, mark=';')}."


def _goals_of(source: Source, dimension: Dimension) -> list[Goal]:
    return [goal for goal in source.goals if goal.dimension_id == dimension.pk]


def _end_of(goal: Goal) -> str:
    """ "prevalensi stunting, dari 24,5 persen pada 2024 menjadi 13 persen pada 2030"; empty without a target."""
    targets = list(goal.targets.all())
    if not targets or not goal.indicator:
        return ""
    last, unit = max(targets, key=lambda target: target.year), _unit_of(goal)
    start = f"dari {number(goal.baseline_value)}{unit} pada {goal.baseline_year}"
    return f"{lower_first(inside(goal.indicator))}, {start} menjadi {number(last.value)}{unit} pada {last.year}"


def _unit_of(goal: Goal) -> str:
    """Silent where the indicator says it already: "indeks kualitas air"."""
    unit = inside(goal.unit).replace("%", "persen")
    return "" if not unit or unit.lower() in goal.indicator.lower() else f" {unit}"


def roadmap(source: Source) -> Iterator[str]:
    periods = [period for period in source.periods if any(period.horizon in row.horizons for row in source.programmes)]
    if not periods:
        return
    start, end = min(period.start_year for period in periods), max(period.end_year for period in periods)
    if len(periods) == 1:
        yield f"Pelaksanaan disusun dalam satu jangka, {year_span(start, end)}."
    else:
        yield f"Pelaksanaan {year_span(start, end)} dibagi menjadi {count(len(periods), 'jangka')}."
    yield " ".join(_period(source, period) for period in periods)


def _period(source: Source, period: RoadmapPeriod) -> str:
    inside_it = [row for row in source.programmes if period.horizon in row.horizons]
    span = year_span(period.start_year, period.end_year)
    theme = f" bertema “{inside(period.theme)}” dan" if period.theme else ""
    text = f"{period.get_horizon_display()} ({span}){theme} memuat {count(len(inside_it), 'program')}"
    years = range(period.start_year, period.end_year + 1)
    works: list[Work] = [*source.programmes, *source.support_actions]
    needed = sum(amount for year, amount in budgets_of(works).items() if year in years)
    return f"{text}, dengan anggaran {money(needed)}." if needed else f"{text}."


def budget(source: Source) -> Iterator[str]:
    works: list[Work] = [*source.programmes, *source.support_actions]
    by_year = {year: amount for year, amount in sorted(budgets_of(works).items()) if amount}
    total = sum(by_year.values())
    if not total:
        return
    span = year_span(min(by_year), max(by_year))
    parts: list[tuple[Sequence[Work], str]] = [
        (source.programmes, "program"),
        (source.support_actions, "rencana aksi pendukung"),
    ]
    counts = [(sum(budgets_of(rows).values()), count(len(rows), noun)) for rows, noun in parts if rows]
    shares = [f"{money(amount)} untuk {works_in_words}" for amount, works_in_words in counts]
    text = f"Pelaksanaan rencana pada {span} memerlukan {money(total)}"
    text += f", terdiri atas {listed(shares)}." if len(shares) > 1 else f" untuk {counts[0][1]}."
    yield text + _peak(by_year)
    yield from _portions(source, total)
    yield from _sources(source)


def _peak(by_year: dict[int, int]) -> str:
    peak = max(by_year, key=lambda year: by_year[year])
    if len(by_year) < 2 or list(by_year.values()).count(by_year[peak]) > 1:
        return ""
    return f" Kebutuhan terbesar jatuh pada {peak}, sebesar {money(by_year[peak])}."


def _portions(source: Source, total: int) -> Iterator[str]:
    sums = {row.name: sum(budgets_of(source.programmes_of(row)).values()) for row in source.dimensions}
    ranked = sorted((name for name in sums if sums[name]), key=lambda name: -sums[name])
    if len(ranked) < 2:
        return
    first, second = ranked[:2]
    yield (
        f"Porsi terbesar diberikan kepada {first}, yaitu {money(sums[first])} atau {_percent(sums[first], total)}, "
        f"disusul {second} dengan {money(sums[second])} atau {_percent(sums[second], total)}."
    )


def _percent(part: int, whole: int) -> str:
    return f"{number(Decimal(part) * 100 / whole, 1)} persen"


def _sources(source: Source) -> Iterator[str]:
    sums: dict[str, int] = {}
    for (_, name), amount in money_by_source(source.programmes).items():
        sums[name] = sums.get(name, 0) + amount
    known = {name: place for place, name in enumerate(source.funding_order)}
    named = sorted((name for name in sums if name in known and sums[name]), key=lambda name: -sums[name])
    if not named:
        return
    total = sum(sums[name] for name in named)
    shown = [f"{name} ({money(sums[name])})" for name in named[:MOST_NAMED]]
    if len(named) == 1:
        shown = named
    lead = "seluruhnya dari" if len(named) == 1 else "yaitu" if len(named) <= MOST_NAMED else "terbesar"
    yield f"Anggaran program yang sudah dirinci menurut sumber dana mencapai {money(total)}, {lead} {listed(shown)}."


def one_dimension(source: Source, dimension: Dimension) -> Iterator[str]:
    goals, programmes = _goals_of(source, dimension), source.programmes_of(dimension)
    if not goals and not programmes:
        return
    goal = lower_first(inside(source.goal_of(dimension)))
    if goal:
        yield f"{dimension.name} bertujuan {goal}."
    ends = [end for row in goals if (end := _end_of(row))]
    if ends:
        among = "antara lain " if len(ends) > MOST_NAMED else ""
        yield f"Kemajuannya diukur {among}dengan {listed(ends[:MOST_NAMED], mark=';')}."
    if programmes:
        yield _programmes(programmes)
    yield from _quick_win_of(source, dimension)


def _programmes(programmes: list[Programme]) -> str:
    needed = {row.pk: sum(budgets_of([row]).values()) for row in programmes}
    largest = sorted(programmes, key=lambda row: -needed[row.pk])[:MOST_NAMED]
    names = listed([f"{inside(row.name)} ({row.lead_opd.label})" for row in largest])
    total = sum(needed.values())
    money_words = f" dengan anggaran {money(total)}" if total else ""
    if len(programmes) == 1:
        return f"Untuk mencapainya disiapkan satu program{money_words}: {names}."
    among = "yang terbesar " if len(programmes) > MOST_NAMED else ""
    return f"Untuk mencapainya disiapkan {count(len(programmes), 'program')}{money_words}; {among}{'adalah ' if among else 'yaitu '}{names}."


def _quick_win_of(source: Source, dimension: Dimension) -> Iterator[str]:
    own = [row for row in source.quick_wins if row.dimension_id == dimension.pk]
    for year in sorted({row.year for row in own}):
        named = [_with_target(row) for row in own if row.year == year]
        yield f"Quick win {year} dimensi ini adalah {listed(named, mark=';')}."


def _with_target(row: QuickWin) -> str:
    target = f" dengan target {lower_first(inside(row.year_end_target))}" if row.year_end_target else ""
    return f"{inside(row.name)}{target}"


def quick_wins(source: Source) -> Iterator[str]:
    rows = source.quick_wins
    if not rows:
        return
    years = sorted({row.year for row in rows})
    total = sum(row.budget for row in rows)
    money_words = f" dengan anggaran {money(total)}" if total else ""
    dimensions = {row.dimension_id for row in rows}
    spread = f", tersebar pada {count(len(dimensions), 'dimensi')}" if len(dimensions) > 1 else ""
    lead = upper_first(count(len(rows), "quick win"))
    yield f"{lead} dijalankan pada {year_span(years[0], years[-1])}{money_words}{spread}."
    names = [f"{inside(row.name)} ({row.lead_opd.label})" for row in rows]
    if len(rows) <= MOST_NAMED * 2:
        yield f"Program percepatan itu adalah {listed(names)}."
    yield "Setiap quick win merupakan bagian dari program dalam Buku II, sehingga pekerjaannya berlanjut setelah tahun pertama."


def benefits(source: Source) -> Iterator[str]:
    for row in source.quick_wins:
        if row.benefit:
            who = f" Penerima manfaatnya: {inside(row.beneficiaries)}." if row.beneficiaries else ""
            yield f"{inside(row.name)}: {lower_first(inside(row.benefit))}.{who}"


def closing(source: Source) -> Iterator[str]:
    if not source.programmes:
        return
    plan = source.plan
    leads = {row.lead_opd_id for row in source.programmes}
    yield (
        f"Pemerintah {plan.regency.full_name} melaksanakan {count(len(source.programmes), 'program')} ini melalui "
        f"{count(len(leads), 'perangkat daerah')} penanggung jawab selama {plan.period}."
        + (
            f" Kemajuannya dipantau dengan {count(len(source.goals), 'sasaran')} yang memiliki target."
            if source.goals
            else ""
        )
    )
    if source.quick_wins:
        year = min(row.year for row in source.quick_wins)
        own = [row for row in source.quick_wins if row.year == year]
        yield (
            f"Langkah terdekat adalah menyelesaikan {count(len(own), 'quick win')} pada {year}. Warga, dunia usaha, "
            "perguruan tinggi, komunitas, dan media diajak ikut mengawal pelaksanaannya."
        )
