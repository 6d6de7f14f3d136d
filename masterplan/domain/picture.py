"""Pictures of a region: taken in, re-encoded, stored once; and which sources its documents may name."""

import hashlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Sum

from masterplan.domain import recode
from masterplan.domain.stored import Upload, body_of, save_with_file
from masterplan.models import Masterplan, Picture
from smartcity.accounts.models import User
from smartcity.regency.models import Regency
from smartcity.ui.refusal import Incomplete, NoRoom, TooLarge

CHILD = Path(recode.__file__)
SECONDS = 10
AT_ONCE = threading.BoundedSemaphore(2)  # each may take a gigabyte for a moment
UNKNOWN = "Berkas ini bukan gambar JPEG, PNG, atau WebP."
OTHER_KINDS = (
    (re.compile(rb"^\s*(<\?xml|<!--|<svg|<!DOCTYPE svg)", re.IGNORECASE), "Gambar SVG tidak diterima."),
    (re.compile(rb"^....ftyp(heic|heix|hevc|mif1|msf1)", re.DOTALL), "Foto HEIC belum dapat dibaca."),
    (re.compile(rb"^GIF8|^BM|^II\*|^MM\x00\*|^\xd7\xcd\xc6\x9a|^\x01\x00\x00\x00"), "Jenis gambar ini tidak diterima."),
)
SAVE_AS = "Simpan sebagai JPEG atau PNG, lalu unggah lagi."
REFUSALS = {
    recode.EXIT_PIXELS: f"Gambar terlalu besar: paling banyak {recode.MAX_PIXELS // 1_000_000} juta piksel.",
    recode.EXIT_BROKEN: "Gambar ini rusak atau terpotong, sehingga tidak dapat dibaca.",
}
TOO_MUCH_WORK = "Gambar ini tidak dapat diolah: terlalu rumit atau rusak."


@dataclass(frozen=True)
class Recoded:
    extension: str
    width: int
    height: int
    content: bytes


class _Sources:
    """Asks the database once, and only when a document names a picture at all."""

    def __init__(self, regency_id: str) -> None:
        self.regency_id = regency_id
        self.known: frozenset[str] | None = None

    def __contains__(self, source: object) -> bool:
        if not isinstance(source, str):
            return False
        if self.known is None:
            ids = Picture.objects.filter(regency_id=self.regency_id).values_list("pk", flat=True)
            self.known = frozenset(Picture(pk=pk).source for pk in ids)
        return source in self.known


def sources_of(regency_id: str) -> Container[str]:
    """Every `src` that figures of this region may have; those in the bin too, for texts that still show them."""
    return _Sources(regency_id)


def store_picture(*, regency: Regency, upload: Upload | bytes, name: str, by: User | None) -> Picture:
    """The region's picture with these pixels, stored once however often it is uploaded.

    Raises TooLarge, Incomplete or NoRoom, and then leaves neither row nor file.
    """
    made = recoded(_read(upload))
    digest = hashlib.sha256(made.content).hexdigest()
    known = _again(regency, digest)
    if known is not None:
        return known
    _check_quota(regency, len(made.content))
    picture = Picture(
        regency=regency,
        extension=made.extension,
        name=Path(name.replace("\\", "/")).name.replace("\x00", "")[:160],
        width=made.width,
        height=made.height,
        size=len(made.content),
        sha256=digest,
        added_by=by,
    )
    return _stored(picture, made.content)


def _again(regency: Regency, digest: str) -> Picture | None:
    """Uploading what lies in the bin takes it out again."""
    picture = Picture.objects.filter(regency=regency, sha256=digest).first()
    if picture is not None and picture.binned_at is not None:
        if not Picture.objects.filter(pk=picture.pk).update(binned_at=None, binned_by=None):
            return None  # the bin was emptied at this moment
        picture.binned_at = picture.binned_by = None
    return picture


def _read(upload: Upload | bytes) -> bytes:
    limit = settings.PICTURE_MAX_BYTES
    msg = f"Gambar terlalu besar, paling besar {limit // 1_000_000} MB. Perkecil dahulu, lalu unggah lagi."
    return body_of(upload, limit=limit, too_large=TooLarge(msg), empty=Incomplete("Berkas gambar kosong."))


def recoded(body: bytes) -> Recoded:
    """The pixels written anew by a child process; raises Incomplete for whatever is no picture."""
    sentence = next((words for pattern, words in OTHER_KINDS if pattern.match(body)), "")
    if sentence:
        raise Incomplete(f"{sentence} {SAVE_AS}")
    with AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-I", str(CHILD)],
                input=body,
                capture_output=True,
                env={"PATH": "/usr/bin:/bin"},
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Incomplete(TOO_MUCH_WORK) from error
    if done.returncode == recode.EXIT_UNKNOWN:
        raise Incomplete(UNKNOWN)
    if done.returncode != 0:
        raise Incomplete(REFUSALS.get(done.returncode, TOO_MUCH_WORK))
    head, _, content = done.stdout.partition(b"\n")
    return Recoded(**json.loads(head), content=content)


def _check_quota(regency: Regency, size: int) -> None:
    used = Picture.objects.filter(regency=regency).aggregate(total=Sum("size"))["total"] or 0
    if used + size > settings.PICTURE_QUOTA_BYTES:
        room = settings.PICTURE_QUOTA_BYTES // 1_000_000
        msg = f"Ruang gambar daerah ini penuh ({room} MB), termasuk gambar di keranjang. Hubungi pengelola."
        raise NoRoom(msg)


def _stored(picture: Picture, content: bytes) -> Picture:
    """A row without a file would be a hole in somebody's text."""
    try:
        save_with_file(picture, content)
    except IntegrityError:  # the same picture came in at the same moment
        return Picture.objects.get(regency=picture.regency, sha256=picture.sha256)
    return picture


def bytes_of(plan: Masterplan, sources: Container[str]) -> dict[str, tuple[Picture, bytes]]:
    """Picture and content by source, for print and plan files; what is gone from the disk is left out."""
    found = {}
    for picture in Picture.objects.filter(regency_id=plan.regency_id):
        if picture.source not in sources:
            continue
        try:
            with picture.file.open("rb") as handle:
                found[picture.source] = (picture, handle.read())
        except FileNotFoundError:
            continue
    return found
