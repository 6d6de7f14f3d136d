"""Taking a role away; the last coordinator of a region and the last ministry editor stay."""

from django.db import transaction

from smartcity.accounts.enums import Role
from smartcity.accounts.models import Membership, User
from smartcity.audit.log import record
from smartcity.regency.models import Regency
from smartcity.regency.rules import can_revoke
from smartcity.ui.refusal import Conflict, NotAllowed


@transaction.atomic
def revoke_membership(membership: Membership, *, reason: str, by: User) -> None:
    regency = membership.opd.regency if membership.opd else membership.regency
    if not can_revoke(by, membership):
        raise NotAllowed("Peran ini tidak dapat Anda cabut.", next_step="Hubungi koordinator daerah atau kementerian.")
    if regency and membership.role == Role.COORDINATOR:
        _refuse_last_coordinator(regency)
    subject = f"{membership.user.display_name} ({membership.user.email})"
    role, regency_id = membership.get_role_display(), regency.pk if regency else ""
    membership.delete()
    record("membership.revoked", subject, by=by, regency_id=regency_id, reason=reason, role=role)


def _refuse_last_coordinator(regency: Regency) -> None:
    """Locks the regency, so that two coordinators cannot remove each other at the same moment."""
    Regency.objects.select_for_update(of=("self",)).get(pk=regency.pk)
    others = Membership.objects.filter(role=Role.COORDINATOR, regency=regency, user__is_active=True)
    if others.count() <= 1:
        raise Conflict(
            f"{regency.full_name} hanya mempunyai satu koordinator, sehingga perannya tidak dapat dicabut.",
            next_step="Undang koordinator lain lebih dahulu; setelah undangannya diterima, peran ini dapat dicabut.",
        )
