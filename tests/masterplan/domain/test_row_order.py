"""Order, copies and the bin of rows, without HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masterplan.domain.binned import KEPT
from masterplan.domain.row import create_row, delete_row
from masterplan.domain.row_bin import binned_rows, delete_old_rows, put_row_back
from masterplan.domain.row_order import duplicate_row, move_row
from masterplan.models import BinnedRow, Goal, Issue, Mission, Programme, SwotItem, TowsItem
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, programme_row
from tests.masterplan.views.test_rows_people import author_of
from tests.smartcity.accounts.given import office

pytestmark = pytest.mark.django_db


def issue(ground: Ground, text: str) -> Issue:
    return create_row(plan=ground.plan, model=Issue, values={"dimension": ground.dimension, "text": text}, by=None)


def texts() -> list[str]:
    return list(Issue.objects.values_list("text", flat=True))


def test_copy_takes_children_and_links_and_the_next_code(ground: Ground) -> None:
    row = programme_row(ground, supporting_opds=[office("BAPPEDA")])
    programme_row(ground, "GOV-P02")
    copy = duplicate_row(row, mark="name", by=None)
    assert (copy.code, copy.name, copy.version) == ("GOV-P03", "Program GOV-P01 (salinan)", 1)
    assert list(copy.supporting_opds.all()) == [office("BAPPEDA")]
    assert list(copy.years.values_list("year", "budget")) == list(row.years.values_list("year", "budget"))
    assert list(Programme.objects.values_list("code", flat=True)) == ["GOV-P01", "GOV-P03", "GOV-P02"]


def test_copy_of_a_numbered_row_takes_the_next_number(ground: Ground) -> None:
    values = {"number": 4, "text": "Misi", "rpjmd_mission": ground.mission}
    row = create_row(plan=ground.plan, model=Mission, values=values, by=None)
    copy = duplicate_row(row, mark="text", by=None)
    assert (copy.number, copy.text, copy.rpjmd_mission) == (5, "Misi (salinan)", ground.mission)


def test_a_long_name_makes_room_for_the_mark(ground: Ground) -> None:
    copy = duplicate_row(programme_row(ground, name="n" * 300), mark="name", by=None)
    assert copy.name == "n" * 290 + " (salinan)"


def test_move_steps_over_one_row_and_leaves_versions_alone(ground: Ground) -> None:
    first, second, third = (issue(ground, text) for text in "abc")
    move_row(third, beside=second.pk, is_up=True, by=None)
    assert texts() == ["a", "c", "b"]
    move_row(first, beside=second.pk, is_up=False, by=None)  # over a hidden row too
    assert texts() == ["c", "b", "a"]
    assert set(Issue.objects.values_list("version", flat=True)) == {1}
    assert Event.objects.filter(verb="row.moved").count() == 2


def test_move_tells_rows_apart_that_share_a_place(ground: Ground) -> None:
    rows = [issue(ground, text) for text in "abc"]
    Issue.objects.update(position=1)
    move_row(rows[2], beside=rows[0].pk, is_up=True, by=None)
    assert texts() == ["c", "a", "b"]


def test_move_is_refused_when_the_order_changed_meanwhile(ground: Ground) -> None:
    first, second = issue(ground, "a"), issue(ground, "b")
    with pytest.raises(Conflict, match="Urutan baris sudah diubah orang lain"):
        move_row(first, beside=second.pk, is_up=True, by=None)
    with pytest.raises(Conflict):
        move_row(first, beside=0, is_up=True, by=None)
    assert texts() == ["a", "b"]


def test_an_author_moves_only_among_own_rows(ground: Ground) -> None:
    mine, theirs = programme_row(ground), programme_row(ground, "GOV-P02", lead_opd=office("BAPPEDA"))
    with pytest.raises(NotAllowed):
        move_row(mine, beside=theirs.pk, is_up=False, by=author_of("DINKES"))
    assert list(Programme.objects.values_list("code", flat=True)) == ["GOV-P01", "GOV-P02"]


def test_a_binned_row_comes_back_whole(ground: Ground) -> None:
    row = programme_row(ground, supporting_opds=[office("BAPPEDA")], activities=["Gerai"], horizons=["pendek"])
    years = list(row.years.values_list("year", "target", "budget"))
    binned = delete_row(row, by=None)
    assert [entry.key for entry in binned_rows(ground.plan)] == [str(binned.pk)]
    fresh = put_row_back(binned, by=None)
    fresh.refresh_from_db()
    assert (fresh.code, fresh.activities, fresh.horizons, fresh.position) == ("GOV-P01", ["Gerai"], ["pendek"], 1)
    assert (fresh.baseline_value, fresh.lead_opd) == (118, ground.opd)
    assert list(fresh.years.values_list("year", "target", "budget")) == years
    assert list(fresh.supporting_opds.all()) == [office("BAPPEDA")]
    assert not BinnedRow.objects.exists()
    with pytest.raises(WrongState, match="sudah dikembalikan"):
        put_row_back(binned, by=None)


def test_goal_targets_and_tows_links_come_back(ground: Ground) -> None:
    values = {
        "code": "SAS-1", "text": "x", "dimension": ground.dimension, "indicator": "i", "unit": "u",
        "baseline_year": 2024, "baseline_value": 1, "targets": [{"year": 2027, "value": 2}],
    }  # fmt: skip
    goal = put_row_back(delete_row(create_row(plan=ground.plan, model=Goal, values=values, by=None), by=None), by=None)
    assert list(goal.targets.values_list("year", "value")) == [(2027, 2)]
    values = {"code": "TOWS-SO1", "kind": "SO", "text": "x", "sources": [ground.swot], "dimensions": [ground.dimension]}
    tows = put_row_back(
        delete_row(create_row(plan=ground.plan, model=TowsItem, values=values, by=None), by=None), by=None
    )
    assert (list(tows.sources.all()), list(tows.dimensions.all())) == ([ground.swot], [ground.dimension])


def test_putting_back_is_refused_when_the_code_is_taken_or_a_reference_is_gone(ground: Ground) -> None:
    programme = delete_row(programme_row(ground), by=None)
    swot = delete_row(ground.swot, by=None)
    SwotItem.objects.create(plan=ground.plan, code="S1", kind="kekuatan", text="baru")
    with pytest.raises(Conflict, match="kode atau nomor yang sama"):
        put_row_back(swot, by=None)
    delete_row(ground.strategy, by=None)
    with pytest.raises(Conflict, match="Strategi yang dirujuk baris ini sudah tidak ada"):
        put_row_back(programme, by=None)
    assert BinnedRow.objects.count() == 3


def test_an_author_puts_back_only_what_they_may_write(ground: Ground) -> None:
    binned = delete_row(programme_row(ground), by=None)
    with pytest.raises(NotAllowed):
        put_row_back(binned, by=author_of("BAPPEDA"))
    assert put_row_back(binned, by=author_of("DINKES")).code == "GOV-P01"


def test_the_bin_is_emptied_after_90_days(ground: Ground) -> None:
    old, fresh = (delete_row(issue(ground, text), by=None) for text in "ab")
    BinnedRow.objects.filter(pk=old.pk).update(at=timezone.now() - KEPT - timedelta(minutes=1))
    assert [entry.title for entry in binned_rows(ground.plan)] == ["b"]
    assert delete_old_rows(timezone.now() - KEPT) == 1
    assert list(BinnedRow.objects.all()) == [fresh]
