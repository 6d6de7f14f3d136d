"""The book of a final submission: whoever prints books freezes what it takes inside the submission's snapshot."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from bimtek.models import SubmittedBook
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import NotAllowed, WrongState


@dataclass(frozen=True)
class Printer:
    """`freeze` reads the plan and gives what prints it later; `order` asks for the file, in the caller's transaction."""

    freeze: Callable[[Masterplan], bytes]
    order: Callable[[SubmittedBook], None]


_printers: list[Printer] = []


def print_with(printer: Printer) -> None:
    """Called once at start by the app that prints; this one may not know it."""
    _printers[:] = [printer]


def public_address(code: uuid.UUID) -> str:
    """Printed on paper, so it names the host of the settings and not that of a request."""
    return str(settings.PUBLIC_URL) + reverse("bimtek:verification_detail", args=[code])


def freeze_book(plan: Masterplan) -> bytes:
    return _printers[0].freeze(plan)


def order_book(book: SubmittedBook) -> None:
    _printers[0].order(book)


@transaction.atomic
def order_again(book: SubmittedBook, *, by: User) -> None:
    """After a failure; what is made is never made again."""
    plan = book.submission.plan
    if not can_manage_plan(by, plan):
        raise NotAllowed("PDF kiriman diminta oleh koordinator daerah.")
    if book.is_made or not book.reason:
        raise WrongState("PDF kiriman ini tidak perlu dibuat lagi.")
    SubmittedBook.objects.filter(pk=book.pk, sha256="").update(reason="")
    order_book(book)
    record("book.ordered", book.submission, by=by, regency_id=plan.regency_id, plan_code=plan.code)
