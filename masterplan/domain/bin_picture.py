"""Pictures of a region: where they are used, and the bin for those that no text shows any more."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from masterplan import prose
from masterplan.domain.binned import Binned
from masterplan.enums import RecoveredState
from masterplan.models import BookLook, Masterplan, Picture, RecoveredCopy, Section
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.format import format_number
from smartcity.ui.refusal import NotAllowed, WrongState

type Uses = Mapping[str, list[Section]]

ADDRESS = "/gambar/"
TEXT = Cast("doc", TextField())


def uses_in(regency_id: str) -> Uses:
    """Sections whose text shows a picture, by source: of every plan of the region, those in the bin too. One query."""
    uses: dict[str, list[Section]] = {}
    sections = Section.objects.filter(plan__regency=regency_id).alias(text=TEXT).filter(text__contains=ADDRESS)
    for section in sections.in_book_order().select_related("plan").defer("html"):
        for source in dict.fromkeys(prose.figure_sources(section.doc)):
            uses.setdefault(source, []).append(section)
    return uses


def pictures_of(plan: Masterplan, uses: Uses) -> list[tuple[Picture, list[Section], bool]]:
    """Those outside the bin, the sections that show them, whether a cover does, the newest first; in the bin is only what no text shows."""
    on_cover = BookLook.objects.filter(Q(crest=OuterRef("pk")) | Q(photo=OuterRef("pk")))
    own = Picture.objects.filter(regency=plan.regency_id).select_related("added_by")
    pictures: QuerySet[Any] = own.annotate(is_on_cover=Exists(on_cover))
    found = []
    for picture in pictures:
        sections = uses.get(picture.source, [])
        if picture.binned_at is None or any(section.binned_at is None for section in sections):
            found.append((picture, sections, bool(picture.is_on_cover)))
    return found


def binned_pictures(plan: Masterplan) -> list[Binned]:
    pictures = list(Picture.objects.binned().filter(regency=plan.regency_id).select_related("binned_by"))
    uses = uses_in(plan.regency_id) if pictures else {}
    return [
        Binned(
            kind="gambar",
            key=str(picture.pk),
            title=str(picture),
            detail=size_of(picture),
            linked=tuple(f"dipakai di {section}" for section in uses.get(picture.source, [])),
            at=picture.binned_at,
            by=picture.binned_by.display_name if picture.binned_by else "Perintah server",
            thumbnail=picture.source,
        )
        for picture in pictures
        if picture.binned_at
    ]


def pictures_on_covers(regency_id: str) -> frozenset[uuid.UUID]:
    """Keys of what the covers of the region show as crest or photo."""
    rows = BookLook.objects.filter(regency=regency_id).values_list("crest", "photo")
    keys: Iterable[uuid.UUID | None] = (key for row in rows for key in row)
    return frozenset(key for key in keys if key is not None)


def size_of(picture: Picture) -> str:
    bytes_ = picture.size
    size = f"{format_number(round(bytes_ / 1e6, 1))} MB" if bytes_ >= 1e6 else f"{max(1, round(bytes_ / 1e3))} kB"
    return f"{format_number(picture.width)} × {format_number(picture.height)} piksel, {size}"


def find_picture(plan: Masterplan, key: str) -> Picture | None:
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    return Picture.objects.filter(regency=plan.regency_id, pk=wanted).first()


@transaction.atomic
def bin_picture(picture: Picture, *, plan: Masterplan, by: User) -> None:
    """Only a picture that no present text of the region shows."""
    _ensure_manager(plan, by)
    locked = _locked(picture)
    shown = [s for s in uses_in(plan.regency_id).get(picture.source, []) if s.binned_at is None]
    if shown:
        names = "; ".join(str(section) for section in shown)
        raise WrongState(f"Gambar ini masih dipakai di {names}.", next_step="Hapus dari naskah itu, lalu buang lagi.")
    if picture.pk in pictures_on_covers(plan.regency_id):
        raise WrongState(
            "Gambar ini tercetak di sampul buku daerah.", next_step="Lepas di Tampilan buku, lalu buang lagi."
        )
    if locked.binned_at is not None:
        raise WrongState("Gambar ini sudah di keranjang.")
    locked.binned_at, locked.binned_by = timezone.now(), by
    locked.save(update_fields=["binned_at", "binned_by"])
    _record("picture.binned", locked, plan, by=by)


@transaction.atomic
def put_picture_back(picture: Picture, *, plan: Masterplan, by: User) -> None:
    _ensure_manager(plan, by)
    locked = _locked(picture)
    if locked.binned_at is None:
        raise WrongState("Gambar ini tidak di keranjang lagi.", next_step="Muat ulang halaman Keranjang.")
    locked.binned_at = locked.binned_by = None
    locked.save(update_fields=["binned_at", "binned_by"])
    _record("picture.unbinned", locked, plan, by=by)


def delete_old_pictures(before: datetime) -> int:
    """Row and file of what no text of the region shows: present, in the bin, or in an open recovered copy."""
    old = Picture.objects.binned().filter(binned_at__lt=before)
    regions = old.order_by("regency").values_list("regency", flat=True).distinct()
    return sum(_delete_in(regency_id, before) for regency_id in regions)


@transaction.atomic
def _delete_in(regency_id: str, before: datetime) -> int:
    # A save checks its pictures while it holds its section: with all sections locked none can come in unseen.
    list(Section.objects.select_for_update().filter(plan__regency=regency_id).order_by("pk").values_list("pk"))
    kept = set(uses_in(regency_id))
    on_covers = pictures_on_covers(regency_id)
    copies = RecoveredCopy.objects.filter(section__plan__regency=regency_id, state=RecoveredState.OPEN)
    for copy in copies.alias(text=TEXT).filter(text__contains=ADDRESS):
        kept.update(prose.figure_sources(copy.doc))
    old = Picture.objects.binned().select_for_update().filter(regency=regency_id, binned_at__lt=before)
    gone = [picture for picture in old if picture.source not in kept and picture.pk not in on_covers]
    for picture in gone:
        record("picture.emptied", picture, by=None, regency_id=regency_id, sha256=picture.sha256)
        picture.delete()
        transaction.on_commit(_removal(picture))
    return len(gone)


def _removal(picture: Picture) -> Callable[[], None]:
    storage, name = picture.file.storage, picture.file.name or ""
    return lambda: storage.delete(name)


def _ensure_manager(plan: Masterplan, by: User) -> None:
    if not can_manage_plan(by, plan):
        raise NotAllowed("Gambar dibuang dan dikembalikan oleh koordinator Diskominfo.")


def _locked(picture: Picture) -> Picture:
    found = Picture.objects.select_for_update().filter(pk=picture.pk).first()
    if found is None:
        raise WrongState("Gambar ini sudah dihapus dari keranjang.")
    return found


def _record(verb: str, picture: Picture, plan: Masterplan, *, by: User) -> None:
    record(verb, picture, by=by, regency_id=plan.regency_id, plan_code=plan.code)
