"""Forms of an event, of one participant, and of the public page behind a QR."""

from typing import Any

from django import forms

from bimtek.domain.attendance import Person
from bimtek.enums import EventFileKind, OrganisationKind
from bimtek.models import CycleEvent, Participant
from masterplan.forms.rows import Group, RowForm
from masterplan.forms.rows_children import ChildRows

MOST_DAYS = 14
KINDS = (("", "Pilih…"), *OrganisationKind.choices)


class AgendaForm(forms.Form):
    day = forms.DateField(
        label="Hari", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    starts = forms.TimeField(
        label="Mulai", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label="Sampai (boleh kosong)", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    title = forms.CharField(label="Acara", required=False, max_length=200)
    speaker = forms.CharField(label="Pembicara (boleh kosong)", required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(data.values()):
            for name in ("day", "starts", "title"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Isi juga bagian ini.")
            if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
                self.add_error("ends", "Lebih awal daripada mulainya.")
        return data


class CycleEventForm(RowForm):
    groups = (
        Group("Kegiatan", ("kind", "title", "stage")),
        Group(
            "Waktu dan tempat", ("start_date", "end_date", "venue", "online_url"), "Isi tempat, tautan, atau keduanya."
        ),
        Group("Pembukaan", ("opened_by", "on_behalf_of"), "Misalnya dibuka Sekretaris Daerah atas nama Bupati."),
        Group("Hasil", ("minutes", "decisions", "is_cancelled"), "Satu keputusan satu baris."),
    )
    children = (ChildRows("agenda", "Acara", "Susunan acara tiap hari.", AgendaForm, extra=3),)
    wide = frozenset({"title", "minutes"})

    class Meta(RowForm.Meta):
        model = CycleEvent
        fields = (
            "kind", "title", "stage", "start_date", "end_date", "venue", "online_url", "opened_by", "on_behalf_of",
            "minutes", "decisions", "is_cancelled",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and start > end:
            self.add_error("end_date", "Tanggal selesai lebih awal daripada tanggal mulai.")
        elif start and end and (end - start).days >= MOST_DAYS:
            self.add_error("end_date", f"Satu kegiatan paling lama {MOST_DAYS} hari; buat kegiatan berikutnya.")
        elif start and end:
            self._check_agenda(start, end)
        return data

    def _check_agenda(self, start: Any, end: Any) -> None:
        for _, formset in self.child_sets:
            for line in formset:
                day = getattr(line, "cleaned_data", {}).get("day")
                if day and not start <= day <= end:
                    line.add_error("day", "Di luar hari kegiatan.")
                    self.add_error(None, "Ada acara di luar hari kegiatan.")


class PersonForm(forms.Form):
    """What the public page asks: no more than a sign-in sheet on paper does."""

    name = forms.CharField(label="Nama lengkap", max_length=120)
    office = forms.CharField(label="Jabatan (boleh kosong)", max_length=160, required=False)
    organisation_kind = forms.ChoiceField(label="Unsur", choices=KINDS)
    organisation = forms.CharField(label="Instansi atau lembaga", max_length=160)

    def person(self) -> Person:
        return Person(**{name: " ".join(str(value).split()) for name, value in self.cleaned_data.items()})


class ParticipantForm(PersonForm):
    contact = forms.CharField(
        label="Kontak (boleh kosong)", max_length=120, required=False, help_text="Hanya terlihat oleh koordinator."
    )

    @classmethod
    def of(cls, participant: Participant) -> "ParticipantForm":
        return cls(initial={name: getattr(participant, name) for name in cls.base_fields})


class ManyParticipantsForm(forms.Form):
    organisation_kind = forms.ChoiceField(label="Unsur untuk semua baris", choices=KINDS)
    lines = forms.CharField(
        label="Peserta, satu orang satu baris",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nama; jabatan; instansi. Dapat ditempel dari tiga kolom Excel.",
    )


class EventFileForm(forms.Form):
    kind = forms.ChoiceField(label="Jenis", choices=EventFileKind.choices)
    caption = forms.CharField(label="Keterangan", max_length=160, required=False)
