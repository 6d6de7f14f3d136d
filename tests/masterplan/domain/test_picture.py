"""Uploaded pictures: only pixels survive, hostile files are refused quickly with a sentence, nothing is left behind."""

import errno
import io
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image

from masterplan import prose
from masterplan.domain import section as sections
from masterplan.domain.picture import sources_of, store_picture
from masterplan.models import Picture, Section
from smartcity.regency.models import Regency
from smartcity.ui.refusal import Incomplete, NoRoom, Refusal, TooLarge
from tests.masterplan.given import image_bytes, picture
from tests.people import People
from tests.smartcity.accounts.given import KOTA_BANJAR, regency

UNKNOWN = "Berkas ini bukan gambar JPEG, PNG, atau WebP."
BROKEN = "Gambar ini rusak atau terpotong, sehingga tidak dapat dibaca."
PIXELS = "Gambar terlalu besar: paling banyak 40 juta piksel."


@pytest.fixture
def banjar(db: None) -> Regency:
    return regency()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(width: int, height: int) -> bytes:
    """A few kilobytes that promise a picture of any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "Berkas gambar kosong."),
    "text": (b"bukan gambar", UNKNOWN),
    "page": (b"<html><script>alert(1)</script>", UNKNOWN),
    "pdf": (b"%PDF-1.7\n" + image_bytes(kind="JPEG"), UNKNOWN),
    "zip": (b"PK\x03\x04" + image_bytes(), UNKNOWN),
    "svg": (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "Gambar SVG tidak diterima. Simpan sebagai JPEG atau PNG, lalu unggah lagi.",
    ),
    "gif": (
        image_bytes(kind="GIF"),
        "Jenis gambar ini tidak diterima. Simpan sebagai JPEG atau PNG, lalu unggah lagi.",
    ),
    "tiff": (
        image_bytes(kind="TIFF"),
        "Jenis gambar ini tidak diterima. Simpan sebagai JPEG atau PNG, lalu unggah lagi.",
    ),
    "heic": (
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "Foto HEIC belum dapat dibaca. Simpan sebagai JPEG atau PNG, lalu unggah lagi.",
    ),
    "icon disguised": (image_bytes(kind="ICO"), UNKNOWN),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) run", UNKNOWN),
    "bomb": (png_bomb(60_000, 60_000), PIXELS),
    "too many pixels": (png_bomb(8_000, 5_001), PIXELS),
    "false size": (png_bomb(6_000, 6_000), BROKEN),
    "cut jpeg": (image_bytes((800, 600), "JPEG", quality=95)[:900], BROKEN),
    "cut png": (image_bytes((800, 600))[:-40], BROKEN),
    "jpeg head only": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", UNKNOWN),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_two_seconds(banjar: Regency, name: str, settings: Any) -> None:
    body, sentence = HOSTILE[name]
    begin = time.monotonic()
    with pytest.raises(Refusal) as refused:
        store_picture(regency=banjar, upload=body, name=f"{name}.jpg", by=None)
    assert (refused.value.sentence, time.monotonic() - begin < 2) == (sentence, True)
    assert (Picture.objects.count(), files(settings)) == (0, [])


def test_more_bytes_than_allowed_are_not_decoded(banjar: Regency, settings: Any) -> None:
    settings.PICTURE_MAX_BYTES = 1_000_000
    with pytest.raises(TooLarge, match="paling besar 1 MB"):
        store_picture(regency=banjar, upload=io.BytesIO(b"x" * 1_000_001), name="x", by=None)


def test_only_pixels_survive(banjar: Regency) -> None:
    """Position, camera, colour profile, comments and whatever hangs behind the picture are gone; it stands upright."""
    source = Image.new("RGB", (80, 40), "white")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera Rahasia"  # turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    source.save(out, "JPEG", exif=exif, icc_profile=b"profil rahasia", comment=b"<script>alert(1)</script>")
    stored = store_picture(
        regency=banjar, upload=out.getvalue() + b"PK\x03\x04<?php evil();", name="../../etc/foto.jpg", by=None
    )
    with stored.file.open("rb") as handle:
        content = handle.read()
    image = Image.open(io.BytesIO(content))
    found = [word for word in (b"Rahasia", b"rahasia", b"script", b"php", b"Exif", b"ICC") if word in content]
    assert (found, image.size, dict(image.getexif())) == ([], (40, 80), {})
    assert (stored.name, stored.extension, stored.width, stored.height) == ("foto.jpg", "jpg", 40, 80)
    assert stored.file.name == f"pictures/63.03/{stored.pk}.jpg"


@pytest.mark.parametrize(
    ("size", "kind", "wanted"),
    [((3000, 1500), "JPEG", ("jpg", 2400, 1200)), ((300, 3000), "PNG", ("png", 240, 2400)),
     ((200, 100), "WEBP", ("jpg", 200, 100))],
)  # fmt: skip
def test_longest_side_and_kind(banjar: Regency, size: tuple[int, int], kind: str, wanted: tuple[str, int, int]) -> None:
    stored = store_picture(regency=banjar, upload=image_bytes(size, kind), name="x", by=None)
    assert (stored.extension, stored.width, stored.height) == wanted


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_mode_of_pixels_is_read(banjar: Regency, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    stored = store_picture(regency=banjar, upload=out.getvalue(), name="x", by=None)
    assert (stored.width, stored.height) == (20, 10)


def test_the_largest_allowed_picture_is_taken(banjar: Regency) -> None:
    stored = store_picture(regency=banjar, upload=image_bytes((7900, 5000), "JPEG"), name="poster", by=None)
    assert (stored.width, stored.height) == (2400, 1519)


def test_same_pixels_are_stored_once_a_region_and_leave_the_bin(banjar: Regency, people: People) -> None:
    first = picture(banjar)
    Picture.objects.update(binned_at="2026-11-01T00:00Z", binned_by=people.coordinator)
    again = picture(banjar)
    other = picture(regency(KOTA_BANJAR))
    assert (again.pk, again.binned_at, other.pk != first.pk, Picture.objects.count()) == (first.pk, None, True, 2)


def test_full_disk_leaves_nothing(banjar: Regency, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    save = FileSystemStorage._save

    def fail(storage: FileSystemStorage, name: str, content: Any) -> str:
        save(storage, name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)
    with pytest.raises(NoRoom, match="Ruang simpan server penuh"):
        picture(banjar)
    assert (Picture.objects.count(), files(settings)) == (0, [])


def test_a_regions_share_is_limited(banjar: Regency, settings: Any) -> None:
    settings.PICTURE_QUOTA_BYTES = picture(banjar).size + 10
    with pytest.raises(NoRoom, match="Ruang gambar daerah ini penuh"):
        picture(banjar, colour="red")
    assert picture(regency(KOTA_BANJAR), colour="red").size > 0


def figure(source: object, alt: object = "Peta") -> dict[str, Any]:
    node = {"type": "figure", "attrs": {"src": source, "alt": alt, "id": None}, "content": []}
    return {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [node]}}


def test_figures_name_only_pictures_of_their_own_region(section: Section, people: People, banjar: Regency) -> None:
    own, foreign = picture(banjar), picture(regency(KOTA_BANJAR))
    Picture.objects.filter(pk=own.pk).update(binned_at="2026-11-01T00:00Z")
    bad: list[object] = [foreign.source, "https://jahat.example/x.png", f"{own.source}x", "", None, [], {"a": 1}, 7]
    for source in bad:
        with pytest.raises(prose.Refused):
            sections.save_steps(section, version=0, client="a", steps=[figure(source)], by=people.coordinator)
    for alt in (7, None, [], "x" * 1001):
        with pytest.raises(prose.Refused):
            sections.save_steps(section, version=0, client="a", steps=[figure(own.source, alt)], by=people.coordinator)
    saved = sections.save_steps(section, version=0, client="a", steps=[figure(own.source)], by=people.coordinator)
    assert saved.version == 1
    with pytest.raises(prose.Refused):
        sections.replace_text(
            section, doc={"type": "doc", "content": [figure(foreign.source)["slice"]["content"][0]]}, by=None
        )


def test_sources_ask_the_database_once_and_only_when_asked(banjar: Regency, django_assert_num_queries: Any) -> None:
    own = picture(banjar)
    with django_assert_num_queries(0):
        sources = sources_of("63.03")
    with django_assert_num_queries(1):
        assert own.source in sources
        assert "/gambar/lain/" not in sources


def test_refusals_are_of_the_right_kind(banjar: Regency) -> None:
    with pytest.raises(Incomplete):
        store_picture(regency=banjar, upload=b"<svg/>", name="x.png", by=None)
