"""The region's certificate, and signing an edition with it: a further file beside the approved one."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from asn1crypto import pem
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from bimtek.enums import SignatureState
from bimtek.models import Edition, SignedEdition, SigningCertificate
from bimtek.signing.certificate import LARGEST, TEST_PASSPHRASE, Identity, made_for_tests, opened, taken_in
from bimtek.signing.checking import state_of_signature
from bimtek.signing.signer import CertificateSigner, Purpose, Signer
from masterplan.domain.stored import Upload, body_of, save_with_file
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Incomplete, NotAllowed, TooLarge, WrongState


def ensure_may_sign(plan: Masterplan, by: User) -> None:
    if not can_manage_plan(by, plan):
        raise NotAllowed("Sertifikat dan tanda tangan elektronik diurus oleh koordinator daerah.")


def store_certificate(plan: Masterplan, *, upload: Upload | bytes, passphrase: str, by: User) -> SigningCertificate:
    """In place of the former one. The passphrase opens it here and is forgotten."""
    ensure_may_sign(plan, by)
    content = body_of(
        upload,
        limit=LARGEST,
        too_large=TooLarge("Berkas sertifikat terlalu besar.", next_step="Pilih berkas .p12 atau .pfx."),
        empty=Incomplete("Berkas sertifikat kosong."),
    )
    return _keep(plan, taken_in(content, passphrase, timezone.now()), by)


def make_test_certificate(plan: Masterplan, *, by: User) -> SigningCertificate:
    """In demo mode only; its passphrase is known to everybody."""
    ensure_may_sign(plan, by)
    if not settings.DEMO:
        raise NotAllowed("Sertifikat uji hanya ada dalam mode contoh.")
    content = made_for_tests(f"Sertifikat uji {plan.regency.full_name}", timezone.now())
    return _keep(plan, taken_in(content, TEST_PASSPHRASE, timezone.now()), by, is_test=True)


@transaction.atomic
def remove_certificate(plan: Masterplan, *, by: User) -> None:
    """What was signed with it stays signed."""
    ensure_may_sign(plan, by)
    certificate = SigningCertificate.objects.filter(regency=plan.regency_id).first()
    if certificate is not None:
        record("certificate.removed", certificate, by=by, regency_id=plan.regency_id, plan_code=plan.code)
        certificate.delete()


@transaction.atomic
def _keep(plan: Masterplan, taken: tuple[Identity, bytes], by: User, *, is_test: bool = False) -> SigningCertificate:
    identity, content = taken
    values = {
        "content": content, "fingerprint": identity.fingerprint, "subject": identity.subject,
        "issuer": identity.issuer, "valid_from": identity.valid_from, "valid_until": identity.valid_until,
        "is_test": is_test, "by": by, "at": timezone.now(),
    }  # fmt: skip
    kept, _ = SigningCertificate.objects.update_or_create(regency_id=plan.regency_id, defaults=values)
    record("certificate.stored", kept, by=by, regency_id=plan.regency_id, plan_code=plan.code)
    return kept


def signer_for(plan: Masterplan, passphrase: str) -> tuple[Signer, bool]:
    """Who signs for the region, and whether it is only a test: the one place where another service is chosen."""
    certificate = SigningCertificate.objects.filter(regency=plan.regency_id).first()
    if certificate is None:
        raise WrongState("Belum ada sertifikat tanda tangan.", next_step="Pasang dahulu sertifikat daerah.")
    identity = Identity(
        certificate.fingerprint,
        certificate.subject,
        certificate.issuer,
        certificate.valid_from,
        certificate.valid_until,
    )
    identity.ensure_valid(timezone.now())
    return CertificateSigner(identity, *opened(bytes(certificate.content), passphrase)), certificate.is_test


def sign_edition(edition: Edition, *, passphrase: str, by: User) -> tuple[SignedEdition, bool]:
    """The signed file and whether it is new: an edition is signed once with a certificate. Whatever fails, it stays."""
    ensure_may_sign(edition.plan, by)
    signer, is_test = signer_for(edition.plan, passphrase)
    found = SignedEdition.objects.filter(edition=edition, fingerprint=signer.identity.fingerprint)
    if signed := found.first():
        return signed, False
    original = _approved_file(edition)
    regency = edition.plan.regency
    purpose = Purpose(f"{edition}, {edition.plan.title}", regency.capital or regency.name)
    content = signer.sign(original, purpose)
    state = state_of_signature(content, original, _roots())
    if state == SignatureState.ALTERED:
        raise WrongState("Tanda tangan tidak lolos pemeriksaan dan tidak disimpan.", next_step="Hubungi pengelola.")
    try:
        return _store(edition, content, signer.identity, SignatureState.TEST if is_test else state, by), True
    except IntegrityError:
        return found.get(), False


def _store(edition: Edition, content: bytes, identity: Identity, state: SignatureState, by: User) -> SignedEdition:
    plan = edition.plan
    signed = SignedEdition(
        edition=edition,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        fingerprint=identity.fingerprint,
        subject=identity.subject,
        issuer=identity.issuer,
        state=state,
        by=by,
    )
    facts = {"regency_id": plan.regency_id, "plan_code": plan.code, "certificate": identity.subject}
    with transaction.atomic():
        record("edition.signed", edition, by=by, **facts)
        save_with_file(signed, content)  # last: what fails before it leaves no file
    return signed


def _approved_file(edition: Edition) -> bytes:
    path = Path(settings.MEDIA_ROOT) / edition.chain.submission.book.file
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != edition.sha256:
        raise WrongState(
            "Berkas edisi di penyimpanan tidak sama dengan yang disahkan.",
            next_step="Hubungi pengelola; jangan edarkan berkas ini.",
        )
    return content


def _roots() -> Iterator[bytes]:
    """Of `SIGNING_ROOTS`, a PEM file of the issuers that the operator trusts."""
    if settings.SIGNING_ROOTS:
        found = pem.unarmor(Path(settings.SIGNING_ROOTS).read_bytes(), multiple=True)
        yield from (content for _, _, content in found)
