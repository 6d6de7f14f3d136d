"""Where a chapter is cut into parts: only where the page ends anyway, so that nobody sees it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from export.blocks import Block, Listing, Sheet, Table
from export.tree import ChapterPart, SectionPart

# Rows from which a wide table gets pages of its own; below, two share a page.
LONG = 24


@dataclass(frozen=True)
class Piece:
    """A section, or what of it stands between two page ends; only the first piece carries its heading."""

    part: SectionPart
    blocks: tuple[Block, ...]
    is_landscape: bool
    has_heading: bool
    breaks: bool


def pieces_of(chapter: ChapterPart) -> list[list[Piece]]:
    """The pieces of a chapter, those that share pages together."""
    runs: list[list[Piece]] = []
    cut = _front_pieces(chapter) if chapter.opening == "front" else _pieces(chapter)
    for piece in cut:
        if piece.breaks or not runs or runs[-1][-1].is_landscape != piece.is_landscape:
            runs.append([])
        runs[-1].append(piece)
    return runs


def _front_pieces(chapter: ChapterPart) -> Iterator[Piece]:
    """Each front page begins a page; the lists of tables and figures follow the contents on the same."""
    for part in chapter.sections:
        flows = any(isinstance(block, Listing) and block.kind != "contents" for block in part.blocks)
        yield Piece(part, part.blocks, is_landscape=False, has_heading=True, breaks=not flows)


def _pieces(chapter: ChapterPart) -> Iterator[Piece]:
    former: SectionPart | None = None
    for part in chapter.sections:
        opens_page = chapter.opening == "page" if former is None else _opens_page(former, part)
        for number, blocks in enumerate(_groups(part)):
            is_landscape = part.is_landscape or _is_wide(blocks[0])
            yield Piece(part, tuple(blocks), is_landscape, has_heading=number == 0, breaks=number > 0 or opens_page)
        former = part


def _opens_page(former: SectionPart, part: SectionPart) -> bool:
    """After full-page sheets, with one, and with the matrix of another dimension."""
    is_sheet = isinstance(former.blocks[-1], Sheet) or isinstance(part.blocks[0], Sheet)
    return is_sheet or _dimension(part.blocks) not in ("", _dimension(former.blocks))


def _groups(part: SectionPart) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in part.blocks:
        if group and _ends_page(part, group, block):
            yield group
            group = []
        group.append(block)
    yield group


def _ends_page(part: SectionPart, group: list[Block], following: Block) -> bool:
    turns = not part.is_landscape and _is_wide(group[-1]) != _is_wide(following)
    is_other = "" != _dimension(group) != _dimension([following]) != ""
    return turns or is_other or isinstance(following, Sheet) or (_is_long(group[-1]) and _is_long(following))


def _dimension(blocks: Sequence[Block]) -> str:
    """Of the first matrix."""
    return next((block.banner.code for block in blocks if isinstance(block, Table) and block.banner), "")


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and block.is_landscape


def _is_long(block: Block) -> bool:
    return isinstance(block, Table) and block.is_landscape and len(block.rows) > LONG


def title_of(pieces: Iterable[Piece]) -> str:
    """How people find the place: the first section of the part."""
    part = next(iter(pieces)).part
    return f"{part.number} {part.title}".strip()
