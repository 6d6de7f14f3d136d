"""What anybody may know of a printed or sent book: which file it is, who approved it, what came after."""

import re
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from bimtek.enums import ApprovalState, CheckedAs
from bimtek.models import Approval, Edition, Enactment, SignedEdition, SubmittedBook, SubmittedSection

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Findings:
    """Of one code. Without an edition nothing is told but whose book it is and which edition holds now."""

    book: SubmittedBook
    edition: Edition | None
    editions: list[Edition]
    volumes: list[tuple[str, str]]
    approvals: list[Approval]
    enactment: Enactment | None
    signed: list[SignedEdition]

    @property
    def newest(self) -> Edition | None:
        return self.editions[0] if self.editions else None

    @property
    def is_superseded(self) -> bool:
        return self.edition is not None and self.edition != self.newest


@dataclass(frozen=True)
class Answer:
    """`code` leads to the page of what was found; `asked` is that of the page on which it was asked."""

    kind: CheckedAs
    asked: uuid.UUID | None = None
    code: uuid.UUID | None = None
    edition: Edition | None = None
    is_superseded: bool = False
    signed: SignedEdition | None = None

    @property
    def is_here(self) -> bool:
        return self.code == self.asked

    @property
    def is_elsewhere(self) -> bool:
        return self.asked is not None and not self.is_here


def findings_of(code: uuid.UUID) -> Findings | None:
    found = SubmittedBook.objects.select_related("submission__plan__regency__province").defer("content")
    book = found.filter(code=code).exclude(sha256="").first()
    if book is None:
        return None
    editions = list(_editions().filter(plan=book.submission.plan_id))
    edition = next((each for each in editions if each.chain.submission_id == book.pk), None)
    if edition is None:
        return Findings(book, None, editions, [], [], None, [])
    return Findings(
        book=book,
        edition=edition,
        editions=editions,
        volumes=_volumes(book.pk),
        approvals=list(edition.chain.approvals.filter(state=ApprovalState.APPROVED)),
        enactment=Enactment.objects.filter(edition=edition).first(),
        signed=list(edition.signed.all()),
    )


def answer_to(typed: str, asked: uuid.UUID | None = None) -> Answer:
    """What the file with this SHA-256 is."""
    sha256 = "".join(typed.split()).lower()
    if not SHA256.fullmatch(sha256):
        return Answer(CheckedAs.MISTYPED, asked)
    signed = SignedEdition.objects.filter(sha256=sha256).first()
    edition = _editions().filter(pk=signed.edition_id).first() if signed else _editions().filter(sha256=sha256).first()
    if edition is None:
        book = SubmittedBook.objects.filter(sha256=sha256).only("code").first()
        if book is None:
            return Answer(CheckedAs.UNKNOWN, asked)
        return Answer(CheckedAs.SUBMITTED, asked, book.code)
    return Answer(
        kind=CheckedAs.SIGNED if signed else CheckedAs.EDITION,
        asked=asked,
        code=edition.chain.submission.book.code,
        edition=edition,
        is_superseded=Edition.objects.filter(plan=edition.plan_id, number__gt=edition.number).exists(),
        signed=signed,
    )


def _editions() -> QuerySet[Edition]:
    found = Edition.objects.select_related("plan__regency__province", "chain__submission__book")
    return found.defer("chain__submission__book__content")


def _volumes(submission_id: int) -> list[tuple[str, str]]:
    """Number and title of each book, as they were when it was handed in."""
    sections = SubmittedSection.objects.filter(submission=submission_id)
    found = sections.values_list("outline__book__number", "outline__book__title")
    return list(dict.fromkeys((str(number), str(title)) for number, title in found))
