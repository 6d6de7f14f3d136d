"""A real server, a real worker and a real browser on a database of their own, copied from the template."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 30


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
        self.environment = os.environ | {"DATABASE_URL": database, "DEMO": "1", "MEDIA_ROOT": str(media)}
        self.processes: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        result = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def start(self) -> None:
        options = ["--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--log-level", "error"]
        self._spawn("-m", "gunicorn", "smartcity.wsgi", "--bind", f"127.0.0.1:{self.port}", *options)
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
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

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.replace("postgres://", "postgresql://")) as connection:
            return connection.execute(sql, values).fetchall()  # type: ignore[call-overload]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """With the regions, the outline and the example people; no plan yet."""
    name = f"journey_{uuid.uuid4().hex[:12]}"
    named = os.environ["DATABASE_URL"]
    maintenance = named.replace("postgres://", "postgresql://")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE smartcity_template")
    running = Server(named.replace("/postgres?", f"/{name}?"), tmp_path / "media")
    running.start()
    yield running
    running.kill()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def example(server: Server) -> Server:
    """With Kabupaten Banjar's plan and the example people."""
    server.manage("load_demo")
    return server


@pytest.fixture
def sign_in() -> Callable[[Server, BrowserContext, str], Page]:
    def enter(server: Server, context: BrowserContext, name: str) -> Page:
        page = context.new_page()
        page.goto(f"{server.url}/akun/login/")
        page.locator(".demo form", has_text=name).get_by_role("button").first.click()
        page.wait_for_url(f"{server.url}/")
        return page

    return enter
