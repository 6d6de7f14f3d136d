"""Creating a plan, and calling people from outside to it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from masterplan.domain.assignment import Perimeter
from masterplan.enums import PlanYears
from masterplan.models import Masterplan, Outline
from smartcity.accounts.enums import Role
from smartcity.regency.models import Regency
from smartcity.ui.layout import PageForm


class RegencyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Regions are always named with kind and province."""

    def label_from_instance(self, obj: Regency) -> str:
        return obj.label


class PlanForm(PageForm):
    submit_label = "Buat masterplan"
    field_order = ("regency", "title", "start_year", "years", "base_year", "outline")
    title = forms.CharField(
        label="Judul",
        max_length=160,
        required=False,
        help_text="Boleh dikosongkan: judul baku memuat nama daerah dan periode.",
    )
    start_year = forms.IntegerField(label="Tahun awal", min_value=2000, max_value=2100)
    years = forms.TypedChoiceField(label="Lama rencana", choices=PlanYears.choices, coerce=int, initial=PlanYears.TEN)
    base_year = forms.IntegerField(
        label="Tahun dasar", min_value=1990, max_value=2100, help_text="Tahun data baseline, tidak setelah tahun awal."
    )

    def __init__(self, *args: Any, regency_ids: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regency"] = RegencyField(
            Regency.objects.filter(pk__in=regency_ids).select_related("province"), label="Daerah", empty_label=None
        )
        self.fields["outline"] = forms.ModelChoiceField(
            Outline.objects.filter(is_offered=True), label="Kerangka", empty_label=None
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, base = values.get("start_year"), values.get("base_year")
        if start and base and base > start:
            self.add_error("base_year", "Tahun dasar tidak boleh setelah tahun awal.")
        if start and values.get("regency") and not values.get("title"):
            end = start + values.get("years", PlanYears.TEN) - 1
            values["title"] = f"Masterplan Smart City {values['regency'].full_name} {start}–{end}"
        return values


class PerimeterForm(PageForm):
    """What a mentor or assessor judges."""

    books = forms.MultipleChoiceField(
        label="Buku yang dinilai", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tanpa buku dan dimensi yang dipilih, yang dinilai adalah seluruh rencana.",
    )  # fmt: skip
    dimensions = forms.MultipleChoiceField(
        label="Dimensi yang dinilai", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan: Masterplan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = plan.outline.books.all()
        self.fields["books"].choices = [(book.code, f"Buku {book.number}: {book.title}") for book in books]  # type: ignore[attr-defined]
        dimensions = plan.dimension_set.dimensions.values_list("code", "name")
        self.fields["dimensions"].choices = list(dimensions)  # type: ignore[attr-defined]

    @property
    def perimeter(self) -> Perimeter:
        values = self.cleaned_data
        return Perimeter(books=tuple(values["books"]), dimensions=tuple(values["dimensions"]))


class MemberForm(PerimeterForm):
    submit_label = "Tambahkan"
    field_order = ("email", "role", "books", "dimensions")
    email = forms.EmailField(label="Alamat e-mail pembimbing atau asesor")
    role = forms.ChoiceField(label="Peran", choices=[(role.value, role.label) for role in (Role.MENTOR, Role.ASSESSOR)])
