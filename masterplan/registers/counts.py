"""How many rows of each kind a plan has, split by what should be covered."""

from collections.abc import Iterable, Mapping

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast

from masterplan.forms.rows_kind import RowKind
from masterplan.models import Masterplan


def covered(plan: Masterplan, kinds: Iterable[RowKind]) -> dict[str, dict[str, int]]:
    """By slug, then by dimension id, group, ... (one key "" where a kind covers nothing); one query for all kinds."""
    kinds = list(kinds)
    counted = [
        kind.model._default_manager.filter(kind.listed, plan=plan)
        .order_by()
        .annotate(slug=Value(kind.slug), part=Cast(F(kind.cover), CharField()) if kind.cover else Value(""))
        .values("slug", "part")
        .annotate(number=Count("pk"))
        .values_list("slug", "part", "number")
        for kind in kinds
    ]
    found: dict[str, dict[str, int]] = {kind.slug: {} for kind in kinds}
    for slug, part, number in counted[0].union(*counted[1:], all=True).order_by("slug"):
        found[slug][part] = number
    return found


def expected(kind: RowKind, dimensions: Mapping[int, str]) -> dict[str, str]:
    """What should be covered, by the keys of `covered`, with a label; `dimensions` are labels by id."""
    if not kind.cover:
        return {}
    if kind.cover == "dimension_id":
        return {str(pk): label for pk, label in dimensions.items()}
    return dict(kind.states)
