"""Remarks on a plan: starting a thread, and every act on one. What was posted stays as it was said."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from masterplan import rules
from masterplan.domain.comment_acts import BY_ACT, Part
from masterplan.domain.comment_notices import tell_of
from masterplan.domain.comment_places import Spot
from masterplan.enums import CommentAct, CommentKind, CommentState, CommentVisibility
from masterplan.models import Comment, CommentThread, Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Opd
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from smartcity.ui.text import cleaned

MAX_BODY = 2000
VERBS = {
    CommentAct.REPLY: "comment.replied",
    CommentAct.ANSWER: "comment.answered",
    CommentAct.ACCEPT: "comment.accepted",
    CommentAct.RETURN: "comment.returned",
    CommentAct.CLOSE: "comment.closed",
    CommentAct.REOPEN: "comment.reopened",
}


class StaleComment(Conflict):
    """Somebody else acted on the thread in the meantime."""


@dataclass(frozen=True)
class Draft:
    """What a person filled in; `opd` is the office that sees it, `assignee` and `assigned_opd` exclude each other."""

    visibility: str
    kind: str
    body: str
    opd: Opd | None = None
    assignee: User | None = None
    assigned_opd: Opd | None = None
    due: date | None = None


def start_thread(
    plan: Masterplan, *, spot: Callable[[], Spot], draft: Draft, token: uuid.UUID, by: User
) -> tuple[CommentThread, bool]:  # fmt: skip
    """The thread, and whether it is new: the same token again gives the thread that it made. Raises a Refusal.

    `spot` is asked inside the transaction, where it may hold a text still.
    """
    _check(plan, draft, by)
    body = _body(draft.body)
    with transaction.atomic():
        Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)  # one number after the other
        posted = CommentThread.objects.filter(plan=plan, token=token, asker=by).first()
        if posted is not None:
            return posted, False
        is_reviewer = rules.is_reviewer(by, plan)
        last = CommentThread.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
        thread = CommentThread.objects.create(
            plan=plan,
            number=last + 1,
            token=token,
            kind=draft.kind,
            visibility=draft.visibility,
            opd=draft.opd if draft.visibility == CommentVisibility.OFFICE else None,
            asker=by,
            is_by_reviewer=is_reviewer,
            assignee=draft.assignee,
            assigned_opd=draft.assigned_opd,
            due=draft.due,
            **spot().fields(),
        )
        _write(thread, CommentAct.ASK, body, token, by)
        _record("comment.started", thread, by)
        tell_of(thread, CommentAct.ASK, by=by)
    return thread, True


def act_on(
    thread: CommentThread, *, act: CommentAct, version: int, body: str, token: uuid.UUID, by: User
) -> tuple[Comment, bool]:
    """One row of the table of transitions. Raises StaleComment when the thread moved on since `version`."""
    transition = BY_ACT[act]
    body = _body(body, is_needed=transition.needs_text)
    with transaction.atomic():
        locked = CommentThread.objects.select_for_update(of=("self",)).select_related("plan__regency").get(pk=thread.pk)
        _ensure_seen(locked, by)
        posted = locked.comments.filter(token=token, author=by).first()
        if posted is not None:
            return posted, False
        if locked.version != version:
            raise StaleComment(
                "Komentar ini berubah sejak Anda membukanya.",
                next_step="Baca yang baru di bawah; tulisan Anda masih ada, kirim lagi bila masih sesuai.",
            )
        part = Part.of(by, locked, is_reviewer=rules.is_reviewer(by, locked.plan))
        if not transition.who(part):
            raise NotAllowed(
                f"Anda tidak dapat melakukan “{transition.label}” pada komentar ini.",
                next_step="Yang menerima jawaban adalah penanyanya; yang menjawab adalah pihak yang ditanya.",
            )
        if not transition.is_open_to(part, locked.state):
            raise WrongState(f"{locked} sudah {locked.get_state_display().lower()}.", next_step="Muat ulang halaman.")
        _move(locked, transition.target)
        comment = _write(locked, act, body, token, by)
        _record(VERBS[act], locked, by)
        tell_of(locked, act, by=by)
    return comment, True


def _move(thread: CommentThread, target: CommentState | None) -> None:
    now = timezone.now()
    if target is not None:
        thread.state = target
        thread.resolved_at = now if target == CommentState.RESOLVED else None
    thread.version += 1
    thread.changed_at = now
    thread.save(update_fields=["state", "resolved_at", "version", "changed_at"])


def _write(thread: CommentThread, act: CommentAct, body: str, token: uuid.UUID, by: User) -> Comment:
    return Comment.objects.create(
        thread=thread,
        act=act,
        body=body,
        author=by,
        author_name=by.display_name,
        is_by_reviewer=rules.is_reviewer(by, thread.plan),
        token=token,
    )


def _check(plan: Masterplan, draft: Draft, by: User) -> None:
    if not rules.can_view_plan(by, plan):
        raise NotAllowed("Komentar ditulis oleh yang dapat membaca rencana ini.")
    if draft.visibility not in rules.comment_visibilities(by, plan):
        raise Incomplete("Pilih dahulu siapa yang melihat komentar ini.")
    if draft.kind not in rules.comment_kinds(by, plan):
        raise Incomplete("Pilih jenis komentar.", next_step="“Wajib diperbaiki” dipakai peninjau dan koordinator.")
    if draft.kind == CommentKind.MUST_FIX and draft.visibility == CommentVisibility.REVIEWERS:
        raise Incomplete(
            "Yang wajib diperbaiki tidak dapat disembunyikan dari penulis.",
            next_step="Pilih tim rencana atau satu perangkat daerah, atau jadikan catatan ini saran.",
        )
    _check_people(plan, draft, by)
    if draft.due and draft.due < timezone.localdate():
        raise Incomplete("Batas waktu sudah lewat.", next_step="Pilih hari ini atau sesudahnya.")


def _check_people(plan: Masterplan, draft: Draft, by: User) -> None:
    """The office must see it, and so must whoever is to answer: nothing may be asked of somebody who cannot read it."""
    if draft.visibility == CommentVisibility.OFFICE:
        if draft.opd is None or draft.opd.regency_id != plan.regency_id:
            raise Incomplete("Pilih perangkat daerah yang melihat komentar ini.")
        if not (rules.is_reviewer(by, plan) or rules.can_manage_plan(by, plan)) and draft.opd.pk not in (
            rules.own_opd_ids(by, plan)
        ):
            raise Incomplete("Anda hanya dapat memilih perangkat daerah Anda sendiri.")
    if draft.assigned_opd and not _office_sees(plan, draft):
        raise Incomplete("Perangkat daerah yang dituju tidak dapat melihat komentar ini.")
    if draft.assignee and not rules.can_see_comment(draft.assignee, _imagined(plan, draft)):
        raise Incomplete(f"{draft.assignee} tidak dapat melihat komentar ini.", next_step="Pilih orang lain.")


def _office_sees(plan: Masterplan, draft: Draft) -> bool:
    office = draft.assigned_opd
    if office is None or office.regency_id != plan.regency_id:
        return False
    return draft.visibility == CommentVisibility.TEAM or (
        draft.visibility == CommentVisibility.OFFICE and office == draft.opd
    )


def _imagined(plan: Masterplan, draft: Draft) -> CommentThread:
    return CommentThread(plan=plan, visibility=draft.visibility, opd=draft.opd)


def _ensure_seen(thread: CommentThread, by: User) -> None:
    if not rules.can_see_comment(by, thread):
        raise NotAllowed("Komentar ini tidak terlihat oleh Anda.")


def _body(text: str, *, is_needed: bool = True) -> str:
    body = cleaned(text)
    if is_needed and not body:
        raise Incomplete("Tulis isinya dahulu.")
    if len(body) > MAX_BODY:
        raise Incomplete(f"Isi terlalu panjang: {len(body)} aksara, paling banyak {MAX_BODY}.")
    return body


def _record(verb: str, thread: CommentThread, by: User) -> None:
    """Never the words. A thread for reviewers only leaves its event with the ministry: the region reads its own trail."""
    plan = thread.plan
    data: dict[str, Any] = {"number": thread.number, "kind": str(thread.get_kind_display()).lower()}
    if thread.visibility == CommentVisibility.REVIEWERS:
        record(verb, thread, by=by, place="", **data)
        return
    place = thread.label if thread.visibility == CommentVisibility.TEAM else ""
    record(verb, thread, by=by, regency_id=plan.regency_id, plan_code=plan.code, place=place or plan.title, **data)
