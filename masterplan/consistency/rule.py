"""A rule is one function over the snapshot; here is what it yields, how it is registered and how all of them run."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from masterplan.consistency.snapshot import Snapshot
from masterplan.enums import BimtekStage, Severity


@dataclass(frozen=True)
class Place:
    """Where a finding is: a row and its field, a section and its block, a comment by its number, or the plan as a whole."""

    label: str
    kind: str = ""
    pk: int | None = None
    field: str = ""
    section: str = ""
    block: str = ""
    dimension: str = ""
    opd: int | None = None
    comment: int | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What stays the same when a code is renumbered or a heading reworded."""
        row = str(self.pk) if self.pk else self.dimension
        return (self.kind, row, self.field, self.section, self.block)


@dataclass(frozen=True)
class Found:
    """`subject` holds the values that are wrong: when they change, it is another finding and a waiver no longer holds."""

    place: Place
    sentence: str
    subject: str = ""
    stage: BimtekStage | None = None


type Check = Callable[[Snapshot], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """`touches` names the row kinds whose saving may create or mend a finding; `advice` is the way out."""

    code: str
    title: str
    group: str
    severity: Severity
    advice: str
    check: Check
    touches: frozenset[str] = frozenset()
    blocks_from: BimtekStage | None = None
    reads_text: bool = False
    may_be_waived: bool = True


@dataclass(frozen=True)
class Finding:
    rule: Rule
    place: Place
    sentence: str
    subject: str
    blocks_from: BimtekStage | None

    @cached_property
    def fingerprint(self) -> str:
        parts = (self.rule.code, *self.place.identity, self.subject)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]

    def blocks_at(self, stage: BimtekStage) -> bool:
        stages = list(BimtekStage)
        return self.blocks_from is not None and stages.index(self.blocks_from) <= stages.index(stage)


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    title: str,
    group: str,
    advice: str,
    severity: Severity = Severity.WARNING,
    blocks_from: BimtekStage | None = None,
    touches: Collection[str] = (),
    reads_text: bool = False,
    may_be_waived: bool = True,
) -> Callable[[Check], Check]:
    """Registers a rule. A stage makes it blocking; nothing else blocks."""
    if code in RULES:
        msg = f"two rules are called {code}"
        raise ValueError(msg)
    weight = Severity.BLOCKING if blocks_from else severity

    def register(check: Check) -> Check:
        RULES[code] = Rule(
            code=code,
            title=title,
            group=group,
            severity=weight,
            advice=advice,
            check=check,
            touches=frozenset(touches),
            blocks_from=blocks_from,
            reads_text=reads_text,
            may_be_waived=may_be_waived,
        )
        return check

    return register


def run(snapshot: Snapshot, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Findings in the order of the rules: what blocks first, then by group as registered."""
    weights = list(Severity)
    chosen = sorted(RULES.values() if rules is None else rules, key=lambda each: weights.index(each.severity))
    return [
        Finding(each, found.place, found.sentence, found.subject, found.stage or each.blocks_from)
        for each in chosen
        for found in each.check(snapshot)
    ]


def rules_for(kind: str) -> list[Rule]:
    """Rules that a saved row of this kind can set off without reading any section's text."""
    return [each for each in RULES.values() if kind in each.touches and not each.reads_text]
