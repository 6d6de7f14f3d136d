"""The texts of an outline section, corrected by the ministry's editor."""

from typing import Any

from django import forms

from masterplan.domain.outline import EDITABLE
from masterplan.models import OutlineSection
from smartcity.ui.layout import PageForm


class OutlineSectionForm(PageForm, forms.ModelForm):  # type: ignore[type-arg]
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = OutlineSection
        fields = EDITABLE
        help_texts = {
            "guidance": "Terlihat di sebelah naskah. Katakan apa yang dicari pembimbing dan kesalahan yang sering terjadi.",
            "good_example": "Satu paragraf contoh, tanpa nama daerah.",
        }
        widgets = {"guidance": forms.Textarea(attrs={"rows": 6}), "good_example": forms.Textarea(attrs={"rows": 5})}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        least, most = data.get("min_words"), data.get("max_words")
        if least is not None and most is not None and least > most:
            self.add_error("max_words", "Batas paling banyak tidak boleh di bawah batas paling sedikit.")
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITABLE}
