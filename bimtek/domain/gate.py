"""What is still open before a stage: unfinished sections, missing rows and documents, blocking findings; each with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bimtek.domain.needs import DocumentNeed, Needs, RowNeed, needs_at
from bimtek.enums import OpinionLevel
from bimtek.models import CycleDocument, Opinion, Stage
from masterplan.consistency import Finding, Place
from masterplan.consistency.coverage import GROUP as COVERAGE
from masterplan.domain import completeness
from masterplan.domain.completeness import COMPLETE, SectionProgress
from masterplan.domain.findings import findings_of
from masterplan.enums import WRITTEN_KINDS, CommentState, CommentVisibility
from masterplan.models import CommentThread, Masterplan, Section
from masterplan.registers import EVERY_KIND
from masterplan.registers.counts import covered, expected


class PointGroup(StrEnum):
    SECTIONS = "Naskah yang jatuh tempo"
    ROWS = "Baris yang belum ada"
    DOCUMENTS = "Dokumen"
    FINDINGS = "Temuan yang menghalangi"
    COMMENTS = "Komentar wajib yang belum selesai"
    OPINIONS = "Bab yang dinilai perlu perbaikan"
    SUGGESTIONS = "Usulan kata yang belum dijawab"


@dataclass(frozen=True)
class OpenPoint:
    """`holds` where it holds up the final stage; what does not is only shorter than advised."""

    group: PointGroup
    place: Place
    sentence: str
    holds: bool = True


@dataclass(frozen=True)
class DimensionName:
    code: str
    name: str


@dataclass(frozen=True)
class PlanState:
    """What every gate of a plan looks at, read once."""

    sections: tuple[SectionProgress, ...]
    findings: tuple[Finding, ...]
    rows: Mapping[str, Mapping[str, int]]
    dimensions: Mapping[int, DimensionName]
    documents: Mapping[str, bool]  # by kind, whether one of them has its file
    comments: tuple[CommentThread, ...] = ()
    opinions: tuple[Opinion, ...] = ()  # the last official one of each reviewer on each chapter
    suggested: frozenset[int] = frozenset()  # sections with suggested wording


def state_of(plan: Masterplan, *, with_findings: bool = True) -> PlanState:
    """A number of queries that does not depend on how much the plan holds; waived findings are left out.

    Findings read every text and row: what is asked all day long goes without them.
    """
    findings = findings_of(plan) if with_findings else []
    return PlanState(
        sections=tuple(completeness.of_plan(plan).sections),
        findings=tuple(each.finding for each in findings if each.waiver is None),
        rows=covered(plan, EVERY_KIND.values()),
        documents=documents_in(plan),
        dimensions={
            pk: DimensionName(code, name) for pk, code, name in plan.dimension_set.dimensions.values_list("pk", "code", "name")
        },
        comments=tuple(CommentThread.objects.holding().filter(plan=plan).select_related("assignee", "assigned_opd").order_by("number")),
        opinions=tuple(_last_opinions(plan)),
        suggested=frozenset(Section.objects.present().with_suggestions().filter(plan=plan).values_list("pk", flat=True)),
    )  # fmt: skip


def _last_opinions(plan: Masterplan) -> list[Opinion]:
    found = Opinion.objects.issued().filter(plan=plan).exclude(chapter="")
    last = found.order_by("chapter", "by", "-number").distinct("chapter", "by")
    return list(last.select_related("submission__stage").defer("submission__facts", "submission__points"))


def open_points(state: PlanState, needs: Needs) -> list[OpenPoint]:
    """Each place once: what a missing row or an empty section says already is not said again as a finding."""
    points = [*_sections(state, needs), *_rows(state, needs), *_documents(state, needs)]
    said = {point.place.identity for point in points}
    return [*points, *_findings(state, needs, said), *_comments(state), *_opinions(state), *_suggestions(state)]


def documents_in(plan: Masterplan) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for kind, file in CycleDocument.objects.filter(plan=plan).order_by().values_list("kind", "file_id"):
        found[kind] = found.get(kind, False) or file is not None
    return found


def points_by_stage(plan: Masterplan, stages: Iterable[Stage]) -> dict[str, list[OpenPoint]]:
    stages, state = list(stages), state_of(plan)
    return {stage.code: open_points(state, needs_at(stage, stages)) for stage in stages}


def points_at(plan: Masterplan, stage: Stage) -> list[OpenPoint]:
    return open_points(state_of(plan), needs_at(stage, Stage.objects.all()))


def holding(points: Iterable[OpenPoint]) -> list[OpenPoint]:
    return [point for point in points if point.holds]


def _sections(state: PlanState, needs: Needs) -> Iterator[OpenPoint]:
    for item in state.sections:
        outline = item.section.outline_section
        if outline.is_required and outline.due_stage in needs.due and item.state != COMPLETE:
            yield _section(_place_of(item), item)


def _place_of(item: SectionProgress) -> Place:
    outline = item.section.outline_section
    dimension = outline.dimension.code if outline.dimension else ""
    return Place(f"Buku {outline.chapter.book.number} · {outline}", section=outline.code, dimension=dimension)


def _section(place: Place, item: SectionProgress) -> OpenPoint:
    """A section without a word or a row is missing; one that is short is only advised to grow."""
    outline = item.section.outline_section
    is_empty = outline.kind in WRITTEN_KINDS and outline.min_words > 0 and not item.section.words
    if is_empty:
        sentence = "Belum ditulis; tabelnya juga masih kosong." if item.lacks_rows else "Belum ditulis."
    else:
        sentence = f"{'; '.join(item.missing).capitalize()}."
    return OpenPoint(PointGroup.SECTIONS, place, sentence, holds=is_empty or item.lacks_rows)


def _rows(state: PlanState, needs: Needs) -> Iterator[OpenPoint]:
    for need in needs.rows:
        found = state.rows[need.kind]
        if not need.each:
            if (count := sum(found.values())) < need.least:
                yield _missing(need, count, Place(EVERY_KIND[need.kind].title, kind=need.kind))
            continue
        labels = {pk: dimension.name for pk, dimension in state.dimensions.items()}
        for key, label in expected(EVERY_KIND[need.kind], labels).items():
            if (count := found.get(key, 0)) < need.least:
                yield _missing(need, count, _part(state, need, key, label))


def _part(state: PlanState, need: RowNeed, key: str, label: str) -> Place:
    kind = EVERY_KIND[need.kind]
    if kind.cover == "dimension_id":
        return Place(f"{kind.title} · {label}", kind=need.kind, dimension=state.dimensions[int(key)].code)
    return Place(f"{kind.title} · {label}", kind=need.kind, field=key)


def _missing(need: RowNeed, count: int, place: Place) -> OpenPoint:
    kind = EVERY_KIND[need.kind]
    if kind.is_single or (not count and need.least == 1):
        sentence = "Belum diisi." if kind.is_single else f"Belum ada {kind.noun}."
    else:
        sentence = f"Baru {count} dari {need.least} {kind.noun} yang diperlukan."
    return OpenPoint(PointGroup.ROWS, place, sentence)


def _documents(state: PlanState, needs: Needs) -> Iterator[OpenPoint]:
    for need in needs.documents:
        place = Place(f"Dokumen · {need.name}", kind="dokumen", field=need.kinds[0])
        if not is_registered(need, state.documents):
            yield OpenPoint(PointGroup.DOCUMENTS, place, "Belum terdaftar.")
        elif not has_file(need, state.documents):
            yield OpenPoint(PointGroup.DOCUMENTS, place, "Terdaftar, tetapi berkasnya belum diunggah.", holds=False)


def is_registered(need: DocumentNeed, documents: Mapping[str, bool]) -> bool:
    return any(kind in documents for kind in need.kinds)


def has_file(need: DocumentNeed, documents: Mapping[str, bool]) -> bool:
    return any(documents.get(kind) for kind in need.kinds)


def _findings(state: PlanState, needs: Needs, said: set[tuple[str, ...]]) -> Iterator[OpenPoint]:
    for finding in state.findings:
        is_due = finding.blocks_from is not None and finding.blocks_from.value in needs.due
        if not is_due and finding.rule.code not in needs.rules:
            continue
        if finding.rule.group == COVERAGE and finding.place.identity in said:
            continue
        yield OpenPoint(PointGroup.FINDINGS, finding.place, finding.sentence)


def _comments(state: PlanState) -> Iterator[OpenPoint]:
    """At every stage: whatever is sent after a remark was made is sent with it open. What it says is not said here.

    Everybody who reads the plan reads its gates: of a thread for one office they learn that it is there, and no more.
    """
    for thread in state.comments:
        is_answered = thread.state == CommentState.ANSWERED
        sentence = "Sudah dijawab; jawabannya belum diterima." if is_answered else "Belum dijawab."
        place = Place(f"{thread.name} · untuk satu perangkat daerah", comment=thread.number)
        if thread.visibility == CommentVisibility.TEAM:
            place = replace(place, label=f"{thread.name} · {thread.label}", dimension=thread.dimension)
            sentence = f"{sentence} Untuk {thread.meant_for}." if thread.meant_for else sentence
        yield OpenPoint(PointGroup.COMMENTS, place, sentence)


def _opinions(state: PlanState) -> Iterator[OpenPoint]:
    """They never hold: only what is handed in next is judged again."""
    first = {
        item.section.outline_section.chapter.code: item.section.outline_section for item in reversed(state.sections)
    }
    for opinion in state.opinions:
        if opinion.level == OpinionLevel.TO_MEND and opinion.chapter in first:
            place = Place(opinion.label, section=first[opinion.chapter].code)
            sentence = (
                f"Pendapat nomor {opinion.number} atas {opinion.submission}: jelaskan perbaikannya saat mengirim."
            )
            yield OpenPoint(PointGroup.OPINIONS, place, sentence, holds=False)


def _suggestions(state: PlanState) -> Iterator[OpenPoint]:
    """At every stage; they never hold: the text that is handed in is as if they were rejected."""
    for item in state.sections:
        if item.section.pk in state.suggested:
            sentence = "Ada usulan pembimbing yang belum diterima atau ditolak."
            yield OpenPoint(PointGroup.SUGGESTIONS, _place_of(item), sentence, holds=False)
