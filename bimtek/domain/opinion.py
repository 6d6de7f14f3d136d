"""Judging a submission: drafts among reviewers, and issuing them, which nothing takes back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bimtek.domain.authorship import ensure_other_eyes
from bimtek.domain.chapters import Chapter, chapters_of
from bimtek.domain.deadline import mark_read
from bimtek.domain.opinion_board import board_of, earlier_opinions, newer_than, unchanged_since
from bimtek.domain.review_notices import tell_of_opinion
from bimtek.domain.stored_file import file_for, throw_away
from bimtek.enums import OpinionLevel
from bimtek.models import Opinion, StoredFile, Submission
from bimtek.rules import Judge, judge_of
from masterplan.domain.stored import Upload
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from smartcity.ui.text import cleaned

MAX_NOTE = 4000
NAMED_IN_REFUSAL = 3


class StaleOpinion(Conflict):
    """The draft was changed in another window meanwhile."""


def write(submission: Submission, *, chapter: str, level: str, note: str, version: int, by: User) -> Opinion:
    """The person's own draft on a chapter, or with an empty code on the stage; `version` is that of the draft they saw, 0
    without one."""
    note = _note(level, note)
    with _judging(submission, by) as judge:
        label = _ensure_competent(submission, chapter, _chapters(submission), judge, by)
        own = Opinion.objects.drafts().filter(submission=submission, chapter=chapter, by=by).first()
        if version != (own.version if own else 0):
            raise StaleOpinion(
                "Konsep ini berubah sejak Anda membukanya.",
                next_step="Tulisan Anda masih ada di bawah; simpan lagi bila tetap ingin memakainya.",
            )
        draft = own or Opinion(
            plan=submission.plan, submission=submission, chapter=chapter, by=by, by_name=by.display_name, version=0
        )
        draft.label, draft.level, draft.note = label, level, note
        draft.version, draft.changed_at = draft.version + 1, timezone.now()
        draft.save()
        record("opinion.drafted", draft, by=by, place="")  # without a region: its people read their own trail
    return draft


def discard(submission: Submission, *, chapter: str, version: int, by: User) -> None:
    with _judging(submission, by):
        own = _own_draft(submission, chapter, version, by)
        if own is None:
            return
        record("opinion.discarded", own, by=by, place="")
        own.delete()
        if own.file:
            throw_away(own.file)


def attach(
    submission: Submission, *, chapter: str, version: int, upload: Upload | bytes, name: str, by: User
) -> Opinion:  # fmt: skip
    """A file beside the person's draft, in place of a former one; it becomes official with the opinion."""
    _ensure_judge(submission, by)  # before anything is written to the disk
    with file_for(submission.plan, upload=upload, name=name, by=by) as stored, _judging(submission, by):
        own = _own_draft(submission, chapter, version, by)
        if own is None:
            raise StaleOpinion("Konsepnya belum ada.", next_step="Simpan konsep lebih dahulu, lalu lampirkan berkas.")
        return _with_file(own, stored)


def detach(submission: Submission, *, chapter: str, version: int, by: User) -> None:
    with _judging(submission, by):
        own = _own_draft(submission, chapter, version, by)
        if own is not None and own.file is not None:
            _with_file(own, None)


def issue(submission: Submission, *, seen: Mapping[int, int], by: User) -> list[Opinion]:
    """Make these drafts of the person official: `seen` gives the version of each (by id) that they read last.

    One numbering through the plan. The opinion on a stage comes last and ends the reading of the submission.
    """
    with _judging(submission, by) as judge:
        own = Opinion.objects.drafts().filter(submission=submission, by=by)
        drafts = sorted(own.filter(pk__in=seen), key=lambda draft: (draft.is_on_stage, draft.pk))
        if not seen or {draft.pk: draft.version for draft in drafts} != dict(seen):
            raise StaleOpinion("Konsep Anda berubah sejak halaman ini dibuka.", next_step="Baca lagi, lalu ulangi.")
        last = Opinion.objects.filter(plan=submission.plan_id).aggregate(last=Max("number"))["last"] or 0
        chapters = _chapters(submission)
        for number, draft in enumerate(drafts, start=last + 1):
            _ensure_competent(submission, draft.chapter, chapters, judge, by)
            if draft.is_on_stage:
                _ensure_stage_is_judged(submission, draft)
            draft.number, draft.issued_at = number, timezone.now()
            draft.save(update_fields=["number", "issued_at"])
            _record_issued(draft, by)
            if draft.is_on_stage:
                mark_read(submission)
                tell_of_opinion(draft, by=by)
    return drafts


def carry(submission: Submission, *, by: User) -> list[Opinion]:
    """Drafts like the person's last official opinions, for chapters that read the same and that they have not judged here."""
    with _judging(submission, by) as judge:
        own = {each.chapter: each for each in earlier_opinions(submission) if each.by_id == by.pk}
        done = set(Opinion.objects.filter(submission=submission, by=by).values_list("chapter", flat=True))
        same = unchanged_since(submission, own.values()) if own else set()
        judged = {
            code
            for code, chapter in _chapters(submission).items()
            if judge.can_judge(book=chapter.book, dimensions=chapter.dimensions)
        }
        made = [
            Opinion(
                plan=submission.plan, submission=submission, chapter=each.chapter, label=each.label, level=each.level,
                note=each.note, by=by, by_name=by.display_name,
            )
            for each in own.values()
            if each.pk in same and each.chapter in judged - done
        ]  # fmt: skip
        Opinion.objects.bulk_create(made)
        for draft in made:
            record("opinion.drafted", draft, by=by, place="")
    return made


def _own_draft(submission: Submission, chapter: str, version: int, by: User) -> Opinion | None:
    own = Opinion.objects.drafts().filter(submission=submission, chapter=chapter, by=by).select_related("file").first()
    if own is not None and own.version != version:
        raise StaleOpinion("Konsep ini berubah sejak Anda membukanya.", next_step="Baca yang baru, lalu ulangi.")
    return own


def _with_file(draft: Opinion, stored: StoredFile | None) -> Opinion:
    former, draft.file = draft.file, stored
    draft.version, draft.changed_at = draft.version + 1, timezone.now()
    draft.save(update_fields=["file", "version", "changed_at"])
    if former is not None:
        throw_away(former)
    record("opinion.drafted", draft, by=draft.by, place="")
    return draft


# -- guards ---------------------------------------------------------------------------------------------------------


@contextmanager
def _judging(submission: Submission, by: User) -> Iterator[Judge]:
    """One at a time through the plan; refuses where the submission is not to be judged any more, or not by this person."""
    judge = _ensure_judge(submission, by)
    with transaction.atomic():
        Masterplan.objects.select_for_update(no_key=True).get(pk=submission.plan_id)
        if Opinion.objects.issued().filter(submission=submission, chapter="").exists():
            raise WrongState(
                f"Pendapat atas {submission} sudah dikeluarkan.", next_step="Kiriman berikutnya dinilai lagi."
            )
        if newest := newer_than(submission):
            raise WrongState(f"Sudah ada {newest}.", next_step="Nilailah kiriman yang terbaru.")
        yield judge


def _ensure_judge(submission: Submission, by: User) -> Judge:
    judge = judge_of(by, submission.plan, submission.stage)
    if not judge.takes_part:
        raise NotAllowed(
            f"Pendapat ditulis oleh {submission.stage.get_reviewer_display().lower()} rencana ini.",
            next_step="Editor kementerian menetapkan siapa yang menilai.",
        )
    return judge


def _chapters(submission: Submission) -> dict[str, Chapter]:
    return {chapter.code: chapter for chapter in chapters_of(submission)}


def _ensure_competent(
    submission: Submission, code: str, chapters: Mapping[str, Chapter], judge: Judge, by: User
) -> str:  # fmt: skip
    """The name of what is judged."""
    if not code:
        if not judge.can_judge_stage:
            raise NotAllowed(
                "Pendapat atas tahap dikeluarkan oleh pembimbing yang menilai seluruh rencana.",
                next_step="Keluarkan pendapat Anda atas bab-bab yang Anda nilai.",
            )
        ensure_other_eyes(submission, by, verb="menilainya")
        return str(submission)
    chapter = chapters.get(code)
    if chapter is None:
        raise Incomplete("Bab ini tidak ada dalam kiriman.")
    if not judge.can_judge(book=chapter.book, dimensions=chapter.dimensions):
        raise NotAllowed(f"{chapter.label} dinilai oleh pembimbing lain.", next_step="Tulislah komentar pada babnya.")
    ensure_other_eyes(submission, by, verb="menilainya", sections=chapter.sections)
    return chapter.label


def _ensure_stage_is_judged(submission: Submission, draft: Opinion) -> None:
    board = board_of(submission, Opinion.objects.issued().filter(submission=submission))
    if board.lacking:
        names = "; ".join(chapter.label for chapter in board.lacking[:NAMED_IN_REFUSAL])
        more = len(board.lacking) - NAMED_IN_REFUSAL
        raise Incomplete(
            f"{len(board.lacking)} bab yang jatuh tempo belum dinilai: {names}{f' dan {more} lainnya' if more > 0 else ''}.",
            next_step="Pendapat atas tahap menyusul sesudah semua bab dinilai.",
        )
    if not board.allows(draft.level):
        because = f"masih ada {board.must_fix} komentar wajib" if board.must_fix else "ada bab yang dinilai demikian"
        raise WrongState(
            f"Pendapat tahap paling ringan “{board.computed.label if board.computed else ''}”, karena {because}.",
            next_step="Ubah pendapat tahap, atau selesaikan yang menahan lebih dahulu.",
        )


def _note(level: str, note: str) -> str:
    if level not in OpinionLevel.values:
        raise Incomplete("Pilih pendapat Anda.")
    note = cleaned(note)
    if not note and level != OpinionLevel.AGREED:
        raise Incomplete("Tulis catatannya: apa yang perlu diperhatikan atau diperbaiki.")
    if len(note) > MAX_NOTE:
        raise Incomplete(f"Catatan terlalu panjang: {len(note)} aksara, paling banyak {MAX_NOTE}.")
    return note


def _record_issued(opinion: Opinion, by: User) -> None:
    plan = opinion.plan
    record(
        "opinion.issued", opinion, by=by, regency_id=plan.regency_id, plan_code=plan.code,
        level=opinion.get_level_display(), place=opinion.label, number=opinion.number,
    )  # fmt: skip
