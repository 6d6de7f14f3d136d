"""Certificates, signing an edition with them, and what a signed file is worth when somebody changed it."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from django.conf import settings as live
from django.db import DatabaseError, transaction

from bimtek.domain.signature import make_test_certificate, remove_certificate, sign_edition, store_certificate
from bimtek.models import Edition, SignedEdition, SigningCertificate
from bimtek.signing.certificate import TEST_PASSPHRASE, made_for_tests
from bimtek.signing.checking import state_of_signature
from masterplan.models import Masterplan
from smartcity.audit.models import Event
from smartcity.ui.refusal import Incomplete, NotAllowed, Refusal, TooLarge, WrongState
from tests.people import People

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def sign(edition: Edition, people: People, passphrase: str = TEST_PASSPHRASE) -> tuple[SignedEdition, bool]:
    return sign_edition(edition, passphrase=passphrase, by=people.coordinator)


def said(call: Callable[[], object], kind: type[Refusal]) -> str:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.sentence


def original_of(edition: Edition) -> bytes:
    return (Path(live.MEDIA_ROOT) / edition.chain.submission.book.file).read_bytes()


def test_the_signed_file_is_the_approved_one_with_a_signature_added(
    edition: Edition, certificate: SigningCertificate, people: People
) -> None:
    before = original_of(edition)
    signed, is_new = sign(edition, people)
    content = Path(signed.file.path).read_bytes()
    assert (is_new, content.startswith(before), original_of(edition)) == (True, True, before)
    assert (signed.sha256, signed.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (signed.state, signed.subject) == ("penerbit_tidak_dikenal", "Pemerintah Kabupaten Banjar")
    assert sign(edition, people) == (signed, False)
    assert Event.objects.filter(verb="edition.signed").count() == 1
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        SignedEdition.objects.update(sha256="0" * 64)


def test_a_changed_file_is_found_out(edition: Edition, certificate: SigningCertificate, people: People) -> None:
    before, signed = original_of(edition), sign(edition, people)[0]
    content = Path(signed.file.path).read_bytes()
    turned = bytearray(content)
    turned[len(before) // 2] ^= 1
    later = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.add_blank_page()
        pdf.save(later)
    states = [
        str(state_of_signature(*pair, []))
        for pair in [
            (content, before),
            (bytes(turned), before),
            (bytes(turned), bytes(turned[: len(before)])),
            (later.getvalue(), before),
            (before, before),
        ]
    ]
    assert states == ["penerbit_tidak_dikenal", "berubah", "berubah", "berubah", "berubah"]


def test_an_issuer_that_the_operator_trusts(
    edition: Edition, people: People, plan: Masterplan, settings: Any, tmp_path: Path
) -> None:
    content = made_for_tests("Pemerintah Kabupaten Banjar", NOW)
    _, own, _ = pkcs12.load_key_and_certificates(content, TEST_PASSPHRASE.encode())
    assert own is not None
    (tmp_path / "akar.pem").write_bytes(own.public_bytes(Encoding.PEM))
    settings.SIGNING_ROOTS = str(tmp_path / "akar.pem")
    store_certificate(plan, upload=content, passphrase=TEST_PASSPHRASE, by=people.coordinator)
    assert sign(edition, people)[0].state == "tepercaya"


def test_certificates_that_are_refused(plan: Masterplan, people: People) -> None:
    def store(content: bytes, passphrase: str = TEST_PASSPHRASE) -> object:
        return store_certificate(plan, upload=content, passphrase=passphrase, by=people.coordinator)

    good = made_for_tests("Uji", NOW)
    key, own, _ = pkcs12.load_key_and_certificates(good, TEST_PASSPHRASE.encode())
    short = pkcs12.serialize_key_and_certificates(b"x", key, own, None, BestAvailableEncryption(b"pendek"))  # type: ignore[arg-type]
    old, early = (made_for_tests("Uji", NOW + timedelta(days=days)) for days in (-500, 30))
    wrong = "Kata sandi salah, atau berkas ini bukan sertifikat PKCS#12."
    assert said(lambda: store(good, "sandi-yang-salah"), Incomplete) == wrong
    assert said(lambda: store(b"bukan sertifikat"), Incomplete) == wrong
    assert said(lambda: store(b""), Incomplete) == "Berkas sertifikat kosong."
    assert said(lambda: store(b"x" * 100_001), TooLarge) == "Berkas sertifikat terlalu besar."
    assert said(lambda: store(short, "pendek"), Incomplete).startswith("Kata sandi sertifikat kurang dari 12")
    assert said(lambda: store(old), WrongState).startswith("Sertifikat ini sudah berakhir pada")
    assert said(lambda: store(early), WrongState).startswith("Sertifikat ini baru berlaku mulai")
    assert SigningCertificate.objects.count() == 0


def test_the_passphrase_and_the_uploaded_file_are_not_kept(
    certificate: SigningCertificate, plan: Masterplan, people: People
) -> None:
    content = bytes(SigningCertificate.objects.get().content)
    assert TEST_PASSPHRASE.encode() not in content
    assert TEST_PASSPHRASE not in str(list(Event.objects.values()))
    remove_certificate(plan, by=people.coordinator)
    assert (SigningCertificate.objects.count(), Event.objects.filter(verb="certificate.removed").count()) == (0, 1)


def test_a_failure_leaves_the_edition_as_it_was(
    edition: Edition, certificate: SigningCertificate, people: People, plan: Masterplan
) -> None:
    before = original_of(edition)
    assert said(lambda: sign(edition, people, "sandi-yang-salah"), Incomplete).startswith("Kata sandi salah")
    SigningCertificate.objects.update(valid_until=NOW - timedelta(days=1))
    assert said(lambda: sign(edition, people), WrongState).startswith("Sertifikat ini sudah berakhir pada")
    SigningCertificate.objects.update(valid_until=NOW + timedelta(days=1))
    path = Path(live.MEDIA_ROOT) / edition.chain.submission.book.file
    path.write_bytes(before + b" ")
    assert said(lambda: sign(edition, people), WrongState).startswith("Berkas edisi di penyimpanan tidak sama")
    path.write_bytes(before)
    remove_certificate(plan, by=people.coordinator)
    assert said(lambda: sign(edition, people), WrongState) == "Belum ada sertifikat tanda tangan."
    assert (SignedEdition.objects.count(), list((Path(live.MEDIA_ROOT) / "signed").glob("*"))) == (0, [])


def test_who_may_and_when(
    edition: Edition, certificate: SigningCertificate, plan: Masterplan, people: People, settings: Any
) -> None:
    refused = "Sertifikat dan tanda tangan elektronik diurus oleh koordinator daerah."
    for by in (people.author, people.approver, people.mentor):
        assert said(lambda by=by: sign_edition(edition, passphrase=TEST_PASSPHRASE, by=by), NotAllowed) == refused  # type: ignore[misc]
    closed = said(lambda: make_test_certificate(plan, by=people.coordinator), NotAllowed)
    assert closed == "Sertifikat uji hanya ada dalam mode contoh."
    settings.DEMO = True
    assert make_test_certificate(plan, by=people.coordinator).is_test
    assert sign(edition, people)[0].state == "uji"
