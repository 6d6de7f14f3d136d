"""Hostile files are refused within two seconds, or read without doing what they were made for."""

import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from masterplan import prose
from masterplan.domain import word_import as imports
from masterplan.domain.reading_child import WORD, Limits, read_in_child
from masterplan.models import Masterplan, WordImport
from masterplan.word.read import read_word
from smartcity.ui.refusal import Incomplete, Refusal
from tests.masterplan.word import given, hostile
from tests.masterplan.word.given import cell, paragraph, row, run, table
from tests.people import People

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "kosong.docx": (lambda: b"", "Berkas ini kosong."),
    "lama.doc": (lambda: OLE, "Ini berkas Word lama (.doc)."),
    "terkunci.docx": (lambda: OLE, "Ini berkas yang dikunci kata sandi atau format lama."),
    "gambar.docx": (given.png, "Ini bukan berkas Word (.docx), meskipun namanya mungkin begitu."),
    "halaman.docx": (lambda: b"<html><script>alert(1)</script>", "Ini bukan berkas Word"),
    "potong.docx": (lambda: hostile.plain()[:4000], "Berkas rusak atau terpotong."),
    "makro.docm": (hostile.with_macros, "Berkas memuat makro (.docm), sehingga ditolak."),
    "arsip.docx": (lambda: hostile.with_part("word/x.zip", b"PK"), "Berkas memuat arsip lain di dalamnya"),
    "lepas.docx": (lambda: hostile.with_part("../../x", b"x"), "Berkas memuat nama bagian yang tidak wajar"),
    "bom.docx": (hostile.zip_bomb, "Berkas dimampatkan secara tidak wajar (bom zip)"),
    "banyak.docx": (lambda: hostile.many_members(3000), "Berkas berisi terlalu banyak bagian"),
    "sangat-banyak.docx": (lambda: hostile.many_members(30_000), "Berkas berisi terlalu banyak bagian"),
    "entitas.docx": (hostile.entity_bomb, "Isi berkas Word rusak"),
    "entitas-luar.docx": (hostile.external_entity, "Berkas ini memuat definisi XML"),
    "entitas-16.docx": (hostile.utf16_entity, "Berkas ini memuat definisi XML"),
    "dalam.docx": (lambda: hostile.nested_tables(3000), "Isi berkas Word rusak atau bertingkat terlalu dalam."),
    "sandi.docx": (hostile.encrypted, "Berkas dikunci kata sandi."),
    "excel.docx": (
        lambda: given.rewritten(
            hostile.plain(), lambda _, content: content.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
        ),
        "Ini berkas Excel, bukan berkas Word.",
    ),
    "zip.docx": (
        lambda: given.rewritten(hostile.plain(), lambda name, c: None if name == "[Content_Types].xml" else c),
        "Ini arsip zip biasa, bukan berkas Word.",
    ),
    "xml-rusak.docx": (lambda: hostile.with_document(b"<w:document"), "Isi berkas Word rusak"),
    "tanpa-isi.docx": (
        lambda: hostile.with_document(f"<w:document {given.NS}><w:body/></w:document>".encode()),
        "Tidak ada teks yang dapat dibaca di berkas ini.",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence_and_nothing_written(
    name: str, plan: Masterplan, people: People, settings: Any
) -> None:
    make, sentence = REFUSED[name]
    data = make()
    begin = time.monotonic()
    with pytest.raises(Refusal) as refused:
        imports.read_word_file(plan=plan, data=data, name=name, book="", by=people.coordinator)
    assert refused.value.sentence.startswith(sentence)
    assert time.monotonic() - begin < 2
    assert WordImport.objects.count() == 0
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.django_db
def test_file_above_25_mb(plan: Masterplan, people: People) -> None:
    with pytest.raises(Refusal) as refused:
        imports.read_word_file(plan=plan, data=bytes(25_000_001), name="x.docx", book="", by=people.coordinator)
    assert refused.value.status == 413


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A web server that writes down every visit."""
    visits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/kenari.png", visits
    server.shutdown()
    server.server_close()


def test_pictures_outside_the_file_are_never_fetched(canary: tuple[str, list[str]]) -> None:
    address, visits = canary
    reading = read_in_child(WORD, hostile.outside_pictures(address), "x.docx")
    assert (visits, reading["pictures"]) == ([], {})
    assert [(n["kind"], n["said"]) for n in reading["notes"]] == [("external", [address])]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "\\\\host\\share\\x.png", "http://169.254.169.254/latest/"])
def test_pictures_of_the_server_are_never_read(address: str) -> None:
    reading = read_in_child(WORD, hostile.outside_pictures(address), "x.docx")
    assert "root:" not in str(reading)
    assert [n["kind"] for n in reading["notes"]] == ["external"]


def test_only_web_and_mail_addresses_become_links() -> None:
    evil = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "vbscript:x",
        "data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "//evil.example", "http://", "\\\\host\\x",
        "mailto:", "ftp://a.example/", "blob:x", "x:javascript:alert(1)",
    ]  # fmt: skip
    good = ["https://a.example/x?y=1", "http://a.example", "mailto:a@b.example"]
    reading = read_word(hostile.addresses(*evil, *good))
    marks = [
        mark["attrs"]["href"]
        for segment in reading["segments"]
        for block in segment["blocks"]
        for node in block.get("content", ())
        for mark in node.get("marks", ())
        if mark["type"] == "link"
    ]
    assert marks == [address for address in good for _ in range(2)]


def test_huge_spans_and_many_rows_are_clamped_and_named() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr>{paragraph(run("lebar"))}</w:tc>'
    first = row(cell("atas", merge="restart"), cell("b"))
    rows = "".join(row(cell("", merge="continue"), cell("x")) for _ in range(2500))
    body = table(row(wide)) + table(first, rows) + table(*(row(cell(f"k{i}")) for i in range(80)))
    xml = f"<w:document {given.NS}><w:body>{paragraph(run('Teks'))}{body}</w:body></w:document>"
    reading = read_word(hostile.with_document(xml.encode()))
    blocks = reading["segments"][0]["blocks"]
    assert {n["kind"] for n in reading["notes"]} == {"cut"}
    assert [len(b["content"]) for b in blocks if b["type"] == "table"] == [1, 1900, 80]
    spans = [c["attrs"]["rowspan"] for b in blocks if b["type"] == "table" for c in b["content"][0]["content"]]
    assert spans == [1, 500, 1, 1]


def test_text_of_a_file_is_never_markup() -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&amp;".replace("<", "&lt;").replace(">", "&gt;")
    xml = (
        f"<w:document {given.NS}><w:body>{paragraph(run('Judul ' + nasty), style='Heading2')}{paragraph(run(nasty))}"
        f"{table(row(cell(nasty)))}</w:body></w:document>"
    )
    reading = read_word(hostile.with_document(xml.encode()))
    html = prose.to_html({"type": "doc", "content": [b for s in reading["segments"] for b in s["blocks"]]})
    assert "<script" not in html
    assert "<img" not in html


def test_child_that_takes_too_long_or_too_much_is_ended() -> None:
    data = given.masterplan()
    with pytest.raises(Incomplete):
        read_in_child(WORD, data, "x.docx", limits=Limits(seconds=0.01))
    with pytest.raises(Incomplete):
        read_in_child(WORD, data, "x.docx", limits=Limits(memory_bytes=30_000_000))


def test_child_loads_no_django() -> None:
    modules = "import sys, masterplan.word.__main__; print([m for m in ('django', 'prosemirror') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", modules], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: seen.append(kwargs["env"]) or real(*args, **kwargs))
    read_in_child(WORD, hostile.plain(), "x.docx")
    assert set(seen[0]) == {"PATH", "HOME", "PYTHONPATH", "PYTHONUTF8"}
