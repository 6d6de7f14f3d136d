"""`program`, `rencana_aksi_pendukung`, `peta_jalan`, `quick_wins`, and the sums that must agree with them."""

from collections.abc import Mapping
from typing import Any

from export.planfile.cursor import Cursor, unique
from export.planfile.parse_analysis import references
from export.planfile.parse_direction import baseline
from export.planfile.parse_facts import facts, parse_ceilings, parse_own_subdimensions
from export.planfile.parse_quick_win import parse_quick_wins
from masterplan.enums import Direction, Horizon, SupportGroup
from masterplan.models import Dimension

type Values = dict[str, Any]
type Tables = dict[str, list[Values]]


def parse_register(root: Cursor, dimensions: Mapping[str, Dimension], plan: Values, known: Tables) -> Tables:
    offices = {opd["code"] for opd in known["opds"]}
    years = range(plan["start_year"], plan["start_year"] + plan["years"])
    known = {**known, "own_subdimensions": parse_own_subdimensions(root, dimensions)}
    programmes, rows = _programmes(root, dimensions, known, offices, years)
    actions = _actions(root, offices, years)
    by_code = {programme["code"]: programme for programme in programmes}
    issues = {issue["text"] for issue in known["issues"]}
    quick_wins = parse_quick_wins(root, dimensions, by_code, offices, issues)
    _check_back_references(rows, quick_wins)
    periods = _roadmap(root, by_code, years)
    _check_sums(root, programmes, actions)
    return {
        "own_subdimensions": known["own_subdimensions"],
        "programmes": programmes,
        "actions": actions,
        "quick_wins": quick_wins,
        "periods": periods,
        "ceilings": parse_ceilings(root, years),
    }


def _work(row: Cursor, offices: set[str], years: range) -> Values:
    targets, budgets = row.years("target", years, {}), row.years("anggaran_rp", years, {})
    return {
        "code": row.text("kode", most=16),
        "name": row.text("nama", most=300),
        "lead_opd": row.refer("opd_penanggung_jawab", offices, "perangkat_daerah"),
        "supporting_opds": references(row, "opd_pendukung", offices, "perangkat_daerah"),
        "indicator": row.text("indikator", most=250),
        "unit": row.text("satuan", most=60),
        **baseline(row),
        "targets": {year: cells.amount(str(year)) for year, cells in targets.items()},
        "budgets": {year: cells.whole(str(year)) for year, cells in budgets.items()},
    }


def _programmes(
    root: Cursor, dimensions: Mapping[str, Dimension], known: Tables, offices: set[str], years: range
) -> tuple[list[Values], list[Cursor]]:
    strategies = {strategy["code"]: strategy for strategy in known["strategies"]}
    missions = {mission["number"] for mission in known["rpjmd_missions"]}
    own = {part["name"]: part["subdimension"] for part in known["own_subdimensions"]}
    rows = root.rows("program", [])
    programmes = []
    for row in rows:
        dimension = row.refer("dimensi", dimensions, "perangkat dimensi")
        parts = {part.code for part in dimensions[dimension].subdimensions.all()} if dimension else set()
        values = _work(row, offices, years) | {
            "dimension": dimension,
            "subdimension": row.refer("subdimensi", parts, f"subdimensi {dimension}"),
            "strategy": row.refer("strategi", strategies, "strategi"),
            "activities": row.texts("kegiatan", []),
            "direction": row.choice("arah", Direction.values, Direction.UP.value),
            "funding_sources": row.texts("sumber_pendanaan", [], most=60),
            "location": row.text("lokasi", "", most=250),
            "horizons": _horizons(row),
            "rpjmd_mission": row.refer("rpjmd_misi", missions, "rpjmd.misi_contoh", None),
            "subactivity_code": row.text("kode_sub_kegiatan", "", most=40) or None,
            "quick_win": row.raw("quick_win", None),
        }
        values |= facts(row, own, values["subdimension"], years, values["budgets"])
        total = sum(values["budgets"].values())
        if row.whole("total_anggaran_rp", total) != total:
            row.fail("total_anggaran_rp", f"tidak sama dengan jumlah anggaran per tahun ({total}).")
        row.finish()
        programmes.append(values)
    unique(rows, "kode", [programme["code"] for programme in programmes])
    _check_former_codes(rows, programmes)
    return programmes, rows


def _check_former_codes(rows: list[Cursor], programmes: list[Values]) -> None:
    """A code means one programme for good."""
    holders = {programme["code"]: place for place, programme in enumerate(programmes)}
    for place, row in enumerate(rows):
        for code in programmes[place]["former_codes"]:
            if holders.setdefault(code, place) != place:
                row.fail("kode_lama", f"“{code}” dipakai program lain.")


def _horizons(row: Cursor) -> list[str]:
    horizons = row.texts("jangka", [])
    for place, horizon in enumerate(horizons):
        if horizon not in Horizon.values:
            row.fail(f"jangka[{place}]", f"“{horizon}” bukan jangka; pilihan: {', '.join(Horizon.values)}.")
    return horizons


def _actions(root: Cursor, offices: set[str], years: range) -> list[Values]:
    rows = root.rows("rencana_aksi_pendukung", [])
    actions = []
    for row in rows:
        actions.append(_work(row, offices, years) | {"group": row.choice("kelompok", SupportGroup.values)})
        row.finish()
    unique(rows, "kode", [action["code"] for action in actions])
    return actions


def _check_back_references(rows: list[Cursor], quick_wins: list[Values]) -> None:
    chosen = {quick_win["programme"]: quick_win["code"] for quick_win in quick_wins}
    for row in rows:
        given, expected = row.value.get("quick_win"), chosen.get(row.value.get("kode"))
        if given != expected and "quick_win" in row.value:
            row.fail("quick_win", f"tidak sama dengan daftar quick_wins ({expected or 'tidak ada'}).")


def _roadmap(root: Cursor, programmes: Mapping[str, Values], years: range) -> list[Values]:
    if not root.has("peta_jalan"):
        root.seen.add("peta_jalan")
        return []
    part = root.inside("peta_jalan")
    spans, themes = (
        part.inside("periode"),
        Cursor(part.raw("tema_per_periode", {}), "peta_jalan.tema_per_periode", root.faults),
    )
    periods = []
    for place, horizon in enumerate((h for h in Horizon.values if spans.has(h)), start=1):
        span = spans.inside(horizon)
        start = span.whole("mulai", low=years.start, high=years.stop - 1)
        end = span.whole("akhir", low=start, high=years.stop - 1)
        theme = themes.text(horizon, "", most=200)
        periods.append({"horizon": horizon, "start_year": start, "end_year": end, "theme": theme, "position": place})
        span.finish()
    _check_cells(part, programmes)
    for row in (spans, themes, part):
        row.finish()
    return periods


def _check_cells(part: Cursor, programmes: Mapping[str, Values]) -> None:
    """The cells repeat the programmes' horizons; they must say the same."""
    expected = {
        (code, horizon)
        for code, values in programmes.items()
        if not values["is_dropped"]
        for horizon in values["horizons"]
    }
    cells = part.rows("sel", None) if part.has("sel") else None
    part.seen.add("sel")
    if cells is None:
        return
    found = set()
    for row in cells:
        cell = (row.refer("program", programmes, "program"), row.choice("periode", Horizon.values))
        if cell[0] and cell not in expected:
            row.fail("", f"program {cell[0]} tidak mempunyai jangka {cell[1]}.")
        found.add(cell)
        row.finish()
    for code, horizon in sorted(expected - found):
        part.fail("sel", f"program {code} jangka {horizon} tidak ada.")


def _check_sums(root: Cursor, programmes: list[Values], actions: list[Values]) -> None:
    part = Cursor(root.raw("ringkasan_anggaran", {}), "ringkasan_anggaran", root.faults)
    for path, expected in sums(programmes, actions).items():
        given: Any = part.value
        for name in path:
            given = given.get(name) if isinstance(given, dict) else None
        if given is not None and given != expected:
            part.fail(".".join(path), f"{given} tidak sama dengan jumlah barisnya ({expected}).")


def sums(programmes: list[Values], actions: list[Values]) -> dict[tuple[str, ...], int]:
    """Budget sums by their path below `ringkasan_anggaran`: all work by year, programmes by dimension."""
    result: dict[tuple[str, ...], int] = {}
    programmes = [programme for programme in programmes if not programme["is_dropped"]]
    for work in (*programmes, *actions):
        for year, budget in work["budgets"].items():
            result["per_tahun_rp", str(year)] = result.get(("per_tahun_rp", str(year)), 0) + budget
    for programme in programmes:
        path = ("per_dimensi_rp", programme["dimension"])
        result[path] = result.get(path, 0) + sum(programme["budgets"].values())
    support = sum(sum(action["budgets"].values()) for action in actions)
    total = support + sum(sum(programme["budgets"].values()) for programme in programmes)
    return result | {("total_rp",): total, ("rencana_aksi_pendukung_rp",): support}
