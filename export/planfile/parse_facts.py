"""Optional facts of a programme, own sub-dimensions and ceilings (docs/plan-format.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from export.planfile.cursor import Cursor, unique
from masterplan.domain.programme import overshoot, overshoot_sentence
from masterplan.enums import InnovationKind, PartnerKind, PlanDocument, ReasonKind, VariableState
from masterplan.models import Dimension

type Values = dict[str, Any]
VARIABLES = {"regulasi": "regulation", "infrastruktur": "infrastructure", "aplikasi": "application", "sdm": "people"}
DROPPED, ACTIVE = "gugur", "aktif"


def parse_own_subdimensions(root: Cursor, dimensions: Mapping[str, Dimension]) -> list[Values]:
    official = {part.code for dimension in dimensions.values() for part in dimension.subdimensions.all()}
    rows = root.rows("subdimensi_daerah", [])
    found = []
    for row in rows:
        part = row.refer("subdimensi", official, "perangkat dimensi")
        found.append({"name": row.text("nama", most=120), "subdimension": part})
        row.finish()
    unique(rows, "nama", [part["name"] for part in found])
    return found


def parse_ceilings(root: Cursor, years: range) -> list[Values]:
    rows = root.rows("pagu_anggaran", [])
    found = []
    for row in rows:
        found.append(
            {
                "year": row.whole("tahun", low=years.start, high=years.stop - 1),
                "source": row.text("sumber", "", most=60),
                "amount": row.whole("jumlah_rp"),
                "note": row.text("catatan", "", most=300),
            }
        )
        row.finish()
    unique(rows, "tahun", [(row["year"], row["source"]) for row in found])
    return found


def facts(row: Cursor, own: Mapping[str, str], subdimension: str | None, years: range, budgets: Values) -> Values:
    """What newer files may say about a programme; each key may be missing."""
    name = row.refer("subdimensi_daerah", own, "subdimensi_daerah", None)
    if name and own[name] != subdimension:
        row.fail("subdimensi_daerah", f"dipetakan ke {own[name]}, bukan {subdimension}.")
    reasons = [_reason(part) for part in row.rows("alasan", [])]
    return {
        "own_subdimension": name,
        "innovation": row.choice("jenis_inovasi", InnovationKind.values, ""),
        "districts": row.texts("kecamatan", [], most=60),
        "beneficiaries": row.text("penerima_manfaat", "", most=300),
        "partners": [_partner(part) for part in row.rows("mitra", [])],
        "references": [_reference(part) for part in row.rows("rujukan", [])],
        "former_codes": row.texts("kode_lama", [], most=16),
        "is_dropped": row.choice("status", (ACTIVE, DROPPED), ACTIVE) == DROPPED,
        "reasons": reasons,
        "shares": _shares(row, years, budgets),
        **_readiness(row),
    }


def _readiness(row: Cursor) -> Values:
    part = Cursor(row.raw("kesiapan", {}), row._path("kesiapan"), row.faults)
    values: Values = {}
    for key, name in VARIABLES.items():
        one = Cursor(part.raw(key, {}), part._path(key), row.faults)
        values[name] = one.choice("status", VariableState.values, "")
        values[f"{name}_note"] = one.text("catatan", "", most=300)
        one.finish()
    part.finish()
    return values


def _partner(row: Cursor) -> Values:
    values = {"kind": row.choice("jenis", PartnerKind.values), "name": row.text("nama", most=160)}
    row.finish()
    return values


def _reference(row: Cursor) -> Values:
    values = {
        "document": row.choice("dokumen", PlanDocument.values),
        "period": row.text("periode", most=20),
        "part": row.text("bagian", most=300),
    }
    row.finish()
    return values


def _reason(row: Cursor) -> Values:
    values = {
        "kind": row.choice("jenis", ReasonKind.values),
        "text": row.text("alasan"),
        "detail": row.text("rincian", "", most=300),
        "by_name": row.text("oleh", most=160),
        "at": _moment(row, "waktu"),
    }
    row.finish()
    return values


def _moment(row: Cursor, name: str) -> datetime | None:
    given = row.text(name)
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        if given:
            row.fail(name, "harus berupa waktu dengan zona, seperti 2026-03-01T09:00:00+08:00.")
        return None
    return moment


def _shares(row: Cursor, years: range, budgets: Values) -> list[Values]:
    part = Cursor(row.raw("anggaran_per_sumber_rp", {}), row._path("anggaran_per_sumber_rp"), row.faults)
    shares: list[Values] = []
    for source in part.value:
        if not source.strip() or len(source) > 60 or "\x00" in source:
            part.fail(source, "nama sumber harus berupa teks paling panjang 60 aksara.")
            continue
        cells = part.years(source, years, {})
        shares += [
            {"year": year, "source": source, "amount": cell.whole(str(year), low=1)} for year, cell in cells.items()
        ]
    planned = [{"year": year, "budget": amount} for year, amount in budgets.items()]
    for year, (shared, budget) in overshoot(planned, shares).items():
        part.fail("", overshoot_sentence(year, shared, budget))
    return shares
