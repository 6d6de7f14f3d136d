"""Loading the stages, holidays and cohorts from their files; what a stage needs is checked, so that a slip is found now and not at a gate."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from bimtek.domain.needs import DocumentNeed, RowNeed
from bimtek.enums import DocumentKind, HolidayKind
from bimtek.models import ApprovalOffice, Cohort, Holiday, Stage
from masterplan.consistency import RULES
from masterplan.enums import BimtekStage
from masterplan.registers import EVERY_KIND
from smartcity.accounts.enums import Role

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
PLAIN = ("name", "purpose", "yields", "reviewer", "is_final", "window_days", "reading_days")


class StageFileError(ValueError):
    """The file names something that does not exist; nothing was stored."""


@transaction.atomic
def load_stages(path: Path = REFERENCE / "stages.json") -> list[Stage]:
    """Create what is missing and bring the rest up to date in the order of the file; safe to repeat.

    A stage that is gone from the file stays: plans have dates and submissions at it.
    """
    entries = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries:
        _check(entry)
    return [
        Stage.objects.update_or_create(code=entry["code"], defaults=_values(entry) | {"position": place})[0]
        for place, entry in enumerate(entries, start=1)
    ]


@transaction.atomic
def load_holidays(path: Path = REFERENCE / "holidays.json") -> int:
    """Create what is missing and bring the rest up to date; a day that is gone from the file stays.

    Deadlines that were counted before do not move.
    """
    entries = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries:
        if entry.get("kind") not in HolidayKind.values:
            msg = f"holidays.json, {entry.get('date')}: “{entry.get('kind')}” (kind) tidak dikenal."
            raise StageFileError(msg)
        values = {"name": entry["name"], "kind": entry["kind"], "is_estimated": entry.get("is_estimated", False)}
        Holiday.objects.update_or_create(date=date.fromisoformat(entry["date"]), defaults=values)
    return len(entries)


@transaction.atomic
def load_approval_offices(path: Path = REFERENCE / "approvals.json") -> int:
    """Create what is missing and bring the rest up to date in the order of the file; chains keep their own names."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    for place, entry in enumerate(entries, start=1):
        values = {"name": entry["name"], "is_head": entry.get("is_head", False), "position": place}
        ApprovalOffice.objects.update_or_create(code=entry["code"], defaults=values)
    return len(entries)


@transaction.atomic
def load_cohorts(path: Path = REFERENCE / "cohorts.json") -> int:
    """Create what is missing and bring the rest up to date; a cohort that is gone from the file stays."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries:
        values = {"year": entry["year"], "name": entry["name"], "note": entry.get("note", "")}
        Cohort.objects.update_or_create(code=entry["code"], defaults=values)
    return len(entries)


def _values(entry: dict[str, Any]) -> dict[str, Any]:
    needs = entry.get("needs", {})
    return {name: entry[name] for name in PLAIN if name in entry} | {
        "due_codes": needs.get("due", []),
        "needed_rows": needs.get("rows", []),
        "cleared_rules": needs.get("rules", []),
        "needed_documents": entry.get("documents", []),
    }


def _check(entry: dict[str, Any]) -> None:
    needs = entry.get("needs", {})
    rows = [RowNeed.of(row) for row in needs.get("rows", [])]
    documents = [DocumentNeed.of(each) for each in entry.get("documents", [])]
    named: tuple[tuple[str, list[str], Any], ...] = (
        ("due", needs.get("due", []), BimtekStage.values),
        ("rows", [row.kind for row in rows], EVERY_KIND),
        ("documents", [kind for need in documents for kind in need.kinds], DocumentKind.values),
        ("rules", needs.get("rules", []), RULES),
        ("reviewer", [entry.get("reviewer", Role.MENTOR)], Role.values),
        ("each", [row.kind for row in rows if row.each], [slug for slug, kind in EVERY_KIND.items() if kind.cover]),
    )
    for part, values, known in named:
        for value in values:
            if value not in known:
                msg = f"stages.json, {entry['code']}: “{value}” ({part}) tidak dikenal."
                raise StageFileError(msg)
