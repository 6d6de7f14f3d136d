"""What was said at an ekspose, the edition that follows from approval and acceptance, and its enactment."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from bimtek.enums import ChainState, DocumentKind, EksposeLevel, EventKind
from bimtek.enums import EksposeVerdict as Verdict
from bimtek.models import ApprovalChain, CycleDocument, CycleEvent, Edition, EksposeOutcome, Enactment
from bimtek.rules import can_judge_ekspose
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState

MAX_NOTE = 4000


@dataclass(frozen=True)
class Outcome:
    level: str
    presenter: str
    verdict: str
    note: str = ""


@transaction.atomic
def judge_ekspose(event: CycleEvent, *, outcome: Outcome, by: User) -> EksposeOutcome:
    """Said by those who were presented to. Accepted after the region's approval it brings out the edition."""
    ensure_may_judge(event, by)
    if event.kind != EventKind.EKSPOSE or event.is_cancelled:
        raise WrongState("Kegiatan ini bukan ekspose yang berlangsung.")
    _lock(event.plan)
    made = EksposeOutcome.objects.create(event=event, by=by, by_name=by.display_name, **_checked(outcome))
    _record("ekspose.judged", event.plan, event, by, verdict=str(made.get_verdict_display()).lower())
    publish_if_accepted(event.plan, by=by)
    return made


def ensure_may_judge(event: CycleEvent, by: User) -> None:
    if not can_judge_ekspose(by, event.plan):
        raise NotAllowed("Putusan ekspose dicatat oleh kementerian atau pembimbing.")


def _checked(outcome: Outcome) -> dict[str, str]:
    presenter, note = (text.replace("\x00", "").strip() for text in (outcome.presenter, outcome.note))
    if outcome.level not in EksposeLevel.values or outcome.verdict not in Verdict.values:
        raise Incomplete("Pilih tingkat dan putusannya.")
    if not presenter or len(presenter) > 160:
        raise Incomplete("Isi siapa yang memaparkan, paling banyak 160 aksara.")
    if outcome.verdict == Verdict.TO_MEND and not note:
        raise Incomplete("Tulis apa yang perlu diperbaiki.")
    if len(note) > MAX_NOTE:
        raise Incomplete(f"Catatan terlalu panjang: {len(note)} aksara, paling banyak {MAX_NOTE}.")
    return {"level": outcome.level, "presenter": presenter, "verdict": outcome.verdict, "note": note}


def publish_if_accepted(plan: Masterplan, *, by: User) -> Edition | None:
    """The last approved chain becomes an edition once the last ekspose outcome accepts it; inside the caller's transaction.

    An outcome from before that submission says nothing of it.
    """
    chain = ApprovalChain.objects.filter(plan=plan).exclude(state=ChainState.RETURNED).first()
    if chain is None or chain.state != ChainState.APPROVED or Edition.objects.filter(chain=chain).exists():
        return None
    outcome = EksposeOutcome.objects.filter(event__plan=plan, at__gt=chain.submission.at).order_by("at", "pk").last()
    if outcome is None or outcome.verdict != Verdict.ACCEPTED:
        return None
    last = Edition.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        plan=plan, number=last + 1, chain=chain, accepted=outcome, sha256=chain.sha256
    )  # fmt: skip
    _record("edition.published", plan, edition, by)
    return edition


@transaction.atomic
def enact(edition: Edition, *, document: CycleDocument | None, by: User) -> Enactment:
    """By a regulation in the plan's registry of documents; an edition is enacted once."""
    if not can_manage_plan(by, edition.plan):
        raise NotAllowed("Penetapan dicatat oleh koordinator daerah.")
    _lock(edition.plan)
    if Enactment.objects.filter(edition=edition).exists():
        raise WrongState(f"{edition} sudah ditetapkan.")
    if document is None or document.plan_id != edition.plan_id or document.kind != DocumentKind.REGULATION:
        raise Incomplete(
            "Pilih peraturan dari register dokumen rencana ini.", next_step="Daftarkan di sana bila belum ada."
        )
    made = Enactment.objects.create(edition=edition, document=document, label=str(document)[:250], by=by)
    _record("edition.enacted", edition.plan, edition, by, document=made.label)
    return made


def _lock(plan: Masterplan) -> None:
    Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def _record(verb: str, plan: Masterplan, subject: object, by: User, **data: str) -> None:
    record(verb, subject, by=by, regency_id=plan.regency_id, plan_code=plan.code, **data)
