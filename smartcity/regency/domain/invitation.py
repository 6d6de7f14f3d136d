"""An invitation: one person, one role, one place, one link that expires. The database knows only the link's fingerprint."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Invitation, Membership, User
from smartcity.audit.log import record
from smartcity.regency.mail import send_invitation
from smartcity.regency.models import Opd, Regency
from smartcity.regency.rules import DIMENSION_ROLES, OFFICE_ROLES, invitable_roles
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed

VALID_FOR = timedelta(days=14)
ASK_AGAIN = "Minta undangan baru kepada orang yang mengundang Anda."

type LinkTo = Callable[[str], str]


@dataclass(frozen=True)
class Invitee:
    """Who shall get which role where; no regency means the whole nation."""

    email: str
    display_name: str
    role: Role
    regency: Regency | None
    opd: Opd | None = None
    dimension_code: str = ""


@transaction.atomic
def invite(invitee: Invitee, *, by: User, link_to: LinkTo) -> Invitation:
    _check(invitee, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=invitee.email.lower(),
        display_name=invitee.display_name,
        role=invitee.role,
        regency=invitee.regency,
        opd=invitee.opd,
        dimension_code=invitee.dimension_code,
        token_hash=fingerprint(token),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    _record("invitation.created", invitation, by=by)
    transaction.on_commit(partial(send_invitation, invitation.pk, link_to(token)), robust=True)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User, link_to: LinkTo) -> Invitation:
    """A new link with a new term; the former link stops working, because it may have gone astray."""
    invitation = _locked(invitation)
    _ensure_may_manage(invitation, by)
    _refuse_used_or_revoked(invitation)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = fingerprint(token)
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.sent_at = None
    invitation.save(update_fields=["token_hash", "expires_at", "sent_at"])
    _record("invitation.resent", invitation, by=by)
    transaction.on_commit(partial(send_invitation, invitation.pk, link_to(token)), robust=True)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    invitation = _locked(invitation)
    _ensure_may_manage(invitation, by)
    _refuse_used_or_revoked(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    _record("invitation.revoked", invitation, by=by)
    return invitation


def find_invitation(token: str) -> Invitation | None:
    invitations = Invitation.objects.select_related("regency__province", "opd", "invited_by")
    return invitations.filter(token_hash=fingerprint(token)).first()


@transaction.atomic
def accept_as_new(invitation: Invitation, *, display_name: str, password: str) -> User:
    """The link came by mail, so the address counts as verified."""
    invitation = _locked(invitation)
    ensure_open(invitation)
    if User.objects.filter(email=invitation.email).exists():
        raise Conflict(
            "Alamat e-mail ini sudah mempunyai akun.", next_step="Masuk dengan akun itu, lalu buka tautan lagi."
        )
    user = User.objects.create_user(invitation.email, password, display_name=display_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _join(invitation, user)
    return user


@transaction.atomic
def accept_as(invitation: Invitation, *, user: User) -> Membership:
    invitation = _locked(invitation)
    ensure_open(invitation)
    if user.email.lower() != invitation.email.lower():
        raise NotAllowed(
            "Undangan ini ditujukan kepada alamat e-mail lain.",
            next_step="Keluar, lalu masuk dengan akun yang menerima undangan.",
        )
    return _join(invitation, user)


def ensure_open(invitation: Invitation) -> None:
    _refuse_used_or_revoked(invitation)
    if invitation.expires_at <= timezone.now():
        raise Conflict("Tautan undangan ini sudah lewat masa berlakunya.", next_step=ASK_AGAIN)


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _join(invitation: Invitation, user: User) -> Membership:
    membership, _ = Membership.objects.get_or_create(
        user=user, **_reach(invitation), defaults={"granted_by": invitation.invited_by}
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    _record("invitation.accepted", invitation, by=user)
    return membership


def _reach(place: Invitation | Invitee) -> dict[str, Any]:
    """The fields of the membership that an invitation leads to."""
    if place.opd:
        reach = {"scope": Scope.OPD, "opd": place.opd, "regency": None}
    elif place.regency:
        reach = {"scope": Scope.REGENCY, "opd": None, "regency": place.regency}
    else:
        reach = {"scope": Scope.NATION, "opd": None, "regency": None}
    return {"role": place.role, "dimension_code": place.dimension_code, **reach}


def _check(invitee: Invitee, by: User) -> None:
    if invitee.role not in invitable_roles(by, invitee.regency):
        raise NotAllowed("Peran ini tidak dapat Anda berikan di sini.", next_step="Pilih peran lain.")
    if (invitee.role in OFFICE_ROLES) != (invitee.opd is not None):
        raise Incomplete("Penulis diundang untuk satu perangkat daerah.", next_step="Pilih perangkat daerahnya.")
    if invitee.opd and (invitee.opd.regency_id != getattr(invitee.regency, "pk", None) or not invitee.opd.is_active):
        raise Incomplete("Perangkat daerah ini tidak tersedia di daerah ini.", next_step="Pilih perangkat daerah lain.")
    if (invitee.role in DIMENSION_ROLES) != bool(invitee.dimension_code):
        raise Incomplete("PIC dimensi diundang untuk satu dimensi.", next_step="Pilih dimensinya.")
    _refuse_twice(invitee)


def _refuse_twice(invitee: Invitee) -> None:
    if Membership.objects.filter(user__email=invitee.email.lower(), **_reach(invitee)).exists():
        raise Conflict(f"{invitee.email} sudah mempunyai peran ini.", next_step="Tidak perlu diundang lagi.")
    waiting = Invitation.objects.filter(
        email=invitee.email.lower(),
        role=invitee.role,
        regency=invitee.regency,
        opd=invitee.opd,
        dimension_code=invitee.dimension_code,
        accepted_at=None,
        revoked_at=None,
    )
    if waiting.exists():
        raise Conflict(
            f"{invitee.email} sudah diundang untuk peran ini.", next_step="Kirim ulang undangan yang ada di daftar."
        )


def _locked(invitation: Invitation) -> Invitation:
    invitations = Invitation.objects.select_related("regency__province", "opd", "invited_by")
    return invitations.select_for_update(of=("self",)).get(pk=invitation.pk)


def _ensure_may_manage(invitation: Invitation, by: User) -> None:
    if invitation.role not in invitable_roles(by, invitation.regency):
        raise NotAllowed("Undangan ini tidak dapat Anda ubah.", next_step="Hubungi koordinator daerah.")


def _refuse_used_or_revoked(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise Conflict("Undangan ini sudah dipakai.", next_step="Masuk dengan akun yang sudah dibuat.")
    if invitation.revoked_at:
        raise Conflict("Undangan ini sudah dibatalkan.", next_step=ASK_AGAIN)


def _record(verb: str, invitation: Invitation, *, by: User) -> None:
    place = str(invitation.opd or "") or (invitation.regency.full_name if invitation.regency else "Kementerian")
    record(
        verb,
        f"{invitation.display_name} ({invitation.email})",
        by=by,
        regency_id=invitation.regency_id or "",
        role=invitation.get_role_display(),
        place=place,
    )
