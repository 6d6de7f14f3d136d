"""What all row forms share: choices limited to the plan, codes, values per year, child rows, texts for readers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from masterplan.domain.row import next_code, next_position, version_of
from masterplan.domain.row_verbs import verbs_of
from masterplan.forms.rows_children import ChildRows
from masterplan.forms.rows_fields import ModelChoice, choices_of, form_field_of, shown
from masterplan.forms.rows_narrow import NarrowForm
from masterplan.models import Dimension, Masterplan, Programme, Subdimension
from smartcity.regency.models import Opd
from smartcity.ui.fields import AmountField, RupiahField, YearField

LONG_TEXT = 200
SHORT_FIELDS = frozenset({"code", "unit"})


@dataclass(frozen=True)
class RowChoices:
    """What a person may choose from; None means everything of the plan."""

    plan: Masterplan
    lead_opd_ids: frozenset[int] | None = None
    dimension_codes: frozenset[str] | None = None

    def of(self, model: type[models.Model], name: str) -> models.QuerySet[Any]:
        """Own rows, own region's active offices, own dimension set; a model without a plan must be open reference data."""
        if model is Opd:
            opds = Opd.objects.filter(regency_id=self.plan.regency_id, is_active=True)
            limited = name == "lead_opd" and self.lead_opd_ids is not None
            return opds.filter(pk__in=self.lead_opd_ids or ()) if limited else opds
        if model is Dimension:
            dimensions = Dimension.objects.filter(dimension_set_id=self.plan.dimension_set_id)
            limited = name == "dimension" and self.dimension_codes is not None
            return dimensions.filter(code__in=self.dimension_codes or ()) if limited else dimensions
        if model is Programme:
            return Programme.objects.active().filter(plan=self.plan)
        if model is Subdimension:
            return Subdimension.objects.filter(dimension__dimension_set_id=self.plan.dimension_set_id)
        try:
            model._meta.get_field("plan")
        except FieldDoesNotExist:
            return model._default_manager.all()
        return model._default_manager.filter(plan=self.plan)


def empty_label(field: forms.Field) -> str:
    return "Pilih…" if field.required else "Tidak dipilih"


@dataclass(frozen=True)
class Group:
    """A fieldset of the form; long pages refer to it by its slug."""

    title: str
    fields: tuple[str, ...]
    hint: str = ""
    slug: str = ""


@dataclass(frozen=True)
class YearColumn:
    name: str
    label: str
    is_rupiah: bool = False

    def form_field(self, year: int) -> forms.Field:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control form-control-sm num-input"})
        kind = RupiahField if self.is_rupiah else AmountField
        return kind(label=f"{self.label} {year}", required=False, widget=widget)


@dataclass(frozen=True)
class Yearly:
    """Values per year of the plan's detailed range, kept in the child rows named by `relation`."""

    relation: str
    columns: tuple[YearColumn, ...]


@dataclass
class FieldView:
    """A field as a page draws it; texts are worked out only where a template asks."""

    form: "RowForm"
    name: str

    @property
    def bound(self) -> forms.BoundField:
        return self.form[self.name]

    @cached_property
    def text(self) -> str:
        return shown(self.bound, self.form.value_of(self.name))

    @cached_property
    def now(self) -> str | None:
        """What is stored now, where that differs from what was typed."""
        current = self.form.current
        if current is None:
            return None
        stored = shown(current[self.name], current.value_of(self.name))
        return stored if stored != self.text else None

    @property
    def css(self) -> str:
        """Long answers take the whole line, years and numbers a quarter of it."""
        if self.name in self.form.widths:
            return self.form.widths[self.name]
        field = self.bound.field
        is_long = isinstance(field.widget, (forms.Textarea, forms.CheckboxSelectMultiple))
        if is_long or self.name in self.form.wide or (getattr(field, "max_length", 0) or 0) >= LONG_TEXT:
            return "col-12"
        is_short = isinstance(field, (forms.IntegerField, AmountField, YearField)) or self.name in SHORT_FIELDS
        return "col-md-3 col-6" if is_short else "col-md-6"


@dataclass(frozen=True)
class Fault:
    """One line of the summary above the form; `target` is the field's id on the page."""

    target: str
    label: str
    sentence: str


@dataclass(frozen=True)
class YearLine:
    year: int
    cells: tuple[FieldView, ...]


class RowForm(NarrowForm):
    groups: ClassVar[tuple[Group, ...]]
    unique_field: ClassVar[str] = ""
    yearly: ClassVar[Yearly | None] = None
    children: ClassVar[tuple[ChildRows, ...]] = ()
    code_width: ClassVar[int] = 1
    wide: ClassVar[frozenset[str]] = frozenset()
    widths: ClassVar[Mapping[str, str]] = MappingProxyType({})

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        formfield_callback = form_field_of

    def __init__(self, *args: Any, choices: RowChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.plan = choices.plan
        self.current: RowForm | None = None
        self.saved: Any = None
        self.instance.plan = choices.plan
        self._limit_choices()
        self._add_year_fields()
        self._offer_defaults()
        self.child_sets = [(child, self._child_set(child)) for child in (() if self.only else self.children)]

    # -- building -------------------------------------------------------------------------------------------------

    def _limit_choices(self) -> None:
        for name, field in self.fields.items():
            if not self.is_asked(name):
                continue
            if isinstance(field, forms.ModelChoiceField):
                queryset = self.choices.of(choices_of(field).model, name)
                field.queryset = queryset | self._held(name, field) if self.instance.pk else queryset
                if field.empty_label is not None:
                    field.empty_label = empty_label(field)
            elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
                choices: Any = field.choices
                field.choices = [(key, empty_label(field) if key == "" else text) for key, text in choices]

    def _held(self, name: str, field: ModelChoice) -> models.QuerySet[Any]:
        """What the row already points to stays choosable, for example an office that was closed since."""
        many = isinstance(field, forms.ModelMultipleChoiceField)
        rows: models.QuerySet[Any] = choices_of(field).model._default_manager.all()
        held = [row.pk for row in self.initial.get(name) or ()] if many else [self.initial.get(name)]
        return rows.filter(pk__in=[pk for pk in held if pk])

    def _add_year_fields(self) -> None:
        if self.yearly is None:
            return
        stored = self._stored_years()
        for year in self.plan.detail_range:
            for column in self.yearly.columns:
                name = f"{column.name}_{year}"
                self.fields[name] = column.form_field(year)
                self.initial.setdefault(name, getattr(stored.get(year), column.name, None))

    def _stored_years(self) -> dict[int, Any]:
        if self.yearly is None or self.instance.pk is None:
            return {}
        return {child.year: child for child in getattr(self.instance, self.yearly.relation).all()}

    def _offer_defaults(self) -> None:
        """Baselines start at the plan's base year, numbers at the next free one, a person's only office is chosen."""
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].help_text = "Kosong: kode bebas berikutnya."
        if self.instance.pk:
            self.initial["version"] = version_of(self.instance)
            return
        if "baseline_year" in self.fields:
            self.initial.setdefault("baseline_year", self.plan.base_year)
        if self.choices.lead_opd_ids and "lead_opd" in self.fields:
            self.initial.setdefault("lead_opd", min(self.choices.lead_opd_ids))
        if "number" in self.fields:
            self.initial.setdefault("number", next_position(self.plan, self._meta.model))

    def _child_set(self, child: ChildRows) -> Any:
        form = child.form_for(self.plan)
        factory = forms.formset_factory(form, extra=child.extra, max_num=60, absolute_max=60)
        initial = child.initial(self.instance) if self.instance.pk else []
        return factory(self.data if self.is_bound else None, initial=initial, prefix=child.relation)

    # -- checking -------------------------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        children_valid = [formset.is_valid() for _, formset in self.child_sets]
        return super().is_valid() and all(children_valid)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "code" in self.fields and "code" not in self.errors:
            data["code"] = data.get("code") or self.proposed_code()
        self._check_unique()
        return data

    def code_prefix(self) -> str:
        """What the code begins with, from the cleaned data; empty when it cannot be told yet."""
        return ""

    def proposed_code(self) -> str:
        prefix = self.code_prefix()
        if not prefix:
            return ""
        return next_code(prefix, verbs_of(self._meta.model).codes(self.siblings()), width=self.code_width)

    def siblings(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self._meta.model._default_manager.filter(plan=self.plan)
        return rows.exclude(pk=self.instance.pk) if self.instance.pk else rows

    def _check_unique(self) -> None:
        name = self.unique_field
        value = self.cleaned_data.get(name) if name else None
        if value in (None, "") or name in self.errors or not self.is_asked(name):
            return
        lookup = {f"{name}__iexact" if isinstance(value, str) else name: value}
        if self.siblings().filter(**lookup).exists():
            label = self.fields[name].label
            hint = f" Yang masih bebas: {self.proposed_code()}." if name == "code" and self.code_prefix() else ""
            self.add_error(name, f"{label} “{shown(self[name], value)}” sudah dipakai baris lain.{hint}")

    # -- answers --------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What the domain verb writes: columns, links and child rows; of a narrowed form only what it read."""
        data = self.cleaned_data
        values = {name: data[name] for name in self._meta.fields or () if name in data and self.is_asked(name)}
        if self.yearly is not None and any(map(self.is_asked, self._year_names(self.yearly))):
            values[self.yearly.relation] = list(self._year_values(self.yearly))
        for child, formset in self.child_sets:
            values[child.relation] = child.values(formset)
        return values

    def _year_names(self, yearly: Yearly) -> Iterator[str]:
        return (f"{column.name}_{year}" for year in self.plan.detail_range for column in yearly.columns)

    def _year_values(self, yearly: Yearly) -> Iterator[dict[str, Any]]:
        for year in self.plan.detail_range:
            cells = {column.name: self.cleaned_data.get(f"{column.name}_{year}") for column in yearly.columns}
            if any(value is not None for value in cells.values()):
                zero = {column.name for column in yearly.columns if column.is_rupiah and cells[column.name] is None}
                yield {"year": year, **cells, **dict.fromkeys(zero, 0)}

    # -- showing --------------------------------------------------------------------------------------------------

    def compare_with(self, row: models.Model) -> None:
        """Show the stored values beside the typed ones, and let the next save replace what is stored now."""
        self.current = type(self)(instance=row, choices=self.choices)
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(version_of(row))  # type: ignore[index]

    def view_of(self, name: str) -> FieldView:
        return FieldView(self, name)

    def value_of(self, name: str) -> Any:
        if self.is_bound and self.is_valid():
            return self.cleaned_data.get(name)
        return self.get_initial_for_field(self.fields[name], name)

    def field_groups(self) -> list[tuple[Group, list[FieldView]]]:
        return [(group, [self.view_of(name) for name in group.fields if name in self.fields]) for group in self.groups]

    def year_lines(self) -> list[YearLine]:
        if self.yearly is None:
            return []
        names = [column.name for column in self.yearly.columns]
        return [
            YearLine(year, tuple(self.view_of(f"{name}_{year}") for name in names)) for year in self.plan.detail_range
        ]

    def year_totals(self) -> list[int | None]:
        """Sums of the money columns, None for the others."""
        if self.yearly is None:
            return []
        return [self._year_sum(column) if column.is_rupiah else None for column in self.yearly.columns]

    def _year_sum(self, column: YearColumn) -> int:
        return sum(self.value_of(f"{column.name}_{year}") or 0 for year in self.plan.detail_range)

    def has_year_totals(self) -> bool:
        return any(total is not None for total in self.year_totals())

    def child_tables(self) -> list[tuple[ChildRows, Any, str]]:
        """With what is stored now, where that differs from what was typed."""
        return [(child, formset, self._child_now(child)) for child, formset in self.child_sets]

    def _child_now(self, child: ChildRows) -> str:
        if self.current is None:
            return ""
        return child.stored_text(self.current.instance, self.values()[child.relation])

    def changed_now(self) -> list[FieldView]:
        """Fields in which the stored row differs from what was typed."""
        views = [self.view_of(name) for name in self.fields if name != "version"]
        return [view for view in views if view.now is not None]

    def faults(self) -> list[Fault]:
        own = [(self[name], sentences) for name, sentences in self.errors.items() if name in self.fields]
        lines = [
            (form[name], errors)
            for _, lines in self.child_sets
            for form in lines
            for name, errors in form.errors.items()
        ]
        return [
            Fault(bound.id_for_label, str(bound.label), str(sentence))
            for bound, sentences in (*own, *lines)
            for sentence in sentences
        ]

    def has_faults(self) -> bool:
        return bool(self.errors or self.faults())
