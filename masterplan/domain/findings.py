"""What contradicts itself in a plan, worked out on reading; stored is only what was set aside, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from masterplan import rules
from masterplan.consistency import RULES, Finding, Rule, Snapshot, rules_for, run
from masterplan.domain.revision import revision_of
from masterplan.domain.snapshot import snapshot_of
from masterplan.enums import BimtekStage
from masterplan.models import FindingWaiver, Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState

KEPT_PLANS = 50


@dataclass(frozen=True)
class PlanFinding:
    """A finding and the waiver that covers it, if there is one."""

    finding: Finding
    waiver: FindingWaiver | None = None


def findings_of(plan: Masterplan) -> list[PlanFinding]:
    """All rules over the whole plan."""
    return _with_waivers(plan, _found(plan))


def _found(plan: Masterplan) -> tuple[Finding, ...]:
    """Kept while nothing of the plan is written: many read the findings between two saves, and a run reads every text."""
    revision = revision_of(plan)
    if plan.pk in _kept and _kept[plan.pk][0] == revision:
        return _kept[plan.pk][1]
    found = tuple(run(snapshot_of(plan)))
    if len(_kept) >= KEPT_PLANS:
        _kept.pop(next(iter(_kept)), None)
    _kept[plan.pk] = (revision, found)
    return found


_kept: dict[int, tuple[str, tuple[Finding, ...]]] = {}


def findings_among(plan: Masterplan, snapshot: Snapshot, codes: Iterable[str]) -> list[PlanFinding]:
    """These rules over a snapshot that was read already; a rule of an app that is not there is left out."""
    return _with_waivers(plan, run(snapshot, [RULES[code] for code in codes if code in RULES]))


def findings_at(plan: Masterplan, stage: BimtekStage) -> list[Finding]:
    """What stands in the way of submitting at this stage."""
    found = findings_of(plan)
    return [each.finding for each in found if each.waiver is None and each.finding.blocks_at(stage)]


def findings_on_row(plan: Masterplan, kind: str, pk: int) -> list[PlanFinding]:
    """The rules that a row of this kind touches, without reading any text: quick enough for every save."""
    found = _run_on(plan, rules_for(kind))
    own = [each for each in found if (each.place.kind, each.place.pk) == (kind, pk)]
    return _with_waivers(plan, own)


def findings_in_section(plan: Masterplan, code: str) -> list[PlanFinding]:
    found = [each for each in _found(plan) if each.rule.reads_text and each.place.section == code]
    return _with_waivers(plan, found)


@transaction.atomic
def waive(plan: Masterplan, *, fingerprint: str, reason: str, by: User) -> FindingWaiver:
    """Raises a Refusal without right or reason, or where the finding is gone, waived or may not be set aside."""
    _guard(plan, by)
    reason = reason.strip()
    if not reason:
        raise Incomplete("Tulis alasan mengapa temuan ini diabaikan.", next_step="Pembimbing membaca alasan ini.")
    finding = _current(plan, fingerprint)
    if not finding.rule.may_be_waived:
        raise WrongState(f"Temuan “{finding.rule.title}” tidak dapat diabaikan.", next_step=finding.rule.advice)
    try:
        with transaction.atomic():
            waiver = FindingWaiver.objects.create(
                plan=plan,
                rule=finding.rule.code,
                fingerprint=fingerprint,
                sentence=finding.sentence,
                reason=reason,
                by=by,
            )
    except IntegrityError as error:
        raise Conflict("Temuan ini sudah diabaikan.", next_step="Muat ulang halaman temuan.") from error
    _record("finding.waived", plan, finding.rule, finding.place.label, by, reason)
    return waiver


@transaction.atomic
def unwaive(waiver: FindingWaiver, *, by: User) -> None:
    _guard(waiver.plan, by)
    rule = RULES.get(waiver.rule)
    _record("finding.unwaived", waiver.plan, rule, waiver.sentence, by, waiver.reason)
    waiver.delete()


def _guard(plan: Masterplan, by: User) -> None:
    if not rules.can_waive_findings(by, plan):
        raise NotAllowed(
            "Hanya koordinator daerah yang dapat mengabaikan temuan.",
            next_step="Sampaikan alasannya kepada koordinator.",
        )


def _current(plan: Masterplan, fingerprint: str) -> Finding:
    for finding in _found(plan):
        if finding.fingerprint == fingerprint:
            return finding
    raise WrongState("Temuan ini sudah tidak ada atau isinya berubah.", next_step="Muat ulang halaman temuan.")


def _run_on(plan: Masterplan, chosen: Iterable[Rule]) -> list[Finding]:
    return run(snapshot_of(plan, with_text=False), chosen)


def _with_waivers(plan: Masterplan, found: Iterable[Finding]) -> list[PlanFinding]:
    waivers = {waiver.fingerprint: waiver for waiver in FindingWaiver.objects.filter(plan=plan).select_related("by")}
    return [PlanFinding(finding, waivers.get(finding.fingerprint)) for finding in found]


def _record(verb: str, plan: Masterplan, rule: Rule | None, subject: str, by: User, reason: str) -> None:
    title = rule.title if rule else ""
    record(verb, subject, by=by, regency_id=plan.regency_id, plan_code=plan.code, reason=reason, title=title)
