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
        Group("Pelaksanaan", ("start_date", "end_date", "place", "results")),
    )

    class Meta(RowForm.Meta):
        model = CycleStep
        fields = ("name", "stage", "code", "start_date", "end_date", "place", "results")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Boleh kosong, misalnya MOU atau EKSPOSE."

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and start > end:
            self.add_error("end_date", "Tanggal selesai lebih awal daripada tanggal mulai.")
        return data


class BodyMemberForm(RowForm):
    groups = (
        Group("Keanggotaan", ("body", "seat", "holder"), "Isi dengan jabatan, bukan nama orang: orang berganti."),
    )

    class Meta(RowForm.Meta):
        model = BodyMember
        fields = ("body", "seat", "holder")
