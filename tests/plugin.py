"""Loaded before Django: an own PostgreSQL for the session (or the named one) and the settings' environment.

The controller starts the server once and migrates one template database; every worker's test database is a copy of it.
Migrating takes a minute or two, so an own server's migrated data folder is kept for the next session with equal migrations.
"""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from database import running_postgres

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "test-databases"
KEPT_AT_MOST = 3


def _prepare_environment() -> None:
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "k" * 50)
    os.environ["DEMO"] = "0"
    os.environ["DEBUG"] = "0"
    os.environ["SET_AHEAD_SECONDS"] = "0"  # tests of it turn it on
    os.environ.pop("PRODUCTION", None)


def _make_template(*steps: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "tests" / "make_template.py"), *steps], check=True, cwd=ROOT)


def _key() -> str:
    """Of all that shapes a migrated database; reference data are loaded in every session."""
    shaping = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py"), ROOT / "requirements" / "base.txt"]
    digest = hashlib.sha256((ROOT / "tests" / "make_template.py").read_bytes())
    for path in sorted(shaping):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _lay_out(data: Path) -> None:
    """`data` becomes the folder of a stopped server that holds the migrated template."""
    kept = KEPT / _key()
    if kept.exists():
        kept.touch()
        shutil.copytree(kept, data)
        return
    with running_postgres(data, fast=True) as url:
        os.environ["DATABASE_URL"] = url
        _make_template("migrate")
    draft = KEPT / f"{kept.name}.{os.getpid()}"
    shutil.copytree(data, draft)
    try:
        draft.rename(kept)
    except OSError:  # another session was first
        shutil.rmtree(draft)
    for old in sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT_AT_MOST]:
        shutil.rmtree(old, ignore_errors=True)


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
    if "DATABASE_URL" in os.environ:
        _make_template("migrate")
    else:
        _lay_out(folder / "postgres")
        os.environ["DATABASE_URL"] = resources.enter_context(running_postgres(folder / "postgres", fast=True))
    _make_template("reference")


_start()
