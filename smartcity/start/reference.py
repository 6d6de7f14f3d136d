"""All reference data in one repeatable call, in the order in which it depends on each other."""

from bimtek.domain.reference import load_approval_offices, load_cohorts, load_holidays, load_stages
from masterplan.domain.codes import load_shipped_code_lists
from masterplan.domain.reference import load_dimension_set, load_outline
from quickwin.domain.criteria import load_criteria
from smartcity.regency.domain import load_regions


def load_reference() -> None:
    load_regions()
    load_stages()
    load_holidays()
    load_cohorts()
    load_approval_offices()
    load_outline(load_dimension_set())
    load_shipped_code_lists()
    load_criteria()
