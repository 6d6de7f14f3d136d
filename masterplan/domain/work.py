"""Tugas saya: what waits for one person in the plan's text, tables and remarks.

A source is a function from a person to tasks, with a fixed number of queries whatever the number of plans and rows.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from masterplan.domain.completeness import COMPLETE, SectionProgress, row_counts_of, state_of
from masterplan.enums import BimtekStage, CommentKind, CommentState, RecoveredState, WorkKind
from masterplan.models import CommentThread, Masterplan, RecoveredCopy, Section
from masterplan.models.section import SectionQuerySet
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of

STAGES = list(BimtekStage.values)


@dataclass(frozen=True)
class Task:
    """What, why, until when, one link. Without a date `until` may name a stage; `rank` orders what has none."""

    kind: WorkKind
    what: str
    why: str
    url: str
    action: str
    plan: Masterplan
    due: date | None = None
    until: str = ""
    rank: int = 5
    is_blocking: bool = False


def threads(user: User) -> list[Task]:
    """Remarks where this person is the next to act."""
    waiting = CommentThread.objects.waiting_for(user).select_related("plan")
    return [_thread(thread) for thread in waiting.order_by("due", "number")]


def _thread(thread: CommentThread) -> Task:
    is_answered = thread.state == CommentState.ANSWERED
    must = thread.kind == CommentKind.MUST_FIX
    return Task(
        kind=WorkKind.COMMENT,
        what=f"{thread} · {thread.label}",
        why=f"{thread.get_kind_display()} · {'sudah dijawab, terima atau kembalikan' if is_answered else 'menunggu jawaban'}",
        url=reverse("masterplan:comment_thread", args=[thread.plan.code, thread.number]),
        action="Periksa jawaban" if is_answered else "Jawab",
        plan=thread.plan,
        due=thread.due,
        rank=0 if must else 1,
        is_blocking=must and not is_answered,
    )


def sections(user: User) -> list[Task]:
    """Unfinished sections of the person's offices and dimensions; for the coordinator the required ones that nobody has."""
    found = list(_own_sections(user))
    if not found:
        return []
    plans = list(
        Masterplan.objects.filter(pk__in={section.plan_id for section in found})
        .select_related("dimension_set")
        .prefetch_related("dimension_set__dimensions")
    )
    counts = row_counts_of(plans)
    states = [state_of(section, counts[section.plan_id]) for section in found]
    return [_section(each) for each in states if each.state != COMPLETE]


def _own_sections(user: User) -> SectionQuerySet:
    standing = standing_of(user)
    of_office = Section.opds.through.objects.filter(opd_id__in=standing.opd_ids_as(Role.AUTHOR)).values("section_id")
    own = Q(pk__in=of_office)
    for regency_id in standing.regency_ids:
        if codes := standing.dimension_codes(regency_id):
            own |= Q(plan__regency_id=regency_id, outline_section__dimension__code__in=codes)
    own |= Q(
        plan__regency_id__in=standing.regency_ids_as(Role.COORDINATOR), opds=None, outline_section__is_required=True
    )
    return Section.objects.present().filter(own).in_book_order().select_related("plan").without_text()


def _section(progress: SectionProgress) -> Task:
    section = progress.section
    outline = section.outline_section
    return Task(
        kind=WorkKind.WRITING,
        what=str(outline),
        why=f"Buku {outline.chapter.book.number} · {'; '.join(progress.missing)}",
        url=reverse("masterplan:section_write", args=[section.plan.code, outline.code]),
        action="Lanjutkan" if section.words else "Mulai menulis",
        plan=section.plan,
        until=str(outline.get_due_stage_display()),
        rank=(2 if outline.is_required else 6) * 10 + STAGES.index(outline.due_stage),
    )


def recovered(user: User) -> list[Task]:
    """Texts of this person that could not be merged and wait for a decision."""
    visible = Masterplan.objects.visible_to(user)
    copies = RecoveredCopy.objects.filter(user=user, state=RecoveredState.OPEN, section__plan__in=visible)
    rows = copies.select_related("section__plan", "section__outline_section")
    return [_copy(copy) for copy in rows.defer("doc", "lost", "section__doc", "section__html").order_by("at")]


def _copy(copy: RecoveredCopy) -> Task:
    plan = copy.section.plan
    return Task(
        kind=WorkKind.RECOVERED,
        what=f"Pulihan: {copy.section}",
        why=f"Teks Anda yang belum tergabung · {copy.reason}",
        url=reverse("masterplan:recovered_detail", args=[plan.code, copy.pk]),
        action="Lihat pulihan",
        plan=plan,
        rank=2,
    )
