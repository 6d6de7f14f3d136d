"""What may not be in the repository, and what must be in it."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Choices

from smartcity.accounts.enums import Role

ROOT = Path(__file__).resolve().parents[2]
OURS = ("accounts", "regency", "audit", "masterplan", "quickwin", "bimtek", "export")


def tracked_files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_locks_name_no_download_address() -> None:
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "editor" / "package-lock.json"]
    assert {p.name: ("http://" in p.read_text() or '"resolved"' in p.read_text()) for p in locks} == {
        p.name: False for p in locks
    }
    assert "uv.lock" not in tracked_files()


def test_vendor_list_equals_the_files() -> None:
    vendor = ROOT / "static" / "vendor"
    lines = [line.split() for line in (vendor / "VENDOR.txt").read_text().splitlines() if not line.startswith("#")]
    listed = {path: digest for digest, path, _version, _licence in lines}
    found = {
        str(p.relative_to(vendor)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in vendor.rglob("*")
        if p.is_file() and p.name != "VENDOR.txt"
    }
    assert listed == found


def test_glossary_has_every_model_choice_and_role() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    models = [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]
    enums = [
        enum
        for enum in Choices.__subclasses__()
        for enum in enum.__subclasses__()
        if enum.__module__.split(".")[0] in ("smartcity", "masterplan", "quickwin", "bimtek", "export")
    ]
    names = [model.__name__ for model in models] + [enum.__name__ for enum in enums] + [role.name for role in Role]
    assert [name for name in names if f"`{name}`" not in glossary] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
