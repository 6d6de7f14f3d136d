"""`quick_wins` of a plan file, each with its risks and milestones."""

from collections.abc import Mapping
from typing import Any

from export.planfile.cursor import Cursor, unique
from masterplan.models import Dimension
from quickwin.enums import Continuation, QuickWinStatus

type Values = dict[str, Any]


def parse_quick_wins(
    root: Cursor,
    dimensions: Mapping[str, Dimension],
    programmes: Mapping[str, Values],
    offices: set[str],
    issues: set[str],
) -> list[Values]:
    rows = root.rows("quick_wins", [])
    quick_wins = []
    for row in rows:
        year = row.whole("tahun", low=2000, high=2100)
        going_on = row.inside("kelanjutan")
        programme = row.refer("program", programmes, "program")
        dimension = row.refer("dimensi", dimensions, "perangkat dimensi")
        if programme and programmes[programme]["is_dropped"]:
            row.fail("program", f"program {programme} sudah digugurkan.")
        if programme and programmes[programme]["dimension"] != dimension:
            row.fail("dimensi", f"bukan dimensi program {programme} ({programmes[programme]['dimension']}).")
        values = {
            "code": row.text("kode", most=16),
            "programme": programme,
            "name": row.text("nama", most=160),
            "dimension": dimension,
            "year": year,
            "lead_opd": row.refer("opd_penanggung_jawab", offices, "perangkat_daerah"),
            "status": row.choice("status", QuickWinStatus.values, QuickWinStatus.PROPOSED.value),
            "continuation": going_on.choice("status", Continuation.values, Continuation.NEW.value),
            "origin_year": going_on.whole("tahun_asal", year, low=2000, high=2100),
            "budget": row.whole("anggaran_rp", 0),
            "issue": row.refer("isu_strategis", issues, "isu_strategis_per_dimensi", None),
            **_plain(row),
            "risks": [_risk(risk) for risk in row.rows("risiko", [])],
            "milestones": [_milestone(milestone) for milestone in row.rows("milestone", [])],
        }
        quick_wins.append(values)
        for part in (going_on, row):
            part.finish()
    unique(rows, "kode", [quick_win["code"] for quick_win in quick_wins])
    return quick_wins


def _plain(row: Cursor) -> Values:
    return {
        "funding_sources": row.texts("sumber_pendanaan", [], most=60),
        "partners": row.texts("mitra", [], most=160),
        "contact_position": row.text("pic_jabatan", "", most=160),
        "problem": row.text("masalah_strategis", ""),
        "benefit": row.text("manfaat", ""),
        "uniqueness": row.text("daya_tarik_keunikan", ""),
        "potential": row.text("potensi_pengembangan", ""),
        "sustainability": row.text("strategi_keberlangsungan", ""),
        "resources": row.text("sumber_daya", ""),
        "location": row.text("lokasi", "", most=250),
        "year_end_target": row.text("target_akhir_tahun", "", most=300),
        "short_name": row.text("nama_pendek", "", most=60),
        "description": row.text("uraian", ""),
        "goal": row.text("tujuan", ""),
        "beneficiaries": row.text("penerima_manfaat", "", most=300),
        "attraction": row.text("daya_tarik", ""),
        "partnership": row.text("bentuk_kemitraan", ""),
        "indicator": row.text("indikator", "", most=250),
    }


def _risk(row: Cursor) -> Values:
    values = {
        "text": row.text("uraian"),
        "likelihood": row.whole("kemungkinan", low=1, high=3),
        "impact": row.whole("dampak", low=1, high=3),
        "mitigation": row.text("mitigasi", ""),
    }
    row.finish()
    return values


def _milestone(row: Cursor) -> Values:
    values = {
        "quarter": row.whole("triwulan", low=1, high=4),
        "text": row.text("capaian", most=250),
        "done_on": row.day("selesai") if row.has("selesai") else row.raw("selesai", None),
        "late_reason": row.text("alasan_terlambat", "", most=300),
    }
    row.finish()
    return values
