"""The region's certificate and signing an edition, as forms: who gets in, and what is said when it does not work."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bimtek.models import Edition, SignedEdition, SigningCertificate
from bimtek.signing.certificate import TEST_PASSPHRASE, made_for_tests
from bimtek.views import signatures
from masterplan.models import Masterplan
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
WRONG = "sandi-yang-salah-sekali"


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.coordinator)


def install(client: Client, plan: Masterplan, content: bytes, passphrase: str = TEST_PASSPHRASE) -> Any:
    address = reverse("bimtek:certificate_detail", args=[plan.code])
    form = {"berkas": SimpleUploadedFile("daerah.p12", content), "kata_sandi": passphrase}
    return client.post(address, form, follow=True)


def sign(client: Client, edition: Edition, passphrase: str = TEST_PASSPHRASE) -> Any:
    address = reverse("bimtek:edition_sign", args=[edition.plan.code, edition.number])
    return client.post(address, {"kata_sandi": passphrase}, follow=True)


def test_installed_signed_twice_and_fetched(client: Client, plan: Masterplan, edition: Edition, people: People) -> None:
    installed = install(client, plan, made_for_tests("Pemerintah Kabupaten Banjar", NOW))
    assert "Sertifikat terpasang. Kata sandinya tidak disimpan." in installed.text
    first, second = sign(client, edition), sign(client, edition)
    signed = SignedEdition.objects.get()
    assert "Edisi 1 sudah ditandatangani." in first.text
    assert "Edisi 1 sudah pernah ditandatangani dengan sertifikat ini." in second.text
    assert TEST_PASSPHRASE not in installed.text + first.text + second.text
    answer = client_of(people.mentor).get(reverse("bimtek:signed_download", args=[plan.code, 1, signed.pk]))
    name = f"masterplan-{plan.code}-edisi-1-bertanda-tangan.pdf"
    assert (b"".join(answer), answer.headers["Content-Disposition"]) == (  # type: ignore[arg-type]
        Path(signed.file.path).read_bytes(),
        f'attachment; filename="{name}"',
    )
    public = Client().get(reverse("bimtek:verification_detail", args=[edition.chain.submission.book.code])).text
    for words in (signed.sha256, edition.sha256, "Utuh, penerbit sertifikat tidak dikenal"):
        assert words in public


def test_what_is_refused_says_why_and_keeps_nothing(client: Client, plan: Masterplan, edition: Edition) -> None:
    good, old = (made_for_tests("Uji", NOW - timedelta(days=days)) for days in (0, 500))
    said = [
        (install(client, plan, good, WRONG), 422, "Kata sandi salah, atau berkas ini bukan sertifikat PKCS#12."),
        (install(client, plan, old), 409, "Sertifikat ini sudah berakhir pada"),
        (install(client, plan, b"x" * 100_001), 413, "Berkas sertifikat terlalu besar."),
        (client.post(reverse("bimtek:certificate_detail", args=[plan.code])), 422, "Berkas sertifikat kosong."),
        (sign(client, edition), 409, "Belum ada sertifikat tanda tangan."),
    ]
    assert [(answer.status_code, words in answer.text) for answer, _, words in said] == [
        (status, True) for _, status, _ in said
    ]
    assert (SigningCertificate.objects.count(), SignedEdition.objects.count()) == (0, 0)


def test_a_wrong_passphrase_and_an_expired_certificate_sign_nothing(
    client: Client, edition: Edition, certificate: SigningCertificate
) -> None:
    wrong = sign(client, edition, WRONG)
    SigningCertificate.objects.update(valid_until=NOW - timedelta(days=1))
    late = sign(client, edition)
    assert (wrong.status_code, "Kata sandi salah" in wrong.text, WRONG in wrong.text) == (422, True, False)
    assert (late.status_code, "Sertifikat ini sudah berakhir pada" in late.text) == (409, True)
    assert SignedEdition.objects.count() == 0


def test_passphrases_cannot_be_tried_out(
    client: Client, edition: Edition, certificate: SigningCertificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "RATE", {"try": "2/5m/user"})
    assert [sign(client, edition, WRONG).status_code for _ in range(3)] == [422, 422, 429]
    assert client.get(reverse("bimtek:certificate_detail", args=[edition.plan.code])).status_code == 200


def test_who_gets_in(people: People, edition: Edition, certificate: SigningCertificate, settings: Any) -> None:
    """A colleague is told who does it; for another region there is nothing here."""
    settings.DEMO = True
    code = edition.plan.code
    names = (
        ("edition_sign", [code, 1]),
        ("certificate_remove", [code]),
        ("certificate_test", [code]),
        ("certificate_detail", [code]),
    )
    form = {"kata_sandi": TEST_PASSPHRASE}
    for person, status in ((people.author, 403), (people.mentor, 403), (people.stranger, 404)):
        asked = client_of(person)
        answers = [asked.post(reverse(f"bimtek:{name}", args=args), form).status_code for name, args in names]
        assert answers == [status] * len(names)
    assert (SignedEdition.objects.count(), SigningCertificate.objects.get().fingerprint) == (0, certificate.fingerprint)
