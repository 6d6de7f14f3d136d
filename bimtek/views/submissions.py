"""Reading a submission: what was handed in, chapter by chapter and table by table; never the text being written now."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from bimtek.domain.chapters import printed_in
from bimtek.domain.frozen import is_whole
from bimtek.models import Submission, SubmittedSection, SubmittedTable
from bimtek.rules import judge_of
from masterplan import prose
from masterplan.consistency import Place
from masterplan.domain.picture import sources_of
from masterplan.enums import WRITTEN_KINDS
from masterplan.models import Section
from masterplan.registers import EVERY_KIND
from masterplan.views.finding_table import address_of
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest


@dataclass(frozen=True)
class ReadSection:
    """`now` is the version that is being written; None where the section is gone."""

    frozen: SubmittedSection
    html: str
    is_written: bool
    tables: list[tuple[SubmittedTable, str]]
    now: int | None


@dataclass(frozen=True)
class ReadCell:
    text: str
    codes: list[str]
    css: str
    href: str = ""


@require_GET
def submission_detail(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    context = {
        "points": [
            (group, [(point, address_of(Place(**point["place"]), submission.plan)) for point in own])
            for group, own in groupby(submission.points, key=lambda point: point["group"])
        ],
        "is_whole": is_whole(submission),
        "live_url": reverse("masterplan:plan_detail", args=[plan_code]),
    }
    return render(request, "bimtek/submission/detail.html", {**submission_frame(submission, "tentang"), **context})


@gzip_page
@require_GET
def submission_section(
    request: SignedInRequest, plan_code: str, stage_code: str, number: int, section_code: str
) -> HttpResponse:
    """The whole chapter around a section, because a mentor reads chapters."""
    submission = visible_submission(request, plan_code, stage_code, number)
    asked = get_object_or_404(submission.sections, code=section_code)
    frame = submission_frame(submission)
    chapters = [chapter for _, chapters in frame["books"] for chapter in chapters]
    place = next(index for index, (_, sections) in enumerate(chapters) if asked in sections)
    context = {
        "asked": asked,
        "sections": _read(submission, chapters[place][1], frame["tables"]),
        "previous": chapters[place - 1][1][0] if place else None,
        "following": chapters[place + 1][1][0] if place + 1 < len(chapters) else None,
        "live_url": reverse("masterplan:section_write", args=[plan_code, section_code]),
        "chapter_code": asked.outline["chapter"]["code"],
        "opinions": submission.opinions.issued().filter(chapter=asked.outline["chapter"]["code"]).order_by("number"),
        "may_judge": _may_judge(request, submission, chapters[place][1]),
    }
    return render(request, "bimtek/submission/chapter.html", {**frame, **context})


@gzip_page
@require_GET
def submission_table(request: SignedInRequest, plan_code: str, stage_code: str, number: int, kind: str) -> HttpResponse:
    submission = visible_submission(request, plan_code, stage_code, number)
    table = get_object_or_404(submission.tables, slug=kind)
    asked = request.GET.get("baris", "")
    known = EVERY_KIND.get(kind)
    context = {
        "table": table,
        "lines": [(row, _cells(table, row)) for row in table.rows],
        "opened": next((row for row in table.rows if str(row["id"]) == asked), None),
        "live_url": known.address("list", submission.plan) if known else "",
    }
    return render(request, "bimtek/submission/table.html", {**submission_frame(submission), **context})


def _may_judge(request: SignedInRequest, submission: Submission, sections: list[SubmittedSection]) -> bool:
    judge = judge_of(request.user, submission.plan, submission.stage)
    dimensions = frozenset(section.outline["dimension"] for section in sections if section.outline["dimension"])
    return judge.can_judge(book=sections[0].outline["book"]["code"], dimensions=dimensions)


def visible_submission(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> Submission:
    plan = visible_plan(request, plan_code)
    submissions = Submission.objects.select_related("stage")
    submission = get_object_or_404(submissions, plan=plan, stage=stage_code, number=number)
    submission.plan = plan
    return submission


def submission_frame(submission: Submission, here: str = "") -> dict[str, Any]:
    """The tree: books, their chapters, their sections without text; tables without rows. `here` marks a page above it."""
    sections = list(submission.sections.defer("doc"))
    return {
        **plan_frame(submission.plan, "tahap"),
        "submission": submission,
        "here": here,
        "books": [
            (book, [(chapter, list(own)) for chapter, own in groupby(parts, key=lambda part: part.outline["chapter"])])
            for book, parts in groupby(sections, key=lambda part: part.outline["book"])
        ],
        "tables": list(submission.tables.defer("rows", "columns")),
    }


def _read(
    submission: Submission, sections: list[SubmittedSection], tables: list[SubmittedTable]
) -> list[ReadSection]:  # fmt: skip
    keys = [section.pk for section in sections]
    docs = dict(submission.sections.filter(pk__in=keys).values_list("pk", "doc"))
    media = sources_of(submission.plan.regency_id)
    found = Section.objects.filter(plan=submission.plan, outline_section__code__in=[part.code for part in sections])
    now = dict(found.values_list("outline_section__code", "version"))
    return [
        ReadSection(
            frozen=section,
            html=prose.without_gone(prose.render_html(prose.load(docs[section.pk])), media),
            is_written=section.outline["kind"] in WRITTEN_KINDS,
            tables=_printed(section, tables),
            now=now.get(section.code),
        )
        for section in sections
    ]


def _printed(section: SubmittedSection, tables: list[SubmittedTable]) -> list[tuple[SubmittedTable, str]]:
    """The frozen tables that the book prints in this section, with the part of each; nothing of what need not be there."""
    by_slug = {table.slug: table for table in tables}
    printed = [(by_slug[slug], part) for slug, part in printed_in(section.outline["tables"]) if slug in by_slug]
    return [(table, part) for table, part in printed if table.row_count or not EVERY_KIND[table.slug].is_optional]


def _cells(table: SubmittedTable, row: dict[str, Any]) -> list[ReadCell]:
    return [
        ReadCell(
            text=cell if isinstance(cell, str) else "",
            codes=cell if isinstance(cell, list) else [],
            css="num" if column["look"] in {"number", "million"} else column["look"],
            href=f"?baris={row['id']}" if place == 0 else "",
        )
        for place, (column, cell) in enumerate(zip(table.columns, row["cells"], strict=True))
    ]
