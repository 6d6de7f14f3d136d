"""Who may do what with a plan. One question, one home: `can_*` here, which rows in the querysets' `visible_to`."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from masterplan.enums import CommentKind, CommentVisibility
from masterplan.models import CommentThread, Masterplan, OutlineSection, PlanMember, PlanRow, Section
from masterplan.models.plan import REVIEWER_ROLES
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of
from smartcity.regency.models import Province, Regency

type Person = User | AnonymousUser


def can_edit_reference(user: Person) -> bool:
    """Outline, guidance, dimension sets: the ministry's editor."""
    return standing_of(user).has_national(Role.MINISTRY_EDITOR)


def can_create_plan(user: Person, regency: Regency) -> bool:
    return regency.pk in standing_of(user).regency_ids_as(Role.COORDINATOR)


def can_view_plan(user: Person, plan: Masterplan) -> bool:
    standing = standing_of(user)
    return (
        standing.is_national
        or plan.regency_id in standing.regency_ids
        or bool(standing.province_ids and plan.regency.province_id in standing.province_ids)
        or is_plan_member(user, plan)
    )


def is_plan_member(user: Person, plan: Masterplan) -> bool:
    return user.is_authenticated and PlanMember.objects.filter(plan=plan, user_id=user.pk).exists()


def can_manage_plan(user: Person, plan: Masterplan) -> bool:
    """Settings, assignment, members, every section and row: the region's coordinator."""
    return plan.regency_id in standing_of(user).regency_ids_as(Role.COORDINATOR)


def can_write_section(user: Person, section: Section) -> bool:
    """Needs `section.plan` and `section.outline_section.dimension`; an author writes what is assigned to their office."""
    if can_manage_plan(user, section.plan):
        return True
    if leads_dimension_of(user, section.plan, section.outline_section):
        return True
    opd_ids = standing_of(user).opd_ids_as(Role.AUTHOR)
    return bool(opd_ids) and any(opd.pk in opd_ids for opd in section.opds.all())


def can_suggest(user: Person, section: Section) -> bool:
    """Other words, which the section's writers accept or reject: reviewers. Whoever writes the section just writes."""
    return is_reviewer(user, section.plan) and not can_write_section(user, section)


def can_see_suggestions(user: Person, section: Section) -> bool:
    """Those who make them and those who answer them; for other readers the text is as if they were rejected."""
    return can_write_section(user, section) or is_reviewer(user, section.plan)


def leads_dimension_of(user: Person, plan: Masterplan, outline_section: OutlineSection) -> bool:
    dimension = outline_section.dimension
    return dimension is not None and dimension.code in standing_of(user).dimension_codes(plan.regency_id)


def can_add_row(user: Person, plan: Masterplan, model: type[PlanRow]) -> bool:
    """Offices add work that they lead, dimension leads add what has a dimension, the coordinator adds anything."""
    standing = standing_of(user)
    fields = {field.name for field in model._meta.get_fields()}
    return (
        can_manage_plan(user, plan)
        or ("lead_opd" in fields and bool(authored_opd_ids(user, plan)))
        or ("dimension" in fields and bool(standing.dimension_codes(plan.regency_id)))
    )


def authored_opd_ids(user: Person, plan: Masterplan) -> frozenset[int]:
    """Offices of this plan's regency for which the person writes."""
    return frozenset(
        grant.opd_id
        for grant in standing_of(user).grants
        if grant.role == Role.AUTHOR and grant.opd_id and grant.regency_id == plan.regency_id
    )


def can_write_row(user: Person, row: PlanRow) -> bool:
    """Needs `row.plan`, and `row.dimension` where the row has one."""
    if can_manage_plan(user, row.plan):
        return True
    if getattr(row, "lead_opd_id", None) in authored_opd_ids(user, row.plan):
        return True
    dimension = getattr(row, "dimension", None)
    return dimension is not None and dimension.code in standing_of(user).dimension_codes(row.plan.regency_id)


def is_writer(user: Person, plan: Masterplan) -> bool:
    """Whether some section or row of this plan could be this person's to write."""
    return (
        can_manage_plan(user, plan)
        or bool(authored_opd_ids(user, plan))
        or bool(standing_of(user).dimension_codes(plan.regency_id))
    )


def can_guide(user: Person, place: Province | Regency) -> bool:
    """Adding own guidance to the ministry's: the coordinator of that region or province."""
    grants = standing_of(user).grants
    if isinstance(place, Province):
        return any(grant.role == Role.COORDINATOR and grant.province_id == place.pk for grant in grants)
    return place.pk in standing_of(user).regency_ids_as(Role.COORDINATOR)


def can_waive_findings(user: Person, plan: Masterplan) -> bool:
    """Setting a finding aside is said before the mentor, so the person who carries the plan says it."""
    return can_manage_plan(user, plan)


def can_export_plan(user: Person, plan: Masterplan) -> bool:
    """Everybody who may read the plan may have the book."""
    return can_view_plan(user, plan)


def is_reviewer(user: Person, plan: Masterplan) -> bool:
    """Mentors, assessors and the ministry's editor; whoever also works in the region stands on the region's side."""
    standing = standing_of(user)
    if plan.regency_id in standing.regency_ids:
        return False
    return any(standing.has_national(role) for role in REVIEWER_ROLES) or is_plan_member(user, plan)


def can_see_comment(user: Person, thread: CommentThread) -> bool:
    """Agrees with `CommentThread.objects.visible_to`. Needs `thread.plan.regency`."""
    plan = thread.plan
    if not can_view_plan(user, plan):
        return False
    if thread.visibility == CommentVisibility.TEAM or is_reviewer(user, plan):
        return True
    is_of_office = thread.opd_id in standing_of(user).opd_ids
    return thread.visibility == CommentVisibility.OFFICE and (is_of_office or can_manage_plan(user, plan))


def comment_visibilities(user: Person, plan: Masterplan) -> tuple[CommentVisibility, ...]:
    """From the narrowest to the widest; everybody who reads the plan has at least one."""
    if is_reviewer(user, plan):
        return (CommentVisibility.REVIEWERS, CommentVisibility.OFFICE, CommentVisibility.TEAM)
    if can_manage_plan(user, plan) or own_opd_ids(user, plan):
        return (CommentVisibility.OFFICE, CommentVisibility.TEAM)
    return (CommentVisibility.TEAM,)


def own_opd_ids(user: Person, plan: Masterplan) -> frozenset[int]:
    """Offices of this plan's regency in which the person holds any role."""
    grants = standing_of(user).grants
    return frozenset(grant.opd_id for grant in grants if grant.opd_id and grant.regency_id == plan.regency_id)


def comment_kinds(user: Person, plan: Masterplan) -> tuple[CommentKind, ...]:
    """What must be fixed holds up a gate: said by those who review, and by who carries the plan."""
    if is_reviewer(user, plan) or can_manage_plan(user, plan):
        return tuple(CommentKind)
    return tuple(kind for kind in CommentKind if kind != CommentKind.MUST_FIX)


# -- who is told -----------------------------------------------------------------------------------------------------
# Only who might care; whether they may see it is asked again when they are told (`visible_to`).


def coordinators_of(plan: Masterplan) -> QuerySet[User]:
    held = Q(memberships__role=Role.COORDINATOR, memberships__regency_id=plan.regency_id)
    return User.objects.filter(held, is_active=True).distinct()


def reviewers_of(plan: Masterplan) -> QuerySet[User]:
    """Mentors and assessors who were called to this plan; the whole nation's are not told of every plan."""
    return User.objects.filter(plan_memberships__plan=plan, is_active=True).distinct()


def writers_of(plan: Masterplan) -> QuerySet[User]:
    """Coordinators, authors and dimension leads of the plan's region."""
    role = Q(memberships__role__in=(Role.COORDINATOR, Role.AUTHOR, Role.DIMENSION_LEAD))
    place = Q(memberships__regency_id=plan.regency_id) | Q(memberships__opd__regency_id=plan.regency_id)
    return User.objects.filter(role & place, is_active=True).distinct()


def asked_by(thread: CommentThread) -> QuerySet[User]:
    """Who is to answer: agrees with `CommentThread.objects.waiting_for`."""
    if thread.kind == CommentKind.PRAISE:
        return User.objects.none()
    if thread.assignee_id:
        return User.objects.filter(pk=thread.assignee_id, is_active=True)
    if thread.assigned_opd_id:
        return User.objects.filter(memberships__opd_id=thread.assigned_opd_id, is_active=True).distinct()
    if thread.visibility == CommentVisibility.REVIEWERS:
        return User.objects.none()
    return coordinators_of(thread.plan).exclude(pk=thread.asker_id or 0)
