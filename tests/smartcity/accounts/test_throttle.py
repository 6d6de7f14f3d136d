"""Guessing passwords: at most 5 evaluated attempts per account and 10 per address (reliability 14)."""

from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import Client

from smartcity.accounts.models import User
from tests.smartcity.accounts.given import PASSWORD, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return account(has_second_factor=False)


def attempt(client: Client, email: str, password: str, address: str, host: str = "testserver") -> bool:
    """Whether the attempt signed in."""
    fields = {"login": email, "password": password}
    response = client.post("/akun/login/", fields, REMOTE_ADDR=address, headers={"Host": host})
    return response.status_code == 302


def evaluated(user: User, attempts: list[tuple[str, str, str]]) -> int:
    """How many of the wrong passwords were compared with the stored one at all."""
    with patch("allauth.account.adapter.authenticate", wraps=authenticate) as spy:
        for email, address, host in attempts:
            assert not attempt(Client(), email, "salah-terus", address, host)
    return spy.call_count


def test_the_cache_is_shared_by_all_processes() -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_account_is_guarded_against_200_addresses(user: User) -> None:
    attempts = [(user.email, f"10.0.{number // 250}.{number % 250}", "testserver") for number in range(200)]
    assert evaluated(user, attempts) == 5


def test_variants_of_the_address_share_the_limit(user: User) -> None:
    variants = [user.email, user.email.upper(), f" {user.email} ", user.email.title()] * 5
    assert evaluated(user, [(email, f"10.1.0.{place}", "testserver") for place, email in enumerate(variants)]) == 5


def test_port_in_the_host_header_opens_no_new_attempts(user: User) -> None:
    attempts = [(user.email, f"10.2.0.{number}", f"testserver:{8000 + number}") for number in range(20)]
    assert evaluated(user, attempts) == 5


def test_one_network_address_is_limited_over_all_accounts(user: User) -> None:
    attempts = [(f"orang{number}@daerah.example", "10.3.0.1", "testserver") for number in range(30)]
    assert evaluated(user, attempts) <= 10


def test_right_password_is_refused_while_throttled(user: User) -> None:
    evaluated(user, [(user.email, f"10.4.0.{number}", "testserver") for number in range(5)])
    assert not attempt(Client(), user.email, PASSWORD, "10.4.1.1")


def test_right_password_works_without_failures(user: User) -> None:
    assert attempt(Client(), user.email, PASSWORD, "10.5.0.1")


def test_answer_does_not_say_whether_the_account_exists(user: User) -> None:
    known = Client().post("/akun/login/", {"login": user.email, "password": "salah"}, REMOTE_ADDR="10.6.0.1")
    unknown = Client().post("/akun/login/", {"login": "tak@ada.example", "password": "salah"}, REMOTE_ADDR="10.6.0.2")
    errors = [response.context["form"].non_field_errors() for response in (known, unknown)]
    assert errors[0] == errors[1]
