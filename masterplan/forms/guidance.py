"""One place's guidance for a section, for one bimtek or for all."""

from django import forms

from masterplan.domain.guidance import Place
from masterplan.enums import BimtekStage
from masterplan.models import LocalGuidance
from smartcity.regency.models import Province
from smartcity.ui.layout import PageForm


class GuidanceForm(PageForm):
    submit_label = "Simpan panduan"
    place = forms.ChoiceField(label="Berlaku di")
    stage = forms.ChoiceField(label="Untuk", required=False, choices=[("", "Semua bimtek"), *BimtekStage.choices])
    text = forms.CharField(
        label="Panduan",
        required=False,
        max_length=LocalGuidance._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Terlihat di sebelah naskah, di bawah panduan kementerian. Kosongkan untuk menghapusnya.",
    )

    def __init__(self, *args: object, places: list[Place], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.places = {self._key(place): place for place in places}
        self.fields["place"].choices = [(key, self._label(place)) for key, place in self.places.items()]  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial["place"] = self._key(places[0])

    @staticmethod
    def _key(place: Place) -> str:
        return f"{'p' if isinstance(place, Province) else 'd'}{place.pk}"

    @staticmethod
    def _label(place: Place) -> str:
        return f"Provinsi {place.name}" if isinstance(place, Province) else place.label

    @property
    def chosen_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]
