"""Worker, web and database are killed at ten moments of an export: each ends with one whole file, or with a reason and none."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from database import POSTGRES_BIN_PATH, start_postgres
from pypdf import PdfReader

from tests.journeys.conftest import Server

MOMENTS = ("worker", "database", "web", "worker", "worker", "database", "worker", "web", "database", "worker")
TEMPLATE = "smartcity_template"
LIMIT = 120
PAGE = "/rencana/63.03-2026/ekspor/"
TOKEN = "t" * 32
PREPARE = """
from masterplan.domain.section import replace_text
from smartcity.accounts.enums import Role
from tests.bimtek.given import paragraph, section_of
from tests.people import make_plan
from tests.smartcity.accounts.given import client_of, person
plan = make_plan()
for code in ("B3.1.1", "B3.2.1", "B3.3.1"):
    replace_text(section_of(plan, code), doc=paragraph("Kalimat yang ditata. " * 400), by=None)
print(client_of(person(Role.COORDINATOR)).cookies["sessionid"].value)
"""


class Database:
    """A PostgreSQL of its own with a copy of the template, at an address that outlives it: a socket, because who knocks at
    the port of a dead server may become its owner."""

    def __init__(self, home: Path) -> None:
        self.folder, self.socket = home / "data", home
        self.url = f"postgres://postgres@/plan?host={home}"

    def start(self) -> None:
        self.process = start_postgres(self.folder, self.socket, fast=True)

    def fill(self) -> None:
        source = os.environ["DATABASE_URL"].replace("/postgres?", f"/{TEMPLATE}?")
        with psycopg.connect(self.url.replace("/plan?", "/postgres?"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE plan")
        content = subprocess.run([POSTGRES_BIN_PATH / "pg_dump", source], check=True, capture_output=True).stdout
        subprocess.run([POSTGRES_BIN_PATH / "psql", "-q", self.url], check=True, input=content, capture_output=True)

    def kill(self) -> None:
        """The postmaster and all that it started, at once."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in (self.process.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


class Site:
    """Web, worker and database, each a process of its own, and a coordinator who is signed in."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.server = Server(database.url, folder / "media")
        self.server.environment |= {"PARTS_ROOT": str(folder / "parts"), "LOG_LEVEL": "CRITICAL"}
        self.parts, self.files = folder / "parts", folder / "media" / "exports"
        self.session = self.server.manage("shell", "-v", "0", "-c", PREPARE).split()[-1]
        self.web, self.worker = self._web(), self._worker()

    def _web(self) -> "subprocess.Popen[bytes]":
        self.server.start()
        return self.server.processes.pop()

    def _worker(self) -> "subprocess.Popen[bytes]":
        self.server.start_worker()
        return self.server.processes.pop()

    def ask(self) -> None:
        """From the beginning: no part is set, no former file can be linked."""
        self.query("DELETE FROM export_exportjob RETURNING 1")
        shutil.rmtree(self.parts, ignore_errors=True)
        shutil.rmtree(self.files, ignore_errors=True)
        assert self.visit("POST", f"csrfmiddlewaretoken={TOKEN}&buku=B3&format=pdf-small") == 302

    def visit(self, method: str = "GET", form: str = "") -> int:
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {
            "Cookie": f"csrftoken={TOKEN}; sessionid={self.session}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, PAGE, form, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def query(self, sql: str) -> list[tuple[object, ...]]:
        return self.server.query(sql)

    def strike(self, victim: str) -> None:
        """Kills it; web and database start again at once, the worker when `end` finds it gone."""
        if victim == "web":
            _kill(self.web)
            self.web = self._web()
        elif victim == "database":
            self.database.kill()
            time.sleep(0.5)
            self.database.start()
        else:
            _kill(self.worker)

    def _watch(self) -> None:
        """As scripts/run.py does. Without a database a worker may end by itself."""
        if self.worker.poll() is not None:
            self.worker = self._worker()
            self._let_a_minute_pass()

    def _let_a_minute_pass(self) -> None:
        """What is taken for dead after half a minute is so now, and the task of each minute is due."""
        self.query("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' RETURNING 1")
        self.query(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'export.tasks.retry_stalled', '{\"timestamp\": 1}') RETURNING 1"
        )

    def end(self) -> tuple[str, str, str, int]:
        """State, reason, digest and pages of the job when it has ended."""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            self._watch()
            [found] = self.query("SELECT state, reason, sha256, pages FROM export_exportjob")
            if found[0] not in ("waiting", "running"):
                return found  # type: ignore[return-value]
            time.sleep(0.1)
        pytest.fail(str(self.query("SELECT state, activity FROM export_exportjob")))

    def close(self) -> None:
        _kill(self.web)
        _kill(self.worker)
        self.database.kill()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        # A short path outside pytest's folders, which another run closes to the database's user.
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="smartcity-", ignore_cleanup_errors=True)))
        database = Database(home)
        database.start()
        database.fill()
        running = Site(database, tmp_path)
        stack.callback(running.close)
        yield running


@pytest.mark.long
def test_every_job_ends_whatever_is_killed_and_leaves_one_whole_file_or_none(site: Site) -> None:
    chance = random.Random(28)  # noqa: S311 - the same moments every time
    site.ask()
    begin = time.monotonic()
    assert site.end()[0] == "done"
    usual = time.monotonic() - begin
    for number, victim in enumerate(MOMENTS, start=1):
        site.ask()
        time.sleep(chance.random() * usual)
        site.strike(victim)
        state, reason, digest, pages = site.end()
        left = sorted(site.files.glob("*")) if site.files.exists() else []
        where = (number, victim, state, reason)
        assert len(left) == (state == "done"), (where, left)
        if left:
            assert sha256(left[0].read_bytes()).hexdigest() == digest, where
            assert len(PdfReader(left[0]).pages) == pages > 2, where
        else:
            assert reason, where
        assert site.visit() == 200, where
