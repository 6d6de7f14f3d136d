"""Forms of ideas: the public one, its settings, and what narrows the inbox."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from masterplan.enums import InnovationKind
from masterplan.models import Masterplan
from quickwin.domain.idea import Sent
from quickwin.domain.idea_decision import PROGRAMME, QUICK_WIN
from quickwin.enums import IdeaState
from quickwin.models import Idea, IdeaBox
from smartcity.ui.http import number_in
from smartcity.ui.text import cleaned

SHORTEST = 10
MOST_DISTRICTS, LONGEST_DISTRICT = 80, 80


class IdeaForm(forms.Form):
    """What a visitor types. Nothing of it is kept in a cookie; a refused form comes back as it was."""

    problem = forms.CharField(
        label="Masalah yang Anda lihat", min_length=SHORTEST, max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="Apa yang terjadi, di mana, dan siapa yang merasakannya.",
    )  # fmt: skip
    text = forms.CharField(
        label="Usulan Anda", min_length=SHORTEST, max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text="Tidak harus berupa aplikasi: cara kerja baru, kegiatan warga, atau aturan juga boleh.",
    )  # fmt: skip
    innovation = forms.ChoiceField(
        label="Jenis usulan (boleh kosong)", required=False, choices=[("", "Tidak tahu"), *InnovationKind.choices]
    )
    dimension: Any = forms.ModelChoiceField(
        label="Bidang (boleh kosong)", required=False, queryset=None, empty_label="Tidak tahu"
    )
    district = forms.CharField(label="Kecamatan (boleh kosong)", required=False, max_length=80)
    name = forms.CharField(label="Nama Anda", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail (boleh kosong)", required=False, max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip
    consent = forms.BooleanField(label="Saya setuju dijawab lewat alamat e-mail ini", required=False)

    def __init__(self, data: QueryDict | None = None, *, box: IdeaBox) -> None:
        super().__init__(data)
        dimension: Any = self.fields["dimension"]
        dimension.queryset = box.plan.dimension_set.dimensions.all()
        if box.districts:
            choices = [("", "Tidak disebutkan"), *((name, name) for name in box.districts)]
            self.fields["district"] = forms.ChoiceField(
                label="Kecamatan (boleh kosong)", required=False, choices=choices
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("email") and not data.get("consent"):
            self.add_error("consent", "Centang bila ingin dijawab, atau kosongkan e-mail.")
        if data.get("consent") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", "Isi alamat e-mail untuk dijawab, atau lepas centang di bawahnya.")
        return data

    def sent(self) -> Sent:
        return Sent(**{key: value for key, value in self.cleaned_data.items() if key != "consent"})


class BoxForm(forms.Form):
    is_open = forms.BooleanField(label="Formulir terbuka bagi warga", required=False)
    intro = forms.CharField(
        label="Pengantar", required=False, max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text="Yang dibaca warga di atas formulir: usulan seperti apa yang dicari, sampai kapan.",
    )  # fmt: skip
    districts = forms.CharField(
        label="Daftar kecamatan (boleh kosong)", required=False, max_length=5000, widget=forms.Textarea({"rows": 6}),
        help_text="Satu kecamatan satu baris. Tanpa daftar, warga mengetik nama kecamatannya.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean_districts(self) -> list[str]:
        names = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["districts"].splitlines()))))
        if len(names) > MOST_DISTRICTS or any(len(name) > LONGEST_DISTRICT for name in names):
            sentence = f"Paling banyak {MOST_DISTRICTS} kecamatan, masing-masing {LONGEST_DISTRICT} aksara."
            raise forms.ValidationError(sentence)
        return names


ORDERS = {
    "": ("Terbaru", ("-sent_at", "-pk")),
    "lama": ("Terlama", ("sent_at", "pk")),
    "bidang": ("Bidang", ("dimension__position", "-sent_at", "-pk")),
    "keadaan": ("Keadaan", ("state", "-sent_at", "-pk")),
}


@dataclass(frozen=True)
class IdeaFilter:
    """What an address asks for; what it names wrongly narrows nothing. `terkait` is a key of `links_of`."""

    cari: str = ""
    keadaan: str = ""
    dimensi: str = ""
    terkait: str = ""
    urut: str = ""

    @classmethod
    def of(cls, asked: QueryDict, plan: Masterplan) -> "IdeaFilter":
        codes = set(plan.dimension_set.dimensions.values_list("code", flat=True))
        known = {"keadaan": set(IdeaState.values), "dimensi": codes, "urut": set(ORDERS)}
        values = {name: asked.get(name, "") for name in known if asked.get(name, "") in known[name]}
        link = asked.get("terkait", "")
        is_link = link[:1] in (PROGRAMME, QUICK_WIN) and number_in(link[1:], 0) > 0
        return cls(cari=cleaned(asked.get("cari", ""))[:80], terkait=link if is_link else "", **values)

    @property
    def is_active(self) -> bool:
        return bool(self.cari or self.keadaan or self.dimensi or self.terkait)

    def query(self, **changes: str) -> str:
        values = {name: value for name, value in replace(self, **changes).__dict__.items() if value}
        return f"?{urlencode(values)}"

    def narrow(self, ideas: QuerySet[Idea]) -> QuerySet[Idea]:
        """All but the state, whose numbers are shown beside each other."""
        for word in self.cari.split():
            number = number_in(word.upper().removeprefix("U-"), 0)
            ideas = ideas.filter(
                Q(problem__icontains=word) | Q(text__icontains=word) | Q(district__icontains=word)
                | Q(sender__name__icontains=word) | Q(number=number)
            )  # fmt: skip
        if self.dimensi:
            ideas = ideas.filter(dimension__code=self.dimensi)
        if self.terkait:
            field = "programme" if self.terkait.startswith(PROGRAMME) else "quick_win"
            ideas = ideas.filter(**{field: number_in(self.terkait[1:], 0)})
        return ideas.order_by(*ORDERS[self.urut][1])
