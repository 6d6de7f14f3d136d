"""Comments: the list of a plan, one thread, writing, and what stands beside a section or a row."""

from collections import Counter
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from masterplan import rules
from masterplan.domain.comment import act_on, start_thread
from masterplan.domain.comment_acts import BY_ACT
from masterplan.enums import CommentKind
from masterplan.forms.comment_filter import STATES, CommentFilter, by_urgency
from masterplan.forms.comments import KIND_SIGNS, ActForm, CommentForm
from masterplan.models import Comment, CommentThread, Masterplan, Section
from masterplan.models.comment import CommentThreadQuerySet
from masterplan.views.comment_place import AskedPlace, ShownThread, asked_place, shown
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.regency.models import Opd
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import NotAllowed, Refusal

PAGE = 40
INVALID = 422
TOLD = {
    "balas": "Tanggapan terkirim.",
    "jawab": "Jawaban terkirim; penanyanya yang menerimanya.",
    "terima": "Jawaban diterima, komentar selesai.",
    "kembalikan": "Jawaban dikembalikan.",
    "tutup": "Komentar selesai.",
    "buka": "Komentar dibuka lagi.",
}


def threads_of(plan: Masterplan, request: SignedInRequest) -> CommentThreadQuerySet:
    """Everything this person may know of, with people and contributions."""
    said = Prefetch("comments", Comment.objects.order_by("pk"))
    return CommentThread.objects.visible_to(request.user).filter(plan=plan).with_people().prefetch_related(said)


@require_GET
def comment_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    asked = CommentFilter.of(request.GET)
    visible = CommentThread.objects.visible_to(request.user).filter(plan=plan)
    found = by_urgency(asked.narrow(threads_of(plan, request), request.user))
    page = Paginator(found, PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "threads": shown(page, plan, request.user),
        "asked": asked,
        "tallies": _tallies(visible, asked),
        "states": list(STATES.items()),
        "dimensions": plan.dimension_set.dimensions.all(),
        "opds": [(str(opd.pk), opd.label) for opd in Opd.objects.filter(regency_id=plan.regency_id)],
        "sections": _sections(visible),
        "every_url": asked.query(untuk=""),
        "mine_url": asked.query(untuk="saya"),
        "clear_url": reverse("masterplan:comment_list", args=[plan.code]),
        "in_panel": False,
        "waiting": CommentThread.objects.waiting_for(request.user).filter(plan=plan).count(),
    }
    return render(request, "masterplan/comments/list.html", {**plan_frame(plan, "komentar"), **context})


def _tallies(visible: CommentThreadQuerySet, asked: CommentFilter) -> list[dict[str, Any]]:
    """How many wait in each kind."""
    counts = dict(visible.unresolved().order_by().values_list("kind").annotate(number=Count("pk")))
    every = {
        "kind": "",
        "tone": "",
        "label": "Belum selesai",
        "number": sum(counts.values()),
        "href": asked.query(jenis=""),
    }
    kinds = [
        {"kind": kind.value, "label": kind.label, "number": counts.get(kind.value, 0),
         "href": asked.query(jenis=kind.value), "tone": KIND_SIGNS[kind][0]}
        for kind in CommentKind
    ]  # fmt: skip
    return [every, *kinds]


def _sections(visible: CommentThreadQuerySet) -> list[tuple[str, str]]:
    commented = Section.objects.filter(pk__in=visible.exclude(section=None).values("section")).without_text()
    return [(each.outline_section.code, str(each)) for each in commented.in_book_order()]


@require_http_methods(["GET", "POST"])
@never_cache
def comment_new(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    place = asked_place(request, plan)
    if request.method == "GET":
        return _form(request, plan, place, CommentForm(plan=plan, user=request.user))
    form = CommentForm(request.POST, plan=plan, user=request.user)
    if not form.is_valid():
        return _form(request, plan, place, form, status=INVALID)
    try:
        thread, is_new = start_thread(
            plan, spot=place.spot, draft=form.draft(), token=form.cleaned_data["kiriman"], by=request.user
        )
    except Refusal as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.next_step}".strip())
        return _form(request, plan, place, form, status=refusal.status)
    if _is_beside(request):
        return _beside(request, plan, thread, created=True)
    if is_new:
        messages.success(request, f"Komentar {thread} terkirim.")
    return redirect("masterplan:comment_thread", plan.code, thread.number)


def _form(
    request: SignedInRequest, plan: Masterplan, place: AskedPlace, form: CommentForm, *, status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {**plan_frame(plan, "komentar"), "place": place, "form": form, "signs": KIND_SIGNS}
    context |= {"beside": _is_beside(request), "address": request.get_full_path()}
    name = "masterplan/comments/compose.html" if _is_beside(request) else "masterplan/comments/new.html"
    return render(request, name, context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
def comment_thread(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    thread = _found(request, plan, number)
    if request.method == "GET":
        return _thread(request, plan, thread)
    form = ActForm(request.POST)
    if not form.is_valid() or form.cleaned_data["aksi"] not in BY_ACT:
        return _refused(request, plan, thread, "Kiriman tidak lengkap. Kirim lagi.", INVALID)
    given = form.cleaned_data
    try:
        comment, _ = act_on(
            thread,
            act=BY_ACT[given["aksi"]].act,
            version=given["versi"],
            body=given["isi"],
            token=given["kiriman"],
            by=request.user,
        )
    except Refusal as refusal:
        return _refused(request, plan, thread, f"{refusal.sentence} {refusal.next_step}".strip(), refusal.status)
    if _is_beside(request):
        return _beside(request, plan, thread)
    messages.success(request, f"{thread}: {TOLD[comment.act]}")
    return redirect("masterplan:comment_thread", plan.code, number)


def _refused(
    request: SignedInRequest, plan: Masterplan, thread: CommentThread, sentence: str, status: int
) -> HttpResponse:  # fmt: skip
    """With the thread as it is now, and what the person typed."""
    now = threads_of(plan, request).get(pk=thread.pk)
    return _thread(request, plan, now, status=status, refusal=sentence, typed=request.POST.get("isi", ""))


def _found(request: SignedInRequest, plan: Masterplan, number: int) -> CommentThread:
    """Who may not see it does not learn that it is there; but what one office must fix is named at every gate."""
    thread = threads_of(plan, request).filter(number=number).first()
    if thread is None:
        named = CommentThread.objects.holding().filter(plan=plan, number=number)
        if named.exists():
            msg = "Komentar ini hanya untuk satu perangkat daerah."
            raise NotAllowed(msg, next_step="Tanyakan kepada koordinator daerah.")
        raise Http404
    thread.plan = plan
    return thread


def _thread(
    request: SignedInRequest, plan: Masterplan, thread: CommentThread, *, status: int = 200, refusal: str = "", typed: str = ""
) -> HttpResponse:  # fmt: skip
    [card] = shown([thread], plan, request.user)
    context = {**plan_frame(plan, "komentar"), "shown": replace(card, refusal=refusal, typed=typed)}
    if _is_beside(request):
        return render(request, "masterplan/comments/card.html", {**context, "in_panel": True}, status=status)
    return render(request, "masterplan/comments/detail.html", context, status=status)


def _is_beside(request: SignedInRequest) -> bool:
    """Asked for by the script beside a text: pieces instead of pages."""
    return request.headers.get("Beside") == "1"


def _beside(
    request: SignedInRequest, plan: Masterplan, thread: CommentThread, *, created: bool = False
) -> HttpResponse:
    section = thread.section
    response = HttpResponse(status=204)
    if section is not None:
        response = render(request, "masterplan/comments/panel.html", panel_of(request, plan, section))
    response["Comment"] = thread.name
    response.status_code = 201 if created else 200
    return response


@require_GET
@never_cache
def section_comments(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    """The list beside the text; as a page of its own it is the list of the plan, narrowed to this section."""
    section = visible_section(request, plan_code, section_code, with_text=False)
    plan = section.plan
    if not _is_beside(request):
        address = redirect("masterplan:comment_list", plan.code)
        address["Location"] += f"?bagian={section_code}"
        return address
    return render(request, "masterplan/comments/panel.html", panel_of(request, plan, section))


def panel_of(request: SignedInRequest, plan: Masterplan, section: Section) -> dict[str, Any]:
    """In the order in which they stand in the plan's list; resolved ones are only counted."""
    found = threads_of(plan, request).filter(section=section)
    threads = shown(by_urgency(found.unresolved()), plan, request.user)
    return {
        "plan": plan,
        "section_code": section.outline_section.code,
        "threads": threads,
        "over": found.count() - len(threads),
        "stamp": stamp_of(section, request),
        "in_panel": True,
    }


def stamp_of(section: Section, request: SignedInRequest) -> str:
    """Another text when the list beside the section is no longer what it was; says nothing of what one may not see."""
    return CommentThread.objects.visible_to(request.user).stamp(section)


def row_comments_of(request: SignedInRequest, plan: Masterplan, row: Any) -> list[ShownThread]:
    found = threads_of(plan, request).filter(row_table=row._meta.label_lower, row_id=row.pk)
    return shown(by_urgency(found), plan, request.user)


def marks_of(request: SignedInRequest, plan: Masterplan, table: str) -> dict[int, dict[str, int]]:
    """Unresolved threads by row and column ("" for the whole row): one query for a table of any size."""
    visible = CommentThread.objects.visible_to(request.user).unresolved().filter(plan=plan, row_table=table)
    marks: dict[int, dict[str, int]] = {}
    for row_id, column, number in visible.order_by().values_list("row_id", "column").annotate(n=Count("pk")):
        marks.setdefault(row_id, {})[column] = number
    return marks


def marks_of_row(request: SignedInRequest, plan: Masterplan, row: Any) -> dict[int, dict[str, int]]:
    """As `marks_of`, for what every saved cell sends back: asked thread by thread, which is cheaper for one row."""
    found = plan.comment_threads.unresolved().filter(row_table=row._meta.label_lower, row_id=row.pk)
    return {row.pk: dict(Counter(thread.column for thread in found if rules.can_see_comment(request.user, thread)))}
