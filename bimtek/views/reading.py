"""Since my last reading: what of a submission is new to this person, one part after another, with the words and fields marked."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from bimtek.domain.changes import FieldChange, RowChange
from bimtek.domain.reading import (
    TABLE,
    TEXT,
    Part,
    changes_in_tables,
    compared_text,
    mark_read,
    parts_since,
    unmark_read,
)
from bimtek.models import Submission
from bimtek.views.submissions import submission_frame, visible_submission
from masterplan import prose
from masterplan.domain.picture import sources_of
from smartcity.ui.http import SignedInRequest


@dataclass(frozen=True)
class Line:
    part: Part
    href: str
    rows: list[RowChange]


@gzip_page
@require_GET
def change_list(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    base = _base(request, submission)
    parts = [part for part in parts_since(submission, base, user=request.user) if part.change]
    tables = changes_in_tables(
        ((part.code, part.since) for part in parts if part.kind == TABLE and part.since), after=submission.pk
    )
    lines = [Line(part, _address(submission, part, base), tables.get(part.code, [])) for part in parts]
    context = {
        "groups": [(heading, list(own)) for heading, own in groupby(lines, key=lambda line: line.part.heading)],
        "open": [line for line in lines if line.part.is_open],
        "lines": lines,
        "base": base,
        "others": _others(submission),
        "is_first": base is None and bool(parts) and all(part.since is None and not part.is_read for part in parts),
        "query": _query(base),
    }
    return render(request, "bimtek/reading/list.html", {**submission_frame(submission, "perubahan"), **context})


@gzip_page
@require_GET
def change_detail(
    request: SignedInRequest, plan_code: str, stage_code: str, number: int, part_kind: str, part_code: str
) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    base = _base(request, submission)
    parts = parts_since(submission, base, user=request.user)
    part = _found(parts, part_kind, part_code)
    walk = [each for each in parts if each.change or each is part]
    place = walk.index(part)
    context: dict[str, Any] = {
        "part": part,
        "base": base,
        "since": Submission.objects.select_related("stage").filter(pk=part.since).first() if part.since else None,
        "place": place + 1,
        "length": len(walk),
        "left": sum(1 for each in walk if each.is_open),
        "previous": _address(submission, walk[place - 1], base) if place else "",
        "following": _address(submission, walk[place + 1], base) if place + 1 < len(walk) else "",
        "query": _query(base),
    }
    if part.kind == TEXT:
        context |= _text(submission, part)
    else:
        rows = changes_in_tables([(part.code, part.since)], after=submission.pk)[part.code]
        context["rows"] = [(row, [(field, _marked(field)) for field in row.fields]) for row in rows]
    return render(request, "bimtek/reading/detail.html", {**submission_frame(submission, "perubahan"), **context})


@require_POST
def change_read(
    request: SignedInRequest, plan_code: str, stage_code: str, number: int, part_kind: str, part_code: str
) -> HttpResponse:
    """Read, and on to the next that is not."""
    submission = visible_submission(request, plan_code, stage_code, number)
    base = _base(request, submission)
    parts = parts_since(submission, base, user=request.user)
    part = _found(parts, part_kind, part_code)
    if "batal" in request.POST:
        unmark_read(submission, part.key, user=request.user)
        messages.success(request, f"{part.title} kembali belum dibaca.")
        return redirect(_address(submission, part, base))
    mark_read(submission, [part.key], user=request.user)
    place = parts.index(part)
    following = next((each for each in (*parts[place + 1 :], *parts[:place]) if each.is_open), None)
    if following is None:
        messages.success(request, f"Semua perubahan dalam {submission} sudah Anda baca.")
        return redirect(_list_address(submission, base))
    return redirect(_address(submission, following, base))


@require_POST
def change_read_all(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    base = _base(request, submission)
    keys = [part.key for part in parts_since(submission, base, user=request.user) if part.is_open]
    count = mark_read(submission, keys, user=request.user)
    messages.success(request, f"{count} bagian ditandai sudah dibaca.")
    return redirect(_list_address(submission, base))


def _text(submission: Submission, part: Part) -> dict[str, Any]:
    """Pictures may have been deleted since."""
    media = sources_of(submission.plan.regency_id)
    found = compared_text(part.code, before=part.since, after=submission.pk)
    blocks = [replace(each, both=prose.without_gone(each.both, media)) for each in found.blocks]
    return {"found": found, "lines": blocks}


def _marked(field: FieldChange) -> str:
    """HTML with the changed words marked where one text became another; empty for lists, and for what is all new or gone."""
    if len(field.old) != 1 or len(field.new) != 1:
        return ""
    return "".join(block.both for block in prose.compare(_doc(field.old[0]), _doc(field.new[0])).blocks)


def _doc(text: str) -> dict[str, Any]:
    """Each line of a field is a paragraph."""
    lines = [{"type": "text", "text": line} for line in text.split("\n") if line]
    return {"type": "doc", "content": [{"type": "paragraph", "content": [line]} for line in lines]}


def _base(request: SignedInRequest, submission: Submission) -> Submission | None:
    """The submission named in the address ("II-1"); without one, what this person read last counts."""
    asked = request.GET.get("sejak", "")
    if not asked:
        return None
    found = next((each for each in _others(submission) if each.short_name == asked), None)
    if found is None:
        raise Http404
    return found


def _others(submission: Submission) -> list[Submission]:
    """Earlier ones, newest first."""
    found = Submission.objects.filter(plan=submission.plan, at__lt=submission.at).select_related("stage")
    return list(found.defer("facts", "points"))


def _found(parts: list[Part], kind: str, code: str) -> Part:
    part = next((each for each in parts if (each.kind, each.code) == (kind, code)), None)
    if part is None:
        raise Http404
    return part


def _query(base: Submission | None) -> str:
    return f"?sejak={base.short_name}" if base else ""


def _address(submission: Submission, part: Part, base: Submission | None) -> str:
    args = [submission.plan.code, submission.stage_id, submission.number, part.kind, part.code]
    return reverse("bimtek:change_detail", args=args) + _query(base)


def _list_address(submission: Submission, base: Submission | None) -> str:
    args = [submission.plan.code, submission.stage_id, submission.number]
    return reverse("bimtek:change_list", args=args) + _query(base)
