"""Budgets as stacked bars: one bar a year, one band a dimension."""

import math
from decimal import Decimal

from export import palette
from export.blocks import Figure
from export.figures.svg import drawing, line, rect, text
from export.numbers import number
from export.source import Source
from export.tables.years import Work, budgets_of, years_of

WIDTH, HEIGHT, LEFT, BASE, TOP = 158.0, 92.0, 16.0, 82.0, 6.0
BILLION = 1_000_000_000
TICKS = 5
type Series = list[tuple[str, dict[int, int]]]


def budget_by_dimension(source: Source) -> list[Figure]:
    works: list[Work] = [*source.programmes, *source.support_actions]
    years = years_of(source.plan.detail_range, works)
    series: Series = [(dimension.code, budgets_of(source.programmes_of(dimension))) for dimension in source.dimensions]
    series.append(("PND", budgets_of(source.support_actions)))
    series = [(code, values) for code, values in series if any(values.values())]
    totals = {year: sum(values.get(year, 0) for _, values in series) for year in years}
    if not series or not years:
        return []
    step = nice_step(max(totals.values()))
    body = _axis(step) + "".join(_bar(place, year, years, series, step) for place, year in enumerate(years))
    body += line(LEFT, BASE, WIDTH, BASE, palette.INK, 0.35)
    description = "; ".join(f"{year}: Rp {billions(total)} miliar" for year, total in totals.items())
    picture = drawing(WIDTH, HEIGHT, "Anggaran per dimensi dan tahun", body, description)
    caption = f"Anggaran per dimensi dan tahun, {years[0]}–{years[-1]} (Rp miliar)"
    note = "ringkasan anggaran; dibulatkan ke satu angka desimal. PND: rencana aksi pendukung."
    return [Figure(caption, (picture,), note)]


def billions(amount: int) -> str:
    return number(Decimal(amount) / BILLION, 1)


def nice_step(peak: int) -> float:
    """Distance of the lines in rupiah, so that five of them reach above the highest bar."""
    raw = max(peak, 1) / TICKS
    magnitude: float = 10 ** math.floor(math.log10(raw))
    return next(magnitude * factor for factor in (1, 2, 2.5, 5, 10) if magnitude * factor >= raw)


def _axis(step: float) -> str:
    out: list[str] = []
    for place in range(TICKS + 1):
        y = BASE - (BASE - TOP) * place / TICKS
        label = number(Decimal(step * place) / BILLION)
        out.append(line(LEFT, y, WIDTH, y, palette.RULE_STRONG))
        out.append(text(LEFT - 2, y + 0.9, label, 2.6, 400, palette.MUTED, "end"))
    return "".join(out)


def _bar(place: int, year: int, years: list[int], series: Series, step: float) -> str:
    slot = (WIDTH - LEFT) / len(years)
    x, width, y = LEFT + place * slot + slot * 0.14, slot * 0.72, BASE
    out: list[str] = []
    for code, values in series:
        part = (BASE - TOP) * values.get(year, 0) / (step * TICKS)
        y -= part
        out.append(rect(x, y, width, max(part - 0.3, 0), palette.strong(code)))
        if part > 3.4 and width > 15:
            out.append(text(x + 1.6, y + part / 2 + 0.9, code, 2.4, 700, palette.ON_ACCENT))
            amount = billions(values.get(year, 0))
            out.append(text(x + width - 1.6, y + part / 2 + 0.9, amount, 2.4, 500, palette.ON_ACCENT, "end"))
    total = sum(values.get(year, 0) for _, values in series)
    out.append(text(x + width / 2, y - 1.8, billions(total), 3.1, 800, palette.ACCENT_DEEP, "middle"))
    out.append(text(x + width / 2, BASE + 5, year, 2.9, 600, palette.INK, "middle"))
    return "".join(out)
