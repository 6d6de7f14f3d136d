"""Forms of the cycle's steps and of the seats in council and team."""

from typing import Any

from bimtek.models import BodyMember, CycleStep
from masterplan.forms.rows import Group, RowForm


class CycleStepForm(RowForm):
    unique_field = "stage"
    groups = (
        Group(
            "Langkah",
            ("name", "stage", "code"),
            "Untuk bimtek pilih tahapnya; langkah lain seperti nota kesepahaman tanpa tahap.",
        ),
        Group("Rencana", ("start_date", "end_date", "place")),
        Group("Pelaksanaan", ("held_start", "held_end", "results"), "Isi sesudah terlaksana; rencana tetap tersimpan."),
    )

    class Meta(RowForm.Meta):
        model = CycleStep
        fields = ("name", "stage", "code", "start_date", "end_date", "place", "held_start", "held_end", "results")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Boleh kosong, misalnya MOU atau EKSPOSE."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("held_start") and not data.get("held_end") and "held_end" not in self.errors:
            data["held_end"] = data["held_start"]  # one day
        if data.get("held_end") and not data.get("held_start") and "held_start" not in self.errors:
            self.add_error("held_start", "Isi tanggal mulai pelaksanaannya.")
        for start, end in (("start_date", "end_date"), ("held_start", "held_end")):
            if (first := data.get(start)) and (last := data.get(end)) and first > last:
                self.add_error(end, "Tanggal selesai lebih awal daripada tanggal mulai.")
        return data


class BodyMemberForm(RowForm):
    groups = (
        Group("Keanggotaan", ("body", "seat", "holder"), "Isi dengan jabatan, bukan nama orang: orang berganti."),
        Group(
            "Asal",
            ("organisation_kind", "organisation", "opd"),
            "Anggota dapat berasal dari luar pemerintah: kampus, usaha, komunitas, media.",
        ),
        Group(
            "Masa tugas",
            ("since", "until", "appointed_by"),
            "Kosongkan “Sampai” selama masih bertugas. Anggota lama tetap tersimpan dan dilipat pada daftar.",
        ),
    )

    class Meta(RowForm.Meta):
        model = BodyMember
        fields = (
            "body", "seat", "holder", "organisation_kind", "organisation", "opd", "since", "until", "appointed_by",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (since := data.get("since")) and (until := data.get("until")) and since > until:
            self.add_error("until", "“Sampai” lebih awal daripada “Sejak”.")
        return data
