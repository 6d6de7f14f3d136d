"""The chapters of submissions: what reviewers read and judge as one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bimtek.domain.needs import needs_at
from bimtek.models import Stage, Submission, SubmittedSection, SubmittedTable
from masterplan.registers import EVERY_KIND


@dataclass(frozen=True)
class Chapter:
    """`sections` are codes; `is_due` where one of them is required by the stage or an earlier one."""

    code: str
    name: str
    book: str
    book_name: str
    dimensions: frozenset[str]
    sections: tuple[str, ...]
    is_due: bool

    @property
    def label(self) -> str:
        return f"{self.book_name} · {self.name}"


def heading_of(book: dict[str, Any], chapter: dict[str, Any]) -> tuple[str, str]:
    return f"Buku {book['number']}", f"{chapter['number']} {chapter['title']}".strip()


def printed_in(tables: Iterable[str]) -> list[tuple[str, str]]:
    """Slug and part of the kinds of rows behind the tables that the outline names for a section ("programme:GOV")."""
    named = (key.partition(":") for key in tables)
    return [(slug, part) for name, _, part in named for slug, kind in EVERY_KIND.items() if kind.table_key == name]


def chapters_of(submission: Submission) -> list[Chapter]:
    """In the order of the books. Needs `submission.stage`."""
    due = needs_at(submission.stage, Stage.objects.all()).due
    sections = submission.sections.values(
        "code", *(f"outline__{name}" for name in ("book", "chapter", "dimension", "is_required", "due_stage"))
    )
    return [
        _chapter(code, list(parts), due)
        for code, parts in groupby(sections, key=lambda part: part["outline__chapter"]["code"])
    ]


def _chapter(code: str, parts: list[dict[str, Any]], due: frozenset[str]) -> Chapter:
    book, chapter = parts[0]["outline__book"], parts[0]["outline__chapter"]
    book_name, name = heading_of(book, chapter)
    return Chapter(
        code=code,
        name=name,
        book=book["code"],
        book_name=book_name,
        dimensions=frozenset(part["outline__dimension"] for part in parts if part["outline__dimension"]),
        sections=tuple(part["code"] for part in parts),
        is_due=any(part["outline__is_required"] and part["outline__due_stage"] in due for part in parts),
    )


type Marks = frozenset[tuple[str, str]]


def marks_by_chapter(submissions: Iterable[int]) -> dict[tuple[int, str], Marks]:
    """By submission and chapter what its texts and tables were; equal marks are equal content. Two queries."""
    keys = list(submissions)
    tables = {
        (submission, slug): mark
        for submission, slug, mark in SubmittedTable.objects.filter(submission__in=keys)
        .order_by()
        .values_list("submission_id", "slug", "mark")
    }
    found: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for submission, chapter, mark in _marks(keys, tables):
        found.setdefault((submission, chapter), set()).add(mark)
    return {key: frozenset(marks) for key, marks in found.items()}


def _marks(keys: list[int], tables: dict[tuple[int, str], str]) -> Iterator[tuple[int, str, tuple[str, str]]]:
    sections = SubmittedSection.objects.filter(submission__in=keys).order_by()
    named = ("submission_id", "code", "mark", "outline__chapter__code", "outline__tables")
    for submission, code, mark, chapter, printed in sections.values_list(*named):
        yield submission, chapter, (code, mark)
        for slug, _ in printed_in(printed):
            yield submission, chapter, (slug, tables.get((submission, slug), ""))
