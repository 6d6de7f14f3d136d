"""Slides of 16:9 as PowerPoint and Impress open them: real titles, real tables, every shape with words for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Mm, Pt

from export import palette
from export.papers.words import printable

WIDTH, HEIGHT, MARGIN = 338.667, 190.5, 14.0  # millimetres
TITLE_ONLY = 5
HEAD = 9.0  # of a table
FONT = "Calibri"
CENTRE = PP_ALIGN.CENTER


@dataclass(frozen=True)
class Place:
    """Millimetres from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Look:
    """With `has_label` the first line names what the others say."""

    size: float = 14
    colour: str = palette.INK
    is_bold: bool = False
    fill: str = ""
    is_centred: bool = False
    is_middle: bool = False
    has_label: bool = False


LABEL_SIZE = 11


class Deck:
    def __init__(self, title: str, author: str) -> None:
        self._show: Any = Presentation()
        self._show.slide_width, self._show.slide_height = Mm(WIDTH), Mm(HEIGHT)
        about = self._show.core_properties
        about.title, about.author, about.language = printable(title), printable(author), "id-ID"

    def slide(self, title: str, place: Place, look: Look) -> "Slide":
        sheet = self._show.slides.add_slide(self._show.slide_layouts[TITLE_ONLY])
        head = sheet.shapes.title
        _put(head, place)
        _write(head.text_frame, [title], look)
        return Slide(sheet)

    def content(self) -> bytes:
        output = BytesIO()
        self._show.save(output)
        return output.getvalue()


class Slide:
    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def words(self, name: str, lines: Sequence[str], place: Place, look: Look) -> None:
        box = self._sheet.shapes.add_textbox(*_emu(place))
        _write(box.text_frame, lines, look)
        _describe(box, name, "")

    def block(self, name: str, lines: Sequence[str], place: Place, look: Look, says: str = "") -> None:
        """A filled rectangle, behind what is added later."""
        shape = self._sheet.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(place))
        shape.line.fill.background()
        shape.shadow.inherit = False
        shape.text_frame.margin_left = Mm(2.5)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(look.fill)
        _write(shape.text_frame, lines, look)
        _describe(shape, name, says)

    def table(
        self, name: str, says: str, place: Place, widths: Sequence[float], rows: Sequence[Sequence["Cell"]]
    ) -> None:
        """The first row is the head."""
        frame = self._sheet.shapes.add_table(len(rows), len(widths), *_emu(place))
        table = frame.table
        table.horz_banding = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        body = (place.height - HEAD) / max(len(rows) - 1, 1)
        for line, row in enumerate(rows):
            table.rows[line].height = Mm(body if line else HEAD)
            for at, cell in enumerate(row):
                _fill_cell(table.cell(line, at), cell)
        _describe(frame, name, says)

    def picture(self, name: str, says: str, png: bytes, place: Place, ratio: float) -> None:
        """As large as fits into `place`, in its middle; `ratio` is width by height."""
        width = min(place.width, place.height * ratio)
        height = width / ratio
        at = Place(place.x + (place.width - width) / 2, place.y + (place.height - height) / 2, width, height)
        shape = self._sheet.shapes.add_picture(BytesIO(png), *_emu(at))
        _describe(shape, name, says)

    def notes(self, text: str) -> None:
        self._sheet.notes_slide.notes_text_frame.text = printable(text)


@dataclass(frozen=True)
class Cell:
    text: str
    look: Look = Look(11)


def rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.lstrip("#")))  # type: ignore[no-untyped-call]


def cut(text: str, length: int) -> str:
    """What fits on a slide; the whole stands in its notes."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1].rsplit(' ', 1)[0]} …"


def _fill_cell(cell: Any, given: Cell) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(given.look.fill or palette.PAGE)
    cell.margin_left = cell.margin_right = Mm(2)
    cell.margin_top = cell.margin_bottom = Mm(0.8)
    _write(cell.text_frame, [given.text], given.look)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE


def _write(frame: Any, lines: Sequence[str], look: Look) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if look.is_middle else MSO_ANCHOR.TOP
    for place, text in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = CENTRE if look.is_centred else PP_ALIGN.LEFT
        paragraph.space_after = Pt(look.size / 4)
        run = paragraph.add_run()
        run.text = printable(text).replace("\n", " ")
        is_label = look.has_label and place == 0
        run.font.name, run.font.bold = FONT, look.is_bold or is_label
        run.font.size = Pt(LABEL_SIZE if is_label else look.size)
        run.font.color.rgb = rgb(palette.MUTED if is_label else look.colour)


def _put(shape: Any, place: Place) -> None:
    shape.left, shape.top, shape.width, shape.height = _emu(place)


def _emu(place: Place) -> tuple[Any, Any, Any, Any]:
    return Mm(place.x), Mm(place.y), Mm(place.width), Mm(place.height)


def _describe(shape: Any, name: str, says: str) -> None:
    """`says` is read aloud instead of the picture; text boxes and what only decorates say nothing of their own."""
    shape.name = name
    if says:
        shape._element._nvXxPr.cNvPr.set("descr", printable(says))
