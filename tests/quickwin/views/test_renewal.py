"""The yearly wizard on its page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quickwin.models import QuickWin, Renewal
from smartcity.accounts.enums import Role
from tests.masterplan.views.rows_given import Ground, ground_of
from tests.quickwin.given import quick_win
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground() -> Ground:
    return ground_of()


def page(ground: Ground, year: int = 2027) -> str:
    return reverse("quickwin:renewal_year", args=[ground.plan.code, year])


def test_decide_and_read_back(ground: Ground) -> None:
    win, client = quick_win(ground), client_of(person(Role.COORDINATOR))
    url = reverse("quickwin:win_renew", args=[ground.plan.code, win.pk])
    refused = client.post(url, {"versi": 1, "tindak": "lanjut", "alasan": " "})
    assert (refused.status_code, "Tulis alasan" in refused.text) == (422, True)
    assert client.post(url, {"versi": 7, "tindak": "henti", "alasan": "Sepi <b>"}).status_code == 409
    assert client.post(url, {"versi": 1, "tindak": "lanjut", "alasan": "Masih dipakai"}).headers["Location"] == page(
        ground
    )
    shown = client.get(page(ground))
    assert [(str(line[0]), str(line[2].kind)) for line in shown.context["lines"]] == [("QW-01 BAROKAH Dekat", "lanjut")]
    assert "Masih dipakai" in shown.text
    last_year = client.get(reverse("quickwin:quick_win_list", args=[ground.plan.code]) + "?tahun=2026")
    assert "BAROKAH Dekat" in last_year.text
    assert QuickWin.objects.filter(year=2027).count() == 1


def test_only_the_coordinator_decides_and_only_years_of_the_plan_have_a_page(ground: Ground) -> None:
    win, author = quick_win(ground), client_of(person(Role.AUTHOR))
    url = reverse("quickwin:win_renew", args=[ground.plan.code, win.pk])
    assert author.post(url, {"versi": 1, "tindak": "henti", "alasan": "Sepi"}).status_code == 403
    assert [author.get(page(ground, year)).status_code for year in (2026, 2027, 2035, 2036)] == [404, 200, 200, 404]
    assert not Renewal.objects.exists()


def test_costs_the_same_for_1_and_4(ground: Ground) -> None:
    client = client_of(person(Role.COORDINATOR))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(ground)).status_code == 200
        return len(queries)

    quick_win(ground)
    client.get(page(ground))
    one = cost()
    for place in (2, 3, 4):
        quick_win(ground, code=f"QW-0{place}")
    assert cost() == one <= 25
