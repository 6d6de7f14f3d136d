"""A programme on a sheet of its own: what the matrices of the book spread over several tables."""

from export.blocks import Sheet, paired
from export.numbers import number, rupiah
from export.source import Source
from export.tables.facts import readiness_of
from export.tables.years import NOTHING, budgets_of, money_fact, targets_of, years_of
from masterplan.enums import Horizon
from masterplan.models import Programme


def programme_sheet(source: Source, row: Programme) -> Sheet:
    years = years_of(source.plan.detail_range, [row])
    budgets, targets = budgets_of([row]), targets_of(row)
    last = targets.get(years[-1])
    target = (f"{number(last)} {row.unit}" if last is not None else "Belum ditetapkan", f"Target {years[-1]}")
    return Sheet(
        id="",
        code=row.code,
        name=row.name,
        dimension=row.dimension.code,
        subtitle=f"{row.dimension.name} · {(row.own_subdimension or row.subdimension).name} · {source.plan.period}",
        facts=(money_fact(sum(budgets.values()), row.funding_sources), target, (row.lead_opd.label, row.lead_opd.name)),
        pairs=paired(_answers(source, row)),
        periods_title="Target dan anggaran menurut tahun",
        periods=tuple(
            (
                str(year),
                (
                    f"Target {NOTHING if (value := targets.get(year)) is None else number(value)}",
                    rupiah(budgets.get(year, 0)),
                ),
            )
            for year in years
        ),
    )


def _answers(source: Source, row: Programme) -> list[tuple[str, str]]:
    mission = row.rpjmd_mission
    return [
        ("Strategi", f"{row.strategy.code} {row.strategy.text}"),
        ("Misi RPJMD", f"{mission.number}. {mission.text}" if mission else ""),
        ("Indikator", f"{row.indicator} ({row.unit})"),
        ("Nilai dasar", f"{number(row.baseline_value)} {row.unit}, {row.baseline_year}"),
        ("Kegiatan", "; ".join(row.activities)),
        ("Perangkat daerah pendukung", ", ".join(opd.label for opd in row.supporting_opds.all())),
        ("Lokasi", "; ".join(filter(None, (row.location, ", ".join(row.districts))))),
        ("Penerima manfaat", row.beneficiaries),
        ("Mitra", "; ".join(str(partner) for partner in row.partners.all())),
        ("Rujukan rencana lain", "; ".join(str(reference) for reference in row.references.all())),
        ("Kesiapan", "; ".join(readiness_of(row))),
        ("Jenis inovasi", row.get_innovation_display() if row.innovation else ""),
        ("Jangka", ", ".join(str(Horizon(horizon).label) for horizon in row.horizons)),
        ("Quick win", source.quick_win_codes.get(row.pk, "")),
        ("Kode subkegiatan", row.subactivity_code or ""),
    ]
