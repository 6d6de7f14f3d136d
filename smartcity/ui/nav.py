"""Links of the top bar."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

SITE = (
    ("beranda", "Beranda", "home"),
    ("rencana", "Masterplan", "masterplan:plan_list"),
    ("daerah", "Daerah", "regency:regency_list"),
    ("acuan", "Kerangka", "masterplan:outline_list"),
)


@dataclass(frozen=True)
class NavLink:
    """`waiting` tells how many things there wait for a person; asked only by a page that is drawn whole."""

    label: str
    url: str
    current: bool
    waiting: Callable[[Any], int] | None = None


def site_frame(current: str) -> dict[str, Any]:
    """Context of the base page outside any plan; `current` is a key of SITE."""
    return {"main_nav": [NavLink(label, reverse(name), key == current) for key, label, name in SITE]}
