"""What a writer is told about a section: the ministry's guidance, then the province's, then the region's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from masterplan.models import LocalGuidance, OutlineSection
from masterplan.rules import can_guide
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Province, Regency
from smartcity.ui.refusal import NotAllowed

type Place = Province | Regency


@dataclass(frozen=True)
class GuidanceText:
    """One paragraph of guidance; `source` says whose it is, `stage` is empty when it holds for every bimtek."""

    source: str
    stage: str
    text: str


def guidance_of(outline_section: OutlineSection, regency: Regency) -> list[GuidanceText]:
    """In the order in which people should read it; needs `regency.province`."""
    found = [GuidanceText("Kementerian", "", outline_section.guidance)] if outline_section.guidance else []
    rows = LocalGuidance.objects.filter(outline_section=outline_section).filter(
        Q(province=regency.province_id) | Q(regency=regency.pk)
    )
    ordered = sorted(rows, key=lambda row: (row.regency_id is not None, row.stage))
    for row in ordered:
        source = regency.label if row.regency_id else f"Provinsi {regency.province.name}"
        found.append(GuidanceText(source, row.get_stage_display() if row.stage else "", row.text))
    return found


def editable_places(user: User, regency: Regency) -> list[Place]:
    places: Sequence[Place] = (regency, regency.province)
    return [place for place in places if can_guide(user, place)]


@transaction.atomic
def set_guidance(outline_section: OutlineSection, *, place: Place, stage: str, text: str, by: User) -> None:
    """An empty text takes the guidance away; every change stays in the history."""
    if not can_guide(by, place):
        raise NotAllowed("Panduan daerah ditulis oleh koordinatornya.")
    key = {"province": place} if isinstance(place, Province) else {"regency": place}
    rows = LocalGuidance.objects.filter(outline_section=outline_section, stage=stage, **key)
    if text.strip():
        LocalGuidance.objects.update_or_create(
            outline_section=outline_section,
            stage=stage,
            **key,
            defaults={"text": text.strip(), "updated_by": by, "updated_at": timezone.now()},
        )
    else:
        rows.delete()
    regency_id = place.pk if isinstance(place, Regency) else ""
    record("guidance.changed", outline_section, by=by, regency_id=regency_id, place=str(place), stage=stage)
