"""Which rows a table shows: asked for in the address, answered by the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from masterplan.forms.rows_kind import RowKind
from masterplan.models import Dimension, Masterplan, Subdimension
from smartcity.regency.models import Opd

PARTS = ("dimensi", "subdimensi", "opd", "tahun", "keadaan", "cari", "urut")


@dataclass(frozen=True)
class FilterOptions:
    """What may be asked for; lists that a kind has no use for stay empty."""

    dimensions: list[Dimension] = field(default_factory=list)
    subdimensions: list[Subdimension] = field(default_factory=list)
    opds: list[Opd] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, kind: RowKind, plan: Masterplan) -> "FilterOptions":
        subdimensions = Subdimension.objects.select_related("dimension").filter(
            dimension__dimension_set_id=plan.dimension_set_id
        )
        return cls(
            dimensions=list(plan.dimension_set.dimensions.all()) if kind.dimension_path else [],
            subdimensions=list(subdimensions) if kind.subdimension_path else [],
            opds=list(Opd.objects.filter(regency_id=plan.regency_id)) if kind.has_opd_filter else [],
            years=list(_years(kind, plan)) if kind.year_path else [],
            states=kind.states,
        )

    @classmethod
    def for_one_row(cls, kind: RowKind, plan: Masterplan) -> "FilterOptions":
        """Enough to know which columns are shown, without a query."""
        return cls(years=list(_years(kind, plan)) if kind.year_path else [])

    def known(self) -> dict[str, set[str]]:
        return {
            "dimensi": {dimension.code for dimension in self.dimensions},
            "subdimensi": {part.code for part in self.subdimensions},
            "opd": {opd.code for opd in self.opds},
            "tahun": {str(year) for year in self.years},
            "keadaan": {key for key, _ in self.states},
        }


def _years(kind: RowKind, plan: Masterplan) -> range:
    """Years per row are those of the detailed range; a row's own year may lie before the plan."""
    if "__" in kind.year_path:
        return plan.detail_range
    return range(plan.base_year - 5, plan.end_year + 1)


@dataclass(frozen=True)
class RowFilter:
    """Unknown values count as not asked."""

    dimension: str = ""
    subdimension: str = ""
    opd: str = ""
    year: str = ""
    state: str = ""
    text: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict, options: FilterOptions) -> "RowFilter":
        known = options.known()
        asked = {key: query.get(key, "")[:100].replace("\x00", "").strip() for key in PARTS}
        return cls(*(value if value in known.get(key, {value}) else "" for key, value in asked.items()))

    @property
    def is_active(self) -> bool:
        return bool(self.dimension or self.subdimension or self.opd or self.year or self.state or self.text)

    @property
    def is_detailed(self) -> bool:
        """Whether something is asked for that the folded part of the filter holds."""
        return bool(self.subdimension or self.opd or self.year or self.state)

    def parts(self) -> Mapping[str, str]:
        values = (self.dimension, self.subdimension, self.opd, self.year, self.state, self.text, self.sort)
        return dict(zip(PARTS, values, strict=True))

    def query(self, **changes: str) -> str:
        """The address's query with some parts changed, empty parts left out."""
        return "?" + urlencode({key: value for key, value in {**self.parts(), **changes}.items() if value})

    def years(self, plan: Masterplan) -> tuple[int, ...]:
        """The years that have columns: all, or the one asked for."""
        return tuple(year for year in plan.detail_range if self.year in {"", str(year)})

    def condition(self, kind: RowKind) -> Q:
        asked = {
            f"{kind.dimension_path}__code": self.dimension if kind.dimension_path else "",
            f"{kind.subdimension_path}__code": self.subdimension if kind.subdimension_path else "",
            "lead_opd__code": self.opd if kind.has_opd_filter else "",
            kind.year_path: self.year if kind.year_path else "",
            kind.cover: self.state if kind.states else "",
        }
        condition = Q(**{path: value for path, value in asked.items() if value})
        for word in self.text.split():
            condition &= Q.create([Q(**{f"{name}__icontains": word}) for name in kind.search], connector=Q.OR)
        return condition
