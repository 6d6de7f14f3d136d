"""Stages as reference data: loaded again and again, a fifth one by a row alone, slips found while loading."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from bimtek.domain.gate import points_at
from bimtek.domain.needs import Needs, RowNeed, needs_at
from bimtek.domain.reference import REFERENCE, StageFileError, load_stages
from bimtek.models import Stage
from masterplan.models import Masterplan

pytestmark = pytest.mark.django_db
COLUMNS = ("code", "position", "due_codes", "needed_documents", "yields", "reviewer", "is_final", "needed_rows")


def shipped() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((REFERENCE / "stages.json").read_text())
    return entries


def written(path: Path, entries: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(entries))
    return path


def test_the_four_stages_hold_what_their_file_says() -> None:
    assert list(Stage.objects.values("code", "position", "due_codes", "reviewer", "is_final")) == [
        {"code": code, "position": place, "due_codes": [code], "reviewer": "mentor", "is_final": code == "IV"}
        for place, code in enumerate(("I", "II", "III", "IV"), start=1)
    ]
    before = list(Stage.objects.values(*COLUMNS))
    load_stages()
    assert list(Stage.objects.values(*COLUMNS)) == before


def test_needs_add_up_over_the_stages() -> None:
    stages = list(Stage.objects.all())
    assert needs_at(stages[0], stages).due == {"I"}
    third = needs_at(stages[2], stages)
    assert (third.due, RowNeed("isu", each=True) in third.rows) == ({"I", "II", "III"}, True)
    assert [need for need in third.rows if need.kind == "program"] == [RowNeed("program", each=True)]


def test_a_fifth_stage_is_a_row(plan: Masterplan, tmp_path: Path) -> None:
    """Also in front of the others, and then with a rule and a number of rows of its own."""
    entries = shipped()
    entries[3]["is_final"] = False
    entries.append(
        {
            "code": "V", "name": "Bimtek V", "purpose": "-", "is_final": True,
            "needs": {"rows": [{"kind": "quick-win", "least": 6}], "rules": ["roadmap-missing"]},
        }
    )  # fmt: skip
    early = {"code": "Pra", "name": "Persiapan", "purpose": "-", "needs": {"rows": [{"kind": "lembaga", "each": True}]}}
    load_stages(written(tmp_path / "stages.json", [early, *entries]))
    connection.check_constraints()
    assert list(Stage.objects.values_list("code", flat=True)) == ["Pra", "I", "II", "III", "IV", "V"]
    stages = {each.code: each for each in Stage.objects.all()}
    fifth = needs_at(stages["V"], stages.values())
    assert (fifth.due, fifth.rules) == ({"I", "II", "III", "IV"}, {"roadmap-missing"})
    assert needs_at(stages["Pra"], stages.values()) == Needs(frozenset(), (RowNeed("lembaga", each=True),), frozenset())
    assert [point.sentence for point in points_at(plan, stages["Pra"])] == ["Belum ada anggota."] * 2
    wanted = [point.sentence for point in points_at(plan, stages["V"]) if point.place.kind == "quick-win"]
    assert wanted[0] == "Baru 0 dari 6 quick win yang diperlukan."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"needs": {"due": ["IX"]}}, "stages.json, I: “IX” (due) tidak dikenal."),
        ({"needs": {"rows": [{"kind": "isuu"}]}}, "stages.json, I: “isuu” (rows) tidak dikenal."),
        ({"needs": {"rows": [{"kind": "misi", "each": True}]}}, "stages.json, I: “misi” (each) tidak dikenal."),
        ({"needs": {"rules": ["x"]}}, "stages.json, I: “x” (rules) tidak dikenal."),
        (
            {"documents": [{"name": "Piagam", "kinds": ["piagam"]}]},
            "stages.json, I: “piagam” (documents) tidak dikenal.",
        ),
        ({"reviewer": "dukun"}, "stages.json, I: “dukun” (reviewer) tidak dikenal."),
    ],
)
def test_a_slip_in_the_file_is_named_and_nothing_changes(change: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    before = list(Stage.objects.values(*COLUMNS))
    entries = shipped()
    entries[0] |= change
    with pytest.raises(StageFileError) as slip:
        load_stages(written(tmp_path / "stages.json", entries))
    assert (str(slip.value), list(Stage.objects.values(*COLUMNS))) == (sentence, before)


def test_two_stages_never_share_a_place() -> None:
    Stage.objects.filter(code="II").update(position=1)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_the_migration_fills_stages_that_were_there() -> None:
    Stage.objects.update(due_codes=[], is_final=False)
    importlib.import_module("bimtek.migrations.0004_known_stages").fill(apps, None)
    assert list(Stage.objects.values_list("code", "due_codes", "is_final")) == [
        ("I", ["I"], False), ("II", ["II"], False), ("III", ["III"], False), ("IV", ["IV"], True),
    ]  # fmt: skip
