"""Loaded before Django: an own PostgreSQL for the session (or the named one) and the settings' environment.

The controller starts the server once and migrates one template database; every worker's test database is a copy of it.
"""

import atexit
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from database import running_postgres

ROOT = Path(__file__).resolve().parents[1]


def _prepare_environment() -> None:
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "k" * 50)
    os.environ["DEMO"] = "0"
    os.environ["DEBUG"] = "0"
    os.environ["SET_AHEAD_SECONDS"] = "0"  # tests of it turn it on
    os.environ.pop("PRODUCTION", None)


def _start() -> None:
    _prepare_environment()
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    resources = ExitStack()
    atexit.register(resources.close)
    folder = Path(
        resources.enter_context(tempfile.TemporaryDirectory(prefix="smartcity-test-", ignore_cleanup_errors=True))
    )
    folder.chmod(0o755)
    for name in ("media", "static", "parts"):
        (folder / name).mkdir()
        os.environ[f"{name.upper()}_ROOT"] = str(folder / name)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = resources.enter_context(running_postgres(folder / "postgres", fast=True))
    command = [sys.executable, str(ROOT / "tests" / "make_template.py")]
    subprocess.run(command, check=True, cwd=ROOT)


_start()
