"""From one year to the next: each quick win is continued, grows into its programme, or stops, with a reason."""

from django.db import transaction

from masterplan.domain.row import create_row, next_code, record_row, update_row
from masterplan.domain.row_content import values_of
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from quickwin.enums import Continuation, QuickWinStatus, RenewalKind
from quickwin.models import QuickWin, Renewal
from smartcity.accounts.models import User
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState
from smartcity.ui.text import cleaned

MAX_REASON = 2000
ENDS_AS = {
    RenewalKind.CONTINUED: QuickWinStatus.DONE,
    RenewalKind.GROWN: QuickWinStatus.DONE,
    RenewalKind.STOPPED: QuickWinStatus.STOPPED,
}


@transaction.atomic
def renew(win: QuickWin, *, kind: str, reason: str, version: int, by: User) -> Renewal:
    """Once for each; only a continued one has a row in the next year, without what was reported and with the year's money.

    The old row stays as it was but for its status.
    """
    if not can_manage_plan(by, win.plan):
        raise NotAllowed("Tindak lanjut quick win diputuskan oleh koordinator daerah.")
    reason = cleaned(reason)
    if kind not in RenewalKind.values:
        raise Incomplete("Pilih tindak lanjutnya.")
    if not reason:
        raise Incomplete(f"Tulis alasan tindak lanjut {win}.")
    if len(reason) > MAX_REASON:
        raise Incomplete(f"Alasan terlalu panjang, paling banyak {MAX_REASON} aksara.")
    if kind == RenewalKind.CONTINUED and win.year >= win.plan.end_year:
        raise WrongState(f"{win.plan.period} berakhir pada {win.year}; tidak ada tahun berikutnya.")
    kept = update_row(win, version=version, values={"status": ENDS_AS[RenewalKind(kind)]}, by=by)
    if Renewal.objects.filter(quick_win=kept).exists():
        raise WrongState(f"Tindak lanjut {win} sudah diputuskan.", next_step="Muat ulang halaman ini.")
    successor = _next_of(kept, by) if kind == RenewalKind.CONTINUED else None
    record_row(f"quickwin.{kind}", kept, by, [])
    return Renewal.objects.create(
        quick_win=kept, kind=kind, reason=reason, successor=successor, by=by, by_name=by.display_name
    )


def _next_of(win: QuickWin, by: User) -> QuickWin:
    plan: Masterplan = win.plan
    year = win.year + 1
    codes = QuickWin.objects.filter(plan=plan).values_list("code", flat=True)
    planned = win.programme.years.filter(year=year).values_list("budget", flat=True).first() or 0
    values = values_of(win) | {
        "code": next_code("QW-", codes, width=2),
        "year": year,
        "continuation": Continuation.CONTINUED,
        "status": QuickWinStatus.PROPOSED,
        "budget": min(win.budget, planned),
        "year_end_target": "",
        "milestones": [],
    }
    return create_row(plan=plan, model=QuickWin, values=values, by=by)
