"""Files that people upload, of any kind: taken in up to a limit, and on the disk before their row is."""

import os
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.db import transaction

from smartcity.ui.refusal import Incomplete, NoRoom, TooLarge

DISK_FULL = "Ruang simpan server penuh, sehingga berkas belum tersimpan. Naskah Anda aman; hubungi pengelola."


class Upload(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def body_of(upload: Upload | bytes, *, limit: int, too_large: TooLarge, empty: Incomplete) -> bytes:
    """What was uploaded, or one of the two refusals; of a body that is too large only one byte more is read."""
    body = upload if isinstance(upload, bytes) else upload.read(limit + 1)
    if len(body) > limit:
        raise too_large
    if not body:
        raise empty
    return body


def save_with_file(row: Any, content: bytes) -> None:
    """The file first, then its new row; raises NoRoom or what the database says, and then leaves neither.

    `row.file` names its own place. A transaction around it that fails later has to remove the file itself.
    """
    name = row.file.field.generate_filename(row, "")
    path = Path(row.file.storage.path(name))
    try:
        row.file.name = row.file.storage.save(name, ContentFile(content))
        with path.open("rb") as handle:
            os.fsync(handle.fileno())
        with transaction.atomic():
            row.save(force_insert=True)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise NoRoom(DISK_FULL) from error
    except Exception:
        path.unlink(missing_ok=True)
        raise
