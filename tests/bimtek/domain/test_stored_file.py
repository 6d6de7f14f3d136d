"""Files of the cycle: judged by content, named by us, nothing left behind when they are refused."""

import errno
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bimtek.domain.event import add_file
from bimtek.domain.stored_file import attach_to_document, shown_name, store_file
from bimtek.models import StoredFile
from masterplan.domain.row import StaleRowError
from masterplan.models import Masterplan
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, Refusal, TooLarge
from tests.bimtek.given import document, event, pdf
from tests.masterplan.given import image_bytes
from tests.people import People

pytestmark = pytest.mark.django_db
UNKNOWN = "Isi berkas ini bukan PDF, JPEG atau PNG."


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "Berkas kosong."),
    "program called pdf": (b"MZ\x90\x00" + b"\0" * 200, UNKNOWN),
    "page called pdf": (b"<html><script>alert(1)</script>%PDF-1.7\n%%EOF", UNKNOWN),
    "zip": (b"PK\x03\x04" + b"x" * 99, UNKNOWN),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', UNKNOWN),
    "gif": (b"GIF89a" + b"x" * 99, UNKNOWN),
    "cut pdf": (b"%PDF-1.7\n1 0 obj", "Berkas PDF ini terpotong atau rusak."),
    "pdf with a page behind": (pdf() + b"<script>alert(1)</script>", "Berkas PDF ini terpotong atau rusak."),
    "broken jpeg": (
        b"\xff\xd8\xff" + b"\0" * 50, "Berkas ini bukan gambar JPEG, PNG, atau WebP.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(name: str, plan: Masterplan, settings: Any) -> None:
    body, sentence = HOSTILE[name]
    with pytest.raises(Incomplete) as refusal:
        store_file(plan=plan, upload=body, name="SK.pdf", by=None)
    assert (refusal.value.sentence, files(settings), StoredFile.objects.count()) == (sentence, [], 0)


def test_a_pdf_is_kept_as_it_is_under_a_random_name(plan: Masterplan, people: People, settings: Any) -> None:
    body = pdf("SK Dewan")
    stored = store_file(plan=plan, upload=body, name="../../etc/SK Dewan.html", by=people.coordinator)
    assert [str(path.relative_to(settings.MEDIA_ROOT)) for path in files(settings)] == [
        f"cycle/{plan.pk}/{stored.pk}.pdf"
    ]
    assert (stored.name, stored.size, stored.extension) == ("SK Dewan.pdf", len(body), "pdf")
    assert (stored.sha256, files(settings)[0].read_bytes()) == (hashlib.sha256(body).hexdigest(), body)


def test_an_image_is_written_anew(plan: Masterplan) -> None:
    stored = store_file(plan=plan, upload=image_bytes() + b"<script>", name="pindai.jpeg", by=None)
    kept = Path(stored.file.path).read_bytes()
    assert (stored.extension, stored.name, kept.endswith(b"<script>")) == ("png", "pindai.png", False)


@pytest.mark.parametrize(("limit", "room", "kind"), [(10, 10**9, TooLarge), (10**6, 10, NoRoom)])
def test_size_and_quota(limit: int, room: int, kind: type[Refusal], plan: Masterplan, settings: Any) -> None:
    settings.CYCLE_FILE_MAX_BYTES, settings.CYCLE_FILE_QUOTA_BYTES = limit, room
    with pytest.raises(kind):
        store_file(plan=plan, upload=pdf(), name="a.pdf", by=None)
    assert files(settings) == []


def test_a_full_disk_is_said_and_nothing_is_kept(
    plan: Masterplan, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(NoRoom):
        store_file(plan=plan, upload=pdf(), name="a.pdf", by=None)
    assert (files(settings), StoredFile.objects.count()) == ([], 0)


def test_only_the_coordinator_stores(plan: Masterplan, people: People, settings: Any) -> None:
    scan = document(plan)
    held = event(plan)
    for name, user in people.items():
        if name != "coordinator":
            with pytest.raises(NotAllowed):
                attach_to_document(scan, upload=pdf(), name="a.pdf", version=1, by=user)
            with pytest.raises(NotAllowed):
                add_file(held, upload=pdf(), name="a.pdf", kind="materi", caption="", by=user)
    assert (files(settings), StoredFile.objects.count()) == ([], 0)


def test_a_stale_page_stores_neither_file_nor_row(plan: Masterplan, people: People, settings: Any) -> None:
    row = document(plan)
    first = attach_to_document(row, upload=pdf("1"), name="a.pdf", version=1, by=people.coordinator)
    with pytest.raises(StaleRowError):
        attach_to_document(row, upload=pdf("2"), name="b.pdf", version=1, by=people.coordinator)
    row.refresh_from_db()
    assert (row.version, row.file, len(files(settings)), StoredFile.objects.count()) == (2, first.file, 1, 1)


@hypothesis_settings(max_examples=300, deadline=None)
@given(name=st.text(max_size=300))
def test_names_are_texts_without_folders_or_control_marks(name: str) -> None:
    shown = shown_name(name, "pdf")
    assert shown.endswith(".pdf")
    assert 5 <= len(shown) <= 160
    assert not set(shown) & {"/", "\\", "\0", "\r", "\n", "\u202e"}
