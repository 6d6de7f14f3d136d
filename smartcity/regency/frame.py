"""Navigation around the pages of regions."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from smartcity.regency.models import Regency
from smartcity.regency.rules import Place, can_keep_regency, can_manage_people, can_read_trail, viewable_regencies
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import NavLink, site_frame


def visible_regency(request: SignedInRequest, code: str) -> Regency:
    """The regency with its province; 404 for strangers."""
    return get_object_or_404(viewable_regencies(request.user).select_related("province"), pk=code)


def region_frame(request: SignedInRequest, regency: Regency, current: str) -> dict[str, Any]:
    """Context of a page inside one region; `current` is one of profil, orang, jejak."""
    tabs = [
        NavLink(
            "Profil dan perangkat daerah", reverse("regency:regency_detail", args=[regency.pk]), current == "profil"
        )
    ]
    if can_manage_people(request.user, regency):
        tabs.append(NavLink("Orang", reverse("regency:people_list", args=[regency.pk]), current == "orang"))
    if can_read_trail(request.user, regency):
        tabs.append(NavLink("Jejak", reverse("regency:trail_list", args=[regency.pk]), current == "jejak"))
    return {
        **site_frame("daerah"),
        "regency": regency,
        "region_label": regency.label,
        "region_tabs": tabs,
        "may_keep": can_keep_regency(request.user, regency),
    }


def place_frame(request: SignedInRequest, place: Place, current: str) -> dict[str, Any]:
    if place is None:
        return {**site_frame("daerah"), "regency": None, "region_label": "Kementerian", "region_tabs": []}
    return region_frame(request, place, current)
