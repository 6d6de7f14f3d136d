"""The Buku Quick Win of a year as PDF: the region's cover, list, schedule, a sheet each."""

from export.block_html import block_html
from export.blocks import Cover
from export.figures.marks import ribbon
from export.figures.quarters import quarter_charts
from export.looks import bare_document
from export.papers.printing import Paper, print_paper
from export.papers.quick_wins import QuickWinBook
from export.tree import BookPart

WIDTH = 165


def quick_win_pdf(book: QuickWinBook) -> bytes:
    region = book.plan.regency
    dressed = bare_document(book.plan, is_draft=book.is_draft)
    as_book = BookPart("QW", book.title, "Program percepatan Masterplan Smart City", (), (), (), ())
    paper = Paper(
        name="quick-win",
        title=f"Buku {book.title}, {region.label}",
        region=region.label,
        head=f"Buku {book.title}",
        is_draft=book.is_draft,
        look=dressed.look,
        pictures=dressed.pictures,
    )
    context = {
        "book": book,
        "cover": block_html(dressed, as_book, Cover(("Quick Win", str(book.year)), f"{book.year % 100:02}")),
        "ribbon": ribbon([each.code for each in dressed.dimensions], WIDTH, 1.6),
        "charts": quarter_charts(book.rows, WIDTH),
        "lines": list(book.lines()),
        "sheets": book.sheets(),
    }
    return print_paper(paper, context)
