"""A book with its QR, and the same book signed: both PDF/A-3a and PDF/UA-1, as far as it can be checked without veraPDF."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from pdfua import validate
from pikepdf import Dictionary, Name, Pdf

from bimtek.models import SubmittedBook
from bimtek.signing.certificate import TEST_PASSPHRASE, identity_of, made_for_tests, opened
from bimtek.signing.checking import state_of_signature
from bimtek.signing.signer import CertificateSigner, Purpose
from export import frozen_book
from masterplan.models import Masterplan
from tests.bimtek.given import send
from tests.people import People

pytestmark = pytest.mark.django_db


def made(plan: Masterplan, people: People) -> tuple[SubmittedBook, Path]:
    submission = send(plan, "I", by=people.coordinator)
    book = SubmittedBook.objects.create(submission=submission, content=frozen_book.freeze(plan))
    frozen_book.make(book.pk)
    book.refresh_from_db()
    return book, Path(settings.MEDIA_ROOT) / book.file


def signed(pdf: bytes) -> bytes:
    content = made_for_tests("Pemerintah Kabupaten Banjar", datetime.now(UTC))
    key, certificate, others = opened(content, TEST_PASSPHRASE)
    return CertificateSigner(identity_of(certificate), key, certificate, others).sign(
        pdf, Purpose("Edisi 1", "Martapura")
    )


def standards(pdf: Pdf) -> tuple[str, ...]:
    packet = pdf.open_metadata(set_pikepdf_as_editor=False)
    return tuple(str(packet[name]) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdf:Producer"))


def figures_and_addresses(pdf: Pdf) -> tuple[list[str], set[str]]:
    alternatives = [str(item.Alt) for item in pdf.objects if isinstance(item, Dictionary) and "/Alt" in item]
    links = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.Subtype == Name.Link]
    return alternatives, {str(note.A.URI) for note in links if "/A" in note and "/URI" in note.A}


def test_the_book_with_its_qr_and_its_signed_copy_keep_both_standards(
    plan: Masterplan, people: People, tmp_path: Path
) -> None:
    book, path = made(plan, people)
    original, copy = path.read_bytes(), tmp_path / "signed.pdf"
    copy.write_bytes(signed(original))
    assert copy.read_bytes().startswith(original)
    assert state_of_signature(copy.read_bytes(), original, []) == "penerbit_tidak_dikenal"
    assert [[str(finding) for finding in validate(each).findings] for each in (path, copy)] == [[], []]
    with pikepdf.open(path) as before, pikepdf.open(copy) as after:
        assert (before.check_pdf_syntax(), after.check_pdf_syntax()) == ([], [])
        assert standards(before) == standards(after) == ("3", "A", "1", str(before.docinfo["/Producer"]))
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)
        alternatives, links = figures_and_addresses(after)
        assert f"{settings.PUBLIC_URL}/periksa/{book.code}/" in links
        assert alternatives.count("Kode QR halaman pemeriksaan") == 2  # books with an approval page


def test_the_signature_has_no_place_on_the_page_and_says_why(plan: Masterplan, people: People) -> None:
    """PDF/A wants it printable and, off the page, without an appearance only if it has no size; PDF/UA wants a name."""
    _, path = made(plan, people)
    with pikepdf.open(io.BytesIO(signed(path.read_bytes()))) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        page = pdf.pages[0]
        left, bottom, right, top = (float(edge) for edge in field.Rect)
        flags = int(field.F)
        assert (str(field.TU), str(field.V.SubFilter), str(field.V.Reason)) == (
            "Tanda tangan elektronik", "/ETSI.CAdES.detached", "Edisi 1",
        )  # fmt: skip
        assert (flags & 4, flags & 0b100011) == (4, 0)  # Print; neither Invisible, Hidden nor NoView
        assert right <= 0 or top <= 0 or left >= float(page.mediabox[2]) or bottom >= float(page.mediabox[3])
        assert (left, bottom) == (right, top) or "/AP" in field
        assert {str(each.obj.get("/Tabs")) for each in pdf.pages if "/Annots" in each.obj} == {"/S"}
