"""The approval of a final submission: its PDF, who has approved, whose turn it is."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bimtek.domain.approval import (
    add_sheet,
    approve,
    ensure_may_decide,
    may_decide,
    send_back,
    start_chain,
    turn_of,
    what_hinders,
)
from bimtek.domain.book import order_again
from bimtek.forms.approval import SigningForm
from bimtek.models import Approval, ApprovalChain, ApprovalOffice, Edition, Submission, SubmittedBook
from bimtek.rules import approvers_of
from bimtek.views.documents import uploaded
from bimtek.views.submissions import submission_frame, visible_submission
from masterplan.rules import can_manage_plan
from smartcity.ui.http import SignedInRequest, file_answer, number_in
from smartcity.ui.refusal import Conflict, Incomplete, NoRoom, Refusal, TooLarge, WrongState


@require_GET
def approval_detail(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    return _page(request, _final(request, plan_code, stage_code, number))


@require_POST
def approval_start(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = _final(request, plan_code, stage_code, number)
    asked = ((code, number_in(request.POST.get(f"orang-{code}", ""), 0)) for code in _office_codes())
    try:
        start_chain(submission, people={code: key for code, key in asked if key}, by=request.user)
    except (Incomplete, WrongState) as refusal:
        return _page(request, submission, refusal=refusal)
    messages.success(request, "Pengesahan dimulai.")
    return _back(submission)


@require_POST
def approval_decide(request: SignedInRequest, plan_code: str, stage_code: str, number: int, pk: int) -> HttpResponse:
    """Approves, or with the button "kembalikan" sends back for mending."""
    submission = _final(request, plan_code, stage_code, number)
    approval = _approval(submission, pk)
    ensure_may_decide(approval, request.user)
    form = SigningForm(request.POST)
    try:
        if "kembalikan" in request.POST:
            send_back(approval, note=request.POST.get("alasan", ""), by=request.user)
            messages.success(request, "Dikembalikan untuk diperbaiki.")
        else:
            approve(approval, signing=form.signing, sha256=form.cleaned_data["sha256"], by=request.user)
            messages.success(request, f"{approval.office}: disahkan.")
    except (Conflict, Incomplete, WrongState) as refusal:
        return _page(request, submission, form=form, refusal=refusal)
    return _back(submission)


@require_POST
def approval_sheet(request: SignedInRequest, plan_code: str, stage_code: str, number: int, pk: int) -> HttpResponse:
    submission = _final(request, plan_code, stage_code, number)
    approval = _approval(submission, pk)
    try:
        upload = uploaded(request)
        add_sheet(approval, upload=upload, name=upload.name or "", by=request.user)
    except (Incomplete, NoRoom, TooLarge, WrongState) as refusal:
        return _page(request, submission, refusal=refusal)
    messages.success(request, "Lembar tanda tangan tersimpan.")
    return _back(submission)


@require_GET
def book_download(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> FileResponse:
    submission = _final(request, plan_code, stage_code, number)
    return file_answer(submission.book.file, f"masterplan-{plan_code}-{submission.short_name.lower()}.pdf")


@require_POST
def book_again(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> HttpResponse:
    submission = _final(request, plan_code, stage_code, number)
    try:
        order_again(submission.book, by=request.user)
    except WrongState as refusal:
        return _page(request, submission, refusal=refusal)
    return _back(submission)


def _final(request: SignedInRequest, plan_code: str, stage_code: str, number: int) -> Submission:
    """Only submissions of a final stage have a book."""
    submission = visible_submission(request, plan_code, stage_code, number)
    book = SubmittedBook.objects.filter(submission=submission).defer("content").first()
    if book is None:
        raise Http404
    submission.book = book
    return submission


def _approval(submission: Submission, pk: int) -> Approval:
    return get_object_or_404(
        Approval.objects.select_related("chain__plan", "person"), pk=pk, chain__submission=submission
    )


def _page(
    request: SignedInRequest, submission: Submission, *, form: SigningForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    chain = ApprovalChain.objects.filter(submission=submission).first()
    turn = turn_of(chain) if chain else None
    decides = turn is not None and may_decide(request.user, turn)
    may_manage = can_manage_plan(request.user, submission.plan)
    context: dict[str, Any] = {
        "chain": chain,
        "turn": turn,
        "edition": Edition.objects.filter(chain=chain).first() if chain else None,
        "approvals": _approvals(chain),
        "form": (form or _empty(request, chain, turn)) if decides else None,
        "hindrance": "" if chain else what_hinders(submission),
        "offices": list(ApprovalOffice.objects.all()) if may_manage and not chain else [],
        "heads": list(approvers_of(submission.plan)) if may_manage and not chain else [],
        "may_manage": may_manage,
        "refusal": refusal,
        "reason": request.POST.get("alasan", "")[:2000],
    }
    context = {**submission_frame(submission, "pengesahan"), **context}
    return render(request, "bimtek/approval/detail.html", context, status=refusal.status if refusal else 200)


def _approvals(chain: ApprovalChain | None) -> list[Approval]:
    if chain is None:
        return []
    return list(chain.approvals.select_related("person").prefetch_related("sheets__stored"))


def _empty(request: SignedInRequest, chain: ApprovalChain | None, turn: Approval | None) -> SigningForm:
    office = turn.office if turn else ""
    return SigningForm(
        initial={
            "signer": request.user.display_name, "signer_office": office, "sha256": chain.sha256 if chain else "",
        }
    )  # fmt: skip


def _office_codes() -> list[str]:
    return list(ApprovalOffice.objects.values_list("code", flat=True))


def _back(submission: Submission) -> HttpResponse:
    return redirect("bimtek:approval_detail", submission.plan.code, submission.stage_id, submission.number)
