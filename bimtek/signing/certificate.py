"""Certificates of regions as PKCS#12: read, checked, and written anew under a strong cipher."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from smartcity.ui.refusal import Incomplete, WrongState

LARGEST = 100_000
SHORTEST_PASSPHRASE = 12
RSA_BITS = 2048
ROUNDS = 600_000  # of PBKDF2 with SHA-256, as OWASP advises for 2023 and later
TEST_PASSPHRASE = "sertifikat-uji"  # noqa: S105 # nosec B105 - of a certificate that says of itself that it is none
TEST_DAYS = 365
type Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Identity:
    """`fingerprint` is the SHA-256 of the certificate; times are aware."""

    fingerprint: str
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime

    def ensure_valid(self, now: datetime) -> None:
        if now >= self.valid_until:
            raise WrongState(
                f"Sertifikat ini sudah berakhir pada {self.valid_until:%d-%m-%Y}.", next_step="Unggah yang baru."
            )
        if now < self.valid_from:
            raise WrongState(f"Sertifikat ini baru berlaku mulai {self.valid_from:%d-%m-%Y}.")


def taken_in(content: bytes, passphrase: str, now: datetime) -> tuple[Identity, bytes]:
    """Who it is, and the same key and certificates under PBES2 with AES-256 and the same passphrase.

    Files of older programs hide the key with RC2 or 3DES, which a thief of the database would break.
    """
    if len(content) > LARGEST:
        raise Incomplete("Berkas sertifikat terlalu besar.", next_step="Pilih berkas .p12 atau .pfx.")
    key, certificate, others = opened(content, passphrase)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Incomplete(
            f"Kata sandi sertifikat kurang dari {SHORTEST_PASSPHRASE} aksara.",
            next_step="Simpan ulang sertifikat dengan kata sandi yang lebih panjang, lalu unggah lagi.",
        )
    identity = identity_of(certificate)
    identity.ensure_valid(now)
    _ensure_may_sign(certificate)
    return identity, packed(key, certificate, others, passphrase)


def opened(content: bytes, passphrase: str) -> tuple[Key, x509.Certificate, list[x509.Certificate]]:
    """Raises Incomplete for a wrong passphrase, a file of another kind, and one without a key."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError as error:
        raise Incomplete(
            "Kata sandi salah, atau berkas ini bukan sertifikat PKCS#12.", next_step="Periksa keduanya, lalu ulangi."
        ) from error
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Incomplete("Berkas ini tidak memuat kunci RSA atau EC beserta sertifikatnya.")
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < RSA_BITS:
        raise Incomplete(f"Kunci sertifikat ini terlalu pendek: {key.key_size} bit, sedikitnya {RSA_BITS}.")
    return key, certificate, others


def packed(key: Key, certificate: x509.Certificate, others: list[x509.Certificate], passphrase: str) -> bytes:
    cipher = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    return pkcs12.serialize_key_and_certificates(b"masterplan", key, certificate, others, cipher)


def identity_of(certificate: x509.Certificate) -> Identity:
    return Identity(
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )


def made_for_tests(subject: str, now: datetime) -> bytes:
    """Signed by itself, for demo mode, under `TEST_PASSPHRASE`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(minutes=5))
        .not_valid_after(now.astimezone(UTC) + timedelta(days=TEST_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    return packed(key, certificate, [], TEST_PASSPHRASE)


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _ensure_may_sign(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.digital_signature and not usage.content_commitment:
        raise Incomplete("Sertifikat ini bukan untuk tanda tangan.", next_step="Minta sertifikat tanda tangan.")


def _name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME) or name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(found[0].value if found else name.rfc4514_string())[:200]
