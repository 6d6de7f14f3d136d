"""Cover, colours, crest and photo of a region's books."""

from typing import Any

from django import forms

from masterplan.domain.book_look import NewPicture, faults_in
from masterplan.enums import CoverKind
from masterplan.models import BookLook
from masterplan.models.book_look import COLOUR

PICTURES = ("crest", "photo")
ACCEPTED = "image/png,image/jpeg"


class ColourField(forms.CharField):
    """As the browser's colour field sends it; the colour of the product is kept as empty."""

    widget = forms.TextInput(attrs={"type": "color", "class": "form-control form-control-color"})

    def __init__(self, *, usual: str, **options: Any) -> None:
        super().__init__(initial=usual, required=False, max_length=7, validators=[COLOUR], **options)
        self.usual = usual

    def clean(self, value: Any) -> str:
        colour = str(super().clean(str(value or "").lower()))
        return "" if colour == self.usual else colour


class ColoursForm(forms.Form):
    def __init__(self, *args: Any, usual: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["primary"] = ColourField(
            label="Warna utama", usual=usual["primary"], help_text="Judul, pembuka bab, dan pita sampul."
        )
        self.fields["secondary"] = ColourField(
            label="Warna kedua", usual=usual["secondary"], help_text="Garis, tanda butir, dan gambar data."
        )


class BookLookForm(ColoursForm):
    cover = forms.ChoiceField(label="Sampul", choices=CoverKind.choices)
    crest = forms.FileField(
        label="Lambang daerah", required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="PNG atau JPEG, sebaiknya tanpa latar.",
    )  # fmt: skip
    drop_crest = forms.BooleanField(label="Lepas lambang ini", required=False)
    photo = forms.FileField(
        label="Foto sampul", required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="Foto mendatar, sisi panjang sedikitnya 2000 piksel.",
    )  # fmt: skip
    drop_photo = forms.BooleanField(label="Lepas foto ini", required=False)
    photo_alt = forms.CharField(
        label="Isi foto", required=False, max_length=BookLook._meta.get_field("photo_alt").max_length,
        help_text="Satu kalimat bagi pembaca yang tidak dapat melihat fotonya.",
    )  # fmt: skip
    photo_credit = forms.CharField(
        label="Sumber foto", required=False, max_length=BookLook._meta.get_field("photo_credit").max_length,
        help_text="Pemotret atau pemilik, tercetak kecil di sampul.",
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, look: BookLook, **options: Any) -> None:
        names = ("cover", "photo_alt", "photo_credit", "version")
        initial = {name: getattr(look, name) for name in names}
        initial |= {name: colour for name in ("primary", "secondary") if (colour := getattr(look, name))}
        super().__init__(*args, initial=initial, **options)
        self.look = look
        for name in ("photo_alt", "photo_credit"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in PICTURES:
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            has_photo = bool(values["photo"] or (self.look.photo and not values["drop_photo"]))
            for name, sentence in faults_in(values, has_photo=has_photo).items():
                self.add_error(name, sentence)
        return values

    @property
    def pictures(self) -> dict[str, NewPicture | None]:
        """What `save_look` is told: new ones, and those to take away."""
        found: dict[str, NewPicture | None] = {}
        for name in PICTURES:
            upload = self.cleaned_data[name]
            if upload:
                found[name] = NewPicture(upload, upload.name or "")
            elif self.cleaned_data[f"drop_{name}"]:
                found[name] = None
        return found
