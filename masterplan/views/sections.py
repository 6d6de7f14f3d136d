"""The workspace: outline, page, panel."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from masterplan.domain import completeness, guidance, presence, recovered
from masterplan.domain.section_log import recent_sessions
from masterplan.enums import FIGURE_NAMES, WRITTEN_KINDS
from masterplan.models import Masterplan, Section
from masterplan.registers import KINDS
from masterplan.rules import can_manage_plan, can_see_suggestions, can_suggest, can_write_section, is_writer
from masterplan.views.comments import panel_of
from masterplan.views.frame import plan_frame, visible_section
from masterplan.views.section_head import head_as_json
from smartcity.ui.http import SignedInRequest

TABLE_PAGES = {
    "quick_win": ("Quick win", "quickwin:quick_win_list"),
    "stage": ("Langkah siklus", "bimtek:cycle_list"),
    "budget_summary": ("Program", "masterplan:row_overview"),
}


@gzip_page
@require_GET
def section_write(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    plan = section.plan
    outline = section.outline_section
    progress = completeness.of_plan(plan)
    is_present = section.binned_at is None
    rights = _rights(request, section)
    presence.attach_company((item.section for item in progress.sections), presence.company_in_plan(plan))
    open_copies = recovered.open_count(plan, request.user)
    context = {
        **plan_frame(plan, "naskah"),
        "section": section,
        "outline": outline,
        "progress": progress,
        "own_progress": progress.of(section) if is_present else None,
        "is_written": outline.kind in WRITTEN_KINDS,
        **rights,
        "tables": _tables(plan, outline.tables, progress.counts),
        "figures": [
            (FIGURE_NAMES[key], reverse("export:drawing_detail", args=[plan.code, key]))
            for key in outline.figures
            if key in FIGURE_NAMES
        ],
        "guidance": guidance.guidance_of(outline, plan.regency),
        "may_guide": bool(guidance.editable_places(request.user, plan.regency)),
        "sessions": recent_sessions(section),
        "open_copies": open_copies,
        **panel_of(request, plan, section),
        "boot": _boot(request, section, rights) | {"open_copies": open_copies},
        **(_around(progress, section) if is_present else {"previous": None, "following": None}),
    }
    response = render(request, "masterplan/section/write.html", context)
    if context["is_written"]:  # the largest file of the page starts before the page is read
        response["Link"] = f"<{static('editor/editor.js')}>; rel=modulepreload; fetchpriority=high"
    return response


def _around(progress: completeness.PlanProgress, section: Section) -> dict[str, Any]:
    ordered = [item.section for item in progress.sections]
    place = next(index for index, other in enumerate(ordered) if other.pk == section.pk)
    following = ordered[place + 1] if place + 1 < len(ordered) else None
    return {"previous": ordered[place - 1] if place else None, "following": following}


def _rights(request: SignedInRequest, section: Section) -> dict[str, bool]:
    user, is_present = request.user, section.binned_at is None
    is_written = section.outline_section.kind in WRITTEN_KINDS
    return {
        "may_write": is_present and can_write_section(user, section),
        "may_suggest": is_present and is_written and can_suggest(user, section),
        "sees_suggestions": is_written and can_see_suggestions(user, section),
        "may_manage": can_manage_plan(user, section.plan),
        "may_send_sample": is_writer(user, section.plan),
    }


def _boot(request: SignedInRequest, section: Section, rights: dict[str, bool]) -> dict[str, Any]:
    """What the editor bundle needs to know; keys as in editor/src/main.js."""
    chapter = section.outline_section.chapter
    number = section.outline_section.number.partition(".")[0] or chapter.number
    args = [section.plan.code, section.outline_section.code]
    return {
        "user": str(request.user.pk),
        "name": request.user.display_name,
        "head": head_as_json(section, section.version, section.editor_doc),
        "doc_url": reverse("masterplan:section_doc", args=args),
        "steps_url": reverse("masterplan:section_steps", args=args),
        "recovered_url": reverse("masterplan:section_recovered", args=args),
        "recovered_page_url": reverse("masterplan:recovered_list", args=args[:1]),
        "lease_url": reverse("masterplan:section_lease", args=args),
        "session_url": reverse("accounts:session_state"),
        "pictures_url": reverse("masterplan:picture_upload", args=args),
        "comments_url": reverse("masterplan:section_comments", args=args),
        "comment_url": f"{reverse('masterplan:comment_new', args=args[:1])}?bagian={section.outline_section.code}",
        "facts_url": reverse("masterplan:plan_facts", args=args[:1]),
        "numbers_url": reverse("export:section_numbers", args=args),
        "plan_url": reverse("masterplan:plan_detail", args=args[:1]),
        "section_code": section.outline_section.code,
        "min_words": section.outline_section.min_words,
        "max_words": 0 if section.is_composed else section.outline_section.max_words,  # 0: no advice
        "sprite_url": static("vendor/icons/sprite.svg"),
        "paste_url": static("editor/paste.js"),
        "comments_tool_url": static("editor/comments.js"),
        "suggest_tool_url": static("editor/suggest.js"),
        "facts_tool_url": static("editor/facts.js"),
        "editable": rights["may_write"],
        "suggesting": rights["may_suggest"] and "usulan" in request.GET,
        "sees_suggestions": rights["sees_suggestions"],
        "table_prefix": f"{number}." if number else "",
        "push_ms": 700,
        "poll_ms": 3000,
    }


def _tables(plan: Masterplan, keys: list[str], counts: dict[str, int]) -> list[dict[str, Any]]:
    """The planning tables that this section prints, with where to fill them."""
    kinds = {kind.table_key: kind for kind in reversed(list(KINDS.values())) if kind.table_key}
    found = []
    for key in keys:
        name, _, part = key.partition(":")
        if name in kinds:
            kind = kinds[name]
            found.append(
                {"title": kind.title, "part": part, "url": kind.address("list", plan), "count": counts.get(key)}
            )
        elif name in TABLE_PAGES:
            title, url_name = TABLE_PAGES[name]
            found.append(
                {"title": title, "part": "", "url": reverse(url_name, args=[plan.code]), "count": counts.get(key)}
            )
    return found
