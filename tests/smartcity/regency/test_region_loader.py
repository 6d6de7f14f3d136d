"""38 provinces and 514 regencies, and a second load that changes nothing."""

import pytest
from django.apps import apps
from django.db.models import Count

from smartcity.regency.domain import load_regions
from smartcity.regency.enums import RegencyKind
from smartcity.regency.models import Province, Regency

pytestmark = pytest.mark.django_db


def test_all_regions_are_there() -> None:
    load_regions()
    kinds = dict(Regency.objects.values_list("kind").annotate(Count("pk")).order_by())
    assert Province.objects.count() == 38
    assert kinds == {RegencyKind.KABUPATEN: 416, RegencyKind.KOTA: 98}


def test_code_begins_with_the_province() -> None:
    load_regions()
    assert [regency for regency in Regency.objects.all() if not regency.code.startswith(regency.province_id)] == []


def test_second_load_writes_nothing() -> None:
    load_regions()
    history = apps.get_model("regency", "RegencyEvent").objects
    before = history.count()
    load_regions()
    assert history.count() == before


def test_load_repairs_names_and_keeps_what_the_region_filled_in() -> None:
    load_regions()
    Regency.objects.filter(pk="63.03").update(name="Salah", capital="Martapura")
    Province.objects.filter(pk="63").update(name="Salah")
    load_regions()
    regency = Regency.objects.select_related("province").get(pk="63.03")
    assert (regency.label, regency.capital) == ("Kabupaten Banjar, Kalimantan Selatan", "Martapura")
