"""Parts set on their own make the same book as all of it set in one go; what is set is not set again."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from export import press
from export.html import LINK
from export.job import ELSEWHERE, Part, PrintJob, Run
from export.paging import has_folios, with_folios
from export.press import Limits, TypesettingError, set_ahead, typeset
from export.shelf import Shelf
from tests.export.conftest import Book

BODY = re.compile(r"<body([^>]*)>(.*)</body>", re.DOTALL)
RESET = re.compile(r"counter-reset: footnote \d+")
WHOLE = Run("B1", "", "", "", "", is_front=False, has_opening=False)


@pytest.mark.django_db  # the example's document is built first
@pytest.mark.long
def test_the_book_reads_as_if_set_in_one_go(book: Book, kept_parts: Shelf, tmp_path: Path) -> None:
    """Buku II has everything: openings, landscape runs, matrices, sheets, notes, long tables, lists."""
    parts_of_book = tuple(part for part in book.job.parts if part.run and part.run.book == "B2")
    job = replace(book.job, parts=parts_of_book, tight_css="")  # fitting copy chooses for each part
    typeset(job, tmp_path / "parts.pdf", shelf=kept_parts)
    alone = in_one_go(job, tmp_path / "parts.pdf")
    whole = typeset(alone, tmp_path / "whole.pdf", limits=Limits(seconds=900, cpu_seconds=600))
    found, wanted = words_of(tmp_path / "parts.pdf"), words_of(tmp_path / "whole.pdf")
    assert whole.pages == len(found) == len(wanted)
    for place, (stamped, plain) in enumerate(zip(found, wanted, strict=True), start=1):
        assert stamped[: len(plain)] == plain, place
        assert len(stamped) - len(plain) < 40, place


def in_one_go(job: PrintJob, finished: Path) -> PrintJob:
    """All parts as one, each beginning a page, with the folios that the finished book's own destinations say."""
    with pikepdf.open(finished) as pdf:
        labels = {page.obj.objgen: page.label for page in pdf.pages}
        names = pdf.Root.Names.Dests.Names.as_list()
        folios = {str(names[at]): labels[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
    sections = []
    for part in job.parts:
        found = BODY.search(with_folios(part.html, folios) if has_folios(part) else part.html)
        assert found
        reset = RESET.search(found[1])
        sections.append(
            f'<div style="break-before: page; {reset[0] if reset else "counter-reset: footnote"}">{found[2]}</div>'
        )
    body = "".join(sections).replace(" data-folio=", " data-was=")  # told already: not by this part's own pages
    html = f'<!doctype html><html lang="id"><head><title>x</title></head><body>{body}</body></html>'
    return replace(job, parts=(Part("Buku", html, run=WHOLE, is_bare=True),))


def processes_of(parent: int) -> set[int]:
    return {int(pid) for path in Path(f"/proc/{parent}/task").glob("*/children") for pid in path.read_text().split()}


def words_of(path: Path) -> list[list[str]]:
    return [page.extract_text().split() for page in PdfReader(path).pages]


def small_job(*bodies: str, prefix: str = "I-") -> PrintJob:
    run = Run("B1", "Bab I · Judul", "Buku I", "Kabupaten Banjar", prefix, is_front=False, has_opening=False)
    pages = [f'<!doctype html><html lang="id"><title>x</title><body>{body}</body></html>' for body in bodies]
    parts = tuple(Part(f"Buku I, Bab I, 1.{place}", page, run=run) for place, page in enumerate(pages, start=1))
    return PrintJob("Judul", "Pemerintah", parts, (), "", {})


def folio(key: str, label: str = "00") -> str:
    return LINK.sub(
        rf"\g<1>{ELSEWHERE}", f'<p><a href="#{key}"><span class="folio" data-folio="{key}">{label}</span></a></p>'
    )


def test_only_what_changed_is_set_again_and_the_same_input_makes_the_same_bytes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "parts", 10**9)
    job = small_job("<h1>Satu</h1>", "<h1>Dua</h1>", "<h1>Tiga</h1>")
    first = typeset(job, tmp_path / "1.pdf", shelf=shelf)
    again = typeset(job, tmp_path / "2.pdf", shelf=shelf)
    changed = typeset(small_job("<h1>Satu</h1>", "<h1>Lain</h1>", "<h1>Tiga</h1>"), tmp_path / "3.pdf", shelf=shelf)
    fresh = typeset(job, tmp_path / "4.pdf")
    assert (first.hits, again.hits, changed.hits, fresh.hits) == (0, 3, 2, 0)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes() == (tmp_path / "4.pdf").read_bytes()


def test_labels_and_sides_follow_when_pages_shift_and_nothing_else_is_set(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "parts", 10**9)
    last = '<h1 id="akhir">Akhir</h1>'
    typeset(small_job(folio("akhir"), "<p>Satu</p>", last), tmp_path / "1.pdf", shelf=shelf)
    longer = small_job(folio("akhir"), '<p>Satu</p><p style="break-before: page">Dua</p>', last)
    printed = typeset(longer, tmp_path / "2.pdf", shelf=shelf)
    texts = [[page.extract_text() for page in PdfReader(tmp_path / name).pages] for name in ("1.pdf", "2.pdf")]
    assert ["I-3" in texts[0][0], "I-4" in texts[1][0]] == [True, True]
    assert [text[-1].endswith(label) for text, label in zip(texts, ("I-3", "I-4"), strict=True)] == [True, True]
    assert printed.hits == 2  # the last part and the contents with their placeholders
    with pikepdf.open(tmp_path / "2.pdf") as pdf:
        moved = [b" -22.6772 0 cm" in page.Contents[0].read_bytes() for page in pdf.pages]
        assert moved == [False, True, False, True]
        assert [page.label for page in pdf.pages] == ["I-1", "I-2", "I-3", "I-4"]


def test_a_failed_job_names_the_section_and_keeps_what_was_set(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "parts", 10**9)
    endless = "<table>" + ("<tr>" + "<td>x</td>" * 40 + "</tr>") * 3000 + "</table>"
    with pytest.raises(TypesettingError, match=r"pada Buku I, Bab I, 1\.2"):
        typeset(small_job("<h1>Satu</h1>", endless), tmp_path / "x.pdf", limits=Limits(seconds=8), shelf=shelf)
    assert not (tmp_path / "x.pdf").exists()
    assert typeset(small_job("<h1>Satu</h1>"), tmp_path / "y.pdf", shelf=shelf).hits == 1


def test_a_job_that_cannot_be_written_leaves_no_process(tmp_path: Path) -> None:
    def broken() -> PrintJob:
        assert len(processes_of(os.getpid()) - before) == 2
        raise RuntimeError("basis data hilang")

    before = processes_of(os.getpid())
    with pytest.raises(RuntimeError, match="basis data hilang"):
        typeset(broken, tmp_path / "x.pdf")
    assert processes_of(os.getpid()) == before
    written = typeset(lambda: small_job("<h1>Satu</h1>"), tmp_path / "y.pdf")
    given = typeset(small_job("<h1>Satu</h1>"), tmp_path / "z.pdf")
    assert [written.pages, given.pages] == [1, 1]
    assert (tmp_path / "y.pdf").read_bytes() == (tmp_path / "z.pdf").read_bytes()


def test_a_file_that_does_not_pass_the_gate_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "faults_of", lambda *_: ["tautan: halaman 1 menunjuk x"])
    with pytest.raises(TypesettingError, match="tidak lolos pemeriksaan akhir") as raised:
        typeset(small_job("<h1>Satu</h1>"), tmp_path / "x.pdf")
    assert raised.value.detail == "tautan: halaman 1 menunjuk x"


def test_a_link_to_nowhere_is_found_by_the_gate(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="tidak lolos") as raised:
        typeset(small_job(folio("tidak-ada", "")), tmp_path / "x.pdf")
    assert "tautan: halaman 1 menunjuk tidak-ada" in raised.value.detail


def test_parts_are_set_ahead_until_somebody_waits(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "parts", 10**9)
    job = small_job("<h1>Satu</h1>", "<h1>Dua</h1>", "<h1>Tiga</h1>")
    assert set_ahead(job, shelf, Limits(), gives_way=lambda: True) == 1
    assert set_ahead(job, shelf, Limits(), gives_way=lambda: False) == 2
    assert set_ahead(job, shelf, Limits(), gives_way=lambda: False) == 0
    assert typeset(job, tmp_path / "x.pdf", shelf=shelf).hits == 3
