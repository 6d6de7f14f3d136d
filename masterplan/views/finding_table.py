"""The page of findings: what the address asks for, and each finding with the way to its place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from masterplan.consistency import RULES, Place, Rule
from masterplan.domain.findings import PlanFinding
from masterplan.enums import BimtekStage, Severity
from masterplan.forms.rows_kind import RowKind
from masterplan.models import Masterplan
from masterplan.registers import EVERY_KIND

SHOWN = 300
KEYS = ("berat", "kelompok", "dimensi", "opd", "tahap", "bagian", "baris", "cari")


def address_of(place: Place, plan: Masterplan) -> str:
    """The exact place: the form with the field in focus, the section at its block, or the list where a row is missing."""
    if place.comment:
        return reverse("masterplan:comment_thread", args=[plan.code, place.comment])
    if place.section:
        address = reverse("masterplan:section_write", args=[plan.code, place.section])
        return f"{address}#{place.block}" if place.block else address
    kind = EVERY_KIND.get(place.kind)
    if kind is None:
        return reverse("masterplan:plan_detail", args=[plan.code])
    if place.pk is None:
        query = f"?dimensi={place.dimension}" if place.dimension else ""
        return kind.address("list", plan) + query
    return kind.address("edit", plan, place.pk) + _anchor(kind, place.field)


def _anchor(kind: RowKind, field: str) -> str:
    """A group of boxes has no id of its own; its first box can take the focus."""
    if not field:
        return ""
    known = kind.form.base_fields.get(field)
    is_group = known is not None and isinstance(known.widget, forms.CheckboxSelectMultiple)
    return f"#id_{field}_0" if is_group else f"#id_{field}"


@dataclass(frozen=True)
class FindingLine:
    found: PlanFinding
    href: str

    @property
    def rule(self) -> Rule:
        return self.found.finding.rule

    @property
    def stage(self) -> str:
        stage = self.found.finding.blocks_from
        return str(stage.label) if stage else ""


@dataclass(frozen=True)
class FindingFilter:
    """Unknown values count as not asked."""

    berat: str
    kelompok: str
    dimensi: str
    opd: str
    tahap: str
    bagian: str
    baris: str
    cari: str

    @classmethod
    def of(cls, query: QueryDict) -> "FindingFilter":
        asked = {key: query.get(key, "")[:100].replace("\x00", "").strip() for key in KEYS}
        asked["berat"] = asked["berat"] if asked["berat"] in Severity.values else ""
        asked["tahap"] = asked["tahap"] if asked["tahap"] in BimtekStage.values else ""
        return cls(**asked)

    @property
    def is_active(self) -> bool:
        return any(getattr(self, key) for key in KEYS)

    def query(self, **changes: str) -> str:
        parts = {key: getattr(self, key) for key in KEYS} | changes
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    def accepts(self, found: PlanFinding) -> bool:
        finding = found.finding
        place = finding.place
        wanted = (
            (self.berat, finding.rule.severity),
            (self.kelompok, finding.rule.group),
            (self.dimensi, place.dimension),
            (self.opd, str(place.opd or "")),
            (self.bagian, place.section),
            (self.baris, f"{place.kind}-{place.pk}"),
        )
        if any(asked and asked != has for asked, has in wanted):
            return False
        if self.tahap and not finding.blocks_at(BimtekStage(self.tahap)):
            return False
        text = f"{place.label} {finding.sentence} {finding.rule.title}".casefold()
        return all(word in text for word in self.cari.casefold().split())


@dataclass(frozen=True)
class RuleGroup:
    rule: Rule
    lines: list[FindingLine]


@dataclass(frozen=True)
class FindingTable:
    """What the page shows: open findings by rule, and the waived ones."""

    plan: Masterplan
    everything: Sequence[PlanFinding]
    asked: FindingFilter

    @cached_property
    def open(self) -> list[PlanFinding]:
        return [found for found in self.everything if found.waiver is None]

    @cached_property
    def shown(self) -> list[FindingLine]:
        return lines_of(self.plan, (found for found in self.open if self.asked.accepts(found)))

    @cached_property
    def waived(self) -> list[FindingLine]:
        accepted = (found for found in self.everything if found.waiver is not None and self.asked.accepts(found))
        return lines_of(self.plan, accepted)

    @property
    def groups(self) -> list[RuleGroup]:
        found = groupby(self.shown[:SHOWN], key=lambda line: line.rule)
        return [RuleGroup(rule, list(lines)) for rule, lines in found]

    @property
    def left_out(self) -> int:
        return max(0, len(self.shown) - SHOWN)

    def severities(self) -> list[tuple[Severity, int, str]]:
        counts = Counter(found.finding.rule.severity for found in self.open)
        return [(each, counts[each], self.asked.query(berat=each.value)) for each in Severity]

    def stages(self) -> list[tuple[BimtekStage, int, str]]:
        """How many stand in the way from this stage on; those of earlier stages are counted where they start."""
        counts = Counter(found.finding.blocks_from for found in self.open)
        return [(each, counts[each], self.asked.query(tahap=each.value)) for each in BimtekStage if counts[each]]


def lines_of(plan: Masterplan, found: Iterable[PlanFinding]) -> list[FindingLine]:
    return [FindingLine(each, address_of(each.finding.place, plan)) for each in found]


def rule_groups() -> list[tuple[str, list[Rule]]]:
    names = dict.fromkeys(rule.group for rule in RULES.values())
    return [(name, [rule for rule in RULES.values() if rule.group == name]) for name in names]
