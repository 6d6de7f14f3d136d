"""Sections in the bin: out of outline, counts and book, with all their text and history until they are put back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from masterplan import prose
from masterplan.domain.binned import Binned
from masterplan.domain.section import ensure_present
from masterplan.enums import RecoveredState
from masterplan.models import Masterplan, OutlineSection, Picture, Section, Snapshot
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.format import format_number
from smartcity.ui.refusal import Conflict, NotAllowed, WrongState

OPEN_COPIES = Count("recovered_copies", filter=Q(recovered_copies__state=RecoveredState.OPEN), distinct=True)


@dataclass(frozen=True)
class Linked:
    """What hangs on a section. `references` are other present sections that refer to something in it."""

    words: int
    figures: int
    named: int
    offices: tuple[str, ...]
    references: tuple[Section, ...]
    copies: int

    @property
    def phrases(self) -> tuple[str, ...]:
        numbers = (
            (self.words, "kata"),
            (self.figures, "gambar"),
            (self.named, "versi bernama"),
            (self.copies, "pulihan yang belum ditangani"),
        )
        found = [f"{format_number(number)} {noun}" for number, noun in numbers if number]
        if self.offices:
            found.append(f"ditugaskan kepada {', '.join(self.offices)}")
        if self.references:
            found.append(f"dirujuk dari {'; '.join(str(section) for section in self.references)}")
        return tuple(found)


def linked_to(plan: Masterplan, ids: Iterable[int]) -> dict[int, Linked]:
    """By section id; two queries and one for the offices, however many sections are asked for."""
    sections = (
        Section.objects.filter(plan=plan, pk__in=ids)
        .select_related("outline_section")
        .prefetch_related("opds")
        .annotate(named=Count("named_versions", distinct=True), copies=OPEN_COPIES)
        .defer("html")
    )
    referring = _referring(plan)
    return {section.pk: _linked(section, referring) for section in sections}


def _referring(plan: Masterplan) -> list[tuple[Section, set[str]]]:
    with_references = (
        Section.objects.present()
        .filter(plan=plan)
        .alias(text=Cast("doc", TextField()))
        .filter(text__contains='"xref"')
        .in_book_order()
        .defer("html")
    )
    return [(section, prose.reference_targets(section.doc)) for section in with_references]


def _linked(section: Section, referring: Sequence[tuple[Section, set[str]]]) -> Linked:
    own = prose.block_ids(section.doc)
    printed = f"{section.outline_section.code}-".lower().replace(".", "-")  # ids of its planning tables and figures
    references = tuple(
        other
        for other, targets in referring
        if other.pk != section.pk and any(target in own or target.startswith(printed) for target in targets)
    )
    return Linked(
        words=section.words,
        figures=len(prose.figure_sources(section.doc)),
        named=section.named,  # type: ignore[attr-defined]
        offices=tuple(opd.label for opd in section.opds.all()),
        references=references,
        copies=section.copies,  # type: ignore[attr-defined]
    )


def binned_sections(plan: Masterplan) -> list[Binned]:
    sections = list(
        Section.objects.binned().filter(plan=plan).in_book_order().select_related("binned_by").without_text()
    )
    linked = linked_to(plan, [section.pk for section in sections]) if sections else {}
    return [
        Binned(
            kind="bagian",
            key=section.outline_section.code,
            title=str(section),
            detail=f"Buku {section.outline_section.chapter.book.number}",
            linked=linked[section.pk].phrases,
            at=section.binned_at,
            by=section.binned_by.display_name if section.binned_by else "Perintah server",
            code=section.outline_section.code,
        )
        for section in sections
        if section.binned_at
    ]


def find_section(plan: Masterplan, key: str) -> Section | None:
    """Also one that is not in the bin (any more): putting it back is then refused with a sentence."""
    return (
        Section.objects.filter(plan=plan, outline_section__code=key).select_related("outline_section", "plan").first()
    )


@transaction.atomic
def bin_section(section: Section, *, by: User) -> Section:
    """Nothing of it is lost; readers still find its page, writers are refused."""
    _ensure_manager(section.plan, by)
    locked = _locked(section)
    ensure_present(locked)
    locked.binned_at, locked.binned_by = timezone.now(), by
    locked.save(update_fields=["binned_at", "binned_by"])
    _record("section.binned", locked, by=by)
    return locked


@transaction.atomic
def put_section_back(section: Section, *, by: User) -> Section:
    """As it was; a picture in it that was binned meanwhile comes back too."""
    _ensure_manager(section.plan, by)
    locked = _locked(section)
    if locked.binned_at is None:
        raise WrongState("Bagian ini tidak di keranjang lagi.", next_step="Muat ulang halaman Keranjang.")
    locked.binned_at = locked.binned_by = None
    locked.save(update_fields=["binned_at", "binned_by"])
    sources = set(prose.figure_sources(locked.doc))
    pictures = [p.pk for p in Picture.objects.binned().filter(regency=section.plan.regency_id) if p.source in sources]
    Picture.objects.filter(pk__in=pictures).update(binned_at=None, binned_by=None)
    _record("section.unbinned", locked, by=by)
    return locked


def emptied_sections(plan: Masterplan) -> list[OutlineSection]:
    """Parts of the outline for which the plan has no section, because the bin was emptied."""
    own = Section.objects.filter(plan=plan).values("outline_section")
    missing = OutlineSection.objects.filter(chapter__book__outline=plan.outline_id).exclude(pk__in=own)
    return list(
        missing.select_related("chapter__book").order_by("chapter__book__position", "chapter__position", "position")
    )


@transaction.atomic
def start_section_anew(plan: Masterplan, outline_section: OutlineSection, *, by: User) -> Section:
    """An empty section where the former one was deleted from the bin."""
    _ensure_manager(plan, by)
    doc = prose.empty_doc()
    section, is_new = Section.objects.get_or_create(plan=plan, outline_section=outline_section, defaults={"doc": doc})
    if not is_new:
        raise Conflict("Bagian ini sudah ada di rencana ini.")
    Snapshot.objects.create(section=section, version=0, doc=doc)
    _record("section.started", section, by=by)
    return section


def delete_old_sections(before: datetime) -> int:
    """With their whole history; one that holds somebody's open recovered copy waits until that is handled."""
    old = Section.objects.binned().filter(binned_at__lt=before).annotate(copies=OPEN_COPIES).filter(copies=0)
    return sum(_delete(pk, before) for pk in old.values_list("pk", flat=True))


@transaction.atomic
def _delete(pk: int, before: datetime) -> bool:
    section = (
        Section.objects.select_for_update(of=("self",))
        .filter(pk=pk, binned_at__lt=before)
        .select_related("outline_section", "plan", "binned_by")
        .first()
    )
    if section is None or section.recovered_copies.filter(state=RecoveredState.OPEN).exists():
        return False
    thrower = section.binned_by.display_name if section.binned_by else ""
    _record("section.emptied", section, by=None, binned_by=thrower, version=section.version)
    section.delete()
    return True


def _ensure_manager(plan: Masterplan, by: User) -> None:
    if not can_manage_plan(by, plan):
        raise NotAllowed("Bagian dibuang dan dikembalikan oleh koordinator Diskominfo.")


def _locked(section: Section) -> Section:
    found = (
        Section.objects.select_for_update(of=("self",))
        .filter(pk=section.pk)
        .select_related("outline_section", "plan")
        .first()
    )
    if found is None:
        raise WrongState("Bagian ini sudah dihapus dari keranjang.")
    return found


def _record(verb: str, section: Section, *, by: User | None, **data: Any) -> None:
    plan = section.plan
    record(verb, section, by=by, regency_id=plan.regency_id, plan_code=plan.code, words=section.words, **data)
