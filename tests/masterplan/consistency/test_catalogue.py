"""The catalogue of live facts over the small good plan: keys, labels, values, places."""

from dataclasses import replace
from decimal import Decimal

import pytest

from masterplan.consistency.catalogue import catalogue_of, key_of, values_of
from masterplan.prose.facts import KEY
from tests.masterplan.consistency.good import MILLION, changed, good_plan

FACTS = {
    "period": ("Masa rencana", "2026–2035", "2026–2035", "", None),
    "budget:total": ("Total anggaran masterplan", "Rp3,5 miliar", "Rp3.500.000.000", "program", None),
    "budget:year:2026": ("Total anggaran masterplan 2026", "Rp700 juta", "Rp700.000.000", "program", None),
    "budget:programmes": ("Total anggaran program", "Rp1 miliar", "Rp1.000.000.000", "program", None),
    "budget:actions:2030": ("Total anggaran aksi pendukung 2030", "Rp500 juta", "Rp500.000.000", "aksi-pendukung", None),
    "budget:dim:GOV:2026": ("Total anggaran Smart Governance 2026", "Rp100 juta", "Rp100.000.000", "program", None),
    "budget:opd:DINKES": ("Total anggaran yang dipimpin DINKES", "Rp3,5 miliar", "Rp3.500.000.000", "program", None),
    "budget:group:penguatan_literasi": ("Total anggaran penguatan literasi", "Rp500 juta", "Rp500.000.000", "aksi-pendukung", None),
    "budget:programme:GOV-P01:2027": ("Anggaran GOV-P01 Program GOV 2027", "Rp100 juta", "Rp100.000.000", "program", 1),
    "count:programme": ("Banyaknya program", "2", "2 program", "program", None),
    "count:strategy:LIV": ("Banyaknya strategi Smart Living", "1", "1 strategi", "strategi", None),
    "count:quickwin:2026": ("Banyaknya quick win 2026", "2", "2 quick win", "quick-win", None),
    "budget:quickwin": ("Total anggaran quick win", "Rp100 juta", "Rp100.000.000", "quick-win", None),
    "target:goal:SAS-1:2030": ("Target SAS-1 IKM GOV 2030", "90", "90 indeks", "sasaran", 1),
    "baseline:programme:LIV-P02": ("Nilai awal LIV-P02 Layanan LIV (2024)", "5", "5 layanan", "program", 2),
}  # fmt: skip


@pytest.fixture
def known() -> dict[str, tuple[str, str, str, str, int | None]]:
    found = catalogue_of(good_plan())
    return {key: (f.label, f.short, f.long, f.place.kind, f.place.pk) for key, f in found.items()}


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_has_its_label_values_and_place(
    key: str, known: dict[str, tuple[str, str, str, str, int | None]]
) -> None:
    assert known[key] == FACTS[key]


def test_every_key_may_be_stored(known: dict[str, object]) -> None:
    assert [key for key in known if not KEY.fullmatch(key)] == []
    assert len(known) > 100


def test_former_codes_find_the_same_number() -> None:
    plan = changed("programmes", code="GOV-P77", former_codes=("GOV-P01",))
    found = catalogue_of(plan)
    old, new = found["budget:programme:GOV-P01:2026"], found["budget:programme:GOV-P77:2026"]
    assert replace(old, key=new.key, is_former=False) == new
    assert (old.is_former, new.is_former) == (True, False)


def test_odd_codes_make_a_key_all_the_same() -> None:
    found = catalogue_of(changed("programmes", code="P: 1/é"))
    assert key_of("budget", "programme", "P: 1/é") in found
    assert [key for key in found if not KEY.fullmatch(key)] == []


def test_the_field_of_a_cell_is_named() -> None:
    found = catalogue_of(good_plan())
    keys = ("budget:programme:GOV-P01:2027", "target:goal:SAS-1:2030", "baseline:goal:SAS-2", "budget:dim:GOV:2026")
    fields = [found[key].place.field for key in keys]
    assert fields == ["budget_2027", "value_2030", "baseline_value", ""]


def test_values_are_those_of_known_keys_only() -> None:
    plan = changed("programmes", budgets={2026: 12_345 * MILLION}, targets={2026: Decimal(7)})
    assert values_of(plan, {"budget:programme:GOV-P01", "budget:programme:GOV-P99"}) == {
        "budget:programme:GOV-P01": {"short": "Rp12,35 miliar", "long": "Rp12.345.000.000"}
    }
