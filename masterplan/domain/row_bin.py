"""Rows in the bin: put back as a new row with the old code, emptied after 90 days."""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from masterplan.domain.row import create_row, has_field, record_row
from masterplan.domain.row_content import values_from_bin
from masterplan.models import BinnedRow, Masterplan
from smartcity.accounts.models import User
from smartcity.ui.refusal import WrongState

KEPT = timedelta(days=90)


def binned_rows(plan: Masterplan, table: str = "") -> list[BinnedRow]:
    found = plan.binned_rows.filter(at__gt=timezone.now() - KEPT).select_related("by")
    return list(found.filter(table=table) if table else found)


@transaction.atomic
def put_row_back(binned: BinnedRow, *, by: User | None) -> Any:
    """Raises Conflict when its code was given away or something it refers to is gone."""
    kept = BinnedRow.objects.select_for_update().filter(pk=binned.pk).first()
    if kept is None:
        msg = f"“{binned}” sudah dikembalikan atau sudah dihapus selamanya."
        raise WrongState(msg, next_step="Muat ulang halaman untuk melihat keadaan terakhir.")
    model: Any = apps.get_model(kept.table)
    row = create_row(plan=binned.plan, model=model, values=values_from_bin(model, binned.plan, kept.content), by=by)
    if has_field(model, "position"):
        row.position = kept.content["position"]
        row.save(update_fields=["position"])
    kept.delete()
    record_row("row.restored", row, by, [])
    return row


def delete_old_rows(before: datetime | None = None) -> int:
    number, _ = BinnedRow.objects.filter(at__lte=before or timezone.now() - KEPT).delete()
    return number
