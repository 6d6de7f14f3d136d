"""The revision of a plan: another one after every write that findings depend on, the same after anything else."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masterplan.consistency import run
from masterplan.domain.findings import findings_of
from masterplan.domain.revision import _tables, revision_of
from masterplan.domain.snapshot import snapshot_of
from masterplan.models import (
    Masterplan,
    OutlineSection,
    Presence,
    Programme,
    ProgrammeYear,
    Section,
)
from quickwin.models import QuickWin
from smartcity.accounts.enums import Role
from smartcity.regency.models import Opd
from tests.masterplan.views.rows_given import ground_of, programme_row
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def row(plan: Masterplan) -> Programme:
    plan.delete()
    return programme_row(ground_of(), years=[{"year": 2026, "target": 130, "budget": 1}])


def test_every_table_that_findings_are_read_from_is_watched(row: Programme) -> None:
    watched = {table.strip('"') for table, _, _ in _tables()}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        snapshot_of(row.plan)
    read = {table for query in asked.captured_queries for table in TABLE.findall(query["sql"])}
    assert len(read) > 25
    assert read <= watched


def _text(row: Programme) -> None:
    section = Section.objects.filter(plan=row.plan)[0]
    Section.objects.filter(pk=section.pk).update(doc={"type": "doc", "content": []})


def _sections(row: Programme) -> QuerySet[OutlineSection]:
    return OutlineSection.objects.filter(chapter__book__outline=row.plan.outline)


def _quick_win(row: Programme) -> None:
    QuickWin.objects.create(
        plan=row.plan, position=1, code="QW1", programme=row, name="Cepat", dimension=row.dimension, year=2027,
        lead_opd=row.lead_opd, problem="Antre", benefit="Tidak antre", origin_year=2027,
    )  # fmt: skip


WRITES: dict[str, Callable[[Programme], object]] = {
    "a row": lambda row: Programme.objects.filter(pk=row.pk).update(name="Nama lain"),
    "a row as it was": lambda row: Programme.objects.filter(pk=row.pk).update(name=row.name),
    "a year": lambda row: ProgrammeYear.objects.filter(programme=row).update(budget=2),
    "a year less": lambda row: ProgrammeYear.objects.filter(programme=row).delete(),
    "an office beside": lambda row: row.supporting_opds.add(Opd.objects.filter(regency=row.plan.regency).last()),
    "a text": _text,
    "the outline": lambda row: _sections(row).update(is_required=False),
    "an office": lambda row: Opd.objects.filter(regency=row.plan.regency).update(aliases=["Kantor Lain"]),
    "the plan": lambda row: Masterplan.objects.filter(pk=row.plan_id).update(base_year=2020),
    "a quick win": _quick_win,
}


@pytest.mark.parametrize("what", WRITES)
def test_every_write_is_another_revision(row: Programme, what: str) -> None:
    before = revision_of(row.plan)
    WRITES[what](row)
    assert revision_of(row.plan) != before


def test_other_plans_and_who_is_here_are_not(row: Programme) -> None:
    before = revision_of(row.plan)
    other = ground_of("63.71")
    programme_row(other)
    Presence.objects.create(
        section=Section.objects.filter(plan=row.plan)[0],
        user=person(Role.COORDINATOR),
        client="a",
        seen_at=timezone.now(),
    )
    assert revision_of(row.plan) == before != revision_of(other.plan)


@pytest.mark.parametrize("what", WRITES)
def test_kept_findings_are_those_of_a_fresh_run(row: Programme, what: str) -> None:
    findings_of(row.plan)
    WRITES[what](row)
    plan = Masterplan.objects.get(pk=row.plan_id)
    assert [each.finding for each in findings_of(plan)] == run(snapshot_of(plan))


def test_nothing_is_read_twice_between_two_writes(row: Programme) -> None:
    findings_of(row.plan)
    with CaptureQueriesContext(connection) as asked:
        again = findings_of(row.plan)
    assert len(asked) == 2  # the revision, the waivers
    assert [each.finding for each in again] == run(snapshot_of(row.plan))
