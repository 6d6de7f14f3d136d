"""What a finished file depends on, as one digest: the same digest means the same bytes."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from export.formats.workbook import tables_of
from export.job import Attachment, Variant
from export.tree import Document

ROOT = Path(__file__).resolve().parents[1]
LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "fonttools", "openpyxl", "django")
SHAPING = (
    ("export", "**/*.py"),
    ("templates/export/book", "**/*"),
    ("static/css/book", "*.css"),
    ("static/css", "colours.css"),
    ("static/vendor/fonts", "*.woff2"),
)


def fingerprint(document: Document, data: Attachment | None, variant: Variant) -> str:
    """Of the frozen tree, its pictures, the data attached, how it is made, and the version of everything that prints it."""
    whole = hashlib.sha256(f"{template_version()} {variant}".encode())
    whole.update(repr(replace(document, pictures={})).encode())
    for name, content in sorted(document.pictures.items()):
        whole.update(name.encode() + hashlib.sha256(content).digest())
    whole.update(repr(data).encode())
    return whole.hexdigest()


def tables_fingerprint(document: Document) -> str:
    """Of what the Excel file of all tables shows."""
    about = (document.title, document.region, document.province, document.is_draft)
    return hashlib.sha256(f"{template_version()} {about} {list(tables_of(document))}".encode()).hexdigest()


@cache
def template_version() -> str:
    whole = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in _files():
        whole.update(str(path.relative_to(ROOT)).encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _files() -> Iterator[Path]:
    for folder, pattern in SHAPING:
        yield from sorted(path for path in (ROOT / folder).glob(pattern) if path.is_file())
