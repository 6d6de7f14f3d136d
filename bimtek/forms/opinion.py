"""The form of a draft opinion."""

from django import forms

from bimtek.domain.opinion import MAX_NOTE
from bimtek.enums import OpinionLevel
from smartcity.ui.layout import PageForm


class OpinionForm(PageForm):
    submit_label = "Simpan konsep"
    level = forms.ChoiceField(label="Pendapat Anda", choices=OpinionLevel, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Catatan", required=False, max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Wajib diisi kecuali Anda setuju sepenuhnya. Selama masih konsep, hanya peninjau yang melihatnya.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=999_999_999, initial=0)
