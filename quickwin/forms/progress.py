"""What is reported of a quick win."""

from typing import Any

from django import forms

from quickwin.domain.progress import MAX_LINK, MAX_REASON, MAX_TEXT
from smartcity.ui.refusal import Incomplete


class NewsForm(forms.Form):
    """The photos come beside it, as files."""

    kabar = forms.CharField(required=False, max_length=MAX_TEXT)
    tautan = forms.CharField(required=False, max_length=MAX_LINK)

    @property
    def news(self) -> dict[str, str]:
        """Raises Incomplete where it is not as it must be."""
        if not self.is_valid():
            raise Incomplete("Kabar atau tautannya terlalu panjang.")
        return {"text": self.cleaned_data["kabar"], "link": self.cleaned_data["tautan"]}


class MilestoneReportForm(forms.Form):
    versi = forms.IntegerField(min_value=1, max_value=2**31)
    tonggak = forms.IntegerField(min_value=1, max_value=2**62)
    selesai = forms.DateField(required=False)
    alasan = forms.CharField(required=False, max_length=MAX_REASON)

    @property
    def report(self) -> dict[str, Any]:
        """Raises Incomplete where it is not as it must be."""
        if not self.is_valid():
            raise Incomplete("Periksa tanggal dan alasannya.")
        data = self.cleaned_data
        return {
            "milestone": data["tonggak"], "done_on": data["selesai"], "late_reason": data["alasan"],
            "version": data["versi"],
        }  # fmt: skip
