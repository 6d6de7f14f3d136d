"""The whole plan as it was at one moment, read in one snapshot of the database while others write on."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from bimtek.domain.book import freeze_book
from bimtek.domain.gate import OpenPoint, open_points, state_of
from bimtek.domain.needs import needs_at
from bimtek.models import Stage, Submission, SubmittedBook
from masterplan import prose
from masterplan.domain.completeness import SectionProgress
from masterplan.domain.facts import values_now
from masterplan.models import Masterplan, Section
from masterplan.registers.frozen import frozen_tables
from smartcity.regency.models import Opd

type Json = dict[str, Any]

SECTION_FIELDS = ("code", "number", "title", "version", "words", "state", "outline", "doc")
TABLE_FIELDS = ("slug", "title", "columns", "rows")
OUTLINE_FIELDS = (
    "kind", "is_required", "due_stage", "min_words", "max_words", "guidance", "good_example", "tables", "figures",
)  # fmt: skip


@dataclass(frozen=True)
class Frozen:
    at: datetime
    facts: Json
    sections: list[Json]
    tables: list[Json]
    points: list[Json]
    values: Json  # of the live facts in the texts; the texts carry them already
    book: bytes = b""  # of a final stage: what prints it

    @property
    def sha256(self) -> str:
        return digest(self.facts, self.sections, self.tables, self.points)


@contextmanager
def one_snapshot() -> Iterator[datetime]:
    """Every query inside sees the database as it was at the first one; nothing can be written. Gives the moment.

    Only outermost: a transaction that began before would have read something already, and `durable` refuses that.
    """
    with transaction.atomic(durable=True):
        if len(connection.atomic_blocks) == 1:  # under the transaction of a test the level cannot change any more
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield timezone.now()


def freeze(plan: Masterplan, stage: Stage) -> Frozen:
    with one_snapshot() as at:
        fresh = Masterplan.objects.select_related("regency__province", "outline", "dimension_set").get(pk=plan.pk)
        state = state_of(fresh)
        points = open_points(state, needs_at(stage, Stage.objects.all()))
        docs = dict(Section.objects.filter(plan=fresh).present().values_list("pk", "doc"))
        values = values_now(fresh, *docs.values())
        book = freeze_book(fresh) if stage.is_final else b""
        facts = _facts(fresh) | ({"book": hashlib.sha256(book).hexdigest()} if book else {})
        return Frozen(
            at=at,
            facts=_plain(facts),
            sections=_plain(list(_sections(state.sections, docs, values))),
            tables=_plain([asdict(table) for table in frozen_tables(fresh)]),
            points=_plain([point_as_json(point) for point in points]),
            values=values,
            book=book,
        )


def digest(facts: Json, sections: list[Json], tables: list[Json], points: list[Json]) -> str:
    """Of what was frozen, whatever the order of keys in which the database gives it back."""
    return _sha256({"facts": facts, "sections": sections, "tables": tables, "points": points})


def mark_of(content: Any) -> str:
    """The same for the same text or rows, whenever they were frozen."""
    return _sha256(content)[:32]


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(submission: Submission) -> bool:
    """Whether everything that is stored is still what the digest was made of."""
    sections: list[Any] = list(submission.sections.values(*SECTION_FIELDS))
    tables: list[Any] = list(submission.tables.values(*TABLE_FIELDS))
    book = submission.facts.get("book")
    if book and hashlib.sha256(bytes(SubmittedBook.objects.get(submission=submission).content)).hexdigest() != book:
        return False
    return digest(submission.facts, sections, tables, submission.points) == submission.sha256


def point_as_json(point: OpenPoint) -> Json:
    return {"group": str(point.group), "sentence": point.sentence, "holds": point.holds, "place": asdict(point.place)}


def _plain(value: Any) -> Any:
    """As the database will give it back: dates and decimals as texts."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _facts(plan: Masterplan) -> Json:
    return {
        "title": plan.title,
        "region": plan.regency.label,
        "start_year": plan.start_year,
        "years": plan.years,
        "base_year": plan.base_year,
        "detail_years": plan.detail_years,
        "outline": {"code": plan.outline.code, "title": plan.outline.title},
        "dimensions": list(plan.dimension_set.dimensions.values("id", "code", "name", "goal")),
        "offices": list(Opd.objects.filter(regency_id=plan.regency_id).values("id", "code", "name", "short_name")),
    }


def _sections(progress: tuple[SectionProgress, ...], docs: dict[int, Json], values: Json) -> Iterator[Json]:
    """Live facts print for good what they print now."""
    for item in progress:
        section = item.section
        yield {
            "code": section.outline_section.code,
            "number": section.outline_section.number,
            "title": section.outline_section.title,
            "version": section.version,
            "words": section.words,
            "state": item.state,
            "outline": _outline(section),
            "doc": prose.with_values(docs[section.pk], values),
        }


def _outline(section: Section) -> Json:
    """The ministry's editor may correct an outline later; what this section was asked to hold is kept with it."""
    part = section.outline_section
    chapter = part.chapter
    return {
        "book": {"code": chapter.book.code, "number": chapter.book.number, "title": chapter.book.title},
        "chapter": {"code": chapter.code, "number": chapter.number, "title": chapter.title},
        "dimension": part.dimension.code if part.dimension else "",
        "offices": [opd.label for opd in section.opds.all()],
        **{name: getattr(part, name) for name in OUTLINE_FIELDS},
    }
