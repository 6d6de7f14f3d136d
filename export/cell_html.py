"""A cell of a table as HTML, in Python: a book has 20,000 of them, and a template takes ten times as long for each."""

from collections.abc import Iterator

from django.template.defaultfilters import linebreaksbr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from export import palette
from export.blocks import Cell
from export.figures import marks


def cell_html(cell: Cell, tag: str, classes: str) -> SafeString:
    """`tag` is td or th; every text is escaped."""
    shape = "".join(_attributes(cell, tag, classes))
    return mark_safe(f"<{tag}{shape}>{''.join(_content(cell))}</{tag}>")  # noqa: S308


def dimension_class(code: str) -> str:
    """CSS class of a dimension; a code without its own colour stays neutral."""
    return f"dim-{code.lower()}" if palette.has_colour(code) else "dim-other"


def _attributes(cell: Cell, tag: str, classes: str) -> Iterator[str]:
    if tag == "th":
        yield ' scope="row"'
    if classes:
        yield f' class="{classes}"'
    if cell.span > 1:
        yield f' colspan="{cell.span}"'
    if cell.down > 1:
        yield f' rowspan="{cell.down}"'


def _content(cell: Cell) -> Iterator[str]:
    for badge in cell.badges:
        yield f'<span class="dim {dimension_class(badge)}">{escape(badge)}</span> '
    if cell.code:
        yield f'<span class="code">{escape(cell.code)}</span> '
    text = linebreaksbr(cell.text)
    yield f"<b>{text}</b>" if cell.is_strong else text
    if cell.score is not None:
        yield f" {marks.score_dots(cell.score)}"
    for note in cell.notes:
        yield f'<span class="small">{escape(note)}</span>'
