"""Prose HTML made ready for print: numbered sub-headings, column widths, no link to what the book does not hold."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from export.pictures import PrintedPicture
from export.tables.layout import PADDING_MM, PORTRAIT_MM, longest_word, text_width
from masterplan import prose

HEADING = re.compile(r"<h3([^>]*)>")
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
INNER_LINK = re.compile(r'<a (?:class="xref" )?href="#([^"]*)">(.*?)</a>', re.DOTALL)
FIGURES_ONLY = re.compile(r"^[\s\d.,%()+\-–−/:]*$|^Rp[\s\d.,]+$")
IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)">')
FOOTNOTE = re.compile(r'<span class="footnote">([^<]*)</span>')
HEAD_CELL = re.compile(r"<th\b")
CELL_TAGS = frozenset({"td", "th"})
LONG_LINE_MM = 70.0


@dataclass
class _Cell:
    column: int
    span: int
    is_heading: bool
    text: str = ""


@dataclass
class _TableReader(HTMLParser):
    """Which texts stand in which column; spans are followed, because a heading may cover two rows."""

    cells: list[_Cell] = field(default_factory=list)
    columns: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.tall: dict[int, int] = {}
        self.place = 0
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.tall = {column: rows - 1 for column, rows in self.tall.items() if rows > 1}
            self.place = 0
        if tag not in CELL_TAGS:
            return
        while self.place in self.tall:
            self.place += 1
        values = dict(attrs)
        span, down = int(values.get("colspan") or 1), int(values.get("rowspan") or 1)
        self.cells.append(_Cell(self.place, span, tag == "th"))
        self.tall |= {self.place + shift: down for shift in range(span) if down > 1}
        self.place += span
        self.columns = max(self.columns, self.place)
        self.is_inside = True

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag not in CELL_TAGS

    def handle_data(self, data: str) -> None:
        if self.is_inside:
            self.cells[-1].text += data


@dataclass(frozen=True)
class Texts:
    """What all texts of a book share: labels by id, the ids that the book contains, pictures by source."""

    labels: Mapping[str, str]
    anchors: Container[str]
    pictures: Mapping[str, PrintedPicture]


def printed(doc: dict[str, Any], number: str, texts: Texts) -> str:
    html = prose.render_html(prose.load(doc), labels=texts.labels)
    html = IMAGE.sub(lambda found: _image(found.group(1), found.group(2), texts.pictures), html)
    return printable(html, number, texts.anchors)


def _image(source: str, alt: str, pictures: Mapping[str, PrintedPicture]) -> str:
    """A picture that is gone from the disk leaves a visible gap, never a silent one."""
    picture = pictures.get(source)
    if picture is None:
        return f'<p class="gone">Gambar tidak ditemukan: {alt}</p>'
    return f'<img src="asset:{picture.asset}" alt="{alt}" style="width:{picture.width_mm}mm">'


def printable(html: str, number: str, anchors: Container[str]) -> str:
    """`number` is the section's own; `anchors` are the ids that the exported books contain."""
    html = _numbered(html, number)
    html = TABLE.sub(lambda found: _scoped(_with_widths(found.group())), html)
    html = FOOTNOTE.sub(r'<x-note class="footnote">\1</x-note>', html)
    return INNER_LINK.sub(lambda found: found.group() if found.group(1) in anchors else found.group(2), html)


def _numbered(html: str, number: str) -> str:
    if not number:
        return html
    place = 0

    def head(found: re.Match[str]) -> str:
        nonlocal place
        place += 1
        return f'<h3{found.group(1)}><span class="number">{number}.{place}</span> '

    return HEADING.sub(head, html)


def _scoped(table: str) -> str:
    """Head cells say what they head: their column, or in the body of the table their row."""
    head, end, body = table.rpartition("</thead>")
    return HEAD_CELL.sub('<th scope="col"', head) + end + HEAD_CELL.sub('<th scope="row"', body)


def _with_widths(table: str) -> str:
    """A colgroup in percent, and right-aligned columns of figures."""
    reader = _TableReader()
    reader.feed(table)
    if not reader.columns:
        return table
    widths = [_column_width(reader, column) for column in range(reader.columns)]
    numeric = [column for column in range(reader.columns) if _is_numeric(reader, column)]
    columns = "".join(
        f'<col class="{"figures" if place in numeric else "words"}" style="width:{width * 100 / sum(widths):.2f}%">'
        for place, width in enumerate(widths)
    )
    start = table.index(">") + 1
    return f"{table[:start]}<colgroup>{columns}</colgroup>{_aligned(table[start:], reader, numeric)}"


def _aligned(rest: str, reader: _TableReader, numeric: list[int]) -> str:
    cells = iter(reader.cells)

    def mark(found: re.Match[str]) -> str:
        cell = next(cells)
        return f'{found.group()} class="right"' if cell.column in numeric and cell.span == 1 else found.group()

    return re.sub(r"<t[dh]\b", mark, rest)


def _single(reader: _TableReader, column: int) -> list[_Cell]:
    return [cell for cell in reader.cells if cell.column == column and cell.span == 1]


def _is_numeric(reader: _TableReader, column: int) -> bool:
    texts = [cell.text.strip() for cell in _single(reader, column) if not cell.is_heading]
    return any(texts) and all(FIGURES_ONLY.match(text) for text in texts)


def _column_width(reader: _TableReader, column: int) -> float:
    """At least the longest word; more for columns with more to say, up to a line of a comfortable length."""
    texts = [cell.text for cell in _single(reader, column)]
    words = max((text_width(longest_word(text)) for text in texts), default=5.0) + PADDING_MM
    lines = [text_width(text) for text in texts]
    average = sum(lines) / max(len(lines), 1)
    return min(max(words, average * 0.8 + PADDING_MM), max(words, LONG_LINE_MM), PORTRAIT_MM)
