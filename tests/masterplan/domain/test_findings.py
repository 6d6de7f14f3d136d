"""Findings of a stored plan: constant queries, the row's own, waivers that hold and fall."""

from dataclasses import replace
from typing import Any

import pytest

from masterplan.domain.findings import PlanFinding, findings_at, findings_of, findings_on_row, unwaive, waive
from masterplan.domain.row import update_row
from masterplan.domain.snapshot import snapshot_of
from masterplan.enums import BimtekStage
from masterplan.models import FindingWaiver, Masterplan, Programme, ProgrammeYear
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row
from tests.people import People
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db


def of_rule(found: list[PlanFinding], code: str) -> list[PlanFinding]:
    return [each for each in found if each.finding.rule.code == code]


@pytest.fixture
def falling(plan: Masterplan) -> tuple[Programme, PlanFinding]:
    """A programme whose target of 2027 falls, and the finding about it."""
    plan.delete()
    row = programme_row(
        ground_of(), years=[{"year": 2026, "target": 130, "budget": 1}, {"year": 2027, "target": 120, "budget": 1}]
    )
    return row, of_rule(findings_of(row.plan), "target-direction")[0]


def test_queries_do_not_grow_with_the_plan(plan: Masterplan, django_assert_max_num_queries: Any) -> None:
    ground = ground_of("63.71")
    many = [programme_row(ground, f"GOV-P{n:02}") for n in range(10)]
    with django_assert_max_num_queries(30) as few:
        assert len(snapshot_of(ground.plan).programmes) == len(many)
    _copies(ground, many[0], 90)
    with django_assert_max_num_queries(len(few)) as more:
        assert len(snapshot_of(ground.plan).programmes) == 100
    assert len(more) == len(few)


def _copies(ground: Ground, pattern: Programme, number: int) -> None:
    fields = {
        f.attname: getattr(pattern, f.attname) for f in Programme._meta.concrete_fields if f.name not in ("id", "code")
    }
    rows = Programme.objects.bulk_create(Programme(**fields, code=f"GOV-Q{n:02}") for n in range(number))
    ProgrammeYear.objects.bulk_create(ProgrammeYear(programme=row, year=2026, target=1, budget=1) for row in rows)


def test_a_new_plan_lacks_every_dimension_and_is_stopped_at_bimtek_iv(plan: Masterplan) -> None:
    at_last = {
        finding.place.label
        for finding in findings_at(plan, BimtekStage.IV)
        if finding.rule.code == "dimension-without-programme"
    }
    assert at_last == {dimension.name for dimension in plan.dimension_set.dimensions.all()}
    assert "dimension-without-programme" not in {finding.rule.code for finding in findings_at(plan, BimtekStage.III)}


def test_the_row_hears_of_its_own_findings_only(falling: tuple[Programme, PlanFinding]) -> None:
    row, finding = falling
    own = findings_on_row(row.plan, "program", row.pk)
    assert finding.finding.sentence in [each.finding.sentence for each in own]
    assert {(each.finding.place.kind, each.finding.place.pk) for each in own} == {("program", row.pk)}
    assert findings_on_row(row.plan, "program", row.pk + 1) == []


def test_waiver_holds_while_the_finding_is_the_same(falling: tuple[Programme, PlanFinding], coordinator: User) -> None:
    row, found = falling
    waive(row.plan, fingerprint=found.finding.fingerprint, reason=" Disengaja. ", by=coordinator)
    row.name = "Nama lain"
    row.save()
    again = of_rule(findings_of(row.plan), "target-direction")
    assert [each.waiver.reason for each in again if each.waiver] == ["Disengaja."]
    event = Event.objects.get(verb="finding.waived")
    assert (event.reason, event.actor, event.data["title"]) == ("Disengaja.", coordinator, found.finding.rule.title)


def test_waiver_falls_when_the_values_change(falling: tuple[Programme, PlanFinding], coordinator: User) -> None:
    row, found = falling
    waive(row.plan, fingerprint=found.finding.fingerprint, reason="Disengaja.", by=coordinator)
    years = [{"year": 2026, "target": 130, "budget": 1}, {"year": 2027, "target": 90, "budget": 1}]
    update_row(row, version=row.version, values={"years": years}, by=None)
    assert [each.waiver for each in of_rule(findings_of(row.plan), "target-direction")] == [None]


def test_a_waived_finding_no_longer_blocks_until_it_is_taken_back(plan: Masterplan, people: People) -> None:
    def visions() -> list[str]:
        return [x.fingerprint for x in findings_at(plan, BimtekStage.II) if x.rule.code == "vision-missing"]

    fingerprint = visions()[0]
    waiver = waive(plan, fingerprint=fingerprint, reason="Menunggu bupati.", by=people.coordinator)
    assert visions() == []
    unwaive(waiver, by=people.coordinator)
    assert visions() == [fingerprint]
    assert list(Event.objects.filter(verb__startswith="finding.").values_list("verb", flat=True).order_by("pk")) == [
        "finding.waived",
        "finding.unwaived",
    ]


def test_refusals(plan: Masterplan, people: People) -> None:
    found = {each.finding.rule.code: each.finding.fingerprint for each in findings_of(plan)}
    fingerprint = found["vision-missing"]
    with pytest.raises(NotAllowed):
        waive(plan, fingerprint=fingerprint, reason="x", by=people.mentor)
    with pytest.raises(Incomplete):
        waive(plan, fingerprint=fingerprint, reason="  ", by=people.coordinator)
    with pytest.raises(WrongState, match="tidak dapat diabaikan"):
        waive(plan, fingerprint=found["dimension-without-programme"], reason="x", by=people.coordinator)
    with pytest.raises(WrongState, match="sudah tidak ada"):
        waive(plan, fingerprint="0" * 32, reason="x", by=people.coordinator)
    waiver = waive(plan, fingerprint=fingerprint, reason="x", by=people.coordinator)
    with pytest.raises(Conflict):
        waive(plan, fingerprint=fingerprint, reason="y", by=people.coordinator)
    with pytest.raises(NotAllowed):
        unwaive(waiver, by=people.author)
    assert FindingWaiver.objects.count() == 1


def test_fingerprint_stands_on_rule_place_and_values(falling: tuple[Programme, PlanFinding]) -> None:
    finding = falling[1].finding
    renamed = replace(finding, sentence="lain", place=replace(finding.place, label="lain"))
    assert renamed.fingerprint == finding.fingerprint
    assert replace(finding, subject="lain").fingerprint != finding.fingerprint
    assert replace(finding, place=replace(finding.place, field="target_2028")).fingerprint != finding.fingerprint


@pytest.fixture
def coordinator(falling: tuple[Programme, PlanFinding]) -> User:
    return person(Role.COORDINATOR)
