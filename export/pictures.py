"""Pictures of the texts as bytes for the typesetter, each with the width it is printed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from export.counting import CountedChapter
from masterplan import prose
from masterplan.domain.picture import bytes_of
from masterplan.models import Masterplan

DOTS_PER_INCH = 150
MM_PER_INCH = 25.4
WIDEST_MM, HIGHEST_MM = 158.0, 170.0


@dataclass(frozen=True)
class PrintedPicture:
    asset: str
    content: bytes
    width_mm: float


def pictures_of(plan: Masterplan, chapters: Iterable[CountedChapter]) -> dict[str, PrintedPicture]:
    """By source; small pictures keep their size at 150 dots per inch, large ones fill the measure."""
    sources = {source for row in chapters for part in row.sections for source in prose.figure_sources(part.section.doc)}
    if not sources:
        return {}
    return {
        source: PrintedPicture(
            f"picture-{picture.pk}.{picture.extension}", content, _width(picture.width, picture.height)
        )
        for source, (picture, content) in bytes_of(plan, sources).items()
    }


def _width(width: int, height: int) -> float:
    natural = width * MM_PER_INCH / DOTS_PER_INCH
    return round(min(natural, WIDEST_MM, HIGHEST_MM * width / height), 1)
