"""The form of a document in the registry; its scan comes in by a form of its own on the document's page."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from bimtek.models import CycleDocument
from masterplan.forms.rows import Group, RowForm
from masterplan.forms.rows_children import ChildRows


class SignerForm(forms.Form):
    office = forms.CharField(label="Jabatan", required=False, max_length=160)
    name = forms.CharField(label="Nama (boleh kosong)", required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name") and not data.get("office") and "office" not in self.errors:
            self.add_error("office", "Isi jabatan penanda tangan.")
        return data


class CycleDocumentForm(RowForm):
    groups = (
        Group("Dokumen", ("kind", "number", "date", "subject"), "Berkas pindaian diunggah sesudah disimpan."),
        Group("Kaitan", ("stage",), "Kosongkan bila dokumen tidak dibawa ke satu tahap tertentu."),
    )
    children = (ChildRows("signers", "Penanda tangan", "Menurut urutan pada dokumen.", SignerForm, extra=2),)
    wide = frozenset({"subject"})

    class Meta(RowForm.Meta):
        model = CycleDocument
        fields = ("kind", "number", "date", "subject", "stage")

    def clean_date(self) -> Any:
        date = self.cleaned_data["date"]
        if date and date > timezone.localdate() + timedelta(days=366):
            raise forms.ValidationError("Tanggal dokumen lebih dari setahun di depan; periksa tahunnya.")
        return date
