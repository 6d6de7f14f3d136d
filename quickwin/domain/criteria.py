"""Loading the criteria; an edition that a round uses never changes."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from quickwin.models import Criterion, CriterionSet, SelectionRound
from smartcity.ui.refusal import Incomplete

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
SHIPPED = REFERENCE / "criteria-2026.json"
TEXTS = {"code": 20, "name": 80, "question": 250}


@transaction.atomic
def load_criteria(path: Path = SHIPPED) -> CriterionSet:
    """One edition, all or nothing; the same file again changes nothing.

    Raises Incomplete with every fault, also where a round began with this edition and the file now says otherwise:
    other criteria or weights are a new edition with a code of its own.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Incomplete(f"{path.name} tidak dapat dibaca sebagai JSON.") from error
    if faults := faults_of(data):
        raise Incomplete(" ".join(faults))
    facts = {"title": data["title"], "valid_from": data["valid_from"]}
    found, _ = CriterionSet.objects.update_or_create(code=data["code"], defaults=facts)
    wanted = [{**{name: entry[name] for name in TEXTS}, "weight": entry["weight"]} for entry in data["criteria"]]
    if list(found.criteria.values(*TEXTS, "weight")) == wanted:
        return found
    if SelectionRound.objects.filter(criterion_set=found).exists():
        raise Incomplete(
            f"Perangkat “{found.code}” sudah dipakai sebuah pemilihan.", next_step="Muat perubahan dengan kode baru."
        )
    found.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(criterion_set=found, position=place, **entry) for place, entry in enumerate(wanted, start=1)
    )
    return found


def faults_of(data: Any) -> list[str]:
    """What is wrong with a file's content, as sentences."""
    if not isinstance(data, dict) or not isinstance(data.get("criteria"), list) or not data["criteria"]:
        return ["Berkas harus berupa objek dengan daftar “criteria” yang berisi."]
    faults = [f"“{name}” wajib berupa teks." for name in ("code", "title") if not _is_text(data.get(name), most=50)]
    if not _is_whole(data.get("valid_from"), most=9999):
        faults.append("“valid_from” harus berupa tahun.")
    known: set[str] = set()
    for place, entry in enumerate(data["criteria"], start=1):
        if not isinstance(entry, dict) or not all(_is_text(entry.get(name), most=most) for name, most in TEXTS.items()):
            faults.append(f"Kriteria {place}: “code”, “name” dan “question” wajib berupa teks.")
            continue
        if not _is_whole(entry.get("weight"), most=100):
            faults.append(f"Kriteria {place}: “weight” harus bilangan bulat 1 sampai 100.")
        if entry["code"] in known:
            faults.append(f"Kriteria {place}: kode “{entry['code']}” tertulis dua kali.")
        known.add(entry["code"])
    return faults


def _is_text(value: Any, *, most: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= most and "\x00" not in value


def _is_whole(value: Any, *, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def offered_set() -> CriterionSet | None:
    """The newest edition; None before reference data was loaded."""
    return CriterionSet.objects.order_by("-valid_from", "-pk").first()
