"""How a region's books look: chosen by its coordinator, with colours that words can be read on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from masterplan.domain.picture import store_picture
from masterplan.domain.stored import Upload
from masterplan.models import BookLook, Masterplan, Picture
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Regency
from smartcity.ui.colour import READABLE, WHITE, contrast
from smartcity.ui.format import format_number
from smartcity.ui.refusal import Conflict, NotAllowed

COLOURS = {"primary": "Warna utama", "secondary": "Warna kedua"}
TEXTS = ("cover", "primary", "secondary", "photo_alt", "photo_credit")
NO_ALT = "Tulis isi foto dalam satu kalimat, untuk pembaca yang tidak dapat melihatnya."
STALE = "Tampilan buku sudah diubah orang lain sejak halaman ini dibuka."


@dataclass(frozen=True)
class NewPicture:
    """What was uploaded for crest or photo, with the name of the person's file."""

    upload: Upload | bytes
    name: str


def colour_trouble(colour: str, name: str) -> str:
    """Why words could not be read in this colour on paper, as a sentence; empty for a good one."""
    ratio = contrast(colour, WHITE)
    if ratio >= READABLE:
        return ""
    shown, needed = format_number(round(ratio - 0.05, 1)), format_number(READABLE)
    return (
        f"{name} {colour} terlalu muda: kontrasnya dengan putih {shown}, "
        f"padahal huruf perlu sedikitnya {needed}. Pilih warna yang lebih tua."
    )


def faults_in(values: Mapping[str, Any], *, has_photo: bool) -> dict[str, str]:
    """Sentences by field."""
    faults = {
        name: trouble
        for name, label in COLOURS.items()
        if values[name] and (trouble := colour_trouble(values[name], label))
    }
    if has_photo and not values["photo_alt"].strip():
        faults["photo_alt"] = NO_ALT
    return faults


def look_of(regency: Regency) -> BookLook:
    """What was chosen, or an unsaved row with the looks of the product (its version is 0)."""
    found = BookLook.objects.filter(regency=regency).select_related("crest", "photo", "changed_by").first()
    return found or BookLook(regency=regency, version=0)


@transaction.atomic
def save_look(
    *, plan: Masterplan, values: Mapping[str, Any], pictures: Mapping[str, NewPicture | None], version: int, by: User
) -> BookLook:
    """`pictures` by "crest" and "photo": a new one, or None to take it away; what is not named stays.

    `values` were checked with `faults_in`. Raises NotAllowed, Conflict, and what `store_picture` raises.
    """
    ensure_manager(plan, by)
    look = _locked(plan.regency, version)
    for name in TEXTS:
        setattr(look, name, values[name])
    for name, new in pictures.items():
        setattr(look, name, _stored(plan.regency, new, by) if new else None)
    if look.photo is None:
        look.photo_alt = look.photo_credit = ""
    look.version, look.changed_by, look.changed_at = version + 1, by, timezone.now()
    look.save()
    record("look.saved", look, by=by, regency_id=plan.regency_id, plan_code=plan.code, cover=look.cover)
    return look


@transaction.atomic
def reset_look(*, plan: Masterplan, version: int, by: User) -> None:
    """Back to the looks of the product; the pictures stay among the region's."""
    ensure_manager(plan, by)
    look = _locked(plan.regency, version)
    if look.pk is None:
        return
    record("look.reset", look, by=by, regency_id=plan.regency_id, plan_code=plan.code)
    look.delete()


def ensure_manager(plan: Masterplan, by: User) -> None:
    if not can_manage_plan(by, plan):
        raise NotAllowed("Tampilan buku diatur oleh koordinator Diskominfo.")


def _locked(regency: Regency, version: int) -> BookLook:
    """Two people who choose at once wait for each other at the region, because there may be no row yet."""
    Regency.objects.select_for_update().get(pk=regency.pk)
    look = look_of(regency)
    if look.version != version:
        raise Conflict(STALE, next_step="Muat ulang halaman, lalu ulangi pilihan Anda.")
    return look


def _stored(regency: Regency, new: NewPicture, by: User) -> Picture:
    return store_picture(regency=regency, upload=new.upload, name=new.name, by=by)
