"""The region approves a final submission, office after office, on the digest of one PDF; then it becomes an edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from bimtek.domain.authorship import ensure_other_eyes
from bimtek.domain.edition import publish_if_accepted
from bimtek.domain.review_notices import tell_whose_turn
from bimtek.domain.stored_file import file_for
from bimtek.enums import ApprovalState, ChainState, OpinionLevel, SigningCapacity
from bimtek.models import Approval, ApprovalChain, ApprovalOffice, Opinion, SignedSheet, Submission, SubmittedBook
from bimtek.rules import approvers_of, can_approve
from masterplan.domain.stored import Upload
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from smartcity.ui.text import cleaned

MAX_NOTE = 2000


@dataclass(frozen=True)
class Signing:
    """As on the signed sheet: who, in which office, in what right, and by which letter where it is not their own."""

    capacity: str
    signer: str
    signer_office: str
    mandate: str = ""
    note: str = ""


def what_hinders(submission: Submission) -> str:
    """Why no chain can start on it now, as a sentence; empty where it can. The stage's reviewer must have agreed."""
    book = SubmittedBook.objects.filter(submission=submission).defer("content").first()
    if book is None:
        return "Pengesahan hanya untuk kiriman tahap akhir."
    if not book.is_made:
        return "PDF kiriman ini belum selesai dibuat."
    opinion = Opinion.objects.issued().filter(submission=submission, chapter="").first()
    if opinion is None:
        return "Pendapat peninjau atas tahap ini belum dikeluarkan."
    if opinion.level == OpinionLevel.TO_MEND:
        return "Peninjau menilai kiriman ini perlu perbaikan; perbaiki, lalu kirim lagi."
    return _other_one(submission)


def _other_one(submission: Submission) -> str:
    """A plan has one chain at a time, on its newest final submission."""
    if Submission.objects.filter(plan=submission.plan_id, stage__is_final=True, at__gt=submission.at).exists():
        return "Sudah ada kiriman tahap akhir yang lebih baru."
    running = ApprovalChain.objects.filter(plan=submission.plan_id, state=ChainState.RUNNING)
    if older := running.exclude(submission=submission).select_related("submission").first():
        return f"Pengesahan atas {older.submission} masih berjalan; pimpinan daerah mengembalikannya lebih dahulu."
    return ""


@transaction.atomic
def start_chain(submission: Submission, *, people: Mapping[str, int], by: User) -> ApprovalChain:
    """`people` names who is asked for an office (code to user id); offices without one are open to every head."""
    plan = submission.plan
    if not can_manage_plan(by, plan):
        raise NotAllowed("Pengesahan dimulai oleh koordinator daerah.")
    Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if ApprovalChain.objects.filter(submission=submission).exists():
        raise WrongState("Pengesahan atas kiriman ini sudah dimulai.", next_step="Lihat keadaannya di bawah.")
    if hindrance := what_hinders(submission):
        raise WrongState(hindrance)
    known = {user.pk: user for user in approvers_of(plan)}
    if unknown := [key for key in people.values() if key not in known]:
        raise Incomplete(f"{len(unknown)} orang yang dipilih bukan pimpinan daerah ini.")
    sha256 = SubmittedBook.objects.values_list("sha256", flat=True).get(submission=submission)
    chain = ApprovalChain.objects.create(
        submission=submission, plan=plan, sha256=sha256, started_by=by, started_by_name=by.display_name
    )
    Approval.objects.bulk_create(
        Approval(
            chain=chain,
            position=place,
            office=_called(office, plan),
            person=known.get(people.get(office.code, 0)),
        )
        for place, office in enumerate(ApprovalOffice.objects.all(), start=1)
    )
    _record("approval.started", chain, by)
    _tell_next(chain, by)
    return chain


def _tell_next(chain: ApprovalChain, by: User) -> None:
    turn = turn_of(chain)
    if turn is not None:
        tell_whose_turn(turn, by=by)


def _called(office: ApprovalOffice, plan: Masterplan) -> str:
    return plan.regency.head_office if office.is_head else office.name


def approve(approval: Approval, *, signing: Signing, sha256: str, by: User) -> Approval:
    """`sha256` is that of the PDF the person had before them. The last one may bring out the edition."""
    with transaction.atomic():
        fresh = _whose_turn(approval, by)
        if sha256 != fresh.chain.sha256:
            raise Conflict("PDF yang Anda lihat bukan yang disahkan.", next_step="Buka PDF-nya lagi, lalu ulangi.")
        ensure_other_eyes(fresh.chain.submission, by, verb="mengesahkannya")
        checked = _checked(signing)
        _ensure_one_own_office(fresh, checked, by)
        _decide(fresh, ApprovalState.APPROVED, checked, by)
        if not fresh.chain.approvals.filter(state=ApprovalState.WAITING).exists():
            _end(fresh.chain, ChainState.APPROVED)
        _record("approval.approved", fresh.chain, by, office=fresh.office)
        _tell_next(fresh.chain, by)
        publish_if_accepted(fresh.chain.plan, by=by)
    return fresh


def send_back(approval: Approval, *, note: str, by: User) -> Approval:
    """Ends the chain; what was mended is handed in again and begins a new one."""
    with transaction.atomic():
        fresh = _whose_turn(approval, by)
        note = _plain(note, MAX_NOTE)
        if not note:
            raise Incomplete("Tulis apa yang perlu diperbaiki.")
        own = Signing(SigningCapacity.HOLDER, by.display_name, fresh.office, note=note)
        _decide(fresh, ApprovalState.RETURNED, own, by)
        _end(fresh.chain, ChainState.RETURNED)
        _record("approval.returned", fresh.chain, by, office=fresh.office)
    return fresh


def add_sheet(approval: Approval, *, upload: Upload | bytes, name: str, by: User) -> SignedSheet:
    plan = approval.chain.plan
    if not can_manage_plan(by, plan):
        raise NotAllowed("Lembar tanda tangan diunggah oleh koordinator daerah.")
    if approval.state != ApprovalState.APPROVED:
        raise WrongState("Belum ada yang ditandatangani di sini.")
    with file_for(plan, upload=upload, name=name, by=by) as stored:
        sheet = SignedSheet.objects.create(approval=approval, stored=stored)
        _record("approval.sheet_added", approval.chain, by, office=approval.office)
        return sheet


def turn_of(chain: ApprovalChain) -> Approval | None:
    """Who comes next, while the chain runs."""
    if chain.state != ChainState.RUNNING:
        return None
    return chain.approvals.filter(state=ApprovalState.WAITING).select_related("person").first()


def may_decide(user: User, approval: Approval) -> bool:
    return can_approve(user, approval.chain.plan) and approval.person_id in {None, user.pk}


def ensure_may_decide(approval: Approval, by: User) -> None:
    if not may_decide(by, approval):
        raise NotAllowed(f"{approval.office} diputuskan oleh {approval.person or 'pimpinan daerah'}.")


def _whose_turn(approval: Approval, by: User) -> Approval:
    """Of two heads at once the second one finds it decided; an outcome of an ekspose meanwhile waits, or is seen."""
    Masterplan.objects.select_for_update(no_key=True).get(pk=approval.chain.plan_id)
    chain = ApprovalChain.objects.select_related("plan__regency", "submission").get(
        pk=approval.chain_id
    )  # fmt: skip
    fresh = Approval.objects.get(pk=approval.pk)
    fresh.chain = chain
    ensure_may_decide(fresh, by)
    turn = turn_of(chain)
    if turn is None or turn.pk != fresh.pk:
        raise WrongState(
            f"{fresh.office} sudah memutuskan atau belum gilirannya.", next_step="Lihat keadaannya di bawah."
        )
    return fresh


def _checked(signing: Signing) -> Signing:
    if signing.capacity not in SigningCapacity.values:
        raise Incomplete("Pilih sebagai apa Anda menandatangani.")
    values = {name: _plain(getattr(signing, name), 160) for name in ("signer", "signer_office", "mandate")}
    if not values["signer"] or not values["signer_office"]:
        raise Incomplete("Isi nama dan jabatan penanda tangan.")
    if signing.capacity != SigningCapacity.HOLDER and not values["mandate"]:
        raise Incomplete("Isi nomor surat yang melimpahkan kewenangan.")
    return Signing(signing.capacity, note=_plain(signing.note, MAX_NOTE), **values)


def _ensure_one_own_office(approval: Approval, signing: Signing, by: User) -> None:
    """Nobody holds two offices; who signs for a second one does so by delegation."""
    own = approval.chain.approvals.filter(by=by, capacity=SigningCapacity.HOLDER).first()
    if own is not None and signing.capacity == SigningCapacity.HOLDER:
        raise Incomplete(f"Anda sudah mengesahkan sebagai {own.office}; di sini hanya sebagai a.n., Plt. atau Plh.")


def _plain(text: str, longest: int) -> str:
    return cleaned(text)[:longest]


def _decide(approval: Approval, state: ApprovalState, signing: Signing, by: User) -> None:
    approval.state, approval.capacity = state, signing.capacity
    approval.signer, approval.signer_office, approval.mandate = signing.signer, signing.signer_office, signing.mandate
    approval.note, approval.sha256 = signing.note, approval.chain.sha256
    approval.by, approval.by_name, approval.at = by, by.display_name, timezone.now()
    approval.save()


def _end(chain: ApprovalChain, state: ChainState) -> None:
    chain.state, chain.ended_at = state, timezone.now()
    chain.save(update_fields=["state", "ended_at"])


def _record(verb: str, chain: ApprovalChain, by: User, **data: str) -> None:
    plan = chain.plan
    record(verb, chain.submission, by=by, regency_id=plan.regency_id, plan_code=plan.code, **data)
