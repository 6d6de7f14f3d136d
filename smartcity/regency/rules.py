"""Who may see and keep the facts, offices and people of a regency. A place without regency is the nation."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.accounts.standing import standing_of
from smartcity.regency.models import Regency

type Person = User | AnonymousUser
type Place = Regency | None

GIVEN_BY_COORDINATOR = (Role.COORDINATOR, Role.AUTHOR, Role.DIMENSION_LEAD, Role.APPROVER, Role.COUNCIL_READER)
GIVEN_BY_MINISTRY_IN_REGENCY = (Role.COORDINATOR,)
GIVEN_BY_MINISTRY_IN_NATION = (Role.MENTOR, Role.ASSESSOR)
OFFICE_ROLES = frozenset({Role.AUTHOR})
DIMENSION_ROLES = frozenset({Role.DIMENSION_LEAD})


def can_view_regency(user: Person, regency: Regency) -> bool:
    """Profile and registry of offices: everybody with a role in it, in its province, or at the ministry."""
    standing = standing_of(user)
    return standing.is_national or regency.pk in standing.regency_ids or regency.province_id in standing.province_ids


def viewable_regencies(user: Person) -> QuerySet[Regency]:
    """Agrees with `can_view_regency`; a test compares the two."""
    standing = standing_of(user)
    if standing.is_national:
        return Regency.objects.all()
    return Regency.objects.filter(Q(pk__in=standing.regency_ids) | Q(province__in=standing.province_ids))


def can_keep_regency(user: Person, regency: Regency) -> bool:
    """Correct the profile and the registry of offices."""
    return regency.pk in standing_of(user).regency_ids_as(Role.COORDINATOR)


def can_manage_people(user: Person, place: Place) -> bool:
    return bool(invitable_roles(user, place))


def invitable_roles(user: Person, place: Place) -> tuple[Role, ...]:
    """What this person may give (and take) in this place."""
    is_ministry = standing_of(user).has_national(Role.MINISTRY_EDITOR)
    if place is None:
        return GIVEN_BY_MINISTRY_IN_NATION if is_ministry else ()
    if can_keep_regency(user, place):
        return GIVEN_BY_COORDINATOR
    return GIVEN_BY_MINISTRY_IN_REGENCY if is_ministry else ()


def can_revoke(user: Person, membership: Membership) -> bool:
    """Needs `membership.regency` and `membership.opd.regency`."""
    if membership.scope == Scope.PROVINCE:
        return False
    place = membership.opd.regency if membership.opd else membership.regency
    return membership.role in invitable_roles(user, place)


def can_read_trail(user: Person, regency: Regency) -> bool:
    return can_keep_regency(user, regency) or standing_of(user).is_national
