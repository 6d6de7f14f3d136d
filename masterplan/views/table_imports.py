"""Returned workbooks and pasted blocks: the preview, what is chosen there, and writing."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan import registers
from masterplan.domain import table_import as imports
from masterplan.enums import TableImportState
from masterplan.forms.block import NEW, UNITS, Settings, changed_settings, guess, read_block
from masterplan.forms.rows_kind import RowKind
from masterplan.forms.sheet_cells import SheetCells
from masterplan.models import Masterplan, TableImport
from masterplan.views.frame import plan_frame, visible_plan
from masterplan.views.rows import can_add, choices_for, kind_or_404
from masterplan.views.table_preview import Answers, FileView, Preview, write_file
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import NotAllowed, Refusal

SAMPLE = 4
MAX_TARGETS = 2_000


@require_http_methods(["GET", "POST"])
def row_paste(request: SignedInRequest, plan_code: str, kind: str) -> HttpResponse:
    """Also where the table sends what was pasted into it, with the fields and rows from the active cell on."""
    found = kind_or_404(kind)
    plan = visible_plan(request, plan_code)
    imports.ensure_may_import(plan, request.user)
    if not can_add(request.user, plan, found):
        msg = f"Anda tidak dapat menambah {found.noun} pada rencana ini."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah.")
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            batch = _keep_block(request, plan, found)
        except Refusal as error:
            refusal = error
        else:
            return redirect("masterplan:table_import_detail", plan.code, batch)
    context = {**plan_frame(plan, "tabel"), "kind": found, "refusal": refusal, "text": request.POST.get("isi", "")}
    return render(request, "masterplan/excel/paste.html", context, status=refusal.status if refusal else 200)


def _keep_block(request: SignedInRequest, plan: Masterplan, kind: RowKind) -> uuid.UUID:
    block = read_block(request.POST.get("isi", ""))
    cells = SheetCells(kind, plan, choices_for(request.user, plan))
    targets = _targets(request.POST.get("baris", ""))
    columns = request.POST.get("kolom", "").split(",") if request.POST.get("kolom") else cells.fields
    settings = guess(cells, block, columns, has_targets=bool(targets))
    reading = {"block": block, "targets": targets, "settings": settings.as_json()}
    return imports.keep_block(plan=plan, kind=kind.slug, reading=reading, by=request.user)


def _targets(text: str) -> list[list[int]]:
    """ "12:3,15:1": rows below the active cell with the versions that the person saw."""
    pairs = [part.split(":") for part in text.split(",")[:MAX_TARGETS] if part]
    return [
        [int(each) for each in pair]
        for pair in pairs
        if len(pair) == 2 and all(each.isascii() and each.isdigit() and len(each) < 19 for each in pair)
    ]


@require_GET
def table_import_detail(request: SignedInRequest, plan_code: str, batch: uuid.UUID) -> HttpResponse:
    plan, found = _batch(request, plan_code, batch)
    return _page(request, plan, batch, Preview(plan, request.user).files(found))


@require_POST
def table_import_settings(request: SignedInRequest, plan_code: str, batch: uuid.UUID) -> HttpResponse:
    """How a pasted block is meant: its columns, its heads, where it goes, in which unit its money is."""
    plan, found = _batch(request, plan_code, batch)
    block = next((each for each in found if each.kind), None)
    if block is None:
        raise Http404
    reading = imports.content(block)
    cells = SheetCells(registers.SHEETS[block.kind], plan, choices_for(request.user, plan))
    answers = {key: str(value) for key, value in request.POST.items()}
    settings = changed_settings(reading["settings"], answers, cells.fields, len(reading["block"][0]))
    imports.change_settings(block, settings.as_json())
    return redirect("masterplan:table_import_detail", plan.code, batch)


@require_POST
def table_import_apply(request: SignedInRequest, plan_code: str, batch: uuid.UUID) -> HttpResponse:
    """Each chosen file whole or not at all; what is refused stays on the page with its sentence."""
    plan, found = _batch(request, plan_code, batch)
    imports.ensure_may_import(plan, request.user)
    chosen = [each for each in found if str(each.pk) in request.POST.getlist("berkas")]
    refusals = {each.pk: refusal for each in chosen if (refusal := _apply(request, plan, each, found))}
    done = len(chosen) - len(refusals)
    if done:
        messages.success(request, f"{done} kiriman tersimpan. Baris yang dibuang ada di Keranjang.")
    if not chosen:
        messages.warning(request, "Tidak ada berkas yang dipilih, jadi tidak ada yang berubah.")
    if not refusals:
        return redirect("masterplan:table_import_detail", plan.code, batch)
    _, found = _batch(request, plan_code, batch)
    files = Preview(plan, request.user).files(found)
    for view in files:
        view.refusal = refusals.get(view.table_import.pk)
    status = next(iter(refusals.values())).status
    return _page(request, plan, batch, files, status=status)


def _apply(
    request: SignedInRequest, plan: Masterplan, table_import: TableImport, batch: list[TableImport]
) -> Refusal | None:
    answers = Answers(
        fingerprint=request.POST.get(f"cap-{table_import.pk}", ""),
        mine=frozenset(request.POST.getlist(f"pakai-{table_import.pk}")),
        without_refused=str(table_import.pk) in request.POST.getlist("tanpa"),
    )

    def write() -> dict[str, Any]:
        upto = batch[: batch.index(table_import) + 1]  # what earlier files ask for counts, as in the preview
        return write_file(Preview(plan, request.user).files(upto)[-1], answers, request.user)

    try:
        imports.apply_import(table_import, write, by=request.user)
    except Refusal as refusal:
        return refusal
    table_import.state = TableImportState.APPLIED
    return None


@require_POST
def table_import_drop(request: SignedInRequest, plan_code: str, batch: uuid.UUID) -> HttpResponse:
    plan, found = _batch(request, plan_code, batch)
    waiting = [each for each in found if each.state == TableImportState.READ]
    imports.drop_batch(waiting, by=request.user)
    messages.success(request, "Kiriman dibatalkan. Tidak ada baris yang berubah.")
    kind = waiting[0].kind if waiting else ""
    if kind:
        return redirect("masterplan:row_list", plan.code, kind)
    return redirect("masterplan:excel_home", plan.code)


def _batch(request: SignedInRequest, plan_code: str, batch: uuid.UUID) -> tuple[Masterplan, list[TableImport]]:
    plan = visible_plan(request, plan_code)
    found = list(imports.visible_imports(plan, request.user).filter(batch=batch).order_by("name", "pk"))
    if not found:
        raise Http404
    for each in found:
        each.plan = plan
    return plan, found


def _page(
    request: SignedInRequest, plan: Masterplan, batch: uuid.UUID, files: list[FileView], status: int = 200
) -> HttpResponse:
    block = next((view for view in files if view.table_import.kind), None)
    context = {
        **plan_frame(plan, "tabel"),
        "batch": batch,
        "files": files,
        "is_waiting": any(view.is_waiting for view in files),
        "pasted": _block(request, plan, block) if block and block.is_waiting else None,
        "back": registers.SHEETS[block.table_import.kind] if block else None,
        "mine": [mark for view in files for mark in request.POST.getlist(f"pakai-{view.table_import.pk}")],
    }
    return render(request, "masterplan/excel/preview.html", context, status=status)


def _block(request: SignedInRequest, plan: Masterplan, view: FileView) -> dict[str, Any]:
    """The pasted cells with what each column is taken for."""
    reading = view.content
    settings = Settings.of(reading["settings"])
    kind = registers.SHEETS[view.table_import.kind]
    cells = SheetCells(kind, plan, choices_for(request.user, plan))
    return {
        "kind": kind,
        "settings": settings,
        "columns": list(enumerate(settings.columns)),
        "fields": [(name, cells.label(name)) for name in cells.fields],
        "sample": reading["block"][:SAMPLE],
        "count": len(reading["block"]),
        "has_targets": bool(reading["targets"]),
        "has_money": any(cells.is_money(name) for name in settings.columns if name),
        "units": UNITS.items(),
        "is_new": settings.mode == NEW,
    }
