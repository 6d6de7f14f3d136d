"""One page of every kind that a book has, to be looked at: what the eye finds, no check does."""

from collections.abc import Iterator
from pathlib import Path

from export.blocks import Block, Figure, Prose, Table
from export.tree import ChapterPart, Document, SectionPart

DOTS_PER_INCH = 72


def kinds_of(document: Document) -> dict[str, str]:
    """The id of the first place of each kind, in the order of the book."""
    found: dict[str, str] = {}
    for book in document.books:
        for chapter in book.chapters:
            for kind, place in _of_chapter(chapter):
                found.setdefault(kind, place)
    return found


def _of_chapter(chapter: ChapterPart) -> Iterator[tuple[str, str]]:
    if chapter.opening != "front":
        yield f"bab {chapter.opening}", chapter.id
    for part in chapter.sections:
        if chapter.opening == "front":
            yield f"depan {part.title}", part.id
        for block in part.blocks:
            yield _kind(part, block), getattr(block, "id", "") or part.id


def _kind(part: SectionPart, block: Block) -> str:
    if isinstance(block, Table):
        return f"tabel {', '.join(column.title for column in block.columns)}"
    if isinstance(block, Figure):
        return f"gambar {block.caption}"
    if isinstance(block, Prose):
        marks = [name for name in ("<table", "<img", "footnote", "<ol", "<ul", "<blockquote") if name in block.html]
        return f"naskah{' mendatar' if part.is_landscape else ''} {' '.join(marks)}"
    return type(block).__name__


def write_pictures(document: Document, book: Path, folder: Path) -> list[Path]:
    """A PNG of every page that is the first of some kind, named by its place in the file and its printed number."""
    import pikepdf  # noqa: PLC0415 - only who looks at pages loads them
    import pypdfium2  # noqa: PLC0415

    with pikepdf.open(book) as pdf:
        names = pdf.Root.Names.Dests.Names.as_list()
        places = {str(names[at]): pikepdf.Page(names[at + 1][0]).index for at in range(0, len(names), 2)}
        numbers = [page.label for page in pdf.pages]
    wanted = sorted({places[key] for key in kinds_of(document).values() if key in places})
    files = []
    with pypdfium2.PdfDocument(book) as pages:
        for place in wanted:
            files.append(folder / f"{place + 1:03}-{numbers[place]}.png")
            pages[place].render(scale=DOTS_PER_INCH / 72).to_pil().save(files[-1])
    return files
