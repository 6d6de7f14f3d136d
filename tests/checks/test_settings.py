"""Unsafe settings stop the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 60
GOOD = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgres://x@127.0.0.1:1/x",
    "PRODUCTION": "1",
    "ALLOWED_HOSTS": "a.example",
}


def load(**environment: str) -> str:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-c", "import smartcity.settings"]
    result = subprocess.run(command, cwd=ROOT, env=keep | environment, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else result.stderr.strip().splitlines()[-1]


def test_production_settings_load() -> None:
    assert load(**GOOD) == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY harus berisi sedikitnya 50 aksara acak."),
        ({"DEMO": "1"}, "Mode contoh (DEMO) dan DEBUG ditolak bersama setelan produksi (PRODUCTION=1)."),
        ({"DEBUG": "1"}, "Mode contoh (DEMO) dan DEBUG ditolak bersama setelan produksi (PRODUCTION=1)."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS tidak boleh berisi '*'."),
    ],
)
def test_unsafe_production_settings_are_refused(change: dict[str, str], sentence: str) -> None:
    assert load(**(GOOD | change)) == f"django.core.exceptions.ImproperlyConfigured: {sentence}"


def test_missing_secret_stops_the_start() -> None:
    environment = {name: value for name, value in GOOD.items() if name != "SECRET_KEY"}
    assert "SECRET_KEY" in load(**environment)
