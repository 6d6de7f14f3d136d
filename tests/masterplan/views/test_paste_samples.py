"""Pages of clipboard samples: sending, collecting, and that nothing of a sample is ever markup here."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from masterplan.models import PasteSample
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
PAGE = "/rencana/63.03-2026/tempelan/"
EVIL = "<script>alert(1)</script>"
CLIPBOARD = {"flavours": {"text/html": EVIL, "text/plain": EVIL}, "images": []}


def given(body: bytes | None = None, **changes: Any) -> dict[str, Any]:
    content = json.dumps(CLIPBOARD).encode() if body is None else body
    return {"program": "Google Docs", "catatan": EVIL, "isi": SimpleUploadedFile("isi.json", content)} | changes


def test_sent_listed_downloaded_and_deleted(people: People) -> None:
    sent = client_of(people.author).post(PAGE, given(), follow=True)
    assert (sent.redirect_chain, "Contoh tempelan terkirim." in sent.text) == ([(PAGE, 302)], True)
    sample = PasteSample.objects.get()
    editor = client_of(people.ministry_editor)
    assert "Contoh tempelan" in editor.get("/acuan/").text
    page = editor.get("/tempelan/").text
    assert (EVIL in page, page.count("&lt;script&gt;alert(1)&lt;/script&gt;")) == (False, 2)
    file = editor.get(f"/tempelan/{sample.pk}/unduh/")
    assert file.json() == {
        "format": 1, "program": "Google Docs", "note": EVIL, "flavours": CLIPBOARD["flavours"],
    }  # fmt: skip
    assert (file["Content-Type"], file["Content-Disposition"], file["X-Content-Type-Options"]) == (
        "application/json", f'attachment; filename="tempelan-google-docs-{sample.pk}.json"', "nosniff",
    )  # fmt: skip
    editor.post(f"/tempelan/{sample.pk}/hapus/")
    assert "Belum ada contoh" in editor.get("/tempelan/").text
    assert editor.get(f"/tempelan/{sample.pk}/unduh/").status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"[" * 100_000, b"\xff", b'{"flavours": {"text/html": ""}}'])
def test_what_is_no_clipboard_is_refused_and_the_words_stay(people: People, body: bytes) -> None:
    answer = client_of(people.coordinator).post(PAGE, given(body))
    assert (answer.status_code, EVIL in answer.text, "&lt;script&gt;" in answer.text) == (422, False, True)
    assert ("Belum ada yang terkirim" in answer.text, "<option selected>Google Docs" in answer.text) == (True, True)
    assert PasteSample.objects.count() == 0


def test_unstorable_characters_are_replaced(people: People) -> None:
    body = b'{"flavours": {"text/plain": "a\\u0000b\\ud800"}}'
    client_of(people.coordinator).post(PAGE, given(body, catatan="x\x00"))
    assert (PasteSample.objects.get().flavours, PasteSample.objects.get().note) == (
        {"text/plain": "a\ufffdb\ufffd"},
        "x",
    )


def test_too_large_is_said(people: People) -> None:
    body = json.dumps({"flavours": {"text/html": "x" * 2_100_000}}).encode()
    answer = client_of(people.coordinator).post(PAGE, given(body))
    assert (answer.status_code, "paling besar 2 MB" in answer.text) == (413, True)


def test_link_stands_beside_the_text_of_those_who_write(people: People) -> None:
    page = "/rencana/63.03-2026/naskah/B1.1.1/"
    assert "Tempelan tidak benar? Kirim contohnya" in client_of(people.author).get(page).text
    assert "Tempelan tidak benar?" not in client_of(people.approver).get(page).text
