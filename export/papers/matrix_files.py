"""The response matrix as PDF and as an Excel file."""

from export.figures.marks import ribbon
from export.papers.matrix import Line, Matrix
from export.papers.printing import Paper, print_paper
from export.papers.sheets import SheetPage, workbook_of
from smartcity.ui.format import format_date

WIDTH = 269
HEADS = (
    ("No.", 8), ("Tempat", 34), ("Sel", 16), ("Dimensi", 9), ("Jenis", 16), ("Keadaan", 11), ("Terlihat oleh", 16),
    ("Penanya", 24), ("Peran", 28), ("Tanggal", 17), ("Untuk", 22), ("Batas waktu", 17), ("Kutipan", 34), ("Komentar", 60),
    ("Jawaban", 60), ("Perubahan", 50),
)  # fmt: skip


def matrix_pdf(matrix: Matrix) -> bytes:
    region = matrix.plan.regency.label
    paper = Paper(
        name="matrix",
        title=f"Matriks tanggapan {matrix.title}, {region}",
        region=region,
        head=f"Matriks tanggapan · {matrix.title} · {matrix.plan.title}",
        limit=matrix.limit,
        is_landscape=True,
        is_draft=matrix.is_draft,
    )
    codes = [dimension.code for dimension in matrix.plan.dimension_set.dimensions.all()]
    return print_paper(paper, {"matrix": matrix, "ribbon": ribbon(codes, WIDTH, 2)})


def matrix_xlsx(matrix: Matrix) -> bytes:
    tally = matrix.tally
    lead: list[tuple[str | int, ...]] = [(f"Matriks tanggapan: {matrix.title}",), (matrix.plan.title,)]
    if matrix.limit:
        lead.append((matrix.limit,))
    if matrix.submission:
        lead += [("Kiriman", matrix.submission), ("Sidik isi SHA-256", matrix.digest)]
    if matrix.as_of:
        lead.append(("Keadaan sampai", matrix.as_of))
    if matrix.filtered:
        lead.append(("Hanya memuat", matrix.filtered))
    states = f"{tally.open} terbuka, {tally.answered} dijawab, {tally.resolved} selesai"
    lead.append(("Jumlah", f"{tally.total} komentar, {tally.must_fix} wajib diperbaiki: {states}"))
    if not matrix.lines:
        lead.append((matrix.nothing,))
    rows = [_row(line) for line in matrix.lines]
    return workbook_of([SheetPage("Matriks tanggapan", lead, HEADS if rows else (), rows, matrix.limit)])


def _row(line: Line) -> tuple[str, ...]:
    thread = line.thread
    answers = [
        f"{f'{said.head}: ' if said.head else ''}{said.text}\n({said.by}, {said.on})".strip() for said in line.answers
    ]
    changes = [
        f"{f'{pair.label}: ' if pair.label else ''}Semula: {pair.old}" + (f"\nMenjadi: {pair.new}" if pair.new else "")
        for pair in line.change.pairs
    ]
    return (
        line.name, line.place, line.cell, thread.dimension, line.kind, line.state, line.limit or "Tim rencana",
        line.asker, line.asker_role, line.asked_on, thread.meant_for, format_date(thread.due) if thread.due else "",
        line.quote, line.remark, "\n\n".join(answers), "\n".join(filter(None, (*changes, line.change.note))),
    )  # fmt: skip
