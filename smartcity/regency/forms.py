"""Forms of regions, offices and people."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from smartcity.accounts.enums import Role
from smartcity.accounts.models import Invitation, User
from smartcity.regency.domain.invitation import Invitee
from smartcity.regency.domain.office import ALIAS_LENGTH, OfficeFacts
from smartcity.regency.models import Opd, Regency
from smartcity.regency.rules import DIMENSION_ROLES, OFFICE_ROLES, Place
from smartcity.ui.fields import LinesField
from smartcity.ui.layout import PageForm


class ProfileForm(PageForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Regency
        fields = (
            "capital",
            "head_title",
            "opd_term",
            "area_km2",
            "district_count",
            "village_count",
            "ward_count",
            "area_note",
            "cohort_year",
            "mixup_note",
        )
        widgets = {"area_note": forms.Textarea(attrs={"rows": 2}), "mixup_note": forms.Textarea(attrs={"rows": 2})}


class OfficeForm(PageForm, forms.ModelForm):  # type: ignore[type-arg]
    aliases = LinesField(
        label="Nama lain",
        item_length=ALIAS_LENGTH,
        required=False,
        help_text="Satu nama per baris: singkatan, nama lama, sebutan sehari-hari.",
    )

    class Meta:
        model = Opd
        fields = ("name", "code", "short_name", "kind", "aliases")
        help_texts = {"code": "Singkatan resmi, misalnya DINKES. Dipakai dalam berkas rencana."}

    def facts(self) -> OfficeFacts:
        data = self.cleaned_data
        aliases = tuple(dict.fromkeys(data["aliases"]))
        return OfficeFacts(data["code"], data["name"], data["short_name"], data["kind"], aliases)


class ReasonForm(PageForm):
    submit_label = "Cabut peran"
    reason = forms.CharField(
        label="Alasan", max_length=500, help_text="Tercatat dalam jejak.", widget=forms.Textarea(attrs={"rows": 2})
    )


class InvitationForm(PageForm):
    submit_label = "Kirim undangan"
    display_name = forms.CharField(label="Nama", max_length=120)
    email = forms.EmailField(label="Alamat e-mail", help_text="Gunakan alamat dinas. Tautan undangan dikirim ke sini.")
    role = forms.ChoiceField(label="Peran")
    opd = forms.ModelChoiceField(
        Opd.objects.none(), label="Perangkat daerah", required=False, help_text="Hanya untuk penulis."
    )
    dimension_code = forms.ChoiceField(label="Dimensi", required=False, help_text="Hanya untuk PIC dimensi.")

    def __init__(self, *args: Any, place: Place, roles: tuple[Role, ...], action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.action = place, action
        self._choices("role", [(role.value, role.label) for role in roles])
        offices = self.fields["opd"]
        if OFFICE_ROLES.isdisjoint(roles):
            del self.fields["opd"]
        elif isinstance(offices, forms.ModelChoiceField):
            offices.empty_label = "---------"
            offices.queryset = Opd.objects.filter(regency=place, is_active=True)
        if DIMENSION_ROLES.isdisjoint(roles):
            del self.fields["dimension_code"]
        else:
            self._choices("dimension_code", [("", "---------"), *dimension_choices()])

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_action = self.action
        return helper

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if role in OFFICE_ROLES and not data.get("opd"):
            self.add_error("opd", "Pilih perangkat daerah yang ditulis oleh orang ini.")
        if role in DIMENSION_ROLES and not data.get("dimension_code"):
            self.add_error("dimension_code", "Pilih dimensi yang dipimpin oleh orang ini.")
        return data

    def invitee(self) -> Invitee:
        data = self.cleaned_data
        role = Role(data["role"])
        return Invitee(
            email=data["email"],
            display_name=data["display_name"],
            role=role,
            regency=self.place,
            opd=data.get("opd") if role in OFFICE_ROLES else None,
            dimension_code=data.get("dimension_code", "") if role in DIMENSION_ROLES else "",
        )


def dimension_choices() -> list[tuple[str, str]]:
    """Dimensions belong to the plans, a floor above this one, so the model is looked up by name."""
    dimensions = apps.get_model("masterplan", "Dimension").objects
    rows = dimensions.order_by("dimension_set__valid_from", "position").values_list("code", "name")
    return list(dict(rows).items())


class NewAccountForm(PageForm):
    submit_label = "Buat akun dan masuk"
    display_name = forms.CharField(label="Nama", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        help_text="Sedikitnya 10 aksara; bukan kata sandi yang umum, bukan angka saja.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Ulangi kata sandi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password and data.get("password_again") != password:
            self.add_error("password_again", "Kedua kata sandi tidak sama.")
        if password:
            person = User(email=self.invitation.email, display_name=data.get("display_name", ""))
            try:
                validate_password(password, person)
            except ValidationError as fault:
                self.add_error("password", fault)
        return data
