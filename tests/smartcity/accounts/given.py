"""People in a role, signed in; the second factor is there unless a test leaves it out."""

from functools import cache

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client

from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.regency.models import Opd, Regency

BANJAR, KOTA_BANJAR = "63.03", "32.79"
PASSWORD = "ombak-besar-di-martapura"
NATIONAL = frozenset({Role.MINISTRY_EDITOR, Role.MENTOR, Role.ASSESSOR})


@cache
def hashed(password: str) -> str:
    """Hashing is slow on purpose; once is enough for all tests."""
    return make_password(password)


def regency(code: str = BANJAR) -> Regency:
    return Regency.objects.select_related("province").get(pk=code)


def office(code: str = "DINKES", place: str = BANJAR) -> Opd:
    return Opd.objects.get_or_create(regency_id=place, code=code, defaults={"name": f"Dinas {code}"})[0]


def grant(user: User, role: Role, place: str = BANJAR) -> Membership:
    if role in NATIONAL:
        return Membership.objects.create(user=user, role=role, scope=Scope.NATION)
    if role == Role.AUTHOR:
        return Membership.objects.create(user=user, role=role, scope=Scope.OPD, opd=office(place=place))
    dimension = "ECO" if role == Role.DIMENSION_LEAD else ""
    return Membership.objects.create(
        user=user, role=role, scope=Scope.REGENCY, regency_id=place, dimension_code=dimension
    )


def account(mailbox: str = "orang", *, has_second_factor: bool = True) -> User:
    user = User.objects.create(
        email=f"{mailbox}@daerah.example", display_name=mailbox.title(), password=hashed(PASSWORD)
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if has_second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "rahasia"})
    return user


def person(role: Role | None, place: str = BANJAR, mailbox: str = "", *, has_second_factor: bool = True) -> User:
    user = account(mailbox or f"{role or 'tamu'}.{place}", has_second_factor=has_second_factor)
    if role:
        grant(user, role, place)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
