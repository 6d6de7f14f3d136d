"""Upload through a section, delivery to the plan's people only."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from masterplan.models import Picture, Section
from tests.masterplan.given import image_bytes, picture
from tests.people import People

FORM = {"HTTP_ACCEPT": "application/json"}


def upload(client: Client, section: Section, body: bytes | None, name: str = "peta.png") -> Any:
    address = reverse("masterplan:picture_upload", args=[section.plan.code, "B1.1.1"])
    data = {} if body is None else {"file": SimpleUploadedFile(name, body, "image/png")}
    return client.post(address, data, headers={"accept": "application/json"})


def test_uploaded_picture_is_answered_and_delivered(client: Client, section: Section, people: People) -> None:
    client.force_login(people.coordinator)
    answer = upload(client, section, image_bytes((50, 20)))
    stored = Picture.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"id": str(stored.pk), "src": f"/gambar/{stored.pk}/", "width": 50, "height": 20, "name": "peta.png"},
    )
    Picture.objects.update(binned_at="2026-11-01T00:00Z")
    client.force_login(people.mentor)
    sent = client.get(stored.source)
    names = (
        "Content-Type",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Cache-Control",
        "Content-Disposition",
    )
    assert (sent.status_code, sent.content[:4], {name: sent[name] for name in names}) == (
        200,
        b"\x89PNG",
        {
            "Content-Type": "image/png",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
            "Content-Disposition": f'inline; filename="{stored.pk}.png"',
        },
    )
    assert stored.added_by == people.coordinator


def test_refusals_are_sentences_and_store_nothing(
    client: Client, section: Section, people: People, settings: Any
) -> None:
    client.force_login(people.coordinator)
    settings.PICTURE_MAX_BYTES = 100_000
    answers = [upload(client, section, body) for body in (None, b"teks", b"x" * 100_001, b"x" * 200_000)]
    client.force_login(people.author)
    answers.append(upload(client, section, image_bytes()))
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [
        (422, "Tidak ada berkas gambar dalam kiriman ini."),
        (422, "Berkas ini bukan gambar JPEG, PNG, atau WebP."),
        (413, "Gambar terlalu besar, paling besar 0 MB. Perkecil dahulu, lalu unggah lagi."),
        (413, "Gambar terlalu besar, paling besar 0 MB. Perkecil dahulu."),
        (403, "Bagian ini tidak ditugaskan kepada Anda."),
    ]
    assert Picture.objects.count() == 0


def test_a_huge_upload_is_refused_before_it_is_read(
    client: Client, section: Section, people: People, settings: Any
) -> None:
    client.force_login(people.coordinator)
    settings.UPLOAD_MAX_BYTES = 1000
    assert upload(client, section, b"x" * 5000).status_code == 413


@pytest.mark.parametrize("name", ["stranger", "nobody"])
def test_strangers_and_unknown_pictures_meet_404(client: Client, section: Section, people: People, name: str) -> None:
    stored = picture(section.plan.regency)
    client.force_login(getattr(people, name))
    assert client.get(stored.source).status_code == 404
    client.force_login(people.coordinator)
    stored.file.delete(save=False)
    missing = ["/gambar/00000000-0000-4000-8000-000000000000/", stored.source]
    assert [client.get(address).status_code for address in missing] == [404, 404]
