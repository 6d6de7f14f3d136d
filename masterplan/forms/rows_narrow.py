"""A form that can be narrowed to one of its fields: a cell of a table is saved by itself."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm


class NarrowForm(BaseForm):
    only = ""
    child_sets: list[Any]

    def narrow_to(self, name: str) -> None:
        """Read this one field and take everything else as stored."""
        self.only = name
        self.child_sets = []

    def _clean_fields(self) -> None:
        if not self.only:
            super()._clean_fields()  # type: ignore[misc]
            return
        every = self.fields
        self.fields = {self.only: every[self.only]}
        super()._clean_fields()  # type: ignore[misc]
        self.fields = every
        self.cleaned_data |= {name: self._stored(name) for name in every if name not in {self.only, "version"}}

    def _stored(self, name: str) -> Any:
        if name not in (self._meta.fields or ()):
            return self.initial.get(name)
        value = getattr(self.instance, name)
        return list(value.all()) if isinstance(value, models.manager.BaseManager) else value

    def _get_validation_exclusions(self) -> set[str]:
        """What is stored was checked when it was stored, perhaps by older rules."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | set(self._meta.fields or ()) - {self.only} if self.only else excluded
