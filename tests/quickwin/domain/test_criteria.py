"""Criteria come from a file by editions; one that a round uses stays as it is."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from quickwin.domain.criteria import SHIPPED, load_criteria, offered_set
from quickwin.models import CriterionSet
from smartcity.accounts.enums import Role
from smartcity.ui.refusal import Incomplete
from tests.masterplan.views.rows_given import ground_of
from tests.quickwin.given import opened
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db
NEXT: dict[str, Any] = {
    "code": "kriteria-2030", "title": "Kriteria 2030", "valid_from": 2030,
    "criteria": [{"code": "manfaat", "name": "Manfaat", "question": "Terasa?", "weight": 7}],
}  # fmt: skip


def stored(tmp_path: Path, data: object) -> Path:
    path = tmp_path / "kriteria.json"
    path.write_text(json.dumps(data))
    return path


def test_the_shipped_edition_is_there_and_weighs_100() -> None:
    shipped = offered_set()
    assert shipped is not None
    assert list(shipped.criteria.values_list("code", "weight")) == [
        ("masalah", 15), ("manfaat", 15), ("siap", 15), ("daya-tarik", 10), ("keunikan", 10), ("keberlangsungan", 10),
        ("sumber-daya", 10), ("kemitraan", 5), ("potensi", 5), ("risiko", 5),
    ]  # fmt: skip
    assert sum(each.weight for each in shipped.criteria.all()) == 100


def test_a_newer_edition_is_offered_and_the_same_file_changes_nothing(tmp_path: Path) -> None:
    call_command("load_criteria", stored(tmp_path, NEXT))
    made = CriterionSet.objects.get(code="kriteria-2030")
    keys = list(made.criteria.values_list("pk", flat=True))
    again = load_criteria(stored(tmp_path, NEXT))
    assert (offered_set(), list(again.criteria.values_list("pk", flat=True))) == (made, keys)


def test_an_edition_in_use_refuses_other_weights(tmp_path: Path) -> None:
    coordinator = person(Role.COORDINATOR)
    choice = opened(ground_of(), [coordinator, person(Role.AUTHOR)], by=coordinator)
    changed = json.loads(SHIPPED.read_text(encoding="utf-8"))
    changed["criteria"][0]["weight"] = 50
    with pytest.raises(CommandError, match="sudah dipakai sebuah pemilihan"):
        call_command("load_criteria", stored(tmp_path, changed))
    assert choice.criterion_set.criteria.all()[0].weight == 15
    assert load_criteria() == choice.criterion_set


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"criteria": []}, "daftar “criteria” yang berisi"),
        ({"code": ""}, "“code” wajib berupa teks."),
        ({"valid_from": "2030"}, "“valid_from” harus berupa tahun."),
        (
            {"criteria": [{**NEXT["criteria"][0], "weight": 0}]},
            "Kriteria 1: “weight” harus bilangan bulat 1 sampai 100.",
        ),
        ({"criteria": [{**NEXT["criteria"][0], "weight": True}]}, "“weight” harus bilangan bulat"),
        ({"criteria": NEXT["criteria"] * 2}, "Kriteria 2: kode “manfaat” tertulis dua kali."),
        ({"criteria": ["manfaat"]}, "Kriteria 1: “code”, “name” dan “question” wajib berupa teks."),
    ],
)
def test_faults_are_named_and_nothing_is_stored(change: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(Incomplete, match=sentence):
        load_criteria(stored(tmp_path, NEXT | change))
    assert not CriterionSet.objects.filter(code="kriteria-2030").exists()
