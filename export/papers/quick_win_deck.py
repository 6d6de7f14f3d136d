"""The slides for the ekspose: one that sums up, then one for each quick win."""

from export import palette
from export.figures.quarters import DONE, LATE, state_of
from export.figures.risk import IMPACTS, LEVELS, LIKELIHOODS
from export.numbers import rupiah
from export.papers.quick_wins import QuickWinBook
from export.papers.slides import HEIGHT, MARGIN, WIDTH, Cell, Deck, Look, Place, Slide, cut
from quickwin.light import ROMAN
from quickwin.models import QuickWin, QuickWinMilestone, QuickWinRisk

INSIDE = WIDTH - 2 * MARGIN
ROWS_A_SLIDE, RISKS_A_SLIDE = 10, 3
LONG_TITLE = 55
HEAD = Look(11, palette.ON_ACCENT, is_bold=True, fill=palette.ACCENT_DEEP)
QUIET = Look(11, palette.MUTED)
LABEL = Look(11, palette.MUTED, is_bold=True)
SIGN = {DONE: "✓", LATE: "!"}


def quick_win_deck(book: QuickWinBook) -> bytes:
    region = book.plan.regency
    deck = Deck(f"{book.title} {region.label}", f"Pemerintah {region.full_name}")
    starts = range(0, len(book.rows), ROWS_A_SLIDE)
    for start in starts:
        _summary(deck, book, start, f" ({start // ROWS_A_SLIDE + 1}/{len(starts)})" if len(starts) > 1 else "")
    for row in book.rows:
        _win(deck, book, row)
    return deck.content()


def _summary(deck: Deck, book: QuickWinBook, start: int, part: str) -> None:
    region = book.plan.regency
    look = Look(30, palette.ACCENT_DEEP, is_bold=True)
    slide = deck.slide(f"{book.title} {region.full_name}{part}", Place(MARGIN, 13, INSIDE, 16), look)
    _ribbon(slide, book)
    slide.words("Ringkasan", [_sum_line(book)], Place(MARGIN, 29, INSIDE, 9), Look(15, palette.TOKENS["ink-2"]))
    rows = [
        [Cell(head, HEAD) for head in ("Dimensi", "Quick win", "Penanggung jawab", "Target akhir tahun", "Anggaran")]
    ]
    for row in book.rows[start : start + ROWS_A_SLIDE]:
        code = Look(12, palette.ON_ACCENT, is_bold=True, fill=palette.strong(row.dimension.code), is_centred=True)
        money = rupiah(row.budget)
        rows.append(
            [
                Cell(row.dimension.code, code), Cell(cut(f"{row.code} {row.name}", 70), Look(11, is_bold=True)),
                Cell(cut(row.lead_opd.label, 30)), Cell(cut(row.year_end_target or "Belum ditetapkan", 75)), Cell(money),
            ]
        )  # fmt: skip
    says = f"Daftar {len(rows) - 1} quick win dengan dimensi, penanggung jawab, target, dan anggaran"
    place = Place(MARGIN, 42, INSIDE, 9 + (len(rows) - 1) * 11.5)
    slide.table("Daftar quick win", says, place, (24, 104, 52, 92, INSIDE - 272), rows)
    _foot(slide, book)


def _sum_line(book: QuickWinBook) -> str:
    dimensions = len({row.dimension_id for row in book.rows})
    draft = " · draf" if book.is_draft else ""
    return f"{len(book.rows)} quick win di {dimensions} dimensi, anggaran {book.total_in_words}{draft}"


def _win(deck: Deck, book: QuickWinBook, row: QuickWin) -> None:
    colour, soft = palette.strong(row.dimension.code), palette.soft(row.dimension.code)
    title = cut(f"{row.code} {row.name}", 85)
    size = 26 if len(title) <= LONG_TITLE else 18
    slide = deck.slide(title, Place(MARGIN + 30, 9, INSIDE - 30, 15), Look(size, colour, is_bold=True, is_middle=True))
    badge = Look(20, palette.ON_ACCENT, is_bold=True, fill=colour, is_centred=True, is_middle=True)
    slide.block("Dimensi", [row.dimension.code], Place(MARGIN, 10, 26, 22), badge, f"Dimensi {row.dimension.name}")
    under = f"{row.dimension.name} · {book.plan.regency.full_name} · bagian dari {row.programme}"
    slide.words("Induk", [cut(under, 130)], Place(MARGIN + 30, 24, INSIDE - 30, 9), Look(13, palette.MUTED))
    facts = (
        ("Anggaran", f"{rupiah(row.budget)} · {', '.join(row.funding_sources) or 'sumber belum ditetapkan'}"),
        ("Target akhir tahun", row.year_end_target or "Belum ditetapkan"),
        ("Penanggung jawab", row.lead_opd.label),
    )
    third = (INSIDE - 8) / 3
    for place, (name, value) in enumerate(facts):
        at = Place(MARGIN + place * (third + 4), 37, third, 21)
        slide.block(name, [name, cut(value, 85)], at, Look(14, fill=soft, has_label=True, is_middle=True))
    half = (INSIDE - 8) / 2
    for place, (name, value) in enumerate((("Masalah yang dijawab", row.problem), ("Manfaat bagi warga", row.benefit))):
        x = MARGIN + place * (half + 8)
        slide.words(name, [name], Place(x, 61, half, 7), LABEL)
        slide.words(f"{name}: isi", [cut(value, 240) or "Belum diisi"], Place(x, 67, half, 30), Look(15))
    _quarters(slide, row, colour, soft)
    _risks(slide, list(row.risks.all()))
    slide.notes(_spoken(row))
    _foot(slide, book)


def _quarters(slide: Slide, row: QuickWin, colour: str, soft: str) -> None:
    head = Look(12, palette.ON_ACCENT, is_bold=True, fill=colour)
    steps = list(row.milestones.all())
    cells = [" · ".join(_step(step) for step in steps if step.quarter == place) for place in (1, 2, 3, 4)]
    says = "; ".join(f"Triwulan {ROMAN[step.quarter - 1]}: {step.text} ({state_of(step)})" for step in steps)
    rows = [
        [Cell(f"Triwulan {name}", head) for name in ROMAN],
        [Cell(cut(cell, 110) or "–", Look(13, fill=soft)) for cell in cells],
    ]
    half = (INSIDE - 8) / 2
    slide.words("Jadwal", ["Tonggak per triwulan"], Place(MARGIN, 101, half, 7), LABEL)
    widths = (half / 4,) * 4
    slide.table("Tonggak per triwulan", says or "Belum ada tonggak", Place(MARGIN, 109, half, 58), widths, rows)


def _step(step: QuickWinMilestone) -> str:
    sign = SIGN.get(state_of(step), "")
    return f"{sign} {step.text}".strip()


def _risks(slide: Slide, risks: list[QuickWinRisk]) -> None:
    half = (INSIDE - 8) / 2
    x = MARGIN + half + 8
    slide.words(
        "Risiko", ["Risiko dan mitigasi" if risks else "Belum ada risiko yang dicatat"], Place(x, 101, half, 7), LABEL
    )
    if not risks:
        return
    lines = [
        f"R{place} {cut(risk.text, 60)}: {cut(risk.mitigation or 'belum ada mitigasi', 60)}"
        for place, risk in enumerate(risks[:RISKS_A_SLIDE], 1)
    ]
    if len(risks) > RISKS_A_SLIDE:
        lines.append(f"{len(risks) - RISKS_A_SLIDE} risiko lain ada dalam catatan slide.")
    slide.table("Matriks risiko", _risk_words(risks), Place(x, 109, 82, 58), (22, 20, 20, 20), _matrix(risks))
    slide.words("Mitigasi", lines, Place(x + 84, 108, half - 84, 62), Look(13))


def _matrix(risks: list[QuickWinRisk]) -> list[list[Cell]]:
    small = Look(10, palette.MUTED)
    rows = [[Cell("Dampak", small), *(Cell(word, small) for word in IMPACTS)]]
    for likelihood in (3, 2, 1):
        cells = [Cell(LIKELIHOODS[likelihood - 1], small)]
        for impact in (1, 2, 3):
            fill = next(soft for limit, _, soft, _ in LEVELS if likelihood * impact < limit)
            here = [
                f"R{at}" for at, risk in enumerate(risks, 1) if (risk.likelihood, risk.impact) == (likelihood, impact)
            ]
            cells.append(Cell(" ".join(here), Look(12, is_bold=True, fill=fill, is_centred=True)))
        rows.append(cells)
    return rows


def _risk_words(risks: list[QuickWinRisk]) -> str:
    return "; ".join(
        f"R{place}: kemungkinan {LIKELIHOODS[risk.likelihood - 1]}, dampak {IMPACTS[risk.impact - 1]}"
        for place, risk in enumerate(risks, 1)
    )


def _spoken(row: QuickWin) -> str:
    answers = (
        ("Masalah", row.problem), ("Tujuan", row.goal), ("Manfaat", row.benefit), ("Daya tarik", row.attraction),
        ("Keunikan", row.uniqueness), ("Kemitraan", row.partnership), ("Keberlangsungan", row.sustainability),
    )  # fmt: skip
    risks = [
        (f"Risiko R{at}", f"{risk.text}. Mitigasi: {risk.mitigation or '–'}")
        for at, risk in enumerate(row.risks.all(), 1)
    ]
    return "\n".join(f"{name}: {value}" for name, value in (*answers, *risks) if value)


def _ribbon(slide: Slide, book: QuickWinBook) -> None:
    step = WIDTH / len(book.dimensions)
    for place, dimension in enumerate(book.dimensions):
        look = Look(fill=palette.strong(dimension.code))
        slide.block(
            f"Pita {dimension.code}", [], Place(place * step, 0, step, 4), look, f"Warna dimensi {dimension.name}"
        )


def _foot(slide: Slide, book: QuickWinBook) -> None:
    label = f"{book.plan.regency.label} · Quick Win {book.year}"
    slide.words("Kaki", [label], Place(MARGIN, HEIGHT - 14, INSIDE, 8), QUIET)
