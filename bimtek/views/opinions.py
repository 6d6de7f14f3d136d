"""Opinions on a submission: the board of its chapters, one draft at a time, and what was issued."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bimtek.domain.chapters import Chapter
from bimtek.domain.opinion import StaleOpinion, attach, carry, detach, discard, issue, write
from bimtek.domain.opinion_board import Board, ChapterLine, board_of, newer_than
from bimtek.forms.opinion import OpinionForm
from bimtek.models import Opinion, Submission
from bimtek.rules import Judge, judge_of
from bimtek.views.documents import uploaded
from bimtek.views.submissions import submission_frame, visible_submission
from masterplan.models import CommentThread
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, Refusal, TooLarge, WrongState


@require_GET
def opinion_list(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    return _board(request, visible_submission(request, plan_code, stage_code, number))


@require_http_methods(["GET", "POST"])
def opinion_edit(
    request: SignedInRequest, plan_code: str, stage_code: str, number: int, chapter_code: str = ""
) -> HttpResponse:
    """The person's draft on a chapter, or without one on the stage."""
    submission = visible_submission(request, plan_code, stage_code, number)
    judge = judge_of(request.user, submission.plan, submission.stage)
    if not judge.is_reviewer:
        raise NotAllowed("Konsep pendapat hanya untuk peninjau rencana ini.", next_step="Baca pendapat yang resmi.")
    board = board_of(submission, _opinions(request, submission))
    line = next((line for line in board.lines if line.chapter.code == chapter_code), None)
    if line is None and chapter_code:
        raise Http404
    own = _own(request, line.drafts if line else board.stage_drafts)
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=_initial(own))
    status = 200
    if request.method == "POST":
        try:
            return _written(request, submission, chapter_code, form)
        except StaleOpinion as refusal:
            own, status = _own(request, _opinions(request, submission).filter(chapter=chapter_code, number=None)), 409
            form.data = _with_version(request.POST, own)
            form.add_error(None, f"{refusal.sentence} {refusal.next_step}")
        except (Incomplete, WrongState) as refusal:
            form.add_error("note" if refusal.status == Incomplete.status else None, refusal.sentence)
            status = refusal.status
    context = {"form": form, "own": own, **_about(request, submission, board, line)}
    return render(
        request, "bimtek/opinion/form.html", {**submission_frame(submission, "pendapat"), **context}, status=status
    )


@require_POST
def opinion_issue(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    try:
        made = issue(submission, seen=_seen(request.POST), by=request.user)
    except (StaleOpinion, Incomplete, WrongState) as refusal:
        return _board(request, submission, refusal=refusal)
    numbers = ", ".join(str(opinion.number) for opinion in made)
    messages.success(request, f"Pendapat nomor {numbers} dikeluarkan; semua yang membaca rencana ini kini melihatnya.")
    return redirect("bimtek:opinion_list", plan_code, stage_code, number)


@require_POST
def opinion_carry(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    try:
        made = carry(submission, by=request.user)
    except WrongState as refusal:
        return _board(request, submission, refusal=refusal)
    if made:
        messages.success(request, f"{len(made)} pendapat Anda disalin sebagai konsep. Periksa, lalu keluarkan.")
    else:
        messages.info(request, "Tidak ada pendapat Anda atas bab yang sama isinya.")
    return redirect("bimtek:opinion_list", plan_code, stage_code, number)


@require_POST
def opinion_discard(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    try:
        version = number_in(request.POST.get("versi", ""), 0)
        discard(submission, chapter=request.POST.get("bab", ""), version=version, by=request.user)
    except (StaleOpinion, WrongState) as refusal:
        return _board(request, submission, refusal=refusal)
    messages.success(request, "Konsep dibuang.")
    return redirect("bimtek:opinion_list", plan_code, stage_code, number)


@require_POST
def opinion_attach(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    """A file beside the person's draft, or with `lepas` none."""
    submission = visible_submission(request, plan_code, stage_code, number)
    chapter, version = request.POST.get("bab", ""), number_in(request.POST.get("versi", ""), 0)
    try:
        if "lepas" in request.POST:
            detach(submission, chapter=chapter, version=version, by=request.user)
        else:
            upload = uploaded(request)
            attach(submission, chapter=chapter, version=version, upload=upload, name=upload.name or "", by=request.user)
    except (Incomplete, NoRoom, StaleOpinion, TooLarge, WrongState) as refusal:
        return _board(request, submission, refusal=refusal)
    messages.success(request, "Berkas dilepas." if "lepas" in request.POST else "Berkas terlampir pada konsep Anda.")
    name = "bimtek:opinion_edit" if chapter else "bimtek:opinion_stage"
    return redirect(name, plan_code, stage_code, number, *([chapter] if chapter else []))


@require_GET
def opinion_detail(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    """What was issued under this number of the plan; drafts have none."""
    plan = visible_plan(request, plan_code)
    opinion = get_object_or_404(Opinion.objects.select_related("submission__stage", "file"), plan=plan, number=number)
    return render(request, "bimtek/opinion/detail.html", {**plan_frame(plan, "tahap"), "opinion": opinion})


def _board(request: SignedInRequest, submission: Submission, *, refusal: Refusal | None = None) -> HttpResponse:
    judge = judge_of(request.user, submission.plan, submission.stage)
    board = board_of(submission, _opinions(request, submission))
    own = [draft for line in board.lines for draft in line.drafts if draft.by_id == request.user.pk]
    context = {
        "board": board,
        "groups": _groups(board, judge),
        "judge": judge,
        "own": own,
        "own_on_stage": _own(request, board.stage_drafts),
        "may_carry": judge.takes_part
        and any(line.former and line.former.is_unchanged and line.former.opinion.by_id == request.user.pk for line in board.lines),
        "newer": newer_than(submission),
        "refusal": refusal,
    }  # fmt: skip
    context = {**submission_frame(submission, "pendapat"), **context}
    return render(request, "bimtek/opinion/list.html", context, status=refusal.status if refusal else 200)


def _groups(board: Board, judge: Judge) -> list[tuple[str, list[tuple[ChapterLine, bool]]]]:
    """By book, each chapter with whether this person judges it."""
    lines = [(line, _judges(judge, line.chapter)) for line in board.lines]
    books = groupby(lines, key=lambda item: item[0].chapter.book_name)
    return [(book, list(own)) for book, own in books]


def _judges(judge: Judge, chapter: Chapter) -> bool:
    return judge.can_judge(book=chapter.book, dimensions=chapter.dimensions)


def _opinions(request: SignedInRequest, submission: Submission) -> Any:
    return Opinion.objects.visible_to(request.user).filter(submission=submission).select_related("file")


def _own(request: SignedInRequest, drafts: Any) -> Opinion | None:
    return next((draft for draft in drafts if draft.by_id == request.user.pk), None)


def _initial(own: Opinion | None) -> dict[str, Any]:
    if own:
        return {"level": own.level, "note": own.note, "version": own.version}
    return {"version": 0}


def _with_version(data: QueryDict, own: Opinion | None) -> QueryDict:
    """What was typed, over the version that stands now."""
    fresh = data.copy()
    fresh["version"] = str(own.version if own else 0)
    return fresh


def _written(request: SignedInRequest, submission: Submission, chapter: str, form: OpinionForm) -> HttpResponse:
    if not form.is_valid():
        raise Incomplete("Periksa isian ini.")
    write(submission, chapter=chapter, by=request.user, **form.cleaned_data)
    messages.success(request, "Konsep disimpan; belum terlihat oleh daerah sampai dikeluarkan.")
    return redirect("bimtek:opinion_list", submission.plan.code, submission.stage_id, submission.number)


def _seen(data: QueryDict) -> dict[int, int]:
    """Drafts as `id-version`."""
    pairs = (text.partition("-") for text in data.getlist("konsep"))
    found = {number_in(key, 0): number_in(version, 0) for key, _, version in pairs}
    return {key: version for key, version in found.items() if key}


def _about(
    request: SignedInRequest, submission: Submission, board: Board, line: ChapterLine | None
) -> dict[str, Any]:  # fmt: skip
    """What somebody judging should have before their eyes."""
    threads = CommentThread.objects.visible_to(request.user).filter(plan=submission.plan).holding()
    if line:
        threads = threads.filter(section__outline_section__code__in=line.chapter.sections)
    return {
        "board": board,
        "line": line,
        "drafts": line.drafts if line else board.stage_drafts,
        "threads": threads.order_by("number"),
    }
