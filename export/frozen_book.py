"""The book of a final submission: what prints it as bytes, and the file that is made of them."""

import json
import logging
import uuid
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bimtek.domain.book import public_address
from bimtek.models import SubmittedBook
from export.asking import QUEUE
from export.check_at import with_address
from export.domain import BROKEN, LOST, StoredBook, book_order, store_job
from export.html import print_assets
from export.job import Attachment, Part, PrintJob, Run
from export.press import TypesettingError
from masterplan.models import Masterplan, Picture

logger = logging.getLogger(__name__)
TASK = "export.tasks.make_submitted_book"
FOLDER = "submitted"
FORMAT = 2  # of the frozen job; counts up when parts change their shape
OUTDATED = "Naskah yang dibekukan berasal dari aplikasi versi lama. Kirim lagi agar bukunya dapat ditata."
PICTURE_GONE = "Sebuah gambar dalam naskah sudah tidak ada. Kirim lagi setelah gambarnya diganti."


def freeze(plan: Masterplan) -> bytes:
    """Texts, tables, figures and looks as they are set; pictures by their id, because they are never changed."""
    order = book_order(plan, is_final=True)
    fields = asdict(order.print_job()) | {"format": FORMAT, "assets": sorted(order.document.pictures)}
    return zlib.compress(json.dumps(fields, ensure_ascii=False).encode(), level=9)


def order(book: SubmittedBook) -> None:
    app.configure_task(TASK, queue=QUEUE).defer(submission_id=book.pk)


def thawed(content: bytes) -> PrintJob:
    """Raises TypesettingError when a picture of the texts is gone, and for what was frozen before parts had their present shape."""
    fields: dict[str, Any] = json.loads(zlib.decompress(content))
    if fields.pop("format", 1) != FORMAT:
        raise TypesettingError(OUTDATED)
    pictures = {name: _picture(name) for name in fields.pop("assets")}
    parts = tuple(Part(**part | {"run": Run(**part["run"])}) for part in fields.pop("parts"))
    attachments = tuple(Attachment(**attachment) for attachment in fields.pop("attachments"))
    styles = tuple(fields.pop("styles"))
    return PrintJob(parts=parts, styles=styles, assets=print_assets() | pictures, attachments=attachments, **fields)


def _picture(name: str) -> bytes:
    key = name.removeprefix("picture-").rpartition(".")[0]
    try:
        with Picture.objects.get(pk=key).file.open("rb") as handle:
            return bytes(handle.read())
    except (Picture.DoesNotExist, FileNotFoundError) as error:
        raise TypesettingError(PICTURE_GONE, name) from error


def make(submission_id: int) -> None:
    """Safe to repeat: a book that is made stays as it is. A database that is gone is raised, so that the queue tries again."""
    book = SubmittedBook.objects.get(pk=submission_id)
    if book.is_made:
        return
    name = (
        f"{FOLDER}/{submission_id}-{uuid.uuid4().hex}.pdf"  # its own: a second worker must not change what was stored
    )
    target = Path(settings.MEDIA_ROOT) / name
    try:
        job = with_address(thawed(bytes(book.content)), public_address(book.code))
        stored = store_job(job, target)
    except TypesettingError as error:
        logger.exception("Buku kiriman %s: %s", submission_id, error.detail)
        _tell(submission_id, str(error))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _tell(submission_id, BROKEN)
        raise
    else:
        if not _keep(submission_id, name, stored):
            target.unlink()


def close_lost_books() -> int:
    """Books that nobody makes or will make, because every try failed without a word: told, they can be asked for again.

    The candidates are read before the queue: a book is stored together with its task.
    """
    open_books = list(SubmittedBook.objects.filter(sha256="", reason="").values_list("pk", flat=True))
    queued = ProcrastinateJob.objects.filter(task_name=TASK, status__in=("todo", "doing"))
    alive = {args["submission_id"] for args in queued.values_list("args", flat=True)}
    lost = SubmittedBook.objects.filter(pk__in=set(open_books) - alive, sha256="", reason="")
    return lost.update(reason=LOST)


def _tell(submission_id: int, reason: str) -> None:
    SubmittedBook.objects.filter(pk=submission_id, sha256="").update(reason=reason)


def _keep(submission_id: int, name: str, stored: StoredBook) -> bool:
    """False where another worker, taken for dead, was first after all."""
    found = SubmittedBook.objects.filter(pk=submission_id, sha256="")
    facts = {"file": name, "sha256": stored.sha256, "pages": stored.pages, "size": stored.size}
    return bool(found.update(**facts, reason=""))
