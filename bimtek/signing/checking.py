"""What a signed file is worth, by pyHanko; asked once, when it was signed."""

import io
from collections.abc import Iterable

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from bimtek.enums import SignatureState

ANY_USAGE = KeyUsageConstraints()  # what a certificate is for was asked when it was taken in


def state_of_signature(signed: bytes, original: bytes, roots: Iterable[bytes]) -> SignatureState:
    """ALTERED unless it is `original` with one whole signature added. `roots` are DER certificates that are trusted.

    Revocation is not asked: nothing leaves the server.
    """
    if not signed.startswith(original):
        return SignatureState.ALTERED
    context = ValidationContext(trust_roots=[Certificate.load(root) for root in roots], allow_fetching=False)
    try:
        (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
        status = validate_pdf_signature(signature, context, key_usage_settings=ANY_USAGE)
    except (PdfError, SigningError, SignatureValidationError, ValueError):
        return SignatureState.ALTERED
    if not is_whole(status):
        return SignatureState.ALTERED
    return SignatureState.TRUSTED if status.trusted else SignatureState.UNKNOWN_ISSUER


def is_whole(status: PdfSignatureStatus) -> bool:
    untouched = status.modification_level in {None, ModificationLevel.NONE}
    return bool(status.intact and status.valid and untouched)
