"""Time of the consistency rules on 300 programmes and 300 sections: python bench/findings.py."""

from plant import PLAN, grow_outline, grow_programmes, load_now, measure, prepared


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
        print(f"{'full run, 300 + 300':<34} {measure(lambda: findings_of(plan))}")
        print(f"{'  of which reading the plan':<34} {measure(lambda: snapshot_of(plan))}")
        print(f"{'  of which the rules':<34} {measure(lambda: run(snapshot_of(plan)))}")
        print(f"{'one row after saving':<34} {measure(lambda: findings_on_row(plan, 'program', pk))}")


if __name__ == "__main__":
    main()
