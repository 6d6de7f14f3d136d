"""How the opinions on a submission stand: each chapter, and what follows from them for the stage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bimtek.domain.chapters import Chapter, chapters_of, marks_by_chapter
from bimtek.enums import OpinionLevel
from bimtek.models import Opinion, Submission
from masterplan.models import CommentThread

LEVELS = list(OpinionLevel)


@dataclass(frozen=True)
class Former:
    """The last official opinion on a chapter in an earlier submission, and whether the chapter is still the same."""

    opinion: Opinion
    is_unchanged: bool


@dataclass(frozen=True)
class ChapterLine:
    """`issued` holds the last official opinion of each reviewer."""

    chapter: Chapter
    issued: tuple[Opinion, ...]
    drafts: tuple[Opinion, ...]
    former: Former | None = None

    @property
    def level(self) -> OpinionLevel | None:
        return OpinionLevel.strictest(opinion.level for opinion in self.issued)


@dataclass(frozen=True)
class Board:
    """`must_fix` counts the plan's unresolved must-fix remarks."""

    lines: tuple[ChapterLine, ...]
    on_stage: Opinion | None
    stage_drafts: tuple[Opinion, ...]
    must_fix: int

    @property
    def lacking(self) -> list[Chapter]:
        """What is due at the stage and has no official opinion yet."""
        return [line.chapter for line in self.lines if line.chapter.is_due and not line.issued]

    @property
    def computed(self) -> OpinionLevel | None:
        """As strict as the strictest chapter; a remark that must be fixed is something to mend."""
        if self.must_fix:
            return OpinionLevel.TO_MEND
        return OpinionLevel.strictest(line.level for line in self.lines if line.level)

    def allows(self, level: str) -> bool:
        """A stage may be judged more strictly than its chapters, never more mildly."""
        return self.computed is None or LEVELS.index(OpinionLevel(level)) >= LEVELS.index(self.computed)


def board_of(submission: Submission, opinions: Iterable[Opinion]) -> Board:
    """`opinions` on this submission that the reader may see. Seven queries, however many there are."""
    by_chapter: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        by_chapter.setdefault(opinion.chapter, []).append(opinion)
    former = _former(submission)
    lines = (
        ChapterLine(chapter, *_sorted(by_chapter.get(chapter.code, [])), former=former.get(chapter.code))
        for chapter in chapters_of(submission)
    )
    on_stage, stage_drafts = _sorted(by_chapter.get("", []))
    return Board(
        lines=tuple(lines),
        on_stage=on_stage[-1] if on_stage else None,
        stage_drafts=stage_drafts,
        must_fix=CommentThread.objects.holding().filter(plan=submission.plan_id).count(),
    )


def _sorted(opinions: Sequence[Opinion]) -> tuple[tuple[Opinion, ...], tuple[Opinion, ...]]:
    """What is official, the last of each reviewer, and drafts."""
    official = sorted((each for each in opinions if each.number), key=lambda each: each.number or 0)
    last = {opinion.by_id: opinion for opinion in official}
    return tuple(last.values()), tuple(each for each in opinions if not each.number)


def newer_than(submission: Submission) -> Submission | None:
    """The newest one of the same stage, where this is not it: only that one is judged."""
    later = Submission.objects.filter(plan=submission.plan_id, stage=submission.stage_id, number__gt=submission.number)
    return later.select_related("stage").order_by("-number").first()


def earlier_opinions(submission: Submission) -> list[Opinion]:
    """Official ones on chapters of earlier submissions of the plan, the last one last."""
    found = (
        Opinion.objects.issued().filter(plan=submission.plan_id, submission__at__lt=submission.at).exclude(chapter="")
    )
    return list(
        found.select_related("submission__stage").defer("submission__facts", "submission__points").order_by("number")
    )


def unchanged_since(submission: Submission, opinions: Iterable[Opinion]) -> set[int]:
    """Of these opinions (by id) those whose chapter reads the same in this submission."""
    found = list(opinions)
    marks = marks_by_chapter({submission.pk, *(each.submission_id for each in found)})
    return {
        each.pk
        for each in found
        if marks.get((each.submission_id, each.chapter)) == marks.get((submission.pk, each.chapter))
    }


def _former(submission: Submission) -> dict[str, Former]:
    last = {opinion.chapter: opinion for opinion in earlier_opinions(submission)}
    same = unchanged_since(submission, last.values()) if last else set()
    return {code: Former(opinion, opinion.pk in same) for code, opinion in last.items()}
