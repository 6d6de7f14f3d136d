"""Forms of a head's approval and of what was said at an ekspose."""

from django import forms

from bimtek.domain.approval import MAX_NOTE, Signing
from bimtek.domain.edition import MAX_NOTE as MAX_OUTCOME
from bimtek.domain.edition import Outcome
from bimtek.enums import EksposeLevel, EksposeVerdict, SigningCapacity
from smartcity.ui.layout import PageForm
from smartcity.ui.refusal import Incomplete


class SigningForm(PageForm):
    submit_label = "Sahkan"
    signer = forms.CharField(label="Nama penanda tangan", max_length=160)
    signer_office = forms.CharField(label="Jabatan penanda tangan", max_length=160)
    capacity = forms.ChoiceField(
        label="Menandatangani sebagai", choices=SigningCapacity, initial=SigningCapacity.HOLDER, widget=forms.RadioSelect
    )  # fmt: skip
    mandate = forms.CharField(
        label="Nomor surat pelimpahan", required=False, max_length=160,
        help_text="Wajib untuk a.n., Plt. dan Plh.: surat perintah atau surat kuasa yang menjadi dasarnya.",
    )  # fmt: skip
    note = forms.CharField(
        label="Catatan (boleh kosong)", required=False, max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def signing(self) -> Signing:
        """Raises Incomplete where a field is not as it must be; the form says which."""
        if not self.is_valid():
            raise Incomplete("Periksa isian ini.")
        return Signing(**{name: value for name, value in self.cleaned_data.items() if name != "sha256"})


class OutcomeForm(PageForm):
    submit_label = "Catat putusan"
    level = forms.ChoiceField(label="Tingkat", choices=EksposeLevel, initial=EksposeLevel.NATION)
    presenter = forms.CharField(label="Pemapar (nama atau jabatan)", max_length=160)
    verdict = forms.ChoiceField(label="Putusan", choices=EksposeVerdict, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Catatan", required=False, max_length=MAX_OUTCOME, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wajib diisi bila perlu diperbaiki.",
    )  # fmt: skip

    @property
    def outcome(self) -> Outcome:
        """Raises Incomplete where a field is not as it must be; the form says which."""
        if not self.is_valid():
            raise Incomplete("Periksa isian putusan.")
        return Outcome(**self.cleaned_data)
