"""A real server, a real worker and a real browser on a database of their own, copied from the template."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 30
expect.set_options(timeout=20_000)  # journeys share two cores with their servers; what is right may be slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """gunicorn and worker as in `make run`, which a test may kill and start again on the same port."""

    def __init__(self, database: str, media: Path) -> None:
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.media = media
        self.environment = os.environ | {
            "DATABASE_URL": database,
            "DEMO": "1",
            "MEDIA_ROOT": str(media),
            "MAIL_FOLDER": str(media.parent / "mail"),
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        result = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self) -> None:
        options = ["--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--log-level", "error"]
        self._spawn("-m", "gunicorn", "smartcity.wsgi", "--bind", f"127.0.0.1:{self.port}", *options)
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if self._is_listening():
                return
            time.sleep(0.05)
        pytest.fail("the web server did not start")

    def start_worker(self) -> None:
        self._spawn("manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "1")

    def _spawn(self, *arguments: str) -> None:
        command = [sys.executable, *arguments]
        self.processes.append(
            subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL)
        )

    def kill(self) -> None:
        """As a power cut would: no chance to finish anything."""
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()
        self.processes.clear()
        while self._is_listening():  # a dying child still holds the port for a moment
            time.sleep(0.05)

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.replace("postgres://", "postgresql://")) as connection:
            return connection.execute(sql, values).fetchall()  # type: ignore[call-overload]


def _maintenance() -> str:
    return os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")


def _address(name: str) -> str:
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")


@contextmanager
def _running(template: str, media: Path) -> Iterator[Server]:
    name = f"journey_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(_maintenance(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    running = Server(_address(name), media)
    running.start()
    yield running
    running.kill()
    with psycopg.connect(_maintenance(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """With the regions, the outline and the example people; no plan yet."""
    with _running("smartcity_template", tmp_path / "media") as running:
        yield running


@pytest.fixture(scope="session")
def example_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Loaded once for all workers, whoever comes first: loading takes longer than most journeys."""
    name, unfinished = "smartcity_example", "smartcity_example_unfinished"
    with psycopg.connect(_maintenance(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(6303)")  # let go with the connection
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {unfinished} TEMPLATE smartcity_template")
            Server(_address(unfinished), tmp_path_factory.mktemp("example")).manage("load_demo")
            connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


@pytest.fixture
def example(example_template: str, tmp_path: Path) -> Iterator[Server]:
    """With Kabupaten Banjar's plan and the example people."""
    with _running(example_template, tmp_path / "media") as running:
        yield running


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[BrowserContext]:
    """Ends with a failure when a script failed or the content security policy refused something."""
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield context
    assert problems == []


@pytest.fixture
def sign_in() -> Callable[[Server, BrowserContext, str], Page]:
    def enter(server: Server, context: BrowserContext, name: str) -> Page:
        page = context.new_page()
        page.goto(f"{server.url}/akun/login/")
        page.locator(".demo form", has_text=name).get_by_role("button").first.click()
        page.wait_for_url(f"{server.url}/")
        return page

    return enter
