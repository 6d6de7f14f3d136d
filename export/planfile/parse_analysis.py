"""`isu_strategis_per_dimensi`, `kesiapan`, `swot`, `tows`, `gap_analysis`."""

from collections.abc import Mapping
from typing import Any

from export.planfile.cursor import Cursor, unique
from masterplan.enums import INTERNAL_SWOT, ReadinessGroup, SwotKind, TowsKind
from masterplan.models import Dimension

type Values = dict[str, Any]


def parse_analysis(
    root: Cursor, dimensions: Mapping[str, Dimension], strategies: list[Values]
) -> dict[str, list[Values]]:
    swot = _swot(root)
    codes = {item["code"] for item in swot}
    return {
        "issues": _issues(root, dimensions),
        "readiness": _readiness(root),
        "swot": swot,
        "tows": _tows(root, codes, dimensions),
        "gaps": _gaps(root, dimensions, {strategy["code"] for strategy in strategies}),
    }


def _issues(root: Cursor, dimensions: Mapping[str, Dimension]) -> list[Values]:
    part = Cursor(root.raw("isu_strategis_per_dimensi", {}), "isu_strategis_per_dimensi", root.faults)
    issues = []
    for code in part.value:
        if code not in dimensions:
            part.seen.add(code)
            part.fail(code, "dimensi tidak dikenal.")
            continue
        issues += [{"dimension": code, "text": text} for text in part.texts(code, most=20_000)]
    return issues


def _readiness(root: Cursor) -> list[Values]:
    items = []
    for row in root.rows("kesiapan", []):
        items.append(
            {
                "group": row.choice("kelompok", ReadinessGroup.values),
                "element": row.text("elemen", most=120),
                "indicator": row.text("indikator", most=250),
                "unit": row.text("satuan", most=60),
                "value": row.amount("nilai"),
                "year": row.whole("tahun", low=1990, high=2100),
                "source": row.text("sumber", most=250),
                "score": row.whole("skor_0_4", low=0, high=4),
                "note": row.text("catatan", ""),
            }
        )
        row.finish()
    return items


def _swot(root: Cursor) -> list[Values]:
    rows = root.rows("swot", [])
    items = []
    for row in rows:
        kind = row.choice("jenis", SwotKind.values)
        factor = "internal" if kind in INTERNAL_SWOT else "eksternal"
        if kind and row.text("faktor", factor) != factor:
            row.fail("faktor", f"{kind} adalah faktor {factor}.")
        row.seen.add("faktor")
        items.append(
            {
                "code": row.text("kode", most=16),
                "kind": kind,
                "readiness_group": row.choice("kelompok_kesiapan", ReadinessGroup.values, None),
                "text": row.text("uraian"),
            }
        )
        row.finish()
    unique(rows, "kode", [item["code"] for item in items])
    return items


def _tows(root: Cursor, swot: set[str], dimensions: Mapping[str, Dimension]) -> list[Values]:
    rows = root.rows("tows", [])
    items = []
    for row in rows:
        items.append(
            {
                "code": row.text("kode", most=16),
                "kind": row.choice("tipe", TowsKind.values),
                "sources": references(row, "dari", swot, "swot"),
                "text": row.text("arah"),
                "dimensions": references(row, "dimensi", dimensions, "perangkat dimensi"),
            }
        )
        row.finish()
    unique(rows, "kode", [item["code"] for item in items])
    return items


def references(row: Cursor, name: str, known: Any, where: str) -> list[str]:
    codes = row.texts(name, [])
    for place, code in enumerate(codes):
        if code not in known:
            row.fail(f"{name}[{place}]", f"“{code}” tidak ada dalam {where}.")
    if len(set(codes)) < len(codes):
        row.fail(name, "memuat kode yang sama dua kali.")
    return codes


def _gaps(root: Cursor, dimensions: Mapping[str, Dimension], strategies: set[str]) -> list[Values]:
    gaps = []
    for row in root.rows("gap_analysis", []):
        gaps.append(
            {
                "dimension": row.refer("dimensi", dimensions, "perangkat dimensi"),
                "current": row.text("kondisi_saat_ini"),
                "ideal": row.text("kondisi_ideal"),
                "gap": row.text("kesenjangan"),
                "closing_strategy": row.refer("strategi_penutup", strategies, "strategi", None),
            }
        )
        row.finish()
    return gaps
