"""Provinces and regencies come from files by code; a region's own facts are kept by its coordinator."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.models import Province, Regency

REFERENCE = Path(__file__).resolve().parents[1] / "reference"


@transaction.atomic
def load_regions() -> None:
    """Create what is missing and bring names up to date; facts that a region filled in are left alone."""
    provinces = [Province(code=row["code"], name=row["name"]) for row in _rows("provinces.csv")]
    Province.objects.bulk_create(
        _changed(provinces, Province.objects.in_bulk(), ("name",)),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    regencies = [
        Regency(code=row["code"], province_id=row["province_code"], kind=row["kind"], name=row["name"])
        for row in _rows("regencies.csv")
    ]
    fields = ("province_id", "kind", "name")
    Regency.objects.bulk_create(
        _changed(regencies, Regency.objects.in_bulk(), fields),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["province", "kind", "name"],
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _changed[T: (Province, Regency)](rows: list[T], known: dict[str, T], fields: tuple[str, ...]) -> list[T]:
    """Only what differs is written, so that a repeated load adds nothing to the history."""
    return [row for row in rows if row.pk not in known or _values(row, fields) != _values(known[row.pk], fields)]


def _values(row: Province | Regency, fields: tuple[str, ...]) -> list[Any]:
    return [getattr(row, field) for field in fields]


@transaction.atomic
def change_profile(regency: Regency, *, facts: dict[str, Any], by: User) -> Regency:
    """Code, kind, name and province are the nation's and never change here."""
    for field, value in facts.items():
        setattr(regency, field, value)
    regency.save(update_fields=list(facts))
    record("regency.changed", regency, by=by, regency_id=regency.pk, fields=sorted(facts))
    return regency
