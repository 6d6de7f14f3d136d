"""Time of the consistency rules on 300 programmes and 300 sections: python bench/findings.py."""

import statistics
import time
from collections.abc import Callable

from plant import PLAN, grow_outline, load_now, prepared

ROUNDS = 15


def grow_programmes(wanted: int) -> None:
    """Copies of the example's programmes, each with its five years, until the plan has this many."""
    from masterplan.models import Masterplan, Programme, ProgrammeYear  # noqa: PLC0415 - needs Django

    plan = Masterplan.objects.get(code=PLAN)
    patterns = list(plan.programme_set.prefetch_related("years", "supporting_opds"))
    for number in range(wanted - len(patterns)):
        pattern = patterns[number % len(patterns)]
        years, opds = list(pattern.years.all()), list(pattern.supporting_opds.all())
        copy = Programme.objects.get(pk=pattern.pk)
        copy.pk, copy.code, copy.name = None, f"{pattern.code}{number:03}", f"{pattern.name} {number}"
        copy.save()
        copy.supporting_opds.set(opds)
        ProgrammeYear.objects.bulk_create(
            ProgrammeYear(programme=copy, year=year.year, target=year.target, budget=year.budget) for year in years
        )


def measure(name: str, action: Callable[[], object]) -> None:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    print(f"{name:<34} median {statistics.median(times):7.1f} ms   p95 {statistics.quantiles(times, n=20)[-1]:7.1f} ms")


def main() -> None:
    with prepared():
        from django.db import connection, reset_queries  # noqa: PLC0415 - needs the environment

        from masterplan.consistency import run  # noqa: PLC0415
        from masterplan.domain.findings import findings_of, findings_on_row  # noqa: PLC0415
        from masterplan.domain.snapshot import snapshot_of  # noqa: PLC0415
        from masterplan.models import Masterplan  # noqa: PLC0415

        grow_outline(300)
        grow_programmes(300)
        plan = Masterplan.objects.select_related("dimension_set", "regency").get(code=PLAN)
        pk = plan.programme_set.all()[0].pk
        connection.force_debug_cursor = True
        reset_queries()
        found = findings_of(plan)
        print(f"{len(found)} findings, {len(connection.queries)} queries; {load_now()}")
        connection.force_debug_cursor = False
        measure("full run, 300 + 300", lambda: findings_of(plan))
        measure("  of which reading the plan", lambda: snapshot_of(plan))
        measure("  of which the rules", lambda: run(snapshot_of(plan)))
        measure("one row after saving", lambda: findings_on_row(plan, "program", pk))


if __name__ == "__main__":
    main()
