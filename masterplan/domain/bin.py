"""The bin of a plan (docs/decisions/0007-bin.md): what lies in it, putting back, and emptying after 90 days.

A further kind of things is one more entry in KINDS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from masterplan.domain import bin_picture, bin_section, row_bin
from masterplan.domain.binned import KEPT, Binned
from masterplan.models import Masterplan
from smartcity.accounts.models import User


@dataclass(frozen=True)
class Kind:
    """`put_back` gets what `find` found; `empty` deletes what was binned before a moment and says how many."""

    label: str
    icon: str
    listed: Callable[[Masterplan], list[Binned]]
    find: Callable[[Masterplan, str], Any]
    put_back: Callable[[Masterplan, Any, User], object]
    empty: Callable[[datetime], int]


KINDS = {
    "bagian": Kind(
        "Bagian",
        "file-earmark-text",
        bin_section.binned_sections,
        bin_section.find_section,
        lambda _, section, by: bin_section.put_section_back(section, by=by),
        bin_section.delete_old_sections,
    ),
    "gambar": Kind(
        "Gambar",
        "image",
        bin_picture.binned_pictures,
        bin_picture.find_picture,
        lambda plan, picture, by: bin_picture.put_picture_back(picture, plan=plan, by=by),
        bin_picture.delete_old_pictures,
    ),
    "baris": Kind(
        "Baris",
        "table",
        row_bin.binned_rows,
        row_bin.find_row,
        lambda _, row, by: row_bin.put_row_back(row, by=by),
        row_bin.delete_old_rows,
    ),
}


def contents(plan: Masterplan) -> list[Binned]:
    """Of all kinds, the newest first."""
    found = [entry for kind in KINDS.values() for entry in kind.listed(plan)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def empty_bin(*, now: datetime | None = None) -> dict[str, int]:
    """Deletes what has lain in the bin for 90 days; how many of each kind. Sections first: their pictures may follow."""
    before = (now or timezone.now()) - KEPT
    return {name: kind.empty(before) for name, kind in KINDS.items()}
