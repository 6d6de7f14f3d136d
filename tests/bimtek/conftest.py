"""The example plan; an edition and what signs it."""

from datetime import UTC, datetime

import pytest

from bimtek.domain.signature import store_certificate
from bimtek.models import Edition, SigningCertificate
from bimtek.signing.certificate import TEST_PASSPHRASE, made_for_tests
from export import planfile
from masterplan.models import Masterplan
from smartcity.start.demo import example_plan
from tests.bimtek.given import edition_of, one_page
from tests.people import People


@pytest.fixture
def banjar(plan: Masterplan) -> Masterplan:
    """The example plan in place of the empty one."""
    return planfile.load(example_plan() | {"rencana": {"tahun_awal": plan.start_year}}, by=None, replace=True)


@pytest.fixture
def edition(plan: Masterplan, people: People) -> Edition:
    return edition_of(plan, "I", 1, by=people.coordinator, content=one_page())


@pytest.fixture
def certificate(plan: Masterplan, people: People) -> SigningCertificate:
    content = made_for_tests("Pemerintah Kabupaten Banjar", datetime.now(UTC))
    return store_certificate(plan, upload=content, passphrase=TEST_PASSPHRASE, by=people.coordinator)
