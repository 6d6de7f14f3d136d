"""Live facts of a plan: what their tokens print now, and what they printed when a version got its name."""

from collections.abc import Mapping
from typing import Any

from masterplan import prose
from masterplan.consistency.catalogue import Fact, catalogue_of, values_of
from masterplan.domain.snapshot import snapshot_of
from masterplan.models import Masterplan, NamedVersion, Section

type Json = dict[str, Any]


def facts_of(plan: Masterplan) -> dict[str, Fact]:
    """Every fact of the plan by its key, with a fixed number of queries."""
    return catalogue_of(snapshot_of(plan, with_text=False))


def values_now(plan: Masterplan, *docs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What the tokens of these texts print; without tokens no row is read."""
    keys = {key for doc in docs for key in prose.fact_keys(doc)}
    return values_of(snapshot_of(plan, with_text=False), keys) if keys else {}


def as_read(section: Section, version: int, doc: Json, *, named: NamedVersion | None = None) -> Json:
    """A text of the section with the values of its tokens: those kept when the version got its name, else the present ones.

    Without `named` the latest name of the version counts; what is written now is read with present values.
    """
    if not prose.fact_keys(doc):
        return doc
    if named is None and version != section.version:
        named = section.named_versions.filter(version=version).first()
    return prose.with_values(doc, values_now(section.plan, doc) if named is None else named.facts)
