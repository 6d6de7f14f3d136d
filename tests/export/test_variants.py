"""Three ways of making a PDF from the same tree."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from PIL import Image

from export.domain import book_order
from export.html import print_job
from export.job import PrintJob, Variant
from export.press import typeset
from export.shelf import Shelf, keys_for
from export.tree import Document
from export.trim import MM, ROOM_MM
from export.variants import MAKINGS
from masterplan.enums import CoverKind
from masterplan.models import Masterplan
from tests.export.test_press import small_job

pytestmark = pytest.mark.django_db
BLEED = 3 * MM
DOTS = 150
PAPER = (255, 255, 255)


def photograph() -> bytes:
    """2,400 pixels wide, which a book prints 158 mm wide: 386 dots an inch."""
    out = BytesIO()
    picture = Image.effect_noise((600, 400), 90).convert("RGB").resize((2400, 1600))
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def pictures_of(path: Path) -> list[tuple[int, int, int]]:
    with pikepdf.open(path) as pdf:
        found = [image for page in pdf.pages for image in page.get_images().values()]
        return [(int(image.Width), int(image.Height), len(image.read_raw_bytes())) for image in found]


def test_every_variant_has_keys_of_its_own() -> None:
    jobs = [replace(small_job("<p>x</p>"), variant=variant) for variant in ("archive", "small", "print", "plain")]
    assert len({keys_for(job).of(job.parts[0]) for job in jobs}) == 4


def test_only_the_small_one_makes_pictures_small(tmp_path: Path) -> None:
    content = photograph()
    html = '<figure><img src="asset:foto.jpg" alt="Foto" style="width: 158mm"></figure>'
    job = replace(small_job(html), assets={"foto.jpg": content})
    found = {}
    for variant in ("archive", "small", "print"):
        path = tmp_path / f"{variant}.pdf"
        typeset(replace(job, variant=variant), path)
        [found[variant]] = pictures_of(path)
    assert found["archive"] == found["print"] == (2400, 1600, len(content))
    width, height, size = found["small"]
    assert 670 < width < 700
    assert round(width / height, 1) == 1.5
    assert size < len(content) / 8


@pytest.mark.parametrize("variant", ["small", "print"])
def test_both_are_tagged_and_carry_no_data(plan: Masterplan, tmp_path: Path, variant: Variant) -> None:
    order = book_order(plan, variant=variant)
    assert (order.print_job().attachments, bool(book_order(plan).data)) == ((), True)
    assert order.fingerprint != book_order(plan).fingerprint
    typeset(order.print_job(), tmp_path / "x.pdf")
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert (b"pdfuaid" in (packet := pdf.Root.Metadata.read_bytes()), b"pdfaid:part" in packet) == (True, False)
        assert "/OutputIntents" not in pdf.Root


@pytest.fixture(params=CoverKind.values)
def sheets(example_document: Document, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The front of Buku II and its first chapters, for the print shop, without the draft's mark, with each cover."""
    document = replace(example_document, is_draft=False, look=replace(example_document.look, cover=request.param))
    job: PrintJob = print_job(document, "print")
    wanted = [part for part in job.parts if part.run and part.run.book == "B2"]
    front = [part for part in wanted if part.is_bare]
    openings = [part for part in wanted if 'class="opening' in part.html][:3]
    shelf = Shelf(Path(settings.PARTS_ROOT), 10**9)
    typeset(replace(job, parts=(*front, *openings)), tmp_path / "print.pdf", shelf=shelf)
    return tmp_path / "print.pdf"


def test_what_reaches_the_edge_goes_on_beyond_it(sheets: Path) -> None:
    """Wherever there is colour just inside the cut, there is some 2 mm outside, on left-hand and right-hand pages."""
    coloured = 0
    with pypdfium2.PdfDocument(sheets) as pdf, pikepdf.open(sheets) as boxes:
        for number, leaf in enumerate(boxes.pages):
            width, height = (float(side) for side in leaf.trimbox.as_list()[2:])
            assert [float(side) for side in leaf.bleedbox] == pytest.approx(
                [-BLEED, -BLEED, width + BLEED, height + BLEED], abs=0.01
            )
            picture = pdf[number].render(scale=DOTS / 72).to_pil().convert("RGB")
            for inside, outside in borders(width, height):
                before, after = (picture.getpixel(at) for at in (inside, outside))
                if min(before) < 200:  # not paper
                    coloured += 1
                    assert after != PAPER, (number, inside, before, after)
    assert coloured > 90


def borders(width: float, height: float) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of points at every edge: 1 mm inside and 2 mm outside, ribbons left out at the corners of their fields."""
    room, scale = ROOM_MM * MM, DOTS / 72

    def at(x: float, y: float) -> tuple[int, int]:
        return round((room + x) * scale), round((room + y) * scale)

    near, far = 1 * MM, 2 * MM
    across = [(at(x, near), at(x, -far)) for x in range(20, int(width) - 20, 40)]
    down: list[Callable[[float], tuple[tuple[int, int], tuple[int, int]]]] = [
        lambda y: (at(near, y), at(-far, y)),
        lambda y: (at(width - near, y), at(width + far, y)),
    ]
    return across + [pair(y) for pair in down for y in range(20, int(height) - 20, 15)]


def test_marks_stand_on_white_at_the_corners_of_the_cut(sheets: Path) -> None:
    with pypdfium2.PdfDocument(sheets) as pdf:
        for leaf in pdf:
            picture = leaf.render(scale=DOTS / 72).to_pil().convert("L")
            assert picture.getpixel((picture.width - 4, picture.height // 4)) == 255
    with pikepdf.open(sheets) as pdf:
        for leaf in pdf.pages:
            marks = leaf.Contents.as_list()[-1].read_bytes()
            assert marks.count(b" l") == 8
            assert b"/Artifact" in marks
    assert MAKINGS["print"].bleed_mm == 3
