"""The example plan."""

import pytest

from export import planfile
from masterplan.models import Masterplan
from smartcity.start.demo import example_plan


@pytest.fixture
def banjar(plan: Masterplan) -> Masterplan:
    """The example plan in place of the empty one."""
    return planfile.load(example_plan() | {"rencana": {"tahun_awal": plan.start_year}}, by=None, replace=True)
