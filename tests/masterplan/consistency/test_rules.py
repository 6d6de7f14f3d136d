"""Each rule by itself: silent on the good plan, and on a plan with its fault exactly that finding."""

import pytest

from masterplan.consistency import MODULES, RULES, Snapshot, rules_for, run
from masterplan.enums import BimtekStage, Severity
from masterplan.registers import EVERY_KIND
from tests.masterplan.consistency.cases import RIGHT, ROW_CASES, Case
from tests.masterplan.consistency.good import good_plan
from tests.masterplan.consistency.text_cases import RIGHT_TEXTS, TEXT_CASES

CASES = ROW_CASES | TEXT_CASES


def test_nothing_is_found_in_the_good_plan() -> None:
    assert [finding.sentence for finding in run(good_plan())] == []


@pytest.mark.parametrize("code", CASES)
def test_fault_gives_exactly_its_finding(code: str) -> None:
    case: Case = CASES[code]
    found = run(case.plan)
    assert sorted(finding.rule.code for finding in found) == sorted((code, *case.also))
    own = next(finding for finding in found if finding.rule.code == code)
    assert case.says in own.sentence
    assert (own.place.block if own.place.section else own.place.field) == case.field


@pytest.mark.parametrize("name", RIGHT | RIGHT_TEXTS)
def test_what_is_right_is_not_found(name: str) -> None:
    plan: Snapshot = (RIGHT | RIGHT_TEXTS)[name]
    assert [finding.sentence for finding in run(plan)] == []


def test_every_rule_has_a_case() -> None:
    assert sorted(CASES) == sorted(RULES)
    assert len(RULES) > 60


def test_rules_name_row_kinds_that_exist() -> None:
    """A misspelt kind would be a rule that never runs on save."""
    named = {kind for rule in RULES.values() for kind in rule.touches}
    assert named - EVERY_KIND.keys() == set()
    assert [rule.code for rule in RULES.values() if not rule.touches and not rule.reads_text] == []


def test_only_a_stage_blocks_and_only_a_dimension_is_never_waived() -> None:
    assert {rule.code for rule in RULES.values() if rule.blocks_from is None} == {
        rule.code for rule in RULES.values() if rule.severity != Severity.BLOCKING
    }
    kept = {"issue", "goal", "strategy", "programme"}
    assert {rule.code for rule in RULES.values() if not rule.may_be_waived} == {f"dimension-without-{x}" for x in kept}
    assert RULES["dimension-without-programme"].blocks_from == BimtekStage.IV


def test_every_rule_says_what_to_do() -> None:
    assert [rule.code for rule in RULES.values() if not (rule.title and rule.advice.endswith("."))] == []


def test_a_section_blocks_from_its_own_stage() -> None:
    finding = run(TEXT_CASES["section-empty"].plan)[0]
    assert [finding.blocks_at(stage) for stage in BimtekStage] == [False, True, True, True]


def test_rules_run_by_kind_leave_texts_alone() -> None:
    chosen = rules_for("program")
    assert {"target-direction", "budget-outlier", "quick-win-budget"} <= {rule.code for rule in chosen}
    assert [rule.code for rule in chosen if rule.reads_text] == []


def test_modules_are_registered() -> None:
    assert {module.__name__.rpartition(".")[2] for module in MODULES} >= {"coverage", "text_form"}
