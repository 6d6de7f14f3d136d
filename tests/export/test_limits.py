"""A job ends within its limits and at once when it is called off; what is set by then stays."""

import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection

from export import children
from export.asking import ask_export, cancel_export
from export.children import Limits, TypesettingError
from export.domain import run_export
from export.enums import ExportState
from export.formats.apart import written_apart
from export.formats.made import made, material
from export.job import Progress
from export.models import ExportJob
from export.press import typeset
from export.shelf import Shelf
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan
from smartcity.accounts.enums import Role
from tests.bimtek.given import section_of
from tests.export.test_hostile_books import SMALL, rows, whole
from tests.export.test_press import small_job
from tests.people import make_plan
from tests.smartcity.accounts.given import person

LONG = "<table>" + ("<tr>" + "<td>x</td>" * 40 + "</tr>") * 3000 + "</table>"


class Stopped(Exception):
    pass


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> "list[subprocess.Popen[str]]":
    """The real processes, remembered."""
    found: list[subprocess.Popen[str]] = []
    start = children.start

    def remembered(job: Path) -> children.Child:
        child = start(job)
        found.append(child.process)
        return child

    monkeypatch.setattr(children, "start", remembered)
    return found


@pytest.mark.parametrize("limits", [Limits(whole_seconds=4), Limits(whole_cpu_seconds=3)])
def test_a_whole_job_has_limits_and_the_sentence_names_the_part(
    tmp_path: Path, limits: Limits, started: "list[subprocess.Popen[str]]"
) -> None:
    shelf = Shelf(tmp_path / "parts", 10**9)
    with pytest.raises(TypesettingError, match=r"batas waktu.* Yang sedang ditata: Buku I, Bab I, 1\.2\."):
        typeset(small_job("<h1>Satu</h1>", LONG), tmp_path / "x.pdf", limits=limits, shelf=shelf)
    assert [process.poll() is None for process in started] == [False] * len(started)
    assert not (tmp_path / "x.pdf").exists()


def test_a_listener_may_stop_the_work_while_a_part_is_set(
    tmp_path: Path, started: "list[subprocess.Popen[str]]"
) -> None:
    told: list[Progress] = []

    def listen(progress: Progress) -> None:
        told.append(progress)
        if progress.done and len(told) > 3:
            raise Stopped

    shelf = Shelf(tmp_path / "parts", 10**9)
    with pytest.raises(Stopped):
        typeset(small_job("<h1>Satu</h1>", LONG), tmp_path / "x.pdf", listen=listen, shelf=shelf)
    assert (told[-1].done, told[-1].total, told[-1].activity) == (1, 2, "Buku I, Bab I, 1.1")
    assert [process.poll() is None for process in started] == [False] * len(started)
    assert typeset(small_job("<h1>Satu</h1>"), tmp_path / "y.pdf", shelf=shelf).hits == 1


def test_a_running_job_that_is_called_off_leaves_no_file(own_database: None, settings: Any, tmp_path: Path) -> None:
    """Worker and web are two threads here, each with a connection of its own."""
    settings.PARTS_ROOT = tmp_path / "parts"
    plan, coordinator = make_plan(), person(Role.COORDINATOR)
    for code in ("B1.1.1", "B1.2.1", "B1.3.1", "B1.4.1"):
        replace_text(section_of(plan, code), doc=whole(rows(1500, SMALL)), by=None)
    job = ask_export(plan=plan, books=["B1"], by=coordinator)

    def work() -> None:
        run_export(job.pk)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    while not ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, progress__gt=0).exists():
        assert worker.is_alive(), ExportJob.objects.get(pk=job.pk).state
        time.sleep(0.05)
    assert " dari " in ExportJob.objects.get(pk=job.pk).activity
    cancel_export(job, by=coordinator)
    worker.join(timeout=30)
    assert not worker.is_alive()
    job.refresh_from_db()
    assert (job.state, job.file, job.activity) == (ExportState.CANCELLED, "", "")
    assert list((Path(configured.MEDIA_ROOT) / "exports").iterdir()) == []
    assert list((tmp_path / "parts").glob("??/*.part"))
    assert ask_export(plan=plan, books=["B1"], by=coordinator).state == ExportState.WAITING


def apart(file_format: str, plan: Masterplan, limits: Limits) -> bytes:
    return written_apart(
        file_format, material(file_format, plan, None), name=file_format, limits=limits, pulse=lambda: None
    )


@pytest.mark.parametrize("file_format", ["docx", "xlsx", "pptx", "json"])
def test_the_other_formats_are_written_apart_without_a_database(banjar: Masterplan, file_format: str) -> None:
    assert apart(file_format, banjar, Limits()) == made(file_format, banjar, None)


@pytest.mark.parametrize(
    "limits", [Limits(whole_seconds=0.2), Limits(memory_bytes=90_000_000), Limits(whole_cpu_seconds=1)]
)
def test_too_much_ends_with_a_sentence(banjar: Masterplan, limits: Limits) -> None:
    with pytest.raises(TypesettingError, match=r"Pembuatan berkas docx (berhenti|gagal)"):
        apart("docx", banjar, limits)


def test_writing_stops_when_the_job_is_called_off(banjar: Masterplan) -> None:
    def stop() -> None:
        raise Stopped

    content = material("docx", banjar, None)
    with pytest.raises(Stopped):
        written_apart("docx", content, name="Word", limits=Limits(), pulse=stop)
