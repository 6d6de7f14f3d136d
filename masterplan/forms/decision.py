"""A decision about a row that is kept with its reason."""

from django import forms

from smartcity.ui.layout import PageForm


class DecisionForm(PageForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Alasan", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
