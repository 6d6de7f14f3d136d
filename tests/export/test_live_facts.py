"""Live facts in the book: present values in texts, captions and the PDF; what is lost is printed as lost."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from export.blocks import Prose
from export.document import build
from export.html import print_job
from export.press import typeset
from export.shelf import Shelf
from masterplan import prose
from masterplan.models import Masterplan, Programme, ProgrammeYear, Section

pytestmark = pytest.mark.django_db
LOST = "[fakta tidak ditemukan: anggaran program GOV-P99 2026, terakhir Rp1 miliar]"
HTML = (
    '<p>Lihat <span class="fact" data-key="budget:programme:GOV-P99:2026">Rp1 miliar</span>.</p>'
    '<p class="table-caption">Anggaran <span class="fact" data-key="budget:dim:GOV" data-style="long">lama</span></p>'
    "<table><tbody><tr><td>1</td></tr></tbody></table>"
)


def write(banjar: Masterplan) -> None:
    section = Section.objects.get(plan=banjar, outline_section__code="B2.7.2")
    section.doc["content"] += prose.parse_html(HTML)["content"]
    section.save()
    ProgrammeYear.objects.filter(programme__plan=banjar, programme__code="GOV-P01", year=2026).update(budget=10**10)


def html_of(document: Any, code: str) -> str:
    parts = [part for book in document.books for chapter in book.chapters for part in chapter.sections]
    [part] = [part for part in parts if part.code == code]
    return "".join(block.html for block in part.blocks if isinstance(block, Prose))


def test_the_book_prints_what_the_rows_say(banjar: Masterplan) -> None:
    write(banjar)
    document = build(banjar, ["B2"])
    html = html_of(document, "B2.7.2")
    assert '<span class="fact">Rp222,9 miliar</span>, terdiri atas <span class="fact">Rp202,32 miliar</span>' in html
    assert f'<span class="fact lost">{LOST}</span>' in html
    assert "Anggaran Rp27.310.000.000" in [entry.title for book in document.books for entry in book.tables]


@pytest.mark.long
def test_the_printed_page_holds_the_values(banjar: Masterplan, tmp_path: Path, kept_parts: Shelf) -> None:
    write(banjar)
    path = tmp_path / "book.pdf"
    printed = typeset(print_job(build(banjar, ["B2"])), path, shelf=kept_parts)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
    assert printed.warnings == ()
    assert "berjumlah Rp222,9 miliar, terdiri atas Rp202,32 miliar untuk 37 program enam dimensi" in text
    assert "fakta tidak ditemukan" in text


def test_a_book_without_tokens_reads_no_fact(banjar: Masterplan, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(200) as with_tokens:
        build(banjar, ["B3"])
    Section.objects.filter(plan=banjar).update(doc=prose.empty_doc())
    with django_assert_max_num_queries(200) as without:
        build(banjar, ["B3"])
    assert len(with_tokens) - len(without) > 15


def test_dropped_programmes_count_for_nothing(banjar: Masterplan) -> None:
    Programme.objects.filter(plan=banjar, code="GOV-P01").update(is_dropped=True)
    assert '<span class="fact">36 program</span>' in html_of(build(banjar, ["B2"]), "B2.7.2")
