"""The page "Benang merah": the whole thread by dimension, where it breaks, and one row with both its ends."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from export.figures.lineage import lineage
from export.figures.stations import stations
from export.figures.svg import named
from export.thread.graph import thread_of
from export.thread.lines import dimension_threads, mission_lines
from export.thread.loose_ends import RULES, loose_ends
from export.thread.page import OPEN_TO, ThreadFilter, address_of_row, by_strategy, end_groups, neighbour_groups
from masterplan.domain.findings import findings_among
from masterplan.domain.row import printed_in
from masterplan.domain.snapshot import snapshot_of
from masterplan.models import Masterplan
from masterplan.registers import EVERY_KIND
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest


@require_GET
def thread_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    snapshot = snapshot_of(plan, with_text=False)
    thread = thread_of(snapshot)
    threads = dimension_threads(thread, snapshot.dimensions)
    asked = ThreadFilter.of(request.GET, [each.code for each in threads])
    found = findings_among(plan, snapshot, RULES)
    ends = end_groups(plan, thread, found, loose_ends(thread, (each.finding for each in found)), asked.dimensi)
    shown = asked.shown(threads)
    count = sum(len(each.lines) for each in shown)
    context = {
        "asked": asked,
        "dimensions": snapshot.dimensions,
        "picture": named(stations(threads), "benang-merah"),
        "is_empty": not thread.nodes,
        "missions": mission_lines(thread),
        "threads": [(each, by_strategy(each)) for each in shown],
        "count": count,
        "are_open": count <= OPEN_TO or bool(asked.dimensi),
        "ends": ends,
        "end_count": sum(len(group.lines) for group in ends),
        "printed_in": printed_in(plan, "programme", ""),
    }
    return render(request, "export/thread/list.html", {**plan_frame(plan, "tabel"), **context})


@require_GET
def thread_row(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """One row of any kind; kinds and rows outside the thread say so instead of drawing nothing."""
    plan = visible_plan(request, plan_code)
    thread = thread_of(snapshot_of(plan, with_text=False))
    node = thread.nodes.get((kind, pk))
    if node is None:
        return _outside(request, plan, kind, pk)
    above, below = thread.above(node.key), thread.below(node.key)
    context = {
        "node": node,
        "row_url": address_of_row(plan, thread, node),
        "picture": named(lineage(thread, node, above, below), "benang-baris") if above or below else "",
        "sides": (
            ("asal", "Berasal dari", neighbour_groups(plan, thread, above), "Belum ada baris yang menjadi asalnya."),
            ("tujuan", "Menuju", neighbour_groups(plan, thread, below), "Belum ada baris yang berlanjut darinya."),
        ),
    }
    return render(request, "export/thread/row.html", {**plan_frame(plan, "tabel"), **context})


def _outside(request: SignedInRequest, plan: Masterplan, kind: str, pk: int) -> HttpResponse:
    if kind not in EVERY_KIND:
        raise Http404
    row = get_object_or_404(EVERY_KIND[kind].model._default_manager.filter(plan=plan), pk=pk)
    context = {"row": row, "kind": EVERY_KIND[kind], "row_url": EVERY_KIND[kind].address("edit", plan, pk)}
    return render(request, "export/thread/outside.html", {**plan_frame(plan, "tabel"), **context})
