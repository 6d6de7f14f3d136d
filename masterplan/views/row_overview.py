"""The page "Tabel": every kind of row, how much is there and what is missing."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from masterplan import registers
from masterplan.forms.rows_kind import Part, RowKind
from masterplan.models import Masterplan
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
    counts = _counts(plan)
    codes = dict(plan.dimension_set.dimensions.values_list("pk", "code"))
    parts = [
        (part, [_overview_item(plan, kind, counts[kind.slug], codes) for kind in _kinds_of(part)]) for part in Part
    ]
    return render(request, "masterplan/row/overview.html", {**plan_frame(plan, "tabel"), "parts": parts})


def _kinds_of(part: Part) -> list[RowKind]:
    return [kind for kind in registers.KINDS.values() if kind.part == part]


def _counts(plan: Masterplan) -> dict[str, dict[str, int]]:
    """For every kind how many rows there are, split by what should be covered; one query."""
    counted = [
        kind.model._default_manager.filter(kind.listed, plan=plan)
        .order_by()
        .annotate(slug=Value(kind.slug), part=Cast(F(kind.cover), CharField()) if kind.cover else Value(""))
        .values("slug", "part")
        .annotate(number=Count("pk"))
        .values_list("slug", "part", "number")
        for kind in registers.KINDS.values()
    ]
    found: dict[str, dict[str, int]] = {slug: {} for slug in registers.KINDS}
    for slug, part, number in counted[0].union(*counted[1:], all=True).order_by("slug"):
        found[slug][part] = number
    return found


def _overview_item(plan: Masterplan, kind: RowKind, found: dict[str, int], codes: dict[int, str]) -> OverviewItem:
    missing = [label for key, label in _expected(kind, codes).items() if key not in found]
    count = sum(found.values())
    if not count:
        hint = kind.empty_hint
    elif missing:
        hint = f"Belum ada: {', '.join(missing)}"
    else:
        hint = "Semua dimensi terisi" if kind.cover == "dimension_id" else "Terisi"
    return OverviewItem(kind, count, hint, bool(missing), kind.address("list", plan))


def _expected(kind: RowKind, codes: dict[int, str]) -> dict[str, str]:
    if not kind.cover:
        return {}
    if kind.cover == "dimension_id":
        return {str(pk): code for pk, code in codes.items()}
    return dict(kind.states)
