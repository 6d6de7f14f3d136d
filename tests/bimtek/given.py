"""Sending a plan in at a stage."""

import io
import uuid
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.utils import timezone

from bimtek.domain.chapters import chapters_of
from bimtek.domain.opinion import issue, write
from bimtek.domain.submission import submit
from bimtek.models import (
    Approval,
    ApprovalChain,
    CycleDocument,
    CycleEvent,
    Edition,
    EksposeOutcome,
    Opinion,
    SignedEdition,
    Stage,
    Submission,
    SubmittedBook,
)
from masterplan.domain.stored import save_with_file
from masterplan.models import Masterplan, Section
from smartcity.accounts.models import User
from smartcity.regency.clock import zone_of

ALL = 9_999
SENTENCE = "Kabupaten Banjar adalah kabupaten di Kalimantan Selatan."


def stage(code: str) -> Stage:
    return Stage.objects.get(code=code)


def send(plan: Masterplan, code: str = "I", *, by: User, **more: Any) -> Submission:
    asked: dict[str, Any] = {"token": str(uuid.uuid4()), "accepted": ALL} | more
    return submit(plan, stage=stage(code), by=by, **asked)[0]


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]}


def section_of(plan: Masterplan, code: str = "B1.1.1") -> Section:
    found = Section.objects.select_related("plan", "outline_section__dimension")
    return found.get(plan=plan, outline_section__code=code)


def pdf(text: str = "x") -> bytes:
    return b"%PDF-1.4\n% " + text.encode() + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def one_page() -> bytes:
    """A PDF that is one in every respect, because it will be signed."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(target)
    return target.getvalue()


def document(plan: Masterplan, kind: str = "mou", **more: Any) -> CycleDocument:
    values: dict[str, Any] = {"date": date(2025, 5, 6), "subject": "Kerja sama", "number": "1/2025"} | more
    return CycleDocument.objects.create(plan=plan, kind=kind, **values)


def event(plan: Masterplan, days: int = 1, start: date | None = None, **more: Any) -> CycleEvent:
    """From today in the zone of the region, unless said otherwise."""
    first = start or timezone.localdate(timezone=zone_of(plan.regency_id))
    values: dict[str, Any] = {"kind": "bimtek", "title": "Bimtek IV", "venue": "Mahligai Sultan Adam"} | more
    return CycleEvent.objects.create(plan=plan, start_date=first, end_date=first + timedelta(days=days - 1), **values)


def draft(submission: Submission, chapter: str, level: str = "setuju", note: str = "", *, by: User) -> Opinion:
    own = Opinion.objects.drafts().filter(submission=submission, chapter=chapter, by=by).first()
    return write(submission, chapter=chapter, level=level, note=note, version=own.version if own else 0, by=by)


def official(submission: Submission, chapter: str, level: str = "setuju", note: str = "", *, by: User) -> Opinion:
    made = draft(submission, chapter, level, note, by=by)
    return issue(submission, seen={made.pk: made.version}, by=by)[0]


def judge_all(submission: Submission, *, by: User, **levels: str) -> None:
    """Every chapter that is due: agreed, or as said by its code with "_" for the dot."""
    for chapter in chapters_of(submission):
        if chapter.is_due:
            level = levels.get(chapter.code.replace(".", "_"), "setuju")
            official(submission, chapter.code, level, "" if level == "setuju" else "Catatan.", by=by)


def made_book(submission: Submission, content: bytes = b"") -> SubmittedBook:
    """As if the worker had set it; the pages themselves are another test's matter."""
    name = f"submitted/{submission.pk}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or pdf(str(submission.pk)))
    SubmittedBook.objects.filter(pk=submission.pk).update(
        file=name, sha256=sha256(path.read_bytes()).hexdigest(), pages=1
    )
    return SubmittedBook.objects.get(pk=submission.pk)


def published(submission: Submission, *, by: User) -> Edition:
    """An edition of a first chain, and a second one with an approval that waits; only the rows."""
    book = made_book(submission)
    plan = submission.plan
    chain = ApprovalChain.objects.create(
        submission=submission, plan=plan, sha256=book.sha256, started_by=by, started_by_name=by.display_name
    )
    Approval.objects.create(chain=chain, position=1, office="Sekretaris Daerah")
    outcome = EksposeOutcome.objects.create(
        event=event(plan, kind="ekspose"), level="nasional", presenter="Bupati", verdict="diterima", by=by, by_name="x"
    )
    return Edition.objects.create(plan=plan, number=1, chain=chain, accepted=outcome, sha256=book.sha256)


def edition_of(plan: Masterplan, stage_code: str, number: int, *, by: User, content: bytes = b"") -> Edition:
    """Approved by a Plt., of a submission of any stage with the book that belongs to a final one; only rows and a file."""
    submission = send(plan, stage_code, by=by)
    SubmittedBook.objects.create(submission=submission, content=b"x")
    book = made_book(submission, content)
    chain = ApprovalChain.objects.create(
        submission=submission, plan=plan, sha256=book.sha256, state="disetujui", started_by=by, ended_at=submission.at
    )
    Approval.objects.create(
        chain=chain, position=1, office="Bupati Banjar", state="disetujui", capacity="plt", signer="Nama Pejabat",
        signer_office="Wakil Bupati", mandate="800/1/2026", note="Catatan rahasia", by=by, by_name="Akun", at=submission.at,
    )  # fmt: skip
    held = event(plan, kind="ekspose")
    outcome = EksposeOutcome.objects.create(event=held, level="nasional", presenter="x", verdict="diterima", by=by)
    made = Edition.objects.create(plan=plan, number=number, chain=chain, accepted=outcome, sha256=book.sha256)
    return Edition.objects.get(pk=made.pk)


def signed_copy(edition: Edition, *, by: User) -> SignedEdition:
    """As if it had been signed; only the row and some file."""
    content = pdf(f"bertanda tangan {edition.pk}")
    signed = SignedEdition(
        edition=edition, sha256=sha256(content).hexdigest(), size=len(content), fingerprint="0" * 64,
        subject="Pemerintah Kabupaten Banjar", issuer="Penerbit", state="tepercaya", by=by,
    )  # fmt: skip
    save_with_file(signed, content)
    return signed
