"""A form that can be narrowed to some of its fields: cells of a table are saved by themselves."""

from collections.abc import Collection
from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm


class NarrowForm(BaseForm):
    """With `only`, these fields are read and everything else is taken as stored; nothing is prepared for the others."""

    def __init__(self, *args: Any, only: Collection[str] = (), **kwargs: Any) -> None:
        self.only = frozenset(only)
        self.every = tuple(self._meta.fields or ())
        if only:
            self._meta = copy(self._meta)
            self._meta.fields = [name for name in self.every if name in self.only]
        super().__init__(*args, **kwargs)

    def is_asked(self, name: str) -> bool:
        """Whether this field is read at all; what is stored was checked when it was stored."""
        return not self.only or name in self.only

    def _clean_fields(self) -> None:
        if not self.only:
            super()._clean_fields()  # type: ignore[misc]
            return
        every = self.fields
        self.fields = {name: field for name, field in every.items() if name in self.only}
        super()._clean_fields()  # type: ignore[misc]
        self.fields = every
        self.cleaned_data |= {name: self._stored(name) for name in every if name not in self.only and name != "version"}

    def _stored(self, name: str) -> Any:
        """Links to many rows are read only where a check asks for them."""
        if name not in self.every:
            return self.initial.get(name)
        is_column = not self.instance._meta.get_field(name).many_to_many
        return getattr(self.instance, name) if is_column else getattr(self.instance, name).all()

    def _get_validation_exclusions(self) -> set[str]:
        """What is stored was checked when it was stored, perhaps by older rules."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | set(self.every) - self.only if self.only else excluded
