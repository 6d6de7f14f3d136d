"""A few remarks of the example mentor, so that a first look shows a plan under review."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from masterplan import prose
from masterplan.domain.comment import Draft, act_on, start_thread
from masterplan.domain.comment_places import Spot, on_plan, on_row, on_section, on_text
from masterplan.enums import CommentAct, CommentKind, CommentVisibility
from masterplan.models import CommentThread, Masterplan, Programme, Section
from smartcity.accounts.models import User
from smartcity.regency.models import Opd

WORTH_A_REMARK = 80
AUTHOR, COORDINATOR = "penulis.dpmptsp", "koordinator.banjar"
FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class Example:
    """`where` is a section, a section's first long sentence ("B2.7.2:teks"), a programme, or a programme's cell."""

    where: str
    kind: CommentKind
    body: str
    visibility: CommentVisibility = CommentVisibility.TEAM
    office: str = ""
    is_due: bool = False
    replies: tuple[tuple[str, CommentAct, str], ...] = field(default=())


EXAMPLES = (
    Example(
        "B2.7.2:teks", CommentKind.MUST_FIX, "Sebutkan sumber angka ini dan samakan dengan tabel anggaran.", is_due=True
    ),
    Example(
        "GOV-P03:target-2027", CommentKind.QUESTION, "Mengapa target 2027 naik? Mohon satu kalimat alasan.",
        office="DPMPTSP", is_due=True,
        replies=((AUTHOR, CommentAct.ANSWER, "Dua kecamatan tersambung lebih awal; lihat Renstra halaman 41."),),
    ),
    Example(
        "B1.1.3", CommentKind.SUGGESTION, "Bagian ini akan lebih kuat dengan satu peta kecamatan.",
        replies=((COORDINATOR, CommentAct.REPLY, "Petanya sedang diminta kepada Bappedalitbang."),),
    ),
    Example("GOV-P01", CommentKind.PRAISE, "Indikatornya terukur dan sumber datanya jelas. Pertahankan."),
    Example(
        "", CommentKind.SUGGESTION, "Bandingkan kedalaman Bab III dengan rencana daerah tetangga sebelum Bimtek III.",
        visibility=CommentVisibility.REVIEWERS,
    ),
)  # fmt: skip


def ensure_comments(plan: Masterplan, mentor: User, people: dict[str, User]) -> None:
    """Once: a plan on which somebody remarked already is left alone."""
    if CommentThread.objects.filter(plan=plan).exists():
        return
    offices = {opd.code: opd for opd in Opd.objects.filter(regency_id=plan.regency_id)}
    due = timezone.localdate() + FORTNIGHT
    for example in EXAMPLES:
        spot = _spot(plan, example.where)
        if spot is None:
            continue
        draft = Draft(
            visibility=example.visibility,
            kind=example.kind,
            body=example.body,
            assigned_opd=offices.get(example.office),
            due=due if example.is_due else None,
        )
        thread, _ = start_thread(plan, spot=spot, draft=draft, token=uuid.uuid4(), by=mentor)
        for name, act, body in example.replies:
            act_on(thread, act=act, version=thread.version, body=body, token=uuid.uuid4(), by=people[name])


def _spot(plan: Masterplan, where: str) -> Callable[[], Spot] | None:
    """None where the example plan has been changed so far that the place is gone."""
    code, _, part = where.partition(":")
    if not code:
        return lambda: on_plan(plan)
    row = Programme.objects.filter(plan=plan, code=code).select_related("dimension").first()
    if row is not None:
        return lambda: on_row(row, part, part.replace("-", " ").capitalize())
    sections = Section.objects.present().filter(plan=plan).in_book_order()
    section = sections.filter(outline_section__code=code).first()
    if section is None:
        return None
    return _words(section) if part else (lambda: on_section(section))


def _words(section: Section) -> Callable[[], Spot] | None:
    for block, text in prose.text_blocks(section.doc).items():
        quote = text.partition(". ")[0][:WORTH_A_REMARK].rpartition(" ")[0]
        if len(text) > WORTH_A_REMARK and quote:
            asked: dict[str, Any] = {"version": section.version, "block": block, "start": 0, "end": len(quote)}
            return lambda: on_text(section, quote=quote, **asked)
    return None
