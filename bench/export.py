"""`make bench-export`: the book from asking to the stored file, at about 50, 150, 300 and 600 pages; medians of three.

Plans grow through the database from the example, with a fixed seed. Each line: pages, seconds by the clock, seconds of processor
(own and of the typesetting processes), the largest typesetting process, this process (the bench has more loaded than a worker). Then the preview of every written section, and once each the peers
(`peers.py`). The machine's load stands beside it: on a busy one only the processor's seconds say something, and even they grow when
two threads share a core.

    .venv/bin/python bench/export.py [50] [150] [300] [600] [preview] [peers]
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers import AbsentError, fetch_tools, peers
from plant import PLAN, grow_programmes, load_now, prepared

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SEEDED = random.Random(20261128)  # noqa: S311 - the same plans every time
WHOLE = ["B1", "B2", "B3"]
# Books; how often every text stands once more below itself, and programmes. Each grows on what the one before left.
SIZES: dict[str, tuple[list[str], float, int]] = {
    "50": (["B1"], 0, 0),
    "150": (WHOLE, 0, 0),
    "300": (WHOLE, 1.15, 74),
    "600": (WHOLE, 1.1, 190),
}


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu: float
    pages: int
    typesetter: float  # MB of the largest process


def export(books: list[str]) -> Run:
    """A job as the worker runs it."""
    from export import domain  # noqa: PLC0415 - needs Django
    from export.models import ExportJob  # noqa: PLC0415
    from masterplan.models import Masterplan  # noqa: PLC0415

    job = ExportJob.objects.create(plan=Masterplan.objects.get(code=PLAN), books=books)
    peaks: list[int] = [0]
    typeset = domain.typeset

    def told(*args: Any, **more: Any) -> Any:
        printed = typeset(*args, **more)
        peaks.append(printed.peak_bytes)
        return printed

    domain.typeset = told
    started, used = time.perf_counter(), os.times()
    try:
        domain.run_export(job.pk)
    finally:
        domain.typeset = typeset
    seconds, now = time.perf_counter() - started, os.times()
    job.refresh_from_db()
    assert job.state == "done", job.reason
    return Run(seconds, sum(now[:4]) - sum(used[:4]), job.pages, max(peaks) / 1e6)


def resident(name: str) -> float:
    """MB of this process: `VmRSS` now, `VmHWM` the most since `forget_peak`."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def forget() -> None:
    from django.conf import settings  # noqa: PLC0415

    shutil.rmtree(settings.PARTS_ROOT, ignore_errors=True)


def forget_files() -> None:
    from export.models import ExportJob  # noqa: PLC0415

    forget()
    ExportJob.objects.all().delete()


def edit(section: Any, words: list[str], *, paragraphs: int) -> None:
    """New sentences: in the first paragraph, or as so many paragraphs at the end."""
    from masterplan.domain.section import replace_text  # noqa: PLC0415

    section.refresh_from_db()
    content = [dict(block) for block in section.doc["content"]]
    sentence = {"type": "text", "text": f"{' '.join(SEEDED.sample(words, 6)).capitalize()}."}
    if paragraphs:
        content += [
            {"type": "paragraph", "content": [sentence | {"text": sentence["text"] * 12}]} for _ in range(paragraphs)
        ]
    else:
        place = next(at for at, block in enumerate(content) if block["type"] == "paragraph")
        content[place] = {**content[place], "content": [sentence, *content[place]["content"][1:]]}
    replace_text(section, doc={**section.doc, "content": content}, by=None)


def largest_section(books: list[str]) -> Any:
    """The first text of the chapter with the most words."""
    from django.db.models import Sum  # noqa: PLC0415

    from masterplan.models import Section  # noqa: PLC0415

    texts = Section.objects.filter(plan__code=PLAN, outline_section__chapter__book__code__in=books)
    chapter = texts.values("outline_section__chapter").annotate(total=Sum("words")).order_by("-total").first()
    assert chapter
    return (
        texts.filter(outline_section__chapter=chapter["outline_section__chapter"], words__gt=80).in_book_order().first()
    )


def grow_texts(share: float) -> None:
    """Every text once more below itself, in so large a share of the sections."""
    from masterplan import prose  # noqa: PLC0415
    from masterplan.domain.section import replace_text  # noqa: PLC0415
    from masterplan.models import Section  # noqa: PLC0415

    for section in Section.objects.filter(plan__code=PLAN, words__gt=80):
        doc = section.doc
        for _ in range(int(share) + (SEEDED.random() < share % 1)):
            doc = {**doc, "content": [*doc["content"], *without_ids(section.doc)["content"]]}
        replace_text(section, doc=prose.with_ids(doc), by=None)


def without_ids(node: Any) -> Any:
    if isinstance(node, list):
        return [without_ids(child) for child in node]
    if not isinstance(node, dict):
        return node
    return {key: without_ids(value) for key, value in node.items() if key != "id"}


def measure(name: str, books: list[str], before: Callable[[], object]) -> None:
    runs = []
    for _ in range(ROUNDS):
        before()
        forget_peak()
        start = resident("VmRSS")
        runs.append(export(books))
    middle = [statistics.median(values) for values in zip(*((run.seconds, run.cpu) for run in runs), strict=True)]
    largest = max(run.typesetter for run in runs)
    own = resident("VmHWM")
    print(
        f"{name:<28} {runs[-1].pages:4} pages  {middle[0]:6.2f} s  processor {middle[1]:6.2f} s  "
        f"typesetter {largest:4.0f} MB  worker {own:4.0f} MB, {start:.0f} before  {load_now()}",
        flush=True,
    )


def measure_size(books: list[str]) -> None:
    section = largest_section(books)
    words = ["kinerja", "layanan", "warga", "daerah", "data", "mutu", "tepat", "waktu", "bersama", "terukur", "desa"]
    measure("cold", books, forget_files)
    measure("unchanged", books, lambda: None)
    measure("one paragraph edited", books, lambda: edit(section, words, paragraphs=0))
    measure("an edit that shifts pages", books, lambda: edit(section, words, paragraphs=4))


def measure_preview() -> None:
    """Every section with words or tables of its own, after its text has changed, as the panel beside the editor asks for it."""
    from export.preview import pages_of  # noqa: PLC0415 - needs Django
    from masterplan.models import Section  # noqa: PLC0415

    times = []
    for section in Section.objects.filter(plan__code=PLAN, words__gt=0).select_related("plan", "outline_section"):
        pages_of(section)
        started = time.perf_counter()
        pages_of(section)
        times.append((time.perf_counter() - started) * 1000)
    tail = statistics.quantiles(times, n=20)[-1]
    middle = statistics.median(times)
    print(f"preview of {len(times)} sections  median {middle:.0f} ms  p95 {tail:.0f} ms  {load_now()}", flush=True)


def measure_peers(books: list[str]) -> None:
    from masterplan.models import Masterplan  # noqa: PLC0415

    fetch_tools()
    with tempfile.TemporaryDirectory(prefix="smartcity-peers-", ignore_cleanup_errors=True) as name:
        for title, action in peers(Masterplan.objects.get(code=PLAN), books, Path(name)):
            try:
                taken = action()
            except AbsentError as error:
                print(f"{title:<28} not measured: {error} is not installed", flush=True)
                continue
            print(f"{title:<28} {taken}  {load_now()}", flush=True)


def main() -> None:
    wanted = sys.argv[1:] or [*SIZES, "preview", "peers"]
    with prepared(SET_AHEAD_SECONDS="0"):
        for size in (size for size in SIZES if size in wanted):
            books, share, programmes = SIZES[size]
            if share:
                grow_texts(share)
                grow_programmes(programmes)
            print(f"about {size} pages")
            measure_size(books)
        if "preview" in wanted:
            measure_preview()
        if "peers" in wanted:
            measure_peers(WHOLE)


if __name__ == "__main__":
    main()
