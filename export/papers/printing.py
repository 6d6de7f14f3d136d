"""From a paper to the bytes of its PDF: typeset at once in the limited child process, because papers are small."""

import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from export.faces import Face, face_rules, unpacked_faces
from export.figures.marks import draft_mark
from export.html import STATIC, breakable
from export.job import Part, PrintJob
from export.look import Look
from export.papers.words import printable
from export.press import Limits, TypesettingError, typeset
from smartcity.ui.refusal import Refusal

LIMITS = Limits(seconds=25, cpu_seconds=50, memory_bytes=900_000_000)
AT_ONCE = 2  # of one web process: a hall that asks for the same paper must not take all of its threads
PATIENCE = 20
FACES: tuple[Face, ...] = (
    ("Plus Jakarta Sans", 400, "normal"), ("Plus Jakarta Sans", 400, "italic"), ("Plus Jakarta Sans", 600, "normal"),
    ("Plus Jakarta Sans", 700, "normal"), ("Plus Jakarta Sans", 800, "normal"), ("Source Serif 4", 400, "normal"),
    ("Source Serif 4", 700, "normal"),
)  # fmt: skip
_room = threading.BoundedSemaphore(AT_ONCE)


class NotTypesetError(Refusal):
    status = 503


@dataclass(frozen=True)
class Paper:
    """`limit` stands on every page, empty for what everybody of the plan may read; `pictures` by asset.

    The first page has no head where a title of its own says the same.
    """

    name: str
    title: str
    region: str
    head: str
    limit: str = ""
    is_landscape: bool = False
    is_draft: bool = False
    is_head_on_first: bool = False
    look: Look = field(default_factory=Look)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def paper_job(paper: Paper, context: dict[str, Any]) -> PrintJob:
    given = {**context, "paper": paper}
    part = Part(
        name=paper.title,
        html=paper.look.coloured(breakable(printable(render_to_string(f"export/paper/{paper.name}.html", given)))),
        css=printable(render_to_string("export/paper/page.css", given)),
    )
    sheets = ("colours.css", "book/tables.css", "paper/paper.css", f"paper/{paper.name}.css")
    return PrintJob(
        title=paper.title,
        author=paper.region,
        parts=(part,),
        styles=(face_rules(FACES), *((STATIC / "css" / sheet).read_text(encoding="utf-8") for sheet in sheets)),
        tight_css="",
        variant="plain",
        assets=unpacked_faces(FACES)
        | dict(paper.pictures)
        | {"draft.svg": draft_mark(210, 297).encode(), "draft-landscape.svg": draft_mark(297, 210).encode()},
    )


def print_paper(paper: Paper, context: dict[str, Any]) -> bytes:
    """Raises NotTypesetError with a sentence for the person."""
    if not _room.acquire(timeout=PATIENCE):
        raise NotTypesetError("Sedang banyak dokumen ditata.", next_step="Tunggu sebentar, lalu minta lagi.")
    try:
        with tempfile.TemporaryDirectory(prefix="paper-") as folder:
            target = Path(folder) / "paper.pdf"
            typeset(paper_job(paper, context), target, limits=LIMITS)
            return target.read_bytes()
    except TypesettingError as error:
        raise NotTypesetError(str(error), next_step="Unduh sebagai Excel, atau saring isinya.") from error
    finally:
        _room.release()
