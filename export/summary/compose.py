"""Which section is composed by what, and the composed text as HTML like that of texts that people write."""

from collections.abc import Callable, Iterator
from html import escape

from export.source import Source
from export.summary import chapters
from masterplan.models import OutlineSection

type Composer = Callable[[Source], Iterator[str]]

COMPOSERS: dict[str, Composer] = {
    "B3.0.2": chapters.foreword,
    "B3.1.1": chapters.profile,
    "B3.1.2": chapters.direction,
    "B3.1.3": chapters.roadmap,
    "B3.1.4": chapters.budget,
    "B3.3.1": chapters.quick_wins,
    "B3.3.3": chapters.benefits,
    "B3.4.1": chapters.closing,
}
AS_LIST = frozenset({"B3.3.3"})
DIMENSIONS = "B3.2."


def composed_html(source: Source, outline_section: OutlineSection) -> str:
    """Without ids, so that equal rows make an equal book; empty for what is not composed, and while there are no rows."""
    code = outline_section.code
    composer = COMPOSERS.get(code)
    dimension = source.dimension(outline_section.dimension.code) if outline_section.dimension else None
    paragraphs: list[str] = []
    if composer:
        paragraphs = list(composer(source))
    elif code.startswith(DIMENSIONS) and dimension:
        paragraphs = list(chapters.one_dimension(source, dimension))
    texts = [escape(text) for text in paragraphs]
    if code in AS_LIST and texts:
        return f"<ul>{''.join(f'<li><p>{text}</p></li>' for text in texts)}</ul>"
    return "".join(f"<p>{text}</p>" for text in texts)
