"""What tests of planning rows stand on."""

import pytest

from export import planfile
from masterplan.models import Masterplan
from smartcity.start.demo import example_plan
from tests.masterplan.views.rows_given import Ground, ground_of


@pytest.fixture
def ground(db: None) -> Ground:
    return ground_of()


@pytest.fixture
def banjar(plan: Masterplan) -> Masterplan:
    """The example plan with all its rows and texts, which are version 1 of their sections."""
    return planfile.load(example_plan(), by=None, replace=True)
