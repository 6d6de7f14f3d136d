"""Regions can never be mixed up (F76): the list, the search, the profile."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartcity.accounts.enums import Role
from smartcity.audit.models import Event
from smartcity.regency.models import Opd, Regency
from tests.smartcity.accounts.given import BANJAR, client_of, office, person

pytestmark = pytest.mark.django_db

FOUR = [
    ("32.79", "Kota Banjar", "Jawa Barat"),
    ("63.03", "Kabupaten Banjar", "Kalimantan Selatan"),
    ("63.71", "Kota Banjarmasin", "Kalimantan Selatan"),
    ("63.72", "Kota Banjarbaru", "Kalimantan Selatan"),
]
NEGARA = ("33.04", "Kabupaten Banjarnegara", "Jawa Tengah")


@pytest.fixture
def coordinator() -> Client:
    return client_of(person(Role.COORDINATOR))


def found(client: Client, text: str) -> list[tuple[str, str, str]]:
    page = client.get("/daerah/", {"cari": text}).context["page"]
    return [(regency.pk, regency.full_name, regency.province.name) for regency in page]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("banjar", [FOUR[0], FOUR[1], NEGARA, FOUR[2], FOUR[3]]),
        ("BANJAR kalimantan", [FOUR[1], FOUR[2], FOUR[3]]),
        ("kota banjar", [FOUR[0], FOUR[2], FOUR[3]]),
        ("Kab. Banjar", [FOUR[1], NEGARA]),
        ("63.03", [FOUR[1]]),
        ("banjar jawa barat", [FOUR[0]]),
        ("banjarbaru", [FOUR[3]]),
        ("tidak ada", []),
        ("%", []),
    ],
)
def test_search_tells_the_banjars_apart(coordinator: Client, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(coordinator, text) == expected


def test_every_row_says_kind_name_province_and_code(coordinator: Client) -> None:
    page = coordinator.get("/daerah/", {"cari": "banjar"}).text
    assert [part for row in FOUR for part in row if part not in page] == []


def test_list_has_514_regions_in_pages_of_50(coordinator: Client) -> None:
    page = coordinator.get("/daerah/", {"halaman": "11"}).context["page"]
    assert (page.paginator.count, page.paginator.num_pages, len(page)) == (514, 11, 14)


@pytest.mark.parametrize("number", ["0", "-1", "999", "abc", ""])
def test_wrong_page_number_shows_a_page(coordinator: Client, number: str) -> None:
    assert coordinator.get("/daerah/", {"halaman": number}).status_code == 200


def test_search_survives_odd_input(coordinator: Client) -> None:
    assert found(coordinator, "\x00banjarbaru\x00") == [FOUR[3]]
    assert coordinator.get("/daerah/", {"cari": "a" * 5000}).status_code == 200


def test_links_to_other_pages_carry_the_search(coordinator: Client) -> None:
    assert "cari=kota+a&amp;halaman=2" in coordinator.get("/daerah/", {"cari": "kota a"}).text


def test_only_visible_regions_are_links(coordinator: Client) -> None:
    page = coordinator.get("/daerah/", {"cari": "banjar"}).text
    assert 'href="/daerah/63.03/"' in page
    assert 'href="/daerah/32.79/"' not in page


def test_list_costs_the_same_for_few_and_many(coordinator: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for text in ("63.03", "banjar", ""):
        with django_assert_max_num_queries(8):
            coordinator.get("/daerah/", {"cari": text})


def test_profile_lists_offices_with_their_other_names(coordinator: Client) -> None:
    Opd.objects.create(regency_id=BANJAR, code="DPRKPLH", name="Dinas Perumahan Rakyat", aliases=["DLH", "Perkim"])
    Opd.objects.create(regency_id="32.79", code="DLH", name="Dinas Lingkungan Hidup Kota")
    assert [o.code for o in coordinator.get(f"/daerah/{BANJAR}/", {"cari": "perkim"}).context["offices"]] == ["DPRKPLH"]
    assert "Dinas Lingkungan Hidup Kota" not in coordinator.get(f"/daerah/{BANJAR}/").text


def test_profile_costs_the_same_for_1_and_3_offices(coordinator: Client, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    office("DINKES")
    coordinator.get(f"/daerah/{BANJAR}/")
    with CaptureQueriesContext(connection) as one:
        coordinator.get(f"/daerah/{BANJAR}/")
    office("DISDIK")
    office("DISHUB")
    with django_assert_num_queries(len(one)):
        coordinator.get(f"/daerah/{BANJAR}/")


PROFILE = {"capital": "Martapura", "head_title": "Bupati", "opd_term": "SKPD", "area_km2": "4668.50"}


def test_coordinator_corrects_the_profile_and_nothing_else(coordinator: Client) -> None:
    response = coordinator.post(f"/daerah/{BANJAR}/ubah/", {**PROFILE, "name": "Lain", "kind": "kota", "code": "99.99"})
    regency = Regency.objects.get(pk=BANJAR)
    assert response.status_code == 302
    assert (regency.capital, regency.opd_term, regency.full_name) == ("Martapura", "SKPD", "Kabupaten Banjar")
    assert Event.objects.get(verb="regency.changed").regency_id == BANJAR


def test_wrong_profile_is_refused_with_the_field(coordinator: Client) -> None:
    response = coordinator.post(f"/daerah/{BANJAR}/ubah/", {**PROFILE, "area_km2": "luas"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["area_km2"]
    assert Regency.objects.get(pk=BANJAR).capital == ""
