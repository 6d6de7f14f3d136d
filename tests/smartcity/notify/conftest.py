"""A mail server for each test that wants one, and people who are told something."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.smartcity.notify.post_office import PostOffice, mailers, post_office


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with post_office() as running:
        settings.MAILERS = mailers(running.port)
        yield running
