"""Handing in a plan at a stage: one submission for one click, frozen while people write on."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max

from bimtek.domain.book import order_book
from bimtek.domain.deadline import after_submission
from bimtek.domain.frozen import Frozen, freeze, mark_of
from bimtek.domain.notices import tell_of_submission
from bimtek.models import Stage, Submission, SubmittedBook, SubmittedSection, SubmittedTable
from bimtek.rules import can_submit
from masterplan import prose
from masterplan.models import Masterplan, NamedVersion, Section
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState


def submit(
    plan: Masterplan, *, stage: Stage, token: str, accepted: int, note: str = "", by: User
) -> tuple[Submission, bool]:
    """The submission and whether it is new: the same `token` again gives what the first click made.

    `accepted` is how many open points the person saw and went on with; more of them than that are a refusal. Nothing of
    the plan is closed: sections and rows stay open for writing.
    """
    if not can_submit(by, plan):
        raise NotAllowed("Kiriman dibuat oleh koordinator daerah.", next_step="Minta koordinator mengirimkannya.")
    form = _form(token)
    known = Submission.objects.filter(plan=plan, token=form).first()
    if known is not None:
        return known, False
    frozen = freeze(plan, stage)
    _ensure_open(stage, frozen, accepted)
    with transaction.atomic():
        # Two clicks wait here for each other; writers of rows and sections do not (they only refer to the plan).
        Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        known = Submission.objects.filter(plan=plan, token=form).first()
        if known is not None:
            return known, False
        return _stored(plan, stage, frozen, token=form, note=note, by=by), True


def _form(token: str) -> uuid.UUID:
    try:
        return uuid.UUID(token)
    except ValueError as error:
        raise Incomplete("Formulir ini tidak lengkap.", next_step="Kirim lagi lewat tombol di halaman ini.") from error


def _ensure_open(stage: Stage, frozen: Frozen, accepted: int) -> None:
    held = sum(point["holds"] for point in frozen.points)
    if stage.is_final and held:
        raise WrongState(
            f"{stage} adalah tahap akhir dan masih tertahan {held} hal.",
            next_step="Selesaikan yang tertulis di bawah ini, lalu kirim lagi.",
        )
    if len(frozen.points) > accepted:
        raise Incomplete(
            f"Masih ada {len(frozen.points)} hal yang terbuka.",
            next_step="Centang persetujuan di bawah ini bila tetap ingin mengirim.",
        )


def _stored(
    plan: Masterplan, stage: Stage, frozen: Frozen, *, token: uuid.UUID, note: str, by: User
) -> Submission:  # fmt: skip
    earlier = Submission.objects.filter(plan=plan, stage=stage)
    last = earlier.first()
    sha256 = frozen.sha256
    if last is not None and last.sha256 == sha256:
        raise Conflict(
            f"Tidak ada yang berubah sejak {last}.", next_step="Kirim lagi setelah naskah atau tabel diperbaiki."
        )
    number = (earlier.aggregate(highest=Max("number"))["highest"] or 0) + 1
    submission = Submission.objects.create(
        plan=plan,
        stage=stage,
        number=number,
        name=f"{stage}, kiriman {number}",
        note=note.replace("\x00", "").strip()[:2000],
        by=by,
        by_name=by.display_name,
        at=frozen.at,
        token=token,
        facts=frozen.facts,
        points=frozen.points,
        sha256=sha256,
    )
    _store_content(submission, frozen)
    _name_versions(submission, frozen, by)
    after_submission(submission, by=by)
    tell_of_submission(submission, by=by)
    facts: dict[str, Any] = {"sha256": sha256, "open": len(frozen.points), "number": number, "stage": stage.code}
    record("submission.sent", submission, by=by, regency_id=plan.regency_id, plan_code=plan.code, **facts)
    return submission


def _store_content(submission: Submission, frozen: Frozen) -> None:
    SubmittedSection.objects.bulk_create(
        SubmittedSection(submission=submission, position=place, mark=mark_of(section["doc"]), **section)
        for place, section in enumerate(frozen.sections, start=1)
    )
    SubmittedTable.objects.bulk_create(
        SubmittedTable(
            submission=submission, position=place, mark=mark_of(table["rows"]), row_count=len(table["rows"]), **table
        )
        for place, table in enumerate(frozen.tables, start=1)
    )
    if frozen.book:
        order_book(SubmittedBook.objects.create(submission=submission, content=frozen.book))


def _name_versions(submission: Submission, frozen: Frozen, by: User) -> None:
    """In the history of each section too; a name that a person gave before stays theirs."""
    sections = Section.objects.filter(plan=submission.plan).without_text().select_related("outline_section")
    by_code = {section.outline_section.code: section for section in sections}
    NamedVersion.objects.bulk_create(
        (
            NamedVersion(
                section=by_code[part["code"]],
                version=part["version"],
                name=submission.name,
                named_by=by,
                facts=prose.values_in(part["doc"], frozen.values),
            )
            for part in frozen.sections
            if part["code"] in by_code
        ),
        ignore_conflicts=True,
    )
