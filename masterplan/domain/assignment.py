"""Which office writes which section, and who from outside works on a plan."""

from collections.abc import Mapping, Sequence

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


@transaction.atomic
def add_member(plan: Masterplan, *, email: str, role: Role, by: User) -> PlanMember:
    """Only somebody who holds this role for the nation can be called to a plan."""
    held = Membership.objects.filter(
        user__email=email.strip().lower(), user__is_active=True, role=role, scope=Scope.NATION
    ).select_related("user")
    membership = held.first()
    if membership is None:
        msg = f"Tidak ada {role.label.lower()} dengan alamat {email}."
        raise Incomplete(msg)
    member, is_new = PlanMember.objects.get_or_create(plan=plan, user=membership.user, role=role)
    if is_new:
        record("member.added", member, by=by, regency_id=plan.regency_id, plan_code=plan.code)
    return member


@transaction.atomic
def remove_member(member: PlanMember, *, by: User) -> None:
    record("member.removed", member, by=by, regency_id=member.plan.regency_id, plan_code=member.plan.code)
    member.delete()
