"""Rows in the bin: put back as a new row with the old code, emptied after 90 days."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from masterplan.domain.binned import KEPT, Binned
from masterplan.domain.comment_places import put_back_with_row
from masterplan.domain.row import has_field, record_row
from masterplan.domain.row_content import values_from_bin
from masterplan.domain.row_verbs import verbs_of
from masterplan.models import BinnedRow, Masterplan
from smartcity.accounts.models import User
from smartcity.ui.refusal import WrongState


def binned_rows(plan: Masterplan) -> list[Binned]:
    found = plan.binned_rows.filter(at__gt=timezone.now() - KEPT).select_related("by")
    return [
        Binned(
            kind="baris",
            key=str(row.pk),
            title=row.label,
            detail=_noun(row),
            linked=(),
            at=row.at,
            by=row.by.display_name if row.by else "Perintah server",
        )
        for row in found
    ]


def find_row(plan: Masterplan, key: str) -> BinnedRow | None:
    return plan.binned_rows.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


def _noun(row: BinnedRow) -> str:
    return str(apps.get_model(row.table)._meta.verbose_name).capitalize()


@transaction.atomic
def put_row_back(binned: BinnedRow, *, by: User | None) -> Any:
    """Raises Conflict when its code was given away or something it refers to is gone."""
    kept = BinnedRow.objects.select_for_update().filter(pk=binned.pk).first()
    if kept is None:
        msg = f"“{binned}” sudah dikembalikan atau sudah dihapus selamanya."
        raise WrongState(msg, next_step="Muat ulang halaman untuk melihat keadaan terakhir.")
    model: Any = apps.get_model(kept.table)
    row = verbs_of(model).create(
        plan=binned.plan, model=model, values=values_from_bin(model, binned.plan, kept.content), by=by
    )
    if has_field(model, "position"):
        row.position = kept.content["position"]
        row.save(update_fields=["position"])
    put_back_with_row(kept, row)
    kept.delete()
    record_row("row.restored", row, by, [])
    return row


def delete_old_rows(before: datetime) -> int:
    number, _ = BinnedRow.objects.filter(at__lte=before).delete()
    return number
