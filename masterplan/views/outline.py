"""The outlines: readable by everybody who is signed in, corrected by the ministry's editor."""

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from masterplan.domain.outline import change_section, changes_of, stamp_of
from masterplan.forms.outline import OutlineSectionForm
from masterplan.models import Book, Chapter, Outline, OutlineSection
from masterplan.rules import can_edit_reference
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import Conflict, NotAllowed


def outline_list(request: SignedInRequest) -> HttpResponse:
    outlines = Outline.objects.annotate(section_count=Count("books__chapters__sections"))
    context = {**site_frame("acuan"), "outlines": outlines, "may_collect": can_edit_reference(request.user)}
    return render(request, "masterplan/outline/outline_list.html", context)


def outline_detail(request: SignedInRequest, outline_code: str) -> HttpResponse:
    outline = get_object_or_404(Outline, code=outline_code)
    sections = OutlineSection.objects.select_related("dimension").order_by("position")
    chapters = Chapter.objects.order_by("position").prefetch_related(Prefetch("sections", sections))
    books = Book.objects.filter(outline=outline).order_by("position").prefetch_related(Prefetch("chapters", chapters))
    context = {
        **site_frame("acuan"),
        "outline": outline,
        "books": books,
        "may_edit": can_edit_reference(request.user),
    }
    return render(request, "masterplan/outline/outline_detail.html", context)


def outline_section_edit(request: SignedInRequest, outline_code: str, section_code: str) -> HttpResponse:
    """Read by all; the form is there only for the ministry's editor."""
    section = get_object_or_404(
        OutlineSection.objects.select_related("chapter__book__outline", "dimension"),
        chapter__book__outline__code=outline_code,
        code=section_code,
    )
    may_edit = can_edit_reference(request.user)
    if request.method == "POST" and not may_edit:
        raise NotAllowed(
            "Kerangka hanya diubah oleh editor kementerian.", next_step="Sampaikan usulan kepada kementerian."
        )
    form = OutlineSectionForm(request.POST or None, instance=section, initial={"seen": stamp_of(section)})
    if request.method == "POST" and form.is_valid():
        try:
            change_section(section, seen=form.cleaned_data["seen"], values=form.values(), by=request.user)
        except Conflict as refusal:
            form.add_error(None, f"{refusal} {refusal.next_step}")
        else:
            messages.success(request, "Bagian kerangka tersimpan.")
            return redirect("masterplan:outline_section_edit", outline_code=outline_code, section_code=section_code)
    return _section_page(request, section, form if may_edit else None)


def _section_page(request: SignedInRequest, section: OutlineSection, form: OutlineSectionForm | None) -> HttpResponse:
    outline = section.chapter.book.outline
    if form:
        form.cancel_url = reverse("masterplan:outline_detail", args=[outline.code])
    context = {
        **site_frame("acuan"),
        "outline": outline,
        "section": section,
        "form": form,
        "changes": changes_of(section),
    }
    status = 422 if form and form.errors else 200
    return render(request, "masterplan/outline/outline_section_edit.html", context, status=status)
