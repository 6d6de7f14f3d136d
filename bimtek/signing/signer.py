"""What signs a file. Another service (BSrE) is another class with these four names (docs/verification.md)."""

import io
from dataclasses import dataclass
from typing import Protocol

from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bimtek.signing.certificate import Identity, Key
from smartcity.ui.refusal import WrongState

FIELD = "Pengesahan"


@dataclass(frozen=True)
class Purpose:
    """Stands in the signature, in the words of whoever opens its properties."""

    reason: str
    location: str


class Signer(Protocol):
    """`identity` says whose signature it is. `sign` adds to the file and changes nothing before; raises a Refusal."""

    @property
    def identity(self) -> Identity: ...

    def sign(self, pdf: bytes, purpose: Purpose) -> bytes: ...


class KeptMetadata(IncrementalPdfFileWriter):
    """Leaves the metadata packet to whoever made the file: pyHanko would name itself as its producer and write it anew."""

    def _update_meta(self) -> None:
        pass


@dataclass(frozen=True)
class CertificateSigner:
    """PAdES B-B with a certificate of one's own: without a time stamp, because nothing is asked of a network."""

    identity: Identity
    key: Key
    certificate: Certificate
    others: list[Certificate]

    def sign(self, pdf: bytes, purpose: Purpose) -> bytes:
        signer = signers.SimpleSigner(_read(self.certificate), self._private_key(), _registry(self.others))
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=purpose.reason,
            location=purpose.location,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            signer_key_usage=set(),  # what the certificate is for was asked when it was taken in
        )
        try:
            writer = KeptMetadata(io.BytesIO(pdf))
            return bytes(signers.PdfSigner(metadata, signer, new_field_spec=_field()).sign_pdf(writer).getvalue())
        except (SigningError, PdfError, ValueError) as error:
            raise WrongState(
                "Berkas tidak dapat ditandatangani; edisinya tidak berubah.",
                next_step="Coba lagi; bila tetap gagal, hubungi pengelola.",
            ) from error

    def _private_key(self) -> PrivateKeyInfo:
        return PrivateKeyInfo.load(self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def _read(certificate: Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _registry(others: list[Certificate]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(map(_read, others))
    return store


def _field() -> fields.SigFieldSpec:
    """Unseen: outside the page, so that PDF/UA asks for no element in the structure tree."""
    unseen = fields.InvisSigSettings(box_out_of_bounds=True)
    return fields.SigFieldSpec(FIELD, invis_sig_settings=unseen, readable_field_name="Tanda tangan elektronik")
