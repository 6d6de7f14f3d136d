"""The Buku Quick Win and the slides of a year, read back."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from pptx import Presentation
from pypdf import PdfReader

from export.figures.quarters import quarter_charts
from export.papers.quick_win_deck import quick_win_deck
from export.papers.quick_win_files import quick_win_pdf
from export.papers.quick_wins import quick_win_book
from masterplan.models import BookLook, Dimension
from quickwin.models import QuickWin, QuickWinMilestone
from smartcity.accounts.enums import Role
from smartcity.ui.refusal import WrongState
from tests.export.papers.given import download, pdf_text
from tests.masterplan.views.rows_given import Ground, ground_of
from tests.quickwin.given import YEAR, quick_win
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db
HOSTILE = "<b>Pasar</b>\u202e & =SUM(1)"


@pytest.fixture
def ground() -> Ground:
    """Two quick wins of the year in two dimensions, the second without risks and milestones, and one of another year."""
    ground = ground_of()
    more = {"budget": 750_000_000, "funding_sources": ["APBD"], "year_end_target": "6 gerai"}
    first = quick_win(ground, **more, problem="Warga antre lama.", benefit="Izin selesai sehari.")
    QuickWinMilestone.objects.filter(quick_win=first, quarter=1).update(done_on="2026-03-20")
    economy = Dimension.objects.get(code="ECO")
    quick_win(ground, code="QW-02", name=HOSTILE, dimension=economy, budget=250_000_000, milestones=[], risks=[])
    quick_win(ground, code="QW-03", year=YEAR + 1)
    return ground


def test_the_book_read_back(ground: Ground) -> None:
    answer = download(person(Role.COUNCIL_READER), reverse("export:quick_win_book", args=[ground.plan.code, YEAR]))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200, "application/pdf", "no-store, private",
    )  # fmt: skip
    assert answer["Content-Disposition"] == 'attachment; filename="buku-quick-win-63.03-2026-2026.pdf"'
    assert len(PdfReader(BytesIO(answer.content)).pages) == 4
    text = pdf_text(answer.content)
    for words in (
        "PEMERINTAH KABUPATEN BANJAR", "Daftar quick win 2026", "2 quick win dengan anggaran Rp 1.000 juta.",
        "QW-01 BAROKAH Dekat", "Jumlah anggaran 1.000", "Jadwal tonggak 2026", "Warga antre lama.", "Izin selesai sehari.",
        "Triwulan II", "Gerai buka", "Matriks risiko", "R1 Jaringan putus", "Mitigasi: Modem ganda",
        "<b>Pasar</b> & =SUM(1)", "Halaman 4 dari 4",
    ):  # fmt: skip
        assert words in text, words
    assert "QW-03" not in text
    assert "Draf" not in text


@pytest.mark.parametrize(("cover", "at"), [("tipografi", (31, 58.4)), ("foto", (5, 290))])
def test_the_book_wears_the_look_of_the_region(ground: Ground, cover: str, at: tuple[float, float]) -> None:
    """`at`: millimetres of a rule, or of a field, that has the region's colour."""
    BookLook.objects.create(regency=ground.plan.regency, cover=cover, primary="#7a1f3d")
    content = quick_win_pdf(quick_win_book(ground.plan, YEAR))
    words = PdfReader(BytesIO(content)).pages[0].extract_text().split("\n")
    assert "Quick Win" in words
    assert ("26" in words) == (cover == "tipografi")
    with pypdfium2.PdfDocument(content) as paper:
        picture = paper[0].render(scale=144 / 72).to_pil()
    x, y = (round(place * 144 / 25.4) for place in at)
    assert picture.getpixel((x, y)) == (0x7A, 0x1F, 0x3D)


def test_a_proposed_one_makes_it_a_draft(ground: Ground) -> None:
    assert not quick_win_book(ground.plan, YEAR).is_draft
    QuickWin.objects.filter(code="QW-02").update(status="diusulkan")
    assert quick_win_book(ground.plan, YEAR).is_draft


def test_the_schedule_says_how_each_milestone_stands(ground: Ground) -> None:
    QuickWinMilestone.objects.filter(quarter=2).update(late_reason="Lelang ulang")
    [chart] = quarter_charts(quick_win_book(ground.plan, YEAR).rows, 165)
    words = "QW-01 triwulan I: SOP ditetapkan (selesai); QW-01 triwulan II: Gerai buka (terlambat)"
    assert f"<desc>{words}</desc>" in chart
    QuickWinMilestone.objects.all().delete()
    assert quarter_charts(quick_win_book(ground.plan, YEAR).rows, 165) == []


def shown(slide: Any) -> list[str]:
    """The words of a slide in their order, tables row by row."""
    found = []
    for shape in slide.shapes:
        if shape.has_table:
            found += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        elif shape.text_frame.text:
            found += shape.text_frame.text.split("\n")
    return found


def test_the_slides_read_back(ground: Ground) -> None:
    answer = download(person(Role.AUTHOR), reverse("export:quick_win_deck", args=[ground.plan.code, YEAR]))
    assert answer["Content-Disposition"] == 'attachment; filename="paparan-quick-win-63.03-2026-2026.pptx"'
    deck = Presentation(BytesIO(answer.content))
    assert (deck.core_properties.title, deck.core_properties.author) == (
        "Quick Win 2026 Kabupaten Banjar, Kalimantan Selatan", "Pemerintah Kabupaten Banjar",
    )  # fmt: skip
    summary, first, second = deck.slides
    assert shown(summary) == [
        "Quick Win 2026 Kabupaten Banjar",
        "2 quick win di 2 dimensi, anggaran Rp 1.000 juta",
        "Dimensi | Quick win | Penanggung jawab | Target akhir tahun | Anggaran",
        "GOV | QW-01 BAROKAH Dekat | DINKES | 6 gerai | Rp 750 juta",
        "ECO | QW-02 <b>Pasar</b> & =SUM(1) | DINKES | Belum ditetapkan | Rp 250 juta",
        "Kabupaten Banjar, Kalimantan Selatan · Quick Win 2026",
    ]
    programme = QuickWin.objects.filter(code="QW-01").values_list("programme__code", "programme__name").get()
    assert shown(first) == [
        "QW-01 BAROKAH Dekat", "GOV",
        f"Smart Governance · Kabupaten Banjar · bagian dari {' '.join(programme)}",
        "Anggaran", "Rp 750 juta · APBD", "Target akhir tahun", "6 gerai", "Penanggung jawab", "DINKES",
        "Masalah yang dijawab", "Warga antre lama.", "Manfaat bagi warga", "Izin selesai sehari.",
        "Tonggak per triwulan", "Triwulan I | Triwulan II | Triwulan III | Triwulan IV",
        "✓ SOP ditetapkan | Gerai buka | – | –", "Risiko dan mitigasi",
        "Dampak | ringan | sedang | berat", "sering |  |  | ", "mungkin |  |  | R1", "jarang |  |  | ",
        "R1 Jaringan putus: Modem ganda", "Kabupaten Banjar, Kalimantan Selatan · Quick Win 2026",
    ]  # fmt: skip
    assert shown(second)[0] == "QW-02 <b>Pasar</b> & =SUM(1)"
    assert "Belum ada risiko yang dicatat" in shown(second)
    assert first.notes_slide.notes_text_frame.text == (
        "Masalah: Warga antre lama.\nManfaat: Izin selesai sehari.\nRisiko R1: Jaringan putus. Mitigasi: Modem ganda"
    )


def test_pictures_of_the_slides_have_words_and_titles_are_titles(ground: Ground) -> None:
    deck = Presentation(BytesIO(quick_win_deck(quick_win_book(ground.plan, YEAR))))
    silent = [
        shape.name
        for slide in deck.slides
        for shape in slide.shapes
        if not (shape.has_text_frame and shape.text_frame.text) and not alternative(shape)
    ]
    assert silent == []
    first = deck.slides[1]
    assert first.shapes.title.text_frame.text == "QW-01 BAROKAH Dekat"
    assert {shape.name: alternative(shape) for shape in first.shapes if alternative(shape)} == {
        "Dimensi": "Dimensi Smart Governance",
        "Tonggak per triwulan": "Triwulan I: SOP ditetapkan (selesai); Triwulan II: Gerai buka (direncanakan)",
        "Matriks risiko": "R1: kemungkinan mungkin, dampak berat",
    }
    badge = next(shape for shape in first.shapes if shape.name == "Dimensi")
    assert str(badge.fill.fore_color.rgb) == "206AB7"


def alternative(shape: Any) -> str:
    return str(shape._element._nvXxPr.cNvPr.get("descr") or "")


def test_long_texts_and_many_quick_wins_stay_on_their_slides(ground: Ground) -> None:
    for place in range(4, 16):
        quick_win(
            ground, code=f"QW-{place:02}", name="Nama panjang " * 12, problem="Kata " * 600, year_end_target="T " * 150
        )
    deck = Presentation(BytesIO(quick_win_deck(quick_win_book(ground.plan, YEAR))))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides][:2] == [
        "Quick Win 2026 Kabupaten Banjar (1/2)", "Quick Win 2026 Kabupaten Banjar (2/2)",
    ]  # fmt: skip
    assert len(deck.slides) == 2 + 14
    assert max(len(words) for slide in deck.slides for words in shown(slide)) < 300


def test_a_year_without_quick_wins_is_refused(ground: Ground) -> None:
    with pytest.raises(WrongState, match="Belum ada quick win 2040"):
        quick_win_book(ground.plan, 2040)


def test_the_list_offers_both(ground: Ground) -> None:
    client = client_of(person(Role.APPROVER))
    page = client.get(reverse("quickwin:quick_win_list", args=[ground.plan.code]), {"tahun": YEAR}).text
    for name in ("quick_win_book", "quick_win_deck"):
        assert reverse(f"export:{name}", args=[ground.plan.code, YEAR]) in page
    empty = client.get(reverse("quickwin:quick_win_list", args=[ground.plan.code]), {"tahun": YEAR + 3}).text
    assert reverse("export:quick_win_book", args=[ground.plan.code, YEAR + 3]) not in empty
