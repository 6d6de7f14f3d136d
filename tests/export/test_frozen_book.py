"""The book of a final submission: frozen in its snapshot, set once by the worker, the same whatever is written later."""

import json
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from bimtek.domain.book import order_again
from bimtek.models import SubmittedBook
from export import check_at, frozen_book, tasks
from export.document import build
from export.domain import LOST, StoredBook
from export.html import print_job
from export.plan_data import plan_data, plan_tables
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan
from tests.bimtek.given import made_book, paragraph, section_of, send
from tests.export.test_print_figures import add, figure
from tests.masterplan.given import picture
from tests.people import People

pytestmark = pytest.mark.django_db


def kept(plan: Masterplan, people: People) -> SubmittedBook:
    """With a submission that is not final, because the gate of a final one holds an unwritten plan."""
    submission = send(plan, "I", by=people.coordinator)
    return SubmittedBook.objects.create(submission=submission, content=frozen_book.freeze(plan))


def test_what_is_frozen_thaws_to_the_same_job_without_the_mark_of_a_draft(plan: Masterplan) -> None:
    now = print_job(build(plan))
    thawed = frozen_book.thawed(frozen_book.freeze(plan))
    assert (thawed.title, thawed.tight_css, thawed.assets) == (now.title, now.tight_css, now.assets)
    assert [(part.name, part.run) for part in thawed.parts] == [(part.name, part.run) for part in now.parts]
    assert thawed.attachments == (plan_data(plan), plan_tables(plan.code, build(plan, is_final=True)))
    assert load_workbook(BytesIO(thawed.attachments[1].body)).sheetnames[0] == "Daftar Tabel"
    assert [style for style in now.styles if style not in thawed.styles] == [now.styles[-1]]
    assert "draft.svg" in now.styles[-1]


def test_the_same_plan_freezes_to_the_same_bytes(plan: Masterplan) -> None:
    assert frozen_book.freeze(plan) == frozen_book.freeze(plan)


def test_what_an_older_version_froze_is_asked_for_again(plan: Masterplan, people: People) -> None:
    fields = json.loads(zlib.decompress(frozen_book.freeze(plan)))
    old = zlib.compress(json.dumps({key: value for key, value in fields.items() if key != "format"}).encode())
    book = SubmittedBook.objects.create(submission=send(plan, "I", by=people.coordinator), content=old)
    frozen_book.make(book.pk)
    book.refresh_from_db()
    assert (book.is_made, book.reason) == (False, frozen_book.OUTDATED)


def test_the_pdf_says_what_was_handed_in_and_is_made_once(plan: Masterplan, people: People) -> None:
    replace_text(section_of(plan), doc=paragraph("Kalimat yang dikirim."), by=people.coordinator)
    add(plan, "B1.1.1", figure(picture(plan.regency), "peta"))
    book = kept(plan, people)
    replace_text(section_of(plan), doc=paragraph("Kalimat sesudahnya."), by=people.coordinator)
    frozen_book.make(book.pk)
    book.refresh_from_db()
    path = Path(settings.MEDIA_ROOT) / book.file
    assert (book.sha256, book.size) == (sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    pages = PdfReader(path).pages
    text = "".join(page.extract_text() for page in pages)
    assert ("Kalimat yang dikirim." in text, "Kalimat sesudahnya." in text) == (True, False)
    assert (len(pages), "Wilayah" in text, "Draf" in text) == (book.pages, True, False)
    frozen_book.make(book.pk)
    assert SubmittedBook.objects.get().sha256 == book.sha256


def test_each_approval_page_leads_to_the_public_page_of_the_book(plan: Masterplan) -> None:
    """Though the code is no part of what is frozen: handed in again unchanged, the same plan freezes to the same bytes."""
    address = "https://masterplan.example/periksa/6f1f6c1e-6a58-4b0c-9d4e-0c8e5d2f7a10/"
    frozen = frozen_book.thawed(frozen_book.freeze(plan))
    printed = check_at.with_address(frozen, address)
    pages = [part.html for part in printed.parts if address in part.html]
    assert [html.count(f'<a href="{address}">') for html in pages] == [1, 1]  # of the two books that have such a page
    assert [html.count(f"<desc>Berisi alamat {address}</desc>") for html in pages] == [1, 1]
    assert [check_at.MARK in part.html for part in (*printed.parts, *print_job(build(plan)).parts)].count(True) == 0
    assert [check_at.MARK in part.html for part in frozen.parts].count(True) == len(pages)


def test_a_picture_that_is_gone_is_told_and_leaves_no_file(plan: Masterplan, people: People) -> None:
    shown = picture(plan.regency)
    add(plan, "B1.1.1", figure(shown, "peta"))
    book = kept(plan, people)
    shown.file.delete(save=False)
    frozen_book.make(book.pk)
    book.refresh_from_db()
    assert (book.is_made, book.reason) == (False, frozen_book.PICTURE_GONE)
    assert not (Path(settings.MEDIA_ROOT) / frozen_book.FOLDER).exists()


def test_a_database_that_goes_away_is_no_reason_but_another_try(
    plan: Masterplan, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = kept(plan, people)

    def cut_off(*_: Any, **__: Any) -> StoredBook:
        raise OperationalError

    monkeypatch.setattr(frozen_book, "store_job", cut_off)
    with pytest.raises(OperationalError):
        frozen_book.make(book.pk)
    book.refresh_from_db()
    assert (book.is_made, book.reason) == (False, "")
    assert tasks.make_submitted_book.retry_strategy == tasks.make_book.retry_strategy == tasks.AFTER_THE_DATABASE


def test_a_book_that_nobody_will_make_can_be_asked_for_again(plan: Masterplan, people: People) -> None:
    book = kept(plan, people)
    frozen_book.order(book)
    assert frozen_book.close_lost_books() == 0
    for state in ("doing", "failed"):
        ProcrastinateJob.objects.filter(task_name=frozen_book.TASK).update(status=state)
        assert frozen_book.close_lost_books() == (state == "failed")
    book.refresh_from_db()
    assert (book.is_made, book.reason) == (False, LOST)
    order_again(book, by=people.coordinator)
    book.refresh_from_db()
    assert (book.reason, frozen_book.close_lost_books()) == ("", 0)


def test_a_worker_that_was_taken_for_dead_changes_nothing(
    plan: Masterplan, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one made the book while this one was still at it: the file whose digest is stored stays as it is."""
    book = kept(plan, people)
    set_pages = frozen_book.store_job

    def slowly(*args: Any, **more: Any) -> StoredBook:
        stored = set_pages(*args, **more)
        made_book(book.submission)
        return stored

    monkeypatch.setattr(frozen_book, "store_job", slowly)
    frozen_book.make(book.pk)
    book.refresh_from_db()
    folder = Path(settings.MEDIA_ROOT) / frozen_book.FOLDER
    assert [path.name for path in folder.iterdir()] == [Path(book.file).name]
    assert sha256((folder / Path(book.file).name).read_bytes()).hexdigest() == book.sha256
