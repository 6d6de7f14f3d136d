"""Files taken in: PDF as it is, images written anew; stored under random names, given out by a view only."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet, Sum

from bimtek.models import CycleDocument, Opinion, StoredFile
from masterplan.domain.picture import recoded
from masterplan.domain.row import update_row
from masterplan.domain.stored import Upload, body_of, save_with_file
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, TooLarge

ACCEPTED = "Terima: PDF, JPEG atau PNG, paling besar {} MB."
PDF_START = b"%PDF-"
PDF_END = re.compile(rb"%%EOF\s*\Z")
PDF_TAIL = 2048
CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def store_file(*, plan: Masterplan, upload: Upload | bytes, name: str, by: User | None) -> StoredFile:
    """Raises TooLarge, Incomplete or NoRoom, and then leaves neither row nor file. Who may is for the caller to ask."""
    extension, content = _checked(_read(upload))
    _check_quota(plan, len(content))
    stored = StoredFile(
        plan=plan,
        extension=extension,
        name=shown_name(name, extension),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    save_with_file(stored, content)
    return stored


@contextmanager
def file_for(plan: Masterplan, *, upload: Upload | bytes, name: str, by: User | None) -> Iterator[StoredFile]:
    """A stored file and what is done with it in one transaction; when that fails, no file stays on the disk."""
    path = None
    try:
        with transaction.atomic():
            stored = store_file(plan=plan, upload=upload, name=name, by=by)
            path = Path(stored.file.path)
            yield stored
    except Exception:
        if path is not None:
            path.unlink(missing_ok=True)
        raise


def ensure_may_store(by: User, plan: Masterplan) -> None:
    if not can_manage_plan(by, plan):
        raise NotAllowed("Berkas diunggah oleh koordinator daerah.", next_step="Kirimkan berkasnya kepada koordinator.")


def attach_to_document(
    document: CycleDocument, *, upload: Upload | bytes, name: str, version: int, by: User
) -> CycleDocument:
    """The new scan in place of a former one, which stays stored for submissions that name it."""
    ensure_may_store(by, document.plan)
    with file_for(document.plan, upload=upload, name=name, by=by) as stored:
        return update_row(document, version=version, values={"file": stored}, by=by)


def files_seen_by(user: User | AnonymousUser, plan: Masterplan) -> QuerySet[StoredFile]:
    """Of a plan that the person reads: all but those beside drafts of opinions, which are for reviewers."""
    drafts = Opinion.objects.drafts().filter(plan=plan).exclude(plan__in=Masterplan.objects.reviewed_by(user))
    return StoredFile.objects.filter(plan=plan).exclude(opinions__in=drafts)


def throw_away(stored: StoredFile) -> None:
    """Row and file, where nothing names it any more; the file goes when the transaction has come to its end."""
    path = Path(stored.file.path)
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def shown_name(name: str, extension: str) -> str:
    """What the person's file was called, as text: no folder, no control or direction marks, the ending that is true."""
    plain = CONTROL.sub("", Path(name.replace("\\", "/")).name).strip()
    stem = plain.rpartition(".")[0] or plain or "berkas"
    return f"{stem[:140].strip() or 'berkas'}.{extension}"


def _read(upload: Upload | bytes) -> bytes:
    limit = settings.CYCLE_FILE_MAX_BYTES
    msg = f"Berkas terlalu besar, paling besar {limit // 1_000_000} MB."
    too_large = TooLarge(msg, next_step="Kecilkan pindaiannya.")
    return body_of(upload, limit=limit, too_large=too_large, empty=Incomplete("Berkas kosong."))


def _checked(body: bytes) -> tuple[str, bytes]:
    """By its content, whatever its name says."""
    if body.startswith(PDF_START):
        if not PDF_END.search(body[-PDF_TAIL:]):
            raise Incomplete("Berkas PDF ini terpotong atau rusak.", next_step="Unduh atau pindai lagi, lalu unggah.")
        return "pdf", body
    if body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        made = recoded(body)
        return made.extension, made.content
    limit = settings.CYCLE_FILE_MAX_BYTES // 1_000_000
    raise Incomplete("Isi berkas ini bukan PDF, JPEG atau PNG.", next_step=ACCEPTED.format(limit))


def _check_quota(plan: Masterplan, size: int) -> None:
    files = StoredFile.objects.filter(plan__regency_id=plan.regency_id)
    used = files.aggregate(total=Sum("size"))["total"] or 0
    if used + size > settings.CYCLE_FILE_QUOTA_BYTES:
        room = settings.CYCLE_FILE_QUOTA_BYTES // 1_000_000
        raise NoRoom(f"Ruang berkas daerah ini penuh ({room} MB).", next_step="Hubungi pengelola.")
