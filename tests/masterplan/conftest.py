"""What tests of planning rows stand on."""

import pytest

from tests.masterplan.views.rows_given import Ground, ground_of


@pytest.fixture
def ground(db: None) -> Ground:
    return ground_of()
