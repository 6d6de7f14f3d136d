"""Which office writes which section, and who from outside works on a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from masterplan.models import Masterplan, PlanMember, Section
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.audit.log import record
from smartcity.regency.models import Opd
from smartcity.ui.refusal import Incomplete


@transaction.atomic
def assign(plan: Masterplan, wanted: Mapping[int, Sequence[Opd]], *, by: User) -> int:
    """Give each section (by id) exactly these offices; returns how many sections changed."""
    changed = 0
    sections = Section.objects.present().filter(plan=plan, pk__in=wanted).without_text().prefetch_related("opds")
    for section in sections.select_related("outline_section"):
        offices = {opd.pk for opd in wanted[section.pk]}
        before = {opd.pk for opd in section.opds.all()}
        if offices == before:
            continue
        section.opds.set(offices)
        changed += 1
        record(
            "section.assigned",
            section,
            by=by,
            regency_id=plan.regency_id,
            plan_code=plan.code,
            before=sorted(before),
            after=sorted(offices),
        )
    return changed


@dataclass(frozen=True)
class Perimeter:
    """Codes of what a member judges; none of either is the whole plan. Codes that the plan does not have are left out."""

    books: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()

    def fields_in(self, plan: Masterplan) -> dict[str, list[str]]:
        books = plan.outline.books.filter(code__in=self.books).values_list("code", flat=True)
        dimensions = plan.dimension_set.dimensions.filter(code__in=self.dimensions).values_list("code", flat=True)
        return {"books": list(books), "dimensions": list(dimensions)}


WHOLE_PLAN = Perimeter()


@transaction.atomic
def add_member(
    plan: Masterplan, *, email: str, role: Role, by: User, perimeter: Perimeter = WHOLE_PLAN
) -> PlanMember:  # fmt: skip
    """Only somebody who holds this role for the nation can be called to a plan."""
    held = Membership.objects.filter(
        user__email=email.strip().lower(), user__is_active=True, role=role, scope=Scope.NATION
    ).select_related("user")
    membership = held.first()
    if membership is None:
        msg = f"Tidak ada {role.label.lower()} dengan alamat {email}."
        raise Incomplete(msg)
    member, is_new = PlanMember.objects.get_or_create(
        plan=plan, user=membership.user, role=role, defaults=perimeter.fields_in(plan)
    )
    if is_new:
        record("member.added", member, by=by, regency_id=plan.regency_id, plan_code=plan.code)
    return member


@transaction.atomic
def set_perimeter(member: PlanMember, perimeter: Perimeter, *, by: User) -> None:
    wanted = perimeter.fields_in(member.plan)
    before = {"books": member.books, "dimensions": member.dimensions}
    if wanted == before:
        return
    member.books, member.dimensions = wanted["books"], wanted["dimensions"]
    member.save(update_fields=["books", "dimensions"])
    plan = member.plan
    record(
        "member.changed", member, by=by, regency_id=plan.regency_id, plan_code=plan.code, before=before, after=wanted
    )


@transaction.atomic
def remove_member(member: PlanMember, *, by: User) -> None:
    record("member.removed", member, by=by, regency_id=member.plan.regency_id, plan_code=member.plan.code)
    member.delete()
