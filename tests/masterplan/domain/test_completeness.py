"""How far a plan is."""

import pytest

from masterplan.domain import completeness
from masterplan.models import Dimension, Goal, Masterplan, Section, SwotItem

pytestmark = pytest.mark.django_db


def state(plan: Masterplan, code: str) -> tuple[str, tuple[str, ...]]:
    progress = completeness.of_plan(plan)
    item = next(i for i in progress.sections if i.section.outline_section.code == code)
    return item.state, item.missing


def write(plan: Masterplan, code: str, words: int) -> None:
    Section.objects.filter(plan=plan, outline_section__code=code).update(words=words)


def test_prose_is_complete_at_its_least_length(plan: Masterplan) -> None:
    assert state(plan, "B1.1.1") == ("none", ("0 dari 250 kata anjuran",))
    write(plan, "B1.1.1", 249)
    assert state(plan, "B1.1.1") == ("writing", ("249 dari 250 kata anjuran",))
    write(plan, "B1.1.1", 250)
    assert state(plan, "B1.1.1") == ("complete", ())


def test_section_with_tables_needs_rows_too(plan: Masterplan) -> None:
    write(plan, "B1.5.1", 5000)
    assert state(plan, "B1.5.1") == ("writing", ("tabel masih kosong",))
    SwotItem.objects.create(plan=plan, code="O1", kind="peluang", text="x")
    assert state(plan, "B1.5.1")[0] == "writing"
    SwotItem.objects.create(plan=plan, code="S1", kind="kekuatan", text="x")
    assert state(plan, "B1.5.1") == ("complete", ())


def test_automatic_sections_are_complete(plan: Masterplan) -> None:
    assert state(plan, "B1.0.5") == ("complete", ())


def test_percentages_move_with_the_work(plan: Masterplan) -> None:
    before = completeness.of_plan(plan)
    assert [dimension.percent for dimension in before.dimensions] == [0] * 6
    Section.objects.filter(plan=plan).update(words=9999)
    economy = Dimension.objects.get(code="ECO")
    Goal.objects.create(
        plan=plan,
        code="SAS-1",
        text="x",
        dimension=economy,
        indicator="i",
        unit="%",
        baseline_year=2024,
        baseline_value=1,
    )
    after = completeness.of_plan(plan)
    assert after.percent > before.percent
    assert {d.dimension.code: d.percent > 0 for d in after.dimensions}["ECO"] is True
    assert after.counts["goal"] == after.counts["goal:ECO"] == 1
