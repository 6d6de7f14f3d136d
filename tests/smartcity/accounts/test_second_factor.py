"""Which roles must have a second factor, and that nothing is reachable before it (reliability 16)."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client, override_settings

from smartcity.accounts.enums import SECOND_FACTOR_ROLES, Role
from smartcity.accounts.models import User
from tests.smartcity.accounts.given import BANJAR, PASSWORD, client_of, grant, person

pytestmark = pytest.mark.django_db

DEMANDED = {
    Role.MINISTRY_EDITOR: True,
    Role.MENTOR: True,
    Role.ASSESSOR: False,
    Role.COORDINATOR: True,
    Role.AUTHOR: False,
    Role.DIMENSION_LEAD: False,
    Role.APPROVER: False,
    Role.COUNCIL_READER: False,
}
SET_UP = "/akun/2fa/totp/activate/"


def test_every_role_is_decided() -> None:
    assert {role for role, demanded in DEMANDED.items() if demanded} == SECOND_FACTOR_ROLES
    assert set(DEMANDED) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_second_factor_is_demanded_by_role(role: Role) -> None:
    response = client_of(person(role, has_second_factor=False)).get("/daerah/")
    assert (response.status_code == 302 and response["Location"] == SET_UP) == DEMANDED[role]


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_role_with_authenticator_passes(role: Role) -> None:
    assert client_of(person(role)).get("/daerah/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = person(Role.COORDINATOR, has_second_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client_of(user).get("/daerah/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/daerah/",
        f"/daerah/{BANJAR}/",
        f"/daerah/{BANJAR}/orang/",
        "/acuan/",
        "/akun/email/",
        "/akun/password/change/",
    ],
)
def test_no_page_before_the_second_factor(path: str) -> None:
    response = client_of(person(Role.COORDINATOR, has_second_factor=False)).get(path)
    assert (response.status_code, response["Location"]) == (302, SET_UP)


def test_scripts_learn_it_as_json_and_htmx_as_redirect() -> None:
    client = client_of(person(Role.COORDINATOR, has_second_factor=False))
    scripted = client.get("/daerah/", headers={"Accept": "application/json"})
    assert (scripted.status_code, scripted.json()) == (401, {"error": "second_factor"})
    assert client.get("/daerah/", headers={"HX-Request": "true"})["HX-Redirect"] == SET_UP


def test_sign_out_stays_reachable() -> None:
    client = client_of(person(Role.COORDINATOR, has_second_factor=False))
    assert client.post("/akun/logout/").status_code == 302
    assert client.get("/daerah/")["Location"].startswith("/akun/login/")


def test_new_role_demands_it_on_the_next_request() -> None:
    user = person(Role.AUTHOR, has_second_factor=False)
    client = client_of(user)
    assert client.get("/daerah/").status_code == 200
    grant(user, Role.COORDINATOR)
    assert client.get("/daerah/")["Location"] == SET_UP


@override_settings(DEMO=True)
def test_demo_mode_asks_for_none() -> None:
    assert client_of(person(Role.COORDINATOR, has_second_factor=False)).get("/daerah/").status_code == 200


def test_password_alone_never_signs_in_an_account_with_authenticator() -> None:
    user = person(Role.COORDINATOR)
    client = Client()
    response = client.post("/akun/login/", {"login": user.email, "password": PASSWORD})
    assert response["Location"].startswith("/akun/2fa/authenticate/")
    assert client.get("/daerah/")["Location"].startswith("/akun/login/")


def test_starting_the_second_factor_ends_the_other_sessions(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    user = person(Role.COORDINATOR, has_second_factor=False)
    stolen, own = signed_in_by_password(user), signed_in_by_password(user)
    assert stolen.get("/daerah/")["Location"] == SET_UP
    own.post("/akun/reauthenticate/", {"password": PASSWORD})
    secret = own.get(SET_UP).context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    with django_capture_on_commit_callbacks(execute=True):
        own.post(SET_UP, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert own.get("/daerah/").status_code == 200
    assert stolen.get("/daerah/")["Location"].startswith("/akun/login/")


def signed_in_by_password(user: User) -> Client:
    client = Client()
    client.post("/akun/login/", {"login": user.email, "password": PASSWORD})
    return client
