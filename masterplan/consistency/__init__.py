"""The consistency engine: small named rules over a frozen picture of the plan. No database, no request.

A rule is one function in one of the modules below, with `@rule` above it and a test beside it. Apps above this one add
their own rules the same way and hand in their rows as parts of the snapshot (`masterplan.domain.findings.add_part`).
"""

from masterplan.consistency import (
    analysis,
    coverage,
    direction,
    programmes,
    roadmap,
    targets,
    text_facts,
    text_form,
)
from masterplan.consistency.rule import RULES, Finding, Found, Place, Rule, rule, rules_for, run
from masterplan.consistency.snapshot import Row, Snapshot

MODULES = (coverage, analysis, direction, targets, programmes, roadmap, text_facts, text_form)

__all__ = ["MODULES", "RULES", "Finding", "Found", "Place", "Row", "Rule", "Snapshot", "rule", "rules_for", "run"]
