"""What a hostile hand puts into a section must neither reach a file or a server nor hang the worker: through real jobs."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from export.asking import ask_export
from export.domain import run_export
from export.enums import ExportState
from export.job import Part, PrintJob
from export.models import ExportJob
from export.press import typeset
from masterplan import prose
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan
from masterplan.prose import Refused
from tests.bimtek.given import paragraph, section_of
from tests.export.trap import trap
from tests.hostile.places import block, cell, item, link, text
from tests.hostile.places import paragraph as para
from tests.people import People

CODE = "B1.1.1"
CANARY = "rahasia-kenari"
# {web}: the trap's address; {file}: a file whose words may appear nowhere.
ATTACKS = (
    '<img src="{web}a.png" alt="x">', '<img src="{file}" alt="x">', '<img srcset="{web}b.png 2x" alt="x">',
    '<picture><source srcset="{web}c.png"><img src="{web}c2.png" alt="x"></picture>', '<object data="{web}d.pdf">x</object>',
    '<embed src="{web}e.svg">', '<iframe src="{web}f.html"></iframe>', '<object data="{file}" type="text/plain">x</object>',
    '<link rel="stylesheet" href="{web}g.css">', '<link rel="attachment" href="{file}">', '<a rel="attachment" href="{file}">x</a>',
    '<style>@import "{web}h.css";</style>', '<style>@font-face {{ font-family: x; src: url({web}i.woff2) }} p {{ font-family: x }}</style>',
    '<p style="background: url({web}j.png)">x</p>', '<ul style="list-style-image: url({web}k.png)"><li>x</li></ul>',
    '<style>p::before {{ content: url({web}l.png) }}</style>', '<p style="border-image: url({web}m.png) 30">x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image width="9" height="9" xlink:href="{web}n.png"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image width="9" height="9" href="{file}"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{web}o.svg#x"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "{web}p.css";</style><rect width="9" height="9"/></svg>',
    '<base href="{web}"><img src="q.png" alt="x">', '<meta http-equiv="refresh" content="0; url={web}r">', '<input type="image" src="{web}s.png">',
    '<video poster="{web}t.png"></video>', '<body background="{web}u.png"><table background="{web}v.png"><tr><td>x</td></tr></table>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22{web}w.png%22/%3E%3C/svg%3E" alt="x">',
)  # fmt: skip


def attacks(port: int, folder: Path) -> list[str]:
    canary = folder / "kenari.txt"
    canary.write_text(CANARY)
    return [attack.format(web=f"http://127.0.0.1:{port}/", file=canary.as_uri()) for attack in ATTACKS]


def made(plan: Masterplan, people: People) -> ExportJob:
    job = ask_export(plan=plan, books=["B1"], by=people.coordinator)
    run_export(job.pk)
    job.refresh_from_db()
    return job


def whole(*nodes: dict[str, Any]) -> dict[str, Any]:
    return prose.with_ids({"type": "doc", "content": list(nodes)})


def words_in(path: Path) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - only where a file is read

    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_markup_that_got_past_everything_fetches_nothing(tmp_path: Path) -> None:
    """As if it stood in a part: the process that sets the pages has nothing to fetch with."""
    with trap() as (port, asked):
        body = "".join(attacks(port, tmp_path))
        part = Part("Buku I, Bab I", f"<html lang=id><title>x</title><body>{body}<p>Akhir</p>")
        typeset(PrintJob("Judul", "Pemerintah", (part,), (), "", {}), tmp_path / "x.pdf")
    assert (len(ATTACKS), asked) == (27, [])
    assert CANARY not in words_in(tmp_path / "x.pdf")
    assert CANARY.encode() not in (tmp_path / "x.pdf").read_bytes()


def test_attacks_in_every_field_of_a_section_are_printed_as_words(
    plan: Masterplan, people: People, tmp_path: Path
) -> None:
    with trap() as (port, asked):
        nodes = []
        for attack in attacks(port, tmp_path):
            nodes += [para(text(attack), {"type": "footnote", "attrs": {"text": attack}})]
            nodes += [block("heading", text(attack), level=3), block("bulletList", item(para(text(attack))))]
            nodes += [block("tableCaption", text(attack)), block("table", block("tableRow", cell(para(text(attack)))))]
        nodes += [link(f"http://127.0.0.1:{port}/x")]
        replace_text(section_of(plan, CODE), doc=whole(*nodes), by=None)
        job = made(plan, people)
    assert (job.state, job.reason, asked) == (ExportState.DONE, "", [])
    printed = re.sub(r"\s|\u200b|-", "", words_in(Path(settings.MEDIA_ROOT) / job.file))
    assert "<iframesrc=" in printed
    assert CANARY.replace("-", "") not in printed


def rows(count: int, *cells: dict[str, Any]) -> dict[str, Any]:
    return {"type": "table", "content": [{"type": "tableRow", "content": list(cells)}] * count}


def nested(kind: str, depth: int) -> dict[str, Any]:
    node = para(text("dalam"))
    for _ in range(depth):
        node = block("bulletList", item(para(text("luar")), node)) if kind == "bulletList" else block(kind, node)
    return node


SMALL = cell(para(text("x")))
BOMBS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "a span of a million columns": lambda: [rows(2, cell(para(text("x")), colspan=1_000_000))],
    "a span of a million rows": lambda: [rows(2, cell(para(text("x")), rowspan=1_000_000))],
    "the widest spans that are allowed": lambda: [rows(260, *[cell(para(text("x")), colspan=60)] * 8)],
    "rows that all reach down": lambda: [rows(260, *[cell(para(text("x")), rowspan=500)] * 8)],
    "thousands of rows": lambda: [rows(1500, SMALL)],
    "hundreds of columns": lambda: [rows(6, *[SMALL] * 290)],
    "a cell of many pages": lambda: [rows(1, cell(*[para(text("kata " * 40))] * 900), SMALL)],
    "lists in lists": lambda: [nested("bulletList", 14)] * 100,
    "a thousand levels": lambda: [nested("blockquote", 1000)],
    "one word without an end": lambda: [para(text("w" * 350_000))],
    "one line without an end": lambda: [para(text("kata " * 75_000))],
    "signs above signs": lambda: [para(text("a" + "\u0301" * 150_000))],
    "both directions": lambda: [para(text("\u202eabc\u202d\u05d0" * 20_000))],
    "thousands of footnotes": lambda: [para(*[{"type": "footnote", "attrs": {"text": "catatan"}}] * 4000)],
    "thousands of headings": lambda: [block("heading", text("judul"), level=3)] * 3000,
    "every letter in another mark": lambda: [
        para(*[text(sign, {"type": mark}) for sign in "abcdef" for mark in ("bold", "italic", "underline")] * 250)
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_its_job_ends(plan: Masterplan, people: People, settings: Any, name: str) -> None:
    """With 15 seconds instead of a minute, so that what would take longer shows how it ends and what comes after it."""
    settings.EXPORT_PART_SECONDS = 15
    try:
        replace_text(section_of(plan, CODE), doc=whole(*BOMBS[name]()), by=None)
    except (Refused, RecursionError):
        return
    job = made(plan, people)
    if job.state == ExportState.DONE:
        return
    assert job.state == ExportState.FAILED
    assert re.match(r"Penataan halaman (berhenti|gagal) pada Buku I, ", job.reason), job.reason
    assert job.section
    replace_text(section_of(plan, CODE), doc=paragraph("Biasa."), by=None)
    assert made(plan, people).state == ExportState.DONE


def test_there_are_as_many_bombs_as_the_bar_asks_for() -> None:
    assert len(BOMBS) == 16
