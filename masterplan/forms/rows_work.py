"""The programme's form: the longest page of the plan, in sections that follow the way offices think about a programme."""

from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from masterplan.domain import programme as verbs
from masterplan.domain.codes import funding_names
from masterplan.enums import CodeListKind, Horizon, PartnerKind, PlanDocument, ReasonKind
from masterplan.forms.rows import Group, RowForm
from masterplan.forms.rows_children import ChildRows
from masterplan.forms.rows_programme import WORK_YEARS
from masterplan.forms.rows_sources import AMOUNT, SourceLineForm, SourceMatrix, amounts_of, canonical, filled
from masterplan.models import Programme, ProgrammeReason

READINESS = tuple(
    name
    for variable in ("regulation", "infrastructure", "application", "people")
    for name in (variable, f"{variable}_note")
)
SMALL = {"class": "form-control form-control-sm"}


class _LineForm(forms.Form):
    """A line counts when its text is filled; then its other answers are needed too."""

    text_field: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.text_field not in self.errors and not data.get(self.text_field):
            return {}
        for name in self.fields:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Isi juga kolom ini.")
        return data


class PartnerForm(_LineForm):
    text_field = "name"
    kind = forms.ChoiceField(label="Jenis mitra", choices=[("", "Pilih…"), *PartnerKind.choices], required=False)
    name = forms.CharField(label="Nama mitra", max_length=160, required=False)


class ReferenceForm(_LineForm):
    text_field = "part"
    document = forms.ChoiceField(label="Dokumen", choices=[("", "Pilih…"), *PlanDocument.choices], required=False)
    period = forms.CharField(label="Periode atau tahun", max_length=20, required=False)
    part = forms.CharField(label="Bab, program, atau kode", max_length=300, required=False)


SOURCES = SourceMatrix("budgets", "Anggaran per sumber", "", SourceLineForm, extra=2)
PARTNERS = ChildRows("partners", "Mitra", "Siapa yang membantu dari luar perangkat daerah.", PartnerForm, extra=2)
REFERENCES = ChildRows(
    "references",
    "Rujukan rencana lain",
    "Di mana RPJMD, Renstra, atau RKPD memuat program ini.",
    ReferenceForm,
    extra=2,
)


class ProgrammeForm(RowForm):
    unique_field = "code"
    code_width = 2
    yearly = WORK_YEARS
    children = (SOURCES, PARTNERS, REFERENCES)
    wide = frozenset({"strategy", "rpjmd_mission", "reason"})
    widths = MappingProxyType({name: "col-md-9" if name.endswith("_note") else "col-md-3" for name in READINESS})
    groups = (
        Group(
            "Pokok",
            (
                "dimension", "subdimension", "own_subdimension", "strategy", "name", "code", "innovation",
                "activities", "lead_opd", "supporting_opds", "horizons",
            ),
            slug="pokok",
        ),
        Group(
            "Ukuran",
            ("indicator", "unit", "direction", "baseline_year", "baseline_value", "reason"),
            "Satu ukuran yang menunjukkan program ini berhasil, dengan keadaan awal dan target tiap tahun.",
            slug="ukuran",
        ),
        Group("Lokasi dan penerima", ("location", "districts", "beneficiaries"), slug="lokasi"),
        Group("Keterkaitan", ("rpjmd_mission", "subactivity_code"), slug="keterkaitan"),
        Group(
            "Kesiapan",
            READINESS,
            "Empat hal yang ditanyakan pembimbing: aturannya, prasarananya, aplikasinya, dan orangnya.",
            slug="kesiapan",
        ),
    )  # fmt: skip
    horizons = forms.MultipleChoiceField(
        label="Jangka", choices=Horizon, widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label="Alasan target diturunkan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Hanya bila ada target yang menjadi lebih ringan atau dihapus. Alasan disimpan bersama program.",
    )

    class Meta(RowForm.Meta):
        model = Programme
        fields = (
            "dimension", "subdimension", "own_subdimension", "strategy", "code", "name", "innovation", "activities",
            "lead_opd", "supporting_opds", "location", "districts", "beneficiaries", "indicator", "unit", "direction",
            "baseline_year", "baseline_value", "horizons", "rpjmd_mission", "subactivity_code", *READINESS,
        )  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "name": forms.TextInput,
            "supporting_opds": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["reason"]
        if not self.only:
            self._offer_help()

    def _offer_help(self) -> None:
        own: Any = self.fields["own_subdimension"]
        if not own.queryset.exists():
            del self.fields["own_subdimension"]
        self._offer_districts()
        self._offer_codes()

    @cached_property
    def known_sources(self) -> list[str]:
        return funding_names()

    def _offer_districts(self) -> None:
        """There is no national register in the product: what the plan's programmes named before is the region's list."""
        lists = Programme.objects.filter(plan=self.plan).values_list("districts", flat=True)
        names = sorted({name for districts in lists for name in districts})
        hint = f" Sudah dipakai: {', '.join(names)}." if names else ""
        # Help texts are printed unescaped.
        self.fields["districts"].help_text = format_html("Satu kecamatan per baris.{}", hint)

    def _offer_codes(self) -> None:
        address = reverse("masterplan:code_search", args=[CodeListKind.SUBACTIVITY])
        field = self.fields["subactivity_code"]
        field.help_text = format_html(
            'Ketik kode atau kata. Kode yang tidak ada dalam daftar boleh ditulis. <a href="{}">Cari kode</a>', address
        )
        field.widget.attrs |= {
            "list": "daftar-kode-sipd",
            "autocomplete": "off",
            "hx-get": address,
            "hx-trigger": "input changed delay:300ms, focus once",
            "hx-target": "#daftar-kode-sipd",
        }

    def code_prefix(self) -> str:
        dimension = self.cleaned_data.get("dimension")
        return f"{dimension.code}-P" if dimension else ""

    # -- checking -------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_parts(data)
        if self.is_asked("code"):
            self._check_former_code(data.get("code"))
        self._check_sources(data)
        self._check_lowered(data)
        return data

    def _check_parts(self, data: dict[str, Any]) -> None:
        dimension = data.get("dimension")
        for name in ("subdimension", "strategy"):
            part = data.get(name)
            if dimension and part and part.dimension_id != dimension.pk:
                self.add_error(name, f"{part.code} bukan bagian dari {dimension.name}.")
        own, official = data.get("own_subdimension"), data.get("subdimension")
        if own and official and own.subdimension_id != official.pk:
            self.add_error(
                "own_subdimension", f"{own.name} dipetakan ke {own.subdimension.code}, bukan {official.code}."
            )

    def _check_former_code(self, code: str | None) -> None:
        holder = verbs.holder_of_former_code(self.plan, code, self.instance.pk) if code else None
        if holder is not None:
            self.add_error("code", f"Kode “{code}” dahulu milik program {holder.code} dan masih menunjuk ke sana.")

    def _check_sources(self, data: dict[str, Any]) -> None:
        """Names as the list writes them, each once; a year without a budget gets the sum of its sources."""
        lines = list(self._source_lines())
        for line in lines:
            line["source"] = canonical(line["source"], self.known_sources)
        names = [line["source"] for line in lines]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.add_error(None, f"Sumber “{name}” ditulis dua kali. Gabungkan menjadi satu baris.")
        shares = [{"year": year, "amount": amount} for line in lines for year, amount in amounts_of(line)]
        sums = {
            year: sum(share["amount"] for share in shares if share["year"] == year) for year in self.plan.detail_range
        }
        for year, amount in sums.items():
            if amount and data.get(f"budget_{year}") is None and f"budget_{year}" not in self.errors:
                data[f"budget_{year}"] = amount
        years = [{"year": year, "budget": data.get(f"budget_{year}")} for year in sums]
        for year, (shared, budget) in verbs.overshoot(years, shares).items():
            self.add_error(f"budget_{year}", verbs.overshoot_sentence(year, shared, budget))

    def _source_lines(self) -> Any:
        """Nothing where only a cell is read: the verb then holds its year against what is stored."""
        formset = next((formset for child, formset in self.child_sets if child is SOURCES), None)
        return filled(formset) if formset is not None and formset.is_valid() else ()

    def _check_lowered(self, data: dict[str, Any]) -> None:
        if not self.instance.pk or data.get("reason") or self.errors:
            return
        old: dict[int, Decimal | None] = {year: self.initial.get(f"target_{year}") for year in self.plan.detail_range}
        new = [{"year": year, "target": data.get(f"target_{year}")} for year in self.plan.detail_range]
        easier = verbs.lowered(old, new, data.get("direction", ""), self.plan.detail_range)
        if easier:
            self.add_error("reason", f"Target menjadi lebih ringan ({'; '.join(easier)}). Tulis alasannya.")

    def values(self) -> dict[str, Any]:
        values = super().values()
        if not self.only:
            values["funding_sources"] = [line["source"] for line in self._source_lines()]
        if "subactivity_code" in values:
            values["subactivity_code"] = values["subactivity_code"] or None
        return values | ({"reason": self.cleaned_data.get("reason", "")} if self.instance.pk else {})

    # -- showing --------------------------------------------------------------------------------------------------

    @cached_property
    def reasons(self) -> list[ProgrammeReason]:
        return list(self.instance.reasons.all()) if self.instance.pk else []

    def dropped(self) -> ProgrammeReason | None:
        """Why this programme does not count; None while it does."""
        if not self.instance.is_dropped:
            return None
        return next((reason for reason in self.reasons if reason.kind == ReasonKind.DROPPED), None)

    @cached_property
    def former(self) -> list[str]:
        return [former.code for former in self.instance.former_codes.all()] if self.instance.pk else []

    @cached_property
    def rest_by_year(self) -> list[tuple[int, int]]:
        """What the stored row has not broken down, in rupiah; the page's script follows what is typed."""
        lines = next(formset.initial for child, formset in self.child_sets if child is SOURCES)
        budgets = {year: self.value_of(f"budget_{year}") or 0 for year in self.plan.detail_range}
        return [
            (year, max(budget - sum(line.get(f"{AMOUNT}{year}", 0) for line in lines), 0))
            for year, budget in budgets.items()
        ]

    def rest_total(self) -> int:
        return sum(amount for _, amount in self.rest_by_year)

    def share_lines(self) -> list[tuple[str, list[int], int]]:
        """Sources with their rupiah per year and in sum, for readers."""
        shares = verbs.shares_of(self.instance)
        names = dict.fromkeys([*self.instance.funding_sources, *(source for _, source in shares if source)])
        lines = [(name, [shares.get((year, name), 0) for year in self.plan.detail_range]) for name in names]
        rest = [shares.get((year, verbs.NOT_BROKEN_DOWN), 0) for year in self.plan.detail_range]
        shown = [*lines, *([("Belum dirinci", rest)] if any(rest) else [])]
        return [(name, amounts, sum(amounts)) for name, amounts in shown]
