"""What may not be in the repository, and what must be in it."""

import ast
import hashlib
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Choices

from smartcity.accounts.enums import Role

ROOT = Path(__file__).resolve().parents[2]
SELF = "tests/checks/test_repository.py"
PACKAGES = ("smartcity", "masterplan", "quickwin", "bimtek", "export")
OUTSIDE = ("tests", "bench", "scripts")
MACHINE_PATH = re.compile(rb"(?<![\w.])/(root|home/\w+|work|opt/\w+)/")
OURS = ("accounts", "regency", "audit", "notify", "masterplan", "quickwin", "bimtek", "export")


def tracked_files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_locks_name_no_download_address() -> None:
    named = {p.name: re.findall("://|index-url|find-links", p.read_text()) for p in (ROOT / "requirements").iterdir()}
    assert named == {name: [] for name in named}
    assert '"resolved"' not in (ROOT / "editor" / "package-lock.json").read_text()
    assert "uv.lock" not in tracked_files()


def test_no_file_names_a_path_of_one_machine() -> None:
    named = [ROOT / name for name in tracked_files() if "static/vendor" not in name and name != SELF]
    texts = {p: p.read_bytes() for p in named if p.is_file()}
    assert [str(p.relative_to(ROOT)) for p, text in texts.items() if MACHINE_PATH.search(text)] == []


def _imported(folders: tuple[str, ...]) -> set[str]:
    """The first part of every imported name that is neither Python's own nor ours."""
    found: set[str] = set()
    for path in (p for folder in folders for p in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    scripts = {path.stem for folder in ("bench", "scripts") for path in (ROOT / folder).glob("*.py")}
    return found - sys.stdlib_module_names - {*PACKAGES, *OUTSIDE, *scripts}


@pytest.mark.parametrize(("lock", "folders"), [("base", PACKAGES), ("dev", OUTSIDE)])
def test_every_imported_package_is_locked(lock: str, folders: tuple[str, ...]) -> None:
    """A package that only happens to be installed here is missing on the next machine."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    locked = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    owners = packages_distributions()
    unlocked = {
        module
        for module in _imported(folders)
        if not locked & {name.lower().replace("_", "-") for name in owners.get(module, [])}
    }
    assert unlocked == set()


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
        if enum.__module__.split(".")[0] in PACKAGES
    ]
    names = [model.__name__ for model in models] + [enum.__name__ for enum in enums] + [role.name for role in Role]
    assert [name for name in names if f"`{name}`" not in glossary] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
