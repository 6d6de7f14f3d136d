"""Code lists: whole editions from files, the newest is offered."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from masterplan.domain.codes import entries_of, faults_of, funding_names, search_codes
from masterplan.models import CodeEntry, CodeList

SIPD: dict[str, Any] = {
    "code": "sipd-2030", "kind": "sipd", "title": "SIPD 2030", "valid_from": 2030,
    "entries": [{"code": "1.01", "name": "Pendidikan"}, {"code": "1.01.02", "name": "Kota cerdas", "parent": "1.01"}],
}  # fmt: skip


def stored(tmp_path: Path, data: object) -> str:
    path = tmp_path / "kode.json"
    path.write_text(json.dumps(data))
    return str(path)


@pytest.mark.django_db
def test_shipped_lists_are_there() -> None:
    assert funding_names()[:3] == ["APBD Kabupaten", "APBD Kota", "APBD Provinsi"]
    assert [entry.code for entry in search_codes("sipd", "cerdas ekosistem")] == ["2.16.03.2.02.09"]
    assert [entry.code for entry in search_codes("sipd", "2.16.03.2")] == ["2.16.03.2.02", "2.16.03.2.02.09"]
    assert search_codes("sipd", "tidak ada") == []


@pytest.mark.django_db
def test_a_newer_edition_replaces_what_is_offered_but_not_what_is_stored(tmp_path: Path) -> None:
    call_command("load_codes", stored(tmp_path, SIPD))
    call_command("load_codes", stored(tmp_path, {**SIPD, "entries": SIPD["entries"][:1]}))
    assert [entry.code for entry in entries_of("sipd")] == ["1.01"]
    assert CodeEntry.objects.filter(code_list__code="sipd-2024").count() == 4


@pytest.mark.django_db
def test_a_faulty_file_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tertulis dua kali"):
        call_command("load_codes", stored(tmp_path, {**SIPD, "entries": [SIPD["entries"][0]] * 2}))
    assert not CodeList.objects.filter(code="sipd-2030").exists()
    (tmp_path / "rusak.json").write_text("{")
    with pytest.raises(CommandError, match=r"rusak\.json tidak dapat dibaca"):
        call_command("load_codes", str(tmp_path / "rusak.json"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "lain"}, "“kind” harus salah satu dari sumber-dana, sipd."),
        ({"title": ""}, "“title” wajib berupa teks."),
        ({"valid_from": "2030"}, "“valid_from” harus berupa tahun."),
        ({"entries": None}, "Berkas harus berupa objek dengan daftar “entries”."),
        ({"entries": [{"code": "1"}]}, "Butir 1: “code” dan “name” wajib berupa teks, “parent” boleh kosong."),
        ({"entries": [{"code": "1", "name": "a", "parent": "9"}]}, "Butir 1: induk “9” tidak ada sebelum butir ini."),
    ],
)
def test_faults_are_sentences(change: dict[str, Any], fault: str) -> None:
    assert faults_of({**SIPD, **change}) == [fault]
