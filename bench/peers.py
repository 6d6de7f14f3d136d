"""The same book through other typesetters, for `make bench-export`: Chromium, paged.js, LibreOffice, Typst.

They get the parts as one HTML file (Chromium, paged.js), our Word file (LibreOffice) or headings, paragraphs, lists, tables and
notes of that HTML as Typst source. None of them makes the tagged archive copy with numbers, contents and stamps; they are here
for what setting the pages alone costs. What is not installed is said, not measured.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "build" / "peers"
PAGED = TOOLS / "node_modules" / "pagedjs" / "dist" / "paged.polyfill.min.js"
PAGED_VERSION = "0.4.3"
BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
LIMIT = 900
PRINTED = "() => window.PagedPolyfill ? document.querySelectorAll('.pagedjs_page').length : -1"


class AbsentError(Exception):
    """The peer is not on this machine; the message says what is missing."""


@dataclass(frozen=True)
class Taken:
    """`cpu` is None where the work is done by processes that are not our own."""

    seconds: float
    cpu: float | None
    pages: int

    def __str__(self) -> str:
        cpu = "unknown" if self.cpu is None else f"{self.cpu:6.2f} s"
        return f"{self.pages:4} pages  {self.seconds:6.2f} s  processor {cpu}"


def fetch_tools() -> None:
    """From the package registries, into build/; a peer that cannot be had is left out."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    if shutil.which("npm") and not PAGED.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(TOOLS)]
        subprocess.run([*command, f"pagedjs@{PAGED_VERSION}"], check=False)
    if not (TOOLS / "python" / "typst").exists():
        uv = subprocess.run([ROOT / "scripts" / "uv.sh"], check=True, capture_output=True, text=True).stdout.strip()
        subprocess.run([uv, "pip", "install", "--quiet", "--target", str(TOOLS / "python"), "typst"], check=False)


def peers(plan: Any, books: list[str], folder: Path) -> Iterator[tuple[str, Callable[[], Taken]]]:
    """Each with its input ready in `folder`."""
    from export.document import build  # noqa: PLC0415 - needs Django
    from export.formats.made import made  # noqa: PLC0415
    from export.html import print_job  # noqa: PLC0415

    job = print_job(build(plan, books))
    bodies = [match[1] for part in job.parts if (match := BODY.search(part.html))]
    for name, body in job.assets.items():
        (folder / name).write_bytes(body)
    for name, script in (("plain", ""), ("paged", f'<script src="{PAGED.name}"></script>')):
        page = f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{job.title}</title>'
        page += f"<style>{''.join(job.styles)}</style>{script}<body>{''.join(bodies)}"
        (folder / f"{name}.html").write_text(page.replace("asset:", ""), encoding="utf-8")
    if PAGED.exists():
        shutil.copy(PAGED, folder)
    (folder / "book.docx").write_bytes(made("docx", plan, books))
    (folder / "book.typ").write_text(typst_source(bodies), encoding="utf-8")
    yield "Chromium print", lambda: chromium(folder, "plain")
    yield "Chromium with paged.js", lambda: chromium(folder, "paged")
    yield "LibreOffice from our Word", lambda: libreoffice(folder)
    yield "Typst, an equivalent", lambda: typst(folder)


def _timed(action: Callable[[], Path]) -> Taken:
    import pikepdf  # noqa: PLC0415

    started, used = time.perf_counter(), os.times()
    path = action()
    seconds, now = time.perf_counter() - started, os.times()
    with pikepdf.open(path) as pdf:
        return Taken(seconds, sum(now[:4]) - sum(used[:4]), len(pdf.pages))


def chromium(folder: Path, name: str) -> Taken:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.conftest import browser_path  # noqa: PLC0415

    if name == "paged" and not PAGED.exists():
        raise AbsentError("paged.js")

    def work() -> Path:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_default_timeout(LIMIT * 1000)
            page.goto((folder / f"{name}.html").as_uri())
            if name == "paged":
                _await_pages(page)
            page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True, tagged=True, outline=True)
            browser.close()
        return folder / f"{name}.pdf"

    return replace(_timed(work), cpu=None)


def _await_pages(page: Any) -> None:
    """paged.js says nothing when it has ended: it has when no page came for two seconds."""
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < 2:
        count = page.evaluate(PRINTED)
        if count != seen:
            seen, since = count, time.monotonic()
        time.sleep(0.1)


def libreoffice(folder: Path) -> Taken:
    program = shutil.which("soffice")
    if program is None:
        raise AbsentError("LibreOffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "book.docx"),
    ]

    def work() -> Path:
        subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
        return folder / "book.pdf"

    return _timed(work)


def typst(folder: Path) -> Taken:
    if not (TOOLS / "python" / "typst").exists():
        raise AbsentError("Typst")
    program = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['ua-1'])"
    environment = os.environ | {"PYTHONPATH": str(TOOLS / "python")}

    def work() -> Path:
        command = [sys.executable, "-c", program, str(folder / "book.typ"), str(folder / "typst.pdf")]
        subprocess.run(command, check=True, env=environment, timeout=LIMIT)
        return folder / "typst.pdf"

    return _timed(work)


# -- Typst source -----------------------------------------------------------------------------------------------------

HEAD = """#set document(title: "Masterplan")
#set page(paper: "a4", margin: 25mm, numbering: "1")
#set text(lang: "id", size: 10.5pt)
#set par(justify: true)
#show figure: set block(breakable: true)
#outline()
"""


def typst_source(bodies: list[str]) -> str:
    from lxml import html  # noqa: PLC0415

    text = "".join(_typst(html.fragment_fromstring(body, create_parent="div")) for body in bodies)
    return HEAD + _without_skips(text)


def _without_skips(text: str) -> str:
    """PDF/UA knows no heading that is more than one level below the one before."""
    above = 0

    def level(found: re.Match[str]) -> str:
        nonlocal above
        above = min(len(found[1]), above + 1)
        return "=" * above + " "

    return re.sub(r"^(=+) ", level, text, flags=re.MULTILINE)


def _words(node: Any) -> str:
    return re.sub(r"([\\#$*_`<>@~\[\]=/+\-])", r"\\\1", " ".join("".join(node.itertext()).split()))


def _typst(node: Any) -> str:
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag in ("svg", "style", "script") or not tag:
        return ""
    if re.fullmatch("h[1-6]", tag):
        return f"\n{'=' * int(tag[1])} {_words(node)}\n\n" if _words(node) else ""
    if tag == "table":
        return _table(node)
    if tag in ("ul", "ol"):
        mark = "-" if tag == "ul" else "+"
        return "".join(f"\n{mark} {_words(item)}" for item in node.iterchildren("li")) + "\n\n"
    if tag in ("p", "figcaption", "dt", "dd"):
        return f"{_words(node)}\n\n"
    return "".join(_typst(child) for child in node.iterchildren())


def _table(node: Any) -> str:
    rows = node.xpath(".//tr")
    width = max((sum(int(cell.get("colspan", 1)) for cell in row.xpath("./td|./th")) for row in rows), default=0)
    if not width:
        return ""
    cells = [
        f"table.cell(colspan: {cell.get('colspan', 1)}, rowspan: {cell.get('rowspan', 1)})[{_words(cell)}]"
        for row in rows
        for cell in row.xpath("./td|./th")
    ]
    return f"\n#table(columns: {width}, {', '.join(cells)})\n\n"
