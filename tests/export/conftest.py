"""The example plan of Kabupaten Banjar, and its typeset book."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pypdf import PdfReader

from export import planfile
from export.document import build
from export.html import print_job
from export.job import Printed, PrintJob
from export.press import typeset
from export.shelf import Shelf
from export.tree import Document
from masterplan.models import Masterplan
from smartcity.start.demo import example_plan


@dataclass(frozen=True)
class Book:
    path: Path
    document: Document
    job: PrintJob
    printed: Printed
    reader: PdfReader
    text: str


@pytest.fixture
def banjar(db: None) -> Masterplan:
    return planfile.load(example_plan(), by=None)


@pytest.fixture(scope="session")
def kept_parts() -> Shelf:
    """The example is set once; modules put it together anew."""
    return Shelf(Path(settings.PARTS_ROOT), 10**9)


@pytest.fixture(scope="session")
def example_document(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Document:
    """Built once: each loading gives blocks new ids, and parts with other ids are other parts."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        document = build(planfile.load(example_plan(), by=None))
        transaction.set_rollback(True)
    return document


@pytest.fixture(scope="module")
def book(
    example_document: Document, tmp_path_factory: pytest.TempPathFactory, kept_parts: Shelf
) -> Iterator[Book]:  # fmt: skip
    """All three books of the example, put together once for a module."""
    document = example_document
    job = print_job(document)
    path: Path = tmp_path_factory.mktemp("book") / "book.pdf"
    printed = typeset(job, path, shelf=kept_parts)
    reader = PdfReader(path)
    yield Book(path, document, job, printed, reader, "\n".join(page.extract_text() for page in reader.pages))
    reader.close()
