"""The Buku Quick Win of a year as PDF: cover, list, schedule, a sheet each."""

from export.figures.marks import cover_band, crest_place, ribbon
from export.figures.quarters import quarter_charts
from export.papers.printing import Paper, print_paper
from export.papers.quick_wins import QuickWinBook

WIDTH = 165


def quick_win_pdf(book: QuickWinBook) -> bytes:
    region = book.plan.regency
    paper = Paper(
        name="quick-win",
        title=f"Buku {book.title}, {region.label}",
        region=region.label,
        head=f"Buku {book.title}",
        is_draft=book.is_draft,
    )
    dimensions = book.dimensions
    context = {
        "book": book,
        "crest": crest_place(),
        "cover": cover_band([(each.code, each.name) for each in dimensions]),
        "ribbon": ribbon([each.code for each in dimensions], WIDTH, 1.6),
        "charts": quarter_charts(book.rows, WIDTH),
        "lines": list(book.lines()),
        "sheets": book.sheets(),
    }
    return print_paper(paper, context)
