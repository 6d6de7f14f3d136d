"""Quick wins: their list, and one sheet each."""

from export.blocks import Block, Cell, Column, Row, Sheet, SheetRisk, paired
from export.figures.risk import risk_matrix
from export.numbers import unit_for
from export.source import Source
from export.tables.analysis import team_source
from export.tables.layout import laid_out, words
from export.tables.years import money_fact
from quickwin.models import QuickWin

QUARTERS = ("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV")


def quick_win(source: Source, argument: str) -> list[Block]:
    if not source.quick_wins:
        return []
    if argument == "lembar":
        return [sheet(row) for row in source.quick_wins]
    unit = unit_for([row.budget for row in source.quick_wins])
    columns = (
        Column("Quick win", unit="program induk", share=1.5),
        Column("Dimensi"),
        Column("Penanggung jawab", share=0.9),
        Column("Target akhir tahun", share=1.3),
        Column("Status", share=0.8),
        Column("Anggaran", unit=unit.label, align="right"),
    )
    rows = [
        Row(
            (
                words(row.name, f"{row.programme.code} {row.programme.name}", code=row.code, is_strong=True),
                Cell(badges=(row.dimension.code,)),
                Cell(row.lead_opd.code),
                Cell(row.year_end_target or "–"),
                Cell(row.get_status_display()),
                Cell(unit.write(row.budget)),
            ),
            dimension=row.dimension.code,
        )
        for row in source.quick_wins
    ]
    head = Cell("Jumlah anggaran quick win", span=5, is_heading=True)
    rows.append(Row((head, Cell(unit.write(sum(row.budget for row in source.quick_wins)))), "total"))
    years = sorted({row.year for row in source.quick_wins})
    caption = f"Quick win {years[0]}" if len(years) == 1 else f"Quick win {years[0]}–{years[-1]}"
    return [laid_out(caption, columns, rows, source=f"lembar quick win, {team_source(source)}")]


def sheet(row: QuickWin) -> Sheet:
    risks = list(row.risks.all())
    target = (row.year_end_target or "Belum ditetapkan", row.indicator or f"Target akhir tahun {row.year}")
    lead = (row.lead_opd.label, row.contact_position or row.lead_opd.name)
    return Sheet(
        id="",
        code=row.code,
        name=row.name,
        dimension=row.dimension.code,
        subtitle=f"{row.dimension.name} · {row.year} · bagian dari {row.programme.code} {row.programme.name}",
        facts=(money_fact(row.budget, row.funding_sources), target, lead),
        pairs=paired(_answers(row)),
        periods_title="Tonggak per triwulan",
        periods=_quarters(row),
        risks=tuple(SheetRisk(risk.text, risk.mitigation) for risk in risks),
        risk_matrix=risk_matrix([(risk.likelihood, risk.impact) for risk in risks]) if risks else "",
        status=f"{row.get_status_display()} · {row.get_continuation_display().lower()} sejak {row.origin_year}",
    )


def _answers(row: QuickWin) -> list[tuple[str, str]]:
    return [
        ("Isu strategis", row.issue.text if row.issue else ""),
        ("Masalah yang dijawab", row.problem),
        ("Uraian", row.description),
        ("Tujuan", row.goal),
        ("Penerima manfaat", row.beneficiaries),
        ("Manfaat bagi warga", row.benefit),
        ("Daya tarik", row.attraction),
        ("Keunikan" if row.attraction else "Daya tarik dan keunikan", row.uniqueness),
        ("Mitra", "; ".join(row.partners)),
        ("Bentuk kemitraan", row.partnership),
        ("Sumber daya", row.resources),
        ("Lokasi", row.location),
        ("Keberlangsungan", row.sustainability),
        ("Pengembangan", row.potential),
    ]


def _quarters(row: QuickWin) -> tuple[tuple[str, tuple[str, ...]], ...]:
    milestones = list(row.milestones.all())
    if not milestones:
        return ()
    return tuple(
        (name, tuple(step.text for step in milestones if step.quarter == quarter))
        for quarter, name in enumerate(QUARTERS, start=1)
    )
