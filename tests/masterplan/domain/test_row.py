"""The verbs of rows: positions, codes, compare-and-swap, refusals; nothing is half written."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masterplan.domain.row import (
    StaleRowError,
    create_row,
    delete_row,
    next_code,
    printed_in,
    sentence_list,
    update_row,
    version_of,
)
from masterplan.models import Issue, Mission, PlanDimension, Programme, Strategy
from smartcity.accounts.enums import Role
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, programme_row
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db


def issue(ground: Ground, text: str = "Isu", **more: Any) -> Issue:
    return create_row(
        plan=ground.plan, model=Issue, values={"dimension": ground.dimension, "text": text}, **{"by": None, **more}
    )


def test_rows_are_appended(ground: Ground) -> None:
    assert [issue(ground, text).position for text in ("satu", "dua", "tiga")] == [1, 2, 3]


def test_update_raises_the_version_and_names_the_fields(ground: Ground) -> None:
    user = person(Role.COORDINATOR)
    row = update_row(issue(ground), version=1, values={"text": "Isu baru"}, by=user)
    event = Event.objects.get(verb="row.updated")
    assert (row.version, Issue.objects.get().text) == (2, "Isu baru")
    assert (event.actor, event.data["fields"], event.subject_label) == (user, ["text"], "Isu baru")


def test_update_without_a_change_leaves_no_trace(ground: Ground) -> None:
    assert update_row(issue(ground), version=1, values={"text": "Isu"}, by=None).version == 1
    assert not Event.objects.filter(verb="row.updated").exists()


def test_stale_version_changes_nothing(ground: Ground) -> None:
    row = issue(ground)
    update_row(row, version=1, values={"text": "Orang lain"}, by=None)
    with pytest.raises(StaleRowError, match="sudah diubah orang lain"):
        update_row(row, version=1, values={"text": "Saya"}, by=None)
    assert Issue.objects.get().text == "Orang lain"


def test_deleted_row_is_a_conflict_not_a_fault(ground: Ground) -> None:
    row = issue(ground)
    delete_row(Issue.objects.get(), by=None)
    with pytest.raises(StaleRowError, match="sudah dihapus"):
        update_row(row, version=1, values={"text": "Saya"}, by=None)


def test_row_without_a_version_is_guarded_by_its_content(ground: Ground) -> None:
    values = {"dimension": ground.dimension, "goal": "Semula"}
    row = create_row(plan=ground.plan, model=PlanDimension, values=values, by=None)
    opened = version_of(row)
    update_row(row, version=opened, values={"goal": "Orang lain"}, by=None)
    with pytest.raises(StaleRowError):
        update_row(row, version=opened, values={"goal": "Saya"}, by=None)


def test_same_code_twice_is_a_conflict(ground: Ground) -> None:
    values = {"code": "GOV-S1", "dimension": ground.dimension, "text": "Sama"}
    with pytest.raises(Conflict, match="kode atau nomor yang sama"):
        create_row(plan=ground.plan, model=Strategy, values=values, by=None)
    assert Strategy.objects.count() == 1


def test_failed_child_rows_take_the_row_with_them(ground: Ground) -> None:
    with pytest.raises(Exception, match="programme_budget_not_negative"):
        programme_row(ground, years=[{"year": 2026, "budget": -1}])
    assert not Programme.objects.exists()
    assert not Event.objects.filter(verb="row.created").exists()


def test_only_years_that_differ_are_written(ground: Ground) -> None:
    row = programme_row(ground)
    kept = list(row.years.values_list("pk", flat=True))
    years = [
        {"year": year, "target": 125, "budget": 1_450_000_000 + (year == 2027)} for year in ground.plan.detail_range
    ]
    updated = update_row(row, version=1, values={"years": years}, by=None)
    assert updated.version == 2
    assert list(row.years.values_list("pk", flat=True)) == kept
    assert Event.objects.get(verb="row.updated").data["fields"] == ["years"]


def test_rights_are_checked_before_and_after(ground: Ground) -> None:
    author = person(Role.AUTHOR)
    row = programme_row(ground)
    other = type(ground.opd).objects.create(regency=ground.plan.regency, code="LAIN", name="Dinas Lain")
    with pytest.raises(NotAllowed):
        update_row(row, version=1, values={"lead_opd": other}, by=author)
    with pytest.raises(NotAllowed):
        issue(ground, by=author)
    with pytest.raises(NotAllowed):
        delete_row(ground.strategy, by=author)
    row.refresh_from_db()
    assert row.lead_opd == ground.opd


def test_delete_names_what_stands_in_the_way(ground: Ground) -> None:
    programme_row(ground)
    Mission.objects.create(plan=ground.plan, number=1, text="Dekat", rpjmd_mission=ground.mission)
    with pytest.raises(WrongState, match="dipakai oleh program GOV-P01 Program GOV-P01"):
        delete_row(ground.strategy, by=None)
    with pytest.raises(WrongState, match=r"dipakai oleh misi 1\. Dekat"):
        delete_row(ground.mission, by=None)


CODES = (
    (("GOV-P", [], 2), "GOV-P01"),
    (("GOV-P", ["GOV-P01", "GOV-P09", "ECO-P20"], 2), "GOV-P10"),
    (("GOV-P", ["GOV-P1", "gov-p2"], 2), "GOV-P3"),
    (("RA-KL", ["RA-KL", "RA-KL2"], 1), "RA-KL3"),
    (("S", ["S1", "SAS-7", "S2b"], 1), "S2"),
    (("SAS-", ["SAS-6"], 1), "SAS-7"),
)


@pytest.mark.parametrize(("given", "code"), CODES)
def test_next_code(given: tuple[str, list[str], int], code: str) -> None:
    prefix, codes, width = given
    assert next_code(prefix, codes, width=width) == code


def test_long_lists_are_shortened() -> None:
    assert sentence_list(list("abc")) == "a, b, c"
    assert sentence_list(list("abcdefg")) == "a, b, c, d, e, dan 2 lainnya"


def test_printed_in_narrows_to_the_row(ground: Ground) -> None:
    codes = {section.code for section in printed_in(ground.plan, "programme", "ECO")}
    assert codes == {"B2.4.7", "B2.L.1", "B3.2.3"}
    assert printed_in(ground.plan, "") == []


def test_the_row_is_locked_before_its_version_is_read(ground: Ground) -> None:
    row = issue(ground)
    with CaptureQueriesContext(connection) as queries:
        update_row(row, version=1, values={"text": "Isu baru"}, by=None)
    touching = [query["sql"] for query in queries if "masterplan_issue" in query["sql"]]
    assert touching[0].endswith("FOR UPDATE")
    assert touching[1].startswith("UPDATE")
