"""The form of a plan's cohort."""

from typing import Any

from django import forms

from bimtek.models import Cohort, Participation


class ParticipationForm(forms.ModelForm):  # type: ignore[type-arg]
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Participation
        fields = ("cohort", "state", "since")
        widgets = {"since": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.all()  # type: ignore[attr-defined]
        self.initial["version"] = self.instance.version if self.instance.pk else 0
