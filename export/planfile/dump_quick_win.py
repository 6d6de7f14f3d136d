"""Quick wins as a plan file writes them; what later editions added stands there only where it is filled."""

from typing import Any

from masterplan.models import Masterplan
from quickwin.models import QuickWin, QuickWinMilestone

type Json = dict[str, Any]


def dump_quick_wins(plan: Masterplan) -> list[Json]:
    rows = QuickWin.objects.filter(plan=plan).select_related("programme", "dimension", "lead_opd", "issue")
    return [_quick_win(row) for row in rows.prefetch_related("risks", "milestones")]


def _quick_win(row: QuickWin) -> Json:
    return {
        "kode": row.code,
        "program": row.programme.code,
        "nama": row.name,
        "dimensi": row.dimension.code,
        "tahun": row.year,
        "opd_penanggung_jawab": row.lead_opd.code,
        "pic_jabatan": row.contact_position,
        "masalah_strategis": row.problem,
        "manfaat": row.benefit,
        "daya_tarik_keunikan": row.uniqueness,
        "mitra": row.partners,
        "potensi_pengembangan": row.potential,
        "strategi_keberlangsungan": row.sustainability,
        "sumber_daya": row.resources,
        "risiko": [
            {"uraian": r.text, "kemungkinan": r.likelihood, "dampak": r.impact, "mitigasi": r.mitigation}
            for r in row.risks.all()
        ],
        "lokasi": row.location,
        "anggaran_rp": row.budget,
        "sumber_pendanaan": row.funding_sources,
        "milestone": [_milestone(milestone) for milestone in row.milestones.all()],
        "target_akhir_tahun": row.year_end_target,
        "status": row.status,
        "kelanjutan": {"status": row.continuation, "tahun_asal": row.origin_year},
        **_filled(
            nama_pendek=row.short_name,
            isu_strategis=row.issue.text if row.issue else "",
            uraian=row.description,
            tujuan=row.goal,
            penerima_manfaat=row.beneficiaries,
            daya_tarik=row.attraction,
            bentuk_kemitraan=row.partnership,
            indikator=row.indicator,
        ),
    }


def _milestone(row: QuickWinMilestone) -> Json:
    done = row.done_on.isoformat() if row.done_on else ""
    return {"triwulan": row.quarter, "capaian": row.text} | _filled(selesai=done, alasan_terlambat=row.late_reason)


def _filled(**parts: str) -> Json:
    return {key: value for key, value in parts.items() if value}
