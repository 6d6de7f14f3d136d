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
    ("papan", "Papan quick win", "bimtek:quick_win_board"),
)
OVERSEERS = frozenset({"papan"})


@dataclass(frozen=True)
class NavLink:
    """`waiting` tells how many things there wait for a person; asked only by a page that is drawn whole.

    `for_overseers` links are shown to nobody else.
    """

    label: str
    url: str
    current: bool
    waiting: Callable[[Any], int] | None = None
    for_overseers: bool = False


def site_frame(current: str) -> dict[str, Any]:
    """Context of the base page outside any plan; `current` is a key of SITE."""
    links = [NavLink(label, reverse(name), key == current, for_overseers=key in OVERSEERS) for key, label, name in SITE]
    return {"main_nav": links}
