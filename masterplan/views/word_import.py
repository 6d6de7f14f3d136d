"""The pages "Impor Word": send a file, see what goes where, confirm or drop."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan.domain import word_import as imports
from masterplan.domain.word_apply import APPEND, REPLACE, Changed, Choice, apply_import
from masterplan.enums import WordImportState
from masterplan.models import Book, Masterplan, WordImport
from masterplan.views.frame import plan_frame, visible_plan
from masterplan.views.word_preview import notes_by_kind, piece_html, piece_rows, targets
from masterplan.word.package import MAX_BYTES
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Incomplete, Refusal

SHOWN = 30
NO_USE = ""


@require_http_methods(["GET", "POST"])
def word_import_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    mine = imports.ensure_may_import(plan, request.user)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            word_import = _read_upload(request, plan)
        except Refusal as error:
            refusal = error
        else:
            return redirect("masterplan:word_import_detail", plan.code, word_import.pk)
    context = {
        **plan_frame(plan, "naskah"),
        "books": Book.objects.filter(outline=plan.outline_id),
        "chosen_book": request.POST.get("buku", ""),
        "imports": imports.visible_imports(plan, request.user)[:SHOWN],
        "mine": mine,
        "max_bytes": MAX_BYTES,
        "refusal": refusal,
    }
    return render(request, "masterplan/word_import/list.html", context, status=refusal.status if refusal else 200)


def _read_upload(request: SignedInRequest, plan: Masterplan) -> WordImport:
    upload = request.FILES.get("berkas")
    if upload is None:
        raise Incomplete("Pilih berkas Word (.docx) lebih dahulu.")
    data = upload.read(MAX_BYTES + 1)
    known = set(Book.objects.filter(outline=plan.outline_id).values_list("code", flat=True))
    book = request.POST.get("buku", "")
    return imports.read_word_file(
        plan=plan, data=data, name=upload.name or "", book=book if book in known else "", by=request.user
    )


def _visible_import(request: SignedInRequest, plan: Masterplan, import_id: uuid.UUID) -> WordImport:
    word_import = get_object_or_404(imports.visible_imports(plan, request.user), pk=import_id)
    word_import.plan = plan
    return word_import


@require_GET
def word_import_detail(request: SignedInRequest, plan_code: str, import_id: uuid.UUID) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    return _detail(request, _visible_import(request, plan, import_id))


def _detail(request: SignedInRequest, word_import: WordImport, refusal: Refusal | None = None) -> HttpResponse:
    plan = word_import.plan
    content = imports.content(word_import)
    context: dict[str, Any] = {
        **plan_frame(plan, "naskah"),
        "word_import": word_import,
        "notes": notes_by_kind(content.get("notes", [])),
        "refusal": refusal,
    }
    if word_import.state != WordImportState.READ:
        context["result"] = content.get("result", [])
        return render(request, "masterplan/word_import/result.html", context)
    sections = imports.sections_of(plan)
    mine = {section.outline_section.code for section in imports.writable(sections, request.user)}
    rows = piece_rows(content, sections, mine, plan, request.POST or None)
    books = targets(sections, mine)
    changed = refusal.codes if isinstance(refusal, Changed) else []
    context |= {
        "rows": rows,
        "books": books,
        "changed": [s for s in sections if s.outline_section.code in changed],
        "totals": {
            key: sum(piece[key] for piece in content["pieces"]) for key in ("words", "tables", "figures", "footnotes")
        },
        "chosen": sum(1 for row in rows if row["chosen"]),
        "seconds": content.get("seconds"),
    }
    status = refusal.status if refusal else 200
    return render(request, "masterplan/word_import/preview.html", context, status=status)


@require_GET
def word_import_piece(request: SignedInRequest, plan_code: str, import_id: uuid.UUID, piece: int) -> HttpResponse:
    """The text of one piece, made into HTML by us from our own document."""
    plan = visible_plan(request, plan_code)
    word_import = _visible_import(request, plan, import_id)
    found = next((p for p in imports.content(word_import).get("pieces", []) if p["n"] == piece), None)
    context = {**plan_frame(plan, "naskah"), "word_import": word_import, "piece": found, "html": piece_html(found)}
    name = "masterplan/word_import/piece.html"
    return render(request, f"{name}#text" if request.htmx else name, context, status=200 if found else 404)


@require_POST
def word_import_apply(request: SignedInRequest, plan_code: str, import_id: uuid.UUID) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    word_import = _visible_import(request, plan, import_id)
    imports.ensure_may_import(plan, request.user)
    try:
        apply_import(word_import, choices=_choices(request), consents=_consents(request), by=request.user)
    except Refusal as refusal:
        if word_import.state != WordImportState.READ:
            raise
        return _detail(request, word_import, refusal)
    messages.success(request, "Isi berkas Word masuk ke naskah. Naskah lama tetap tersimpan sebagai versi bernama.")
    return redirect("masterplan:word_import_detail", plan.code, word_import.pk)


def _choices(request: SignedInRequest) -> list[Choice]:
    """Fields `ke-<piece>` and `cara-<piece>`; an empty target means: do not use."""
    found = []
    for key, value in request.POST.items():
        number = key.removeprefix("ke-")
        if key.startswith("ke-") and number.isascii() and number.isdigit() and len(number) < 6 and str(value) != NO_USE:
            mode = APPEND if request.POST.get(f"cara-{number}") == APPEND else REPLACE
            found.append(Choice(int(number), str(value), mode))
    return found


def _consents(request: SignedInRequest) -> dict[str, int]:
    return {
        key.removeprefix("setuju-"): int(str(value))
        for key, value in request.POST.items()
        if key.startswith("setuju-") and str(value).isascii() and str(value).isdigit() and len(str(value)) < 10
    }


@require_POST
def word_import_drop(request: SignedInRequest, plan_code: str, import_id: uuid.UUID) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    word_import = _visible_import(request, plan, import_id)
    imports.ensure_may_import(plan, request.user)
    imports.drop_import(word_import, by=request.user)
    messages.success(request, f"Berkas {word_import.name} dibatalkan. Tidak ada naskah yang berubah.")
    return redirect("masterplan:word_import_list", plan.code)
