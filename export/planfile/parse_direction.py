"""`rpjmd`, `visi_smart_city`, `dimensi`, `sasaran`, `strategi`."""

from collections.abc import Mapping
from typing import Any

from export.planfile.cursor import Cursor, unique
from masterplan.models import Dimension

type Values = dict[str, Any]


def parse_direction(root: Cursor, dimensions: Mapping[str, Dimension], plan: Values) -> dict[str, list[Values]]:
    rpjmd, rpjmd_missions = _rpjmd(root)
    numbers = {mission["number"] for mission in rpjmd_missions}
    vision, missions = _vision(root, numbers)
    return {
        "rpjmd": rpjmd,
        "rpjmd_missions": rpjmd_missions,
        "vision": vision,
        "missions": missions,
        "own_goals": _own_goals(root, dimensions),
        "goals": _goals(root, dimensions, plan),
        "strategies": _strategies(root, dimensions),
    }


def _rpjmd(root: Cursor) -> tuple[list[Values], list[Values]]:
    if not root.has("rpjmd"):
        root.seen.add("rpjmd")
        return [], []
    part = root.inside("rpjmd")
    rows = part.rows("misi_contoh", [])
    missions = [{"number": row.whole("no", low=1, high=99), "text": row.text("uraian")} for row in rows]
    unique(rows, "no", [mission["number"] for mission in missions])
    rpjmd = {
        "period": part.text("periode", most=20),
        "vision": part.text("visi_contoh"),
        "note": part.text("catatan", ""),
    }
    for row in (*rows, part):
        row.finish()
    return [rpjmd], missions


def _vision(root: Cursor, numbers: set[int]) -> tuple[list[Values], list[Values]]:
    if not root.has("visi_smart_city"):
        root.seen.add("visi_smart_city")
        return [], []
    part = root.inside("visi_smart_city")
    statement = part.text("pernyataan", "")
    keywords = part.texts("kata_kunci", [], most=80)
    rows = part.rows("misi", [])
    missions = [
        {
            "number": row.whole("no", low=1, high=99),
            "text": row.text("uraian"),
            "rpjmd_mission": row.refer("rpjmd_misi", numbers, "rpjmd.misi_contoh", None),
        }
        for row in rows
    ]
    unique(rows, "no", [mission["number"] for mission in missions])
    for row in (*rows, part):
        row.finish()
    return ([{"statement": statement, "keywords": keywords}] if statement or keywords else []), missions


def _own_goals(root: Cursor, dimensions: Mapping[str, Dimension]) -> list[Values]:
    """Names are reference data: they are compared, not stored; the goal is the region's own."""
    goals = []
    rows = root.rows("dimensi", [])
    for row in rows:
        code = row.refer("kode", dimensions, "perangkat dimensi")
        name, goal, parts = row.text("nama", ""), row.text("tujuan", ""), row.rows("subdimensi", [])
        if code is not None:
            dimension = dimensions[code]
            if name and name != dimension.name:
                row.fail("nama", f"bukan nama dimensi {code} ({dimension.name}).")
            _compare_parts(parts, {part.code: part.name for part in dimension.subdimensions.all()})
            goals.append({"dimension": code, "goal": goal, **_priority(row)})
        row.finish()
    unique(rows, "kode", [row.value.get("kode") for row in rows])
    ranked = [goal for goal in goals if goal["priority"] is not None]
    for place, own in enumerate(ranked):
        if own["priority"] in {other["priority"] for other in ranked[:place]}:
            root.fail("dimensi", f"urutan prioritas {own['priority']} dipakai dua dimensi.")
    return [goal for goal in goals if goal["goal"] or goal["priority"] is not None]


def _priority(row: Cursor) -> Values:
    if not row.has("prioritas"):
        row.seen.add("prioritas")
        return {"priority": None, "priority_reason": "", "priority_by": "", "priority_on": None}
    part = row.inside("prioritas")
    values = {
        "priority": part.whole("urutan", low=1, high=99),
        "priority_reason": part.text("alasan"),
        "priority_by": part.text("diputuskan_oleh", most=160),
        "priority_on": part.day("tanggal") if part.has("tanggal") else None,
    }
    part.seen.add("tanggal")
    part.finish()
    return values


def _compare_parts(parts: list[Cursor], known: Mapping[str, str]) -> None:
    for part in parts:
        code = part.refer("kode", known, "subdimensi dimensi ini")
        name = part.text("nama", "")
        if code is not None and name and name != known[code]:
            part.fail("nama", f"bukan nama subdimensi {code} ({known[code]}).")
        part.finish()


def _goals(root: Cursor, dimensions: Mapping[str, Dimension], plan: Values) -> list[Values]:
    rows = root.rows("sasaran", [])
    goals = []
    allowed = range(plan["start_year"], plan["start_year"] + plan["years"])
    for row in rows:
        targets = row.years("target", allowed, {})
        goals.append(
            {
                "code": row.text("kode", most=16),
                "text": row.text("uraian"),
                "dimension": row.refer("dimensi", dimensions, "perangkat dimensi"),
                "indicator": row.text("indikator", most=250),
                "unit": row.text("satuan", most=60),
                **baseline(row),
                "targets": {year: cells.amount(str(year)) for year, cells in targets.items()},
            }
        )
        row.finish()
    unique(rows, "kode", [goal["code"] for goal in goals])
    return goals


def baseline(row: Cursor) -> Values:
    part = row.inside("baseline")
    values = {
        "baseline_year": part.whole("tahun", low=1990, high=2100),
        "baseline_value": part.amount("nilai"),
    }
    part.finish()
    return values


def _strategies(root: Cursor, dimensions: Mapping[str, Dimension]) -> list[Values]:
    rows = root.rows("strategi", [])
    strategies = []
    for row in rows:
        strategies.append(
            {
                "code": row.text("kode", most=16),
                "dimension": row.refer("dimensi", dimensions, "perangkat dimensi"),
                "text": row.text("pernyataan"),
            }
        )
        row.finish()
    unique(rows, "kode", [strategy["code"] for strategy in strategies])
    return strategies
