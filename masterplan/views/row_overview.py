"""The page "Tabel": every kind of row, how much is there and what is missing."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from masterplan import registers
from masterplan.forms.rows_kind import Part, RowKind
from masterplan.models import Masterplan
from masterplan.registers.counts import covered, expected
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest


@dataclass(frozen=True)
class OverviewItem:
    kind: RowKind
    count: int
    hint: str
    is_open: bool
    href: str


@require_GET
def row_overview(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    counts = covered(plan, registers.KINDS.values())
    codes = dict(plan.dimension_set.dimensions.values_list("pk", "code"))
    parts = [
        (part, [_overview_item(plan, kind, counts[kind.slug], codes) for kind in _kinds_of(part)]) for part in Part
    ]
    return render(request, "masterplan/row/overview.html", {**plan_frame(plan, "tabel"), "parts": parts})


def _kinds_of(part: Part) -> list[RowKind]:
    return [kind for kind in registers.KINDS.values() if kind.part == part]


def _overview_item(plan: Masterplan, kind: RowKind, found: dict[str, int], codes: dict[int, str]) -> OverviewItem:
    missing = [label for key, label in expected(kind, codes).items() if key not in found]
    count = sum(found.values())
    if not count:
        hint = kind.empty_hint
    elif missing:
        hint = f"Belum ada: {', '.join(missing)}"
    else:
        hint = "Semua dimensi terisi" if kind.cover == "dimension_id" else "Terisi"
    return OverviewItem(kind, count, hint, bool(missing), kind.address("list", plan))
