"""Blocks of the tree as paragraphs and tables of Word."""

from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn

from export import palette
from export.block_html import HeadCell, table_context
from export.blocks import (
    Approval,
    Banner,
    Block,
    Cell,
    Cover,
    Figure,
    Listing,
    Missing,
    Prose,
    Quadrant,
    Sheet,
    Signature,
    Statement,
    Table,
)  # fmt: skip
from export.figures.covers import tiles
from export.formats.word.grid import GridCell, GridRow, grid
from export.formats.word.pages import Pages
from export.formats.word.prose import ProseWriter
from export.formats.word.xml import Xml, el, field_begin, field_end, inner_link, paragraph, run
from export.tables.layout import LANDSCAPE_MM, PORTRAIT_MM
from export.tree import BookPart, Document

HALF = PORTRAIT_MM / 2
CREST_WIDTH = 22
QUADRANTS = {"S": "e6f1ea", "W": "faecd8", "O": "e3eef7", "T": "f8e3e1"}
CODES = {
    "contents": '\\o "1-2" \\t "Judul Lembar,3"',
    "tables": '\\t "Judul Tabel,1"',
    "figures": '\\t "Judul Gambar,1"',
}


class BlockWriter:
    def __init__(self, document: Document, pages: Pages) -> None:
        self.document, self.pages = document, pages
        self.prose = ProseWriter(pages)
        self.book: BookPart = document.books[0]
        self._rules: dict[type, Callable[[Any], Iterator[Xml]]] = {
            Approval: self._approval, Cover: self._cover, Figure: self._figure, Listing: self._listing,
            Missing: lambda _: iter([paragraph("BelumDitulis", run("Bagian ini belum ditulis."))]),
            Prose: lambda block: self.prose.blocks(block.html), Quadrant: self._quadrant, Sheet: self._sheet,
            Signature: self._signature, Statement: self._statement, Table: self._table,
        }  # fmt: skip

    def write(self, block: Block) -> Iterator[Xml]:
        return self._rules[type(block)](block)

    def _table(self, block: Table) -> Iterator[Xml]:
        if block.banner:
            yield _banner(block.banner)
        yield self.pages.caption("JudulTabel", block.id, block.label, block.caption)
        context = table_context(block)
        widths = [column.width or PORTRAIT_MM / len(block.columns) for column in block.columns]
        head = [GridRow([_head(cell) for cell in row], is_head=True) for row in context["head"]]
        body = [
            GridRow([_body(placed.cell, row, placed.classes) for placed in row["cells"]]) for row in context["rows"]
        ]
        yield grid(widths, [*head, *body], says=block.caption)
        yield paragraph("Sumber", run(_source(block.source)))

    def _figure(self, block: Figure) -> Iterator[Xml]:
        for svg in block.drawings:
            yield self.pages.drawing(svg, block.caption)
        yield self.pages.caption("JudulGambar", block.id, block.label, block.caption)
        yield paragraph("Sumber", run(_source(block.source)))

    def _quadrant(self, block: Quadrant) -> Iterator[Xml]:
        cells = [
            GridCell(
                [
                    paragraph("KepalaTabel", run(f"{cell.name} ({cell.letter}, {cell.factor})")),
                    *(paragraph("IsiTabel", run(f"{code} ", el("b")), run(text)) for code, text in cell.items),
                ],
                fill=QUADRANTS.get(cell.letter, ""),
            )
            for cell in block.cells
        ]
        rows = [GridRow(cells[place : place + 2]) for place in range(0, len(cells), 2)]
        yield grid((HALF, HALF), rows, says=block.caption)
        yield self.pages.caption("JudulGambar", block.id, block.label, block.caption)
        yield paragraph("Sumber", run(_source(block.source)))

    def _statement(self, block: Statement) -> Iterator[Xml]:
        yield paragraph("KepalaTabel", run(block.title))
        yield paragraph("Pernyataan", run(block.text))
        if block.keywords:
            yield paragraph("Sumber", run(f"Kata kunci: {' · '.join(block.keywords)}"))

    def _sheet(self, block: Sheet) -> Iterator[Xml]:
        title = [run(f"{block.code} {block.name}")]
        yield paragraph("JudulLembar", *self.pages.bookmarks.around(block.id, title))
        yield paragraph("Sumber", run(block.subtitle))
        colour = palette.soft(block.dimension)
        pairs = [pair for row in block.pairs for pair in row if pair[0]]
        facts = [*((note, strong) for strong, note in block.facts), *pairs]
        facts += [(name, "\n".join(steps) or "–") for name, steps in block.periods]
        for place, risk in enumerate(block.risks, 1):
            mitigation = f"\nMitigasi: {risk.mitigation}" if risk.mitigation else ""
            facts.append((f"Risiko R{place}", f"{risk.text}{mitigation}"))
        yield _facts([*facts, ("Status", block.status)], colour)
        if block.risk_matrix:
            yield self.pages.drawing(block.risk_matrix, "Matriks risiko")
        yield paragraph("Sumber")

    def _signature(self, block: Signature) -> Iterator[Xml]:
        if block.office:
            yield paragraph("Normal", run(f"{block.place}, (tanggal)"), align="right")
            yield paragraph("Normal", run(block.office), align="right")
        yield paragraph("Normal", run("\n\n(nama dan tanda tangan)"), align="right")

    def _cover(self, _: Cover) -> Iterator[Xml]:
        document, book, look = self.document, self.book, self.document.look
        if look.crest:
            yield self.pages.picture(look.crest.asset, look.crest.alt, f"width:{CREST_WIDTH}mm")
        yield paragraph("Sampul", run(f"Pemerintah {document.region}\n{document.province}"))
        yield paragraph("SampulBesar", run("Masterplan\nSmart City"))
        if look.photo:
            yield self.pages.picture(look.photo.asset, look.photo.alt, "width:158mm")
        else:
            yield self.pages.drawing(tiles([(each.code, each.name) for each in document.dimensions]))
        yield paragraph("Sampul", run(f"{document.region}\n{document.province}", el("b")))
        yield paragraph("Sampul", run(f"{book.label} · {book.title}"))
        yield paragraph("Sampul", run(f"{document.period}{chr(10) + 'Draf' if document.is_draft else ''}"))

    def _approval(self, block: Approval) -> Iterator[Xml]:
        lead = "Dokumen ini diperiksa oleh Tim Pelaksana, disetujui Dewan Smart City, dan disahkan kepala daerah."
        yield paragraph("Normal", run(lead))
        yield _facts(list(block.facts), "")
        yield paragraph("Normal")
        rows = [GridRow([GridCell([_signer(role, office)]) for role, office in row]) for row in block.signers]
        if rows:
            yield grid((HALF, HALF), rows, has_rules=False)
            yield paragraph("Normal")

    def _listing(self, block: Listing) -> Iterator[Xml]:
        """A field of Word that is filled already; its page numbers come when Word works it out."""
        entries = getattr(self.book, block.kind)
        name = self.pages.bookmarks.name(f"buku {self.book.code}")
        begin = field_begin(f"TOC {CODES[block.kind]} \\h \\z \\b {name}")
        if not entries:
            yield paragraph("Normal", *begin, run("Belum ada."), field_end())
            return
        for place, entry in enumerate(entries):
            style = f"TOC{entry.level + 1}" if block.kind == "contents" else "TOC2"
            words = run(" ".join(filter(None, (entry.number, entry.title))))
            link = inner_link(self.pages.bookmarks.name(entry.id), words)
            ends = [field_end()] if place == len(entries) - 1 else []
            yield paragraph(style, *(begin if place == 0 else []), link, *ends)


def _banner(banner: Banner) -> Xml:
    code = GridCell(
        [paragraph("KepalaTabel", run(banner.code, el("color", val="FFFFFF")))], fill=palette.strong(banner.code)
    )
    name = GridCell([paragraph("KepalaTabel", run(banner.name))], fill=palette.soft(banner.code))
    goal = GridCell([paragraph("IsiTabel", run(banner.goal))], fill=palette.soft(banner.code))
    for cell in (code, name, goal):
        for words in cell.content:
            words.find(qn("w:pPr")).insert(1, el("keepNext"))
    return grid((17, 64, LANDSCAPE_MM - 81), [GridRow([code, name, goal])], has_rules=False)


def _head(cell: HeadCell) -> GridCell:
    words = f"{cell.title} ({cell.unit})" if cell.unit else cell.title
    content = [paragraph("KepalaTabel", run(words), align=_side(cell.classes))]
    return GridCell(content, cell.span, cell.down, palette.ACCENT_SOFT)


def _body(cell: Cell, row: dict[str, Any], classes: str) -> GridCell:
    is_strong = cell.is_strong or cell.is_heading or row["kind"] != "row"
    lead = " ".join(filter(None, (*cell.badges, cell.code)))
    score = "" if cell.score is None else str(cell.score)
    words = " ".join(filter(None, (cell.text, score)))
    runs = [run(f"{lead} ", el("b"))] if lead else []
    runs.append(run(words, *([el("b")] if is_strong else [])))
    content = [paragraph("IsiTabel", *runs, align=_side(classes))]
    content += [paragraph("Keterangan", run(note)) for note in cell.notes]
    fill = palette.soft(row["dimension"]) if row["dimension"] and row["kind"] != "row" else ""
    return GridCell(content, cell.span, cell.down, fill)


def _side(classes: str) -> str:
    names = classes.split()
    return "right" if "n" in names else "center" if "c" in names or "group" in names else ""


def _facts(facts: list[tuple[str, str]], fill: str) -> Xml:
    rows = [
        GridRow(
            [GridCell([paragraph("KepalaTabel", run(name))], fill=fill), GridCell([paragraph("IsiTabel", run(value))])]
        )
        for name, value in facts
    ]
    return grid((46, PORTRAIT_MM - 46), rows)


def _signer(role: str, office: str) -> Xml:
    return paragraph(
        "IsiTabel", run(f"{role}\n"), run(office, el("b")), run("\n\n\n\nNama dan NIP diisi saat pengesahan\nTanggal:")
    )


def _source(source: str) -> str:
    return f"Sumber: {source.rstrip('.')}." if source else ""
