"""The slides for the ekspose: the whole plan in 14 slides, each with its sources in the speaker's notes."""

from collections.abc import Sequence
from itertools import batched

from bimtek.enums import Body
from export import palette
from export.blocks import Figure
from export.figures.budget import budget_by_dimension
from export.figures.radar import mean_scores, readiness_radar
from export.figures.swot import swot_quadrant
from export.formats.pictures import raster
from export.numbers import days, number, rupiah, years
from export.papers.slides import HEIGHT, MARGIN, WIDTH, Cell, Deck, Look, Place, Slide, cut
from export.source import Source
from export.tables.years import budgets_of
from masterplan.models import Dimension, Programme, SupportAction

INSIDE = WIDTH - 2 * MARGIN
TOP, ROOM = 36.0, HEIGHT - 52.0
MAIN_PROGRAMMES, STEPS, SEATS, QUICK_WINS, MISSIONS, WEAKEST, SWOT_ITEMS = 3, 10, 10, 10, 6, 5, 3
HEAD = Look(13, palette.ON_ACCENT, is_bold=True, fill=palette.ACCENT_DEEP)
TITLE = Look(28, palette.ACCENT_DEEP, is_bold=True, is_middle=True)
TEXT, QUIET, STRONG = Look(16), Look(11, palette.MUTED), Look(13, is_bold=True)
SWOT_FILLS = {"S": "env-soft", "W": "eco-soft", "O": "gov-soft", "T": "liv-soft"}
NOTHING = "Belum diisi dalam rencana."
NEXT = (
    "Tanggapi masukan penilai ekspose dan catat setiap jawaban.",
    "Sempurnakan ketiga buku, lalu mintakan persetujuan Dewan Smart City.",
    "Tetapkan masterplan dengan peraturan kepala daerah.",
    "Masukkan program ke dalam RKPD dan anggaran tahun pertama.",
    "Pantau quick win tiap triwulan dan perbarui tiap tahun.",
)


def deck_of(source: Source) -> bytes:
    region = source.plan.regency
    show = _Show(source, Deck(source.plan.title, f"Pemerintah {region.full_name}"))
    _cover(show)
    _region(show)
    _steps(show)
    _readiness(show)
    _swot(show)
    _direction(show)
    for pair in batched(source.dimensions, 2, strict=False):
        _dimensions(show, pair)
    _figure(show, "Anggaran menurut tahun dan dimensi", budget_by_dimension(source), "tabel anggaran (Buku II)")
    _roadmap(show)
    _quick_wins(show)
    _governance(show)
    _next(show)
    return show.deck.content()


class _Show:
    def __init__(self, source: Source, deck: Deck) -> None:
        self.source, self.deck = source, deck

    def slide(self, title: str, notes: str) -> Slide:
        slide = self.deck.slide(cut(title, 80), Place(MARGIN, 11, INSIDE, 18), TITLE)
        self.ribbon(slide)
        label = f"{self.source.plan.regency.full_name} · {self.source.plan.title}"
        slide.words("Kaki", [cut(label, 140)], Place(MARGIN, HEIGHT - 13, INSIDE, 8), QUIET)
        slide.notes(notes)
        return slide

    def ribbon(self, slide: Slide) -> None:
        step = WIDTH / max(len(self.source.dimensions), 1)
        for place, dimension in enumerate(self.source.dimensions):
            look = Look(fill=palette.strong(dimension.code))
            at = Place(place * step, 0, step, 4)
            slide.block(f"Pita {dimension.code}", [], at, look, f"Warna dimensi {dimension.name}")


def _cover(show: _Show) -> None:
    plan = show.source.plan
    region = plan.regency
    big = Look(44, palette.ACCENT_DEEP, is_bold=True)
    slide = show.deck.slide("Masterplan Smart City", Place(MARGIN, 58, INSIDE, 22), big)
    show.ribbon(slide)
    slide.words("Daerah", [region.full_name], Place(MARGIN, 82, INSIDE, 14), Look(28, is_bold=True))
    slide.words("Provinsi", [region.province.name], Place(MARGIN, 96, INSIDE, 10), Look(18, palette.MUTED))
    slide.words("Bahan", [f"Bahan ekspose · {plan.period}"], Place(MARGIN, 112, INSIDE, 10), Look(18))
    slide.notes(f"{plan.title}. Sumber: Buku I, II, dan III.")


def _region(show: _Show) -> None:
    source = show.source
    works: list[Programme | SupportAction] = [*source.programmes, *source.support_actions]
    slide = show.slide(
        "Rencana dalam angka", "Sumber: profil daerah (Buku I, Bab II) dan rencana aksi (Buku II, Bab IV)."
    )
    facts = (
        ("Dimensi", str(len(source.dimensions))), ("Isu strategis", str(len(source.issues))),
        ("Strategi", str(len(source.strategies))), ("Program", str(len(source.programmes))),
        ("Quick win", str(len(source.quick_wins))), ("Anggaran seluruh rencana", rupiah(sum(budgets_of(works).values()))),
    )  # fmt: skip
    third, height = (INSIDE - 12) / 3, 48.0
    for place, (name, value) in enumerate(facts):
        at = Place(MARGIN + place % 3 * (third + 6), TOP + 6 + place // 3 * (height + 8), third, height)
        look = Look(26, palette.ACCENT_DEEP, is_bold=True, fill=palette.ACCENT_SOFT, is_middle=True, has_label=True)
        slide.block(name, [name, value], at, look)


def _steps(show: _Show) -> None:
    notes = "Sumber: metodologi dan tahapan penyusunan (Buku I, Bab I)."
    slide = show.slide("Metode dan waktu penyusunan", notes)
    rows = [
        (cut(row.name, 60), days(row.start_date, row.end_date), cut(row.place or "–", 50))
        for row in show.source.steps[:STEPS]
    ]
    more = len(show.source.steps) - STEPS
    _table(slide, "Tahapan penyusunan", ("Tahap", "Waktu", "Tempat"), (130, 95, INSIDE - 225), rows, more)


def _readiness(show: _Show) -> None:
    slide = show.slide("Kesiapan daerah", "Sumber: analisis kesiapan daerah (Buku I, Bab III).")
    figures = readiness_radar(show.source)
    if not figures:
        _empty(slide)
        return
    half = INSIDE * 0.56
    _draw(slide, figures[0], Place(MARGIN, TOP - 4, half, ROOM + 6))
    weakest = sorted(mean_scores(show.source), key=lambda each: each[2])[:WEAKEST]
    lines = ["Paling perlu diperkuat", *(f"{cut(element, 40)}: {number(mean, 1)}" for _, element, mean in weakest)]
    at = Place(MARGIN + half + 6, TOP + 10, INSIDE - half - 6, 70)
    slide.block("Paling perlu diperkuat", lines, at, Look(18, fill=palette.ACCENT_SOFT, is_middle=True, has_label=True))


def _swot(show: _Show) -> None:
    slide = show.slide("Ringkasan SWOT", "Sumber: analisis SWOT (Buku I, Bab V).")
    quadrants = swot_quadrant(show.source)
    if not quadrants:
        _empty(slide)
        return
    half, height = (INSIDE - 6) / 2, (ROOM - 2) / 2
    for place, cell in enumerate(quadrants[0].cells):
        lines = [cell.name, *(f"{code} {cut(text, 80)}" for code, text in cell.items[:SWOT_ITEMS])]
        if len(cell.items) > SWOT_ITEMS:
            lines.append(f"dan {len(cell.items) - SWOT_ITEMS} butir lain")
        at = Place(MARGIN + place % 2 * (half + 6), TOP + place // 2 * (height + 4), half, height)
        look = Look(14, fill=palette.TOKENS[SWOT_FILLS[cell.letter]], is_middle=True, has_label=True)
        slide.block(cell.name, lines, at, look)


def _direction(show: _Show) -> None:
    source = show.source
    slide = show.slide("Visi dan misi", "Sumber: visi dan misi smart city (Buku II, Bab II).")
    vision = source.vision.statement if source.vision else NOTHING
    look = Look(20, palette.ON_ACCENT, is_bold=True, fill=palette.ACCENT_DEEP, is_middle=True, is_centred=True)
    slide.block("Visi", [cut(vision, 260)], Place(MARGIN, TOP, INSIDE, 42), look)
    lines = [f"{row.number}. {cut(row.text, 130)}" for row in source.missions[:MISSIONS]] or [NOTHING]
    if len(source.missions) > MISSIONS:
        lines.append(f"dan {len(source.missions) - MISSIONS} misi lain")
    slide.words("Misi", lines, Place(MARGIN, TOP + 48, INSIDE, ROOM - 48), TEXT)


def _dimensions(show: _Show, pair: Sequence[Dimension]) -> None:
    names = " dan ".join(dimension.name for dimension in pair)
    slide = show.slide(names, "Sumber: rencana aksi menurut dimensi (Buku II, Bab III dan IV).")
    half = (INSIDE - 8) / 2
    for place, dimension in enumerate(pair):
        x = MARGIN + place * (half + 8)
        found = show.source.programmes_of(dimension)
        colour = palette.strong(dimension.code)
        head = Look(18, palette.ON_ACCENT, is_bold=True, fill=colour, is_middle=True)
        money = rupiah(sum(budgets_of(found).values()))
        slide.block(dimension.name, [f"{dimension.code} · {money}"], Place(x, TOP, half, 14), head)
        goal = cut(show.source.goal_of(dimension) or NOTHING, 170)
        look = Look(15, fill=palette.soft(dimension.code), is_middle=True, has_label=True)
        slide.block(f"Tujuan {dimension.code}", ["Tujuan", goal], Place(x, TOP + 16, half, 40), look)
        lines = _programmes(found)
        slide.words(f"Program {dimension.code}", lines, Place(x, TOP + 60, half, ROOM - 60), Look(15, has_label=True))


def _programmes(found: Sequence[Programme]) -> list[str]:
    """The largest by budget."""
    if not found:
        return ["Program utama", NOTHING]
    largest = sorted(found, key=lambda row: -sum(budgets_of([row]).values()))[:MAIN_PROGRAMMES]
    lines = [f"{row.code} {cut(row.name, 70)} ({rupiah(sum(budgets_of([row]).values()))})" for row in largest]
    return [f"Program utama dari {len(found)}", *lines]


def _figure(show: _Show, title: str, figures: Sequence[Figure], origin: str) -> None:
    slide = show.slide(title, f"Sumber: {origin}.")
    if not figures:
        _empty(slide)
        return
    _draw(slide, figures[0], Place(MARGIN, TOP - 4, INSIDE, ROOM + 4))


def _roadmap(show: _Show) -> None:
    """A field for each period; the drawing of all programmes is too tall for a slide."""
    source = show.source
    slide = show.slide("Peta jalan", "Sumber: peta jalan (Buku II, Bab V).")
    if not source.periods:
        _empty(slide)
        return
    width = (INSIDE - 6 * (len(source.periods) - 1)) / len(source.periods)
    for place, period in enumerate(source.periods):
        x = MARGIN + place * (width + 6)
        name = str(period.get_horizon_display())
        head = Look(20, palette.ON_ACCENT, is_bold=True, fill=palette.ACCENT_DEEP, is_middle=True)
        slide.block(name, [f"{name}, {years(period.start_year, period.end_year)}"], Place(x, TOP, width, 18), head)
        found = [row for row in source.programmes if period.horizon in row.horizons]
        counts = [
            f"{dimension.name}: {sum(row.dimension_id == dimension.pk for row in found)}"
            for dimension in source.dimensions
        ]
        lines = [cut(period.theme or f"{len(found)} program", 90), f"{len(found)} program berjalan:", *counts]
        slide.block(f"Isi {name}", lines, Place(x, TOP + 21, width, ROOM - 24), Look(16, fill=palette.ACCENT_SOFT))


def _draw(slide: Slide, figure: Figure, place: Place) -> None:
    made = raster(figure.drawings[0])
    slide.picture(figure.caption, made.says or figure.caption, made.png, place, made.width / made.height)


def _quick_wins(show: _Show) -> None:
    slide = show.slide("Quick win", "Sumber: quick win (Buku II, Bab VI). Rinciannya ada dalam slide Buku Quick Win.")
    rows = [
        (
            cut(f"{row.code} {row.name}", 60),
            cut(row.lead_opd.label, 30),
            cut(row.year_end_target or "–", 60),
            rupiah(row.budget),
        )
        for row in show.source.quick_wins[:QUICK_WINS]
    ]
    heads = ("Quick win", "Penanggung jawab", "Target akhir tahun", "Anggaran")
    more = len(show.source.quick_wins) - QUICK_WINS
    _table(slide, "Daftar quick win", heads, (110, 55, 100, INSIDE - 265), rows, more)


def _governance(show: _Show) -> None:
    slide = show.slide("Tata kelola", "Sumber: kelembagaan (Buku II). Nama orang tidak dicetak.")
    rows = [(str(Body(row.body).label), cut(row.seat, 45), cut(row.holder, 70)) for row in show.source.members[:SEATS]]
    more = len(show.source.members) - SEATS
    _table(slide, "Dewan dan tim", ("Lembaga", "Kedudukan", "Pengisi"), (70, 100, INSIDE - 170), rows, more)


def _next(show: _Show) -> None:
    slide = show.slide("Langkah berikutnya", "Urutan umum setelah ekspose; sesuaikan dengan keadaan daerah.")
    lines = [f"{place}. {text}" for place, text in enumerate(NEXT, 1)]
    slide.words("Langkah", lines, Place(MARGIN, TOP + 6, INSIDE, ROOM - 6), Look(22))


def _table(
    slide: Slide,
    name: str,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    more: int,
) -> None:
    """`more` rows found no room: a line below says so (not where it is 0 or less)."""
    if not rows:
        _empty(slide)
        return
    cells = [[Cell(head, HEAD) for head in heads]]
    cells += [[Cell(text, STRONG if place == 0 else Look(13)) for place, text in enumerate(row)] for row in rows]
    says = f"{name}: {len(rows)} baris, kolom {', '.join(heads)}"
    slide.table(name, says, Place(MARGIN, TOP, INSIDE, 9 + 12 * len(rows)), widths, cells)
    if more > 0:
        left = f"dan {more} baris lain dalam buku"
        slide.words("Selebihnya", [left], Place(MARGIN, TOP + ROOM - 8, INSIDE, 8), QUIET)


def _empty(slide: Slide) -> None:
    slide.words("Belum diisi", [NOTHING], Place(MARGIN, TOP, INSIDE, 20), TEXT)
