"""`make bench-board`: the board of quick wins with every region of the nation, six quick wins each; medians."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import product
from typing import Any

from plant import PLAN, load_now, measure, prepared

YEAR = 2026
ADDRESS = f"/papan-quick-win/?tahun={YEAR}"
STATUSES = ("berjalan", "berjalan", "disetujui", "selesai", "diusulkan", "dihentikan")


def plant_regions() -> None:
    """A plan with an office, a strategy and six programmes for each region that has none."""
    from masterplan.models import Masterplan, Programme, Strategy  # noqa: PLC0415 - needs Django
    from smartcity.regency.models import Opd, Regency  # noqa: PLC0415

    pattern, example = Programme.objects.filter(plan__code=PLAN)[0], Masterplan.objects.get(code=PLAN)
    dimensions = list(example.dimension_set.dimensions.all())
    regencies = Regency.objects.exclude(masterplans__isnull=False)
    Masterplan.objects.bulk_create(
        Masterplan(
            regency=regency, outline=example.outline, dimension_set=example.dimension_set, code=f"{regency.pk}-{YEAR}",
            title=f"Masterplan Smart City {regency.full_name}", start_year=YEAR, base_year=YEAR - 1,
        )
        for regency in regencies
    )  # fmt: skip
    plans = Masterplan.objects.exclude(pk=example.pk)
    offices = {
        opd.regency_id: opd
        for opd in Opd.objects.bulk_create(
            Opd(regency_id=plan.regency_id, code="DISKOMINFO", name="Dinas Komunikasi dan Informatika")
            for plan in plans
        )
    }
    strategies = Strategy.objects.bulk_create(
        Strategy(plan=plan, code="S1", dimension=dimensions[0], text="Satu pintu layanan") for plan in plans
    )
    subdimensions = {each.pk: each.subdimensions.all()[0] for each in dimensions}
    Programme.objects.bulk_create(
        Programme(
            plan=strategy.plan, code=f"{dimension.code}-P01", name=f"Program {dimension.name}", dimension=dimension,
            subdimension=subdimensions[dimension.pk], strategy=strategy, lead_opd=offices[strategy.plan.regency_id],
            indicator=pattern.indicator, unit=pattern.unit, baseline_year=pattern.baseline_year,
            baseline_value=pattern.baseline_value,
        )
        for strategy, dimension in product(strategies, dimensions)
    )  # fmt: skip
    plant_cohorts(plans)


def plant_cohorts(plans: Iterable[Any]) -> None:
    from bimtek.models import Cohort, Participation  # noqa: PLC0415 - needs Django

    cohorts = list(Cohort.objects.all())
    Participation.objects.filter(plan__in=plans).delete()
    Participation.objects.bulk_create(
        Participation(plan=plan, cohort=cohorts[place % len(cohorts)]) for place, plan in enumerate(plans)
    )


def plant_quick_wins() -> int:
    """One of each programme with four milestones and, for two in three, news."""
    from masterplan.models import Programme  # noqa: PLC0415 - needs Django
    from quickwin.models import QuickWin, QuickWinMilestone, QuickWinUpdate  # noqa: PLC0415
    from smartcity.accounts.models import User  # noqa: PLC0415

    wins = QuickWin.objects.bulk_create(
        QuickWin(
            plan_id=row.plan_id, code=f"QW-{place % 6 + 1:02}", name=f"Percepatan {row.name} di Kecamatan", programme=row,
            dimension_id=row.dimension_id, year=YEAR, origin_year=YEAR, lead_opd_id=row.lead_opd_id, problem="Antre",
            benefit="Cepat", budget=500_000_000, status=STATUSES[place % 5],
        )
        for place, row in enumerate(Programme.objects.exclude(plan__code=PLAN).order_by("plan_id", "pk"))
    )  # fmt: skip
    QuickWinMilestone.objects.bulk_create(
        QuickWinMilestone(
            quick_win=win, quarter=quarter, text=f"Tonggak {quarter}",
            done_on=datetime(YEAR, quarter * 3, 20, tzinfo=UTC).date() if quarter < place % 5 else None,
            late_reason="Lelang diulang" if place % 3 else "",
        )
        for place, win in enumerate(wins)
        for quarter in (1, 2, 3, 4)
    )  # fmt: skip
    teller = User.objects.order_by("pk")[0]
    QuickWinUpdate.objects.bulk_create(
        QuickWinUpdate(quick_win=win, text="Berjalan", by=teller, by_name=teller.display_name)
        for place, win in enumerate(wins)
        if place % 3
        for _ in range(3)
    )
    return QuickWin.objects.filter(year=YEAR).count()


def main() -> None:
    with prepared(HASHED_STATIC="1"):
        from django.db import connection  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        from smartcity.accounts.models import User  # noqa: PLC0415

        plant_regions()
        print(load_now(), f"{plant_quick_wins()} quick wins", sep="   ")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = Client()
        client.force_login(User.objects.get(email="editor@contoh.example"))
        with CaptureQueriesContext(connection) as queries:
            size = len(client.get(ADDRESS).content)
        print(f"{len(queries)} queries, {size // 1024} KB")
        for name, more in (
            ("all regions", ""), ("last page", "&halaman=99"), ("red ones", "&lampu=merah"),
            ("one dimension", "&dimensi=LIV"), ("one province", "&provinsi=63"), ("one cohort", "&angkatan=2025"),
        ):  # fmt: skip
            print(f"{name:<16} {measure(lambda more=more: client.get(ADDRESS + more))}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
