"""Saying which cohort a plan belongs to and how far it has come in it."""

from datetime import date

from django.db import transaction

from bimtek.models import Cohort, Participation
from bimtek.rules import can_set_participation
from masterplan.domain.row import StaleRowError
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import NotAllowed


@transaction.atomic
def set_participation(
    plan: Masterplan, *, cohort: Cohort, state: str, since: date | None, version: int, by: User
) -> Participation:
    """`version` is 0 where none was set yet. Coordinator and ministry say it."""
    if not can_set_participation(by, plan):
        raise NotAllowed("Angkatan diisi oleh koordinator atau kementerian.", next_step="Hubungi koordinator daerah.")
    Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    found = Participation.objects.filter(plan=plan).first()
    if (found.version if found else 0) != version:
        raise StaleRowError("Angkatan baru saja diubah orang lain.", next_step="Lihat isian sekarang, lalu ulangi.")
    kept = found or Participation(plan=plan, version=0)
    kept.cohort, kept.state, kept.since, kept.version = cohort, state, since, version + 1
    kept.save()
    record(
        "participation.set", cohort, by=by, regency_id=plan.regency_id, plan_code=plan.code,
        state=kept.get_state_display(),
    )  # fmt: skip
    return kept
