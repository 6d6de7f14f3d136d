"""The way of an invitation: made, mailed, accepted; and every way in which its link must not work."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Invitation, Membership, User
from smartcity.audit.models import Event
from smartcity.regency.domain.invitation import Invitee, accept_as_new, fingerprint, invite
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed
from tests.smartcity.accounts.given import BANJAR, KOTA_BANJAR, PASSWORD, account, client_of, office, person, regency

pytestmark = pytest.mark.django_db
PEOPLE = f"/daerah/{BANJAR}/orang/"
EMAIL = "baru@daerah.example"
ACCEPTED = {"display_name": "Orang Baru", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def asked(**changes: str) -> dict[str, str]:
    return {"email": EMAIL, "display_name": "Orang Baru", "role": Role.AUTHOR, "opd": str(office().pk), **changes}


def link_of(number: int = -1) -> str:
    found = re.search(r"http://testserver(/daerah/undangan/\S+/)", str(mail.outbox[number].body))
    assert found
    return found.group(1)


def invited(coordinator: User, commit: Any, **changes: str) -> str:
    with commit():
        response = client_of(coordinator).post(f"{PEOPLE}undang/", asked(**changes))
    assert response.status_code == 302
    return link_of()


def test_letter_says_who_which_role_where_and_until_when(coordinator: User, commit: Any) -> None:
    invited(coordinator, commit)
    letter = mail.outbox[0]
    assert letter.to == [EMAIL]
    assert letter.subject == "Undangan Masterplan Smart City: Penulis perangkat daerah, Kabupaten Banjar"
    for words in ("Dinas DINKES", "Kabupaten Banjar, Kalimantan Selatan (63.03)", coordinator.display_name, link_of()):
        assert words in letter.body
    assert Invitation.objects.get().sent_at is not None


def test_database_knows_only_the_fingerprint(coordinator: User, commit: Any) -> None:
    token = invited(coordinator, commit).split("/")[-2]
    invitation = Invitation.objects.get()
    assert invitation.token_hash == fingerprint(token)
    assert token not in str([*Invitation.objects.values(), *Event.objects.values()])


def test_new_person_accepts_and_is_signed_in_for_one_office_only(coordinator: User, commit: Any) -> None:
    link, client = invited(coordinator, commit), Client()
    assert "Dinas DINKES" in client.get(link).text
    assert (
        client.post(link, {**ACCEPTED, "role": "coordinator", "opd": "1", "email": "lain@x.example"}).status_code == 302
    )
    user = User.objects.get(email=EMAIL)
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.scope, membership.opd) == (Role.AUTHOR, Scope.OPD, office())
    assert membership.granted_by == coordinator
    assert user.emailaddress_set.get().verified  # type: ignore[attr-defined]
    assert client.get(f"/daerah/{BANJAR}/").status_code == 200
    assert Event.objects.get(verb="invitation.accepted").actor == user


def test_accepting_coordinator_must_set_up_the_second_factor_first(coordinator: User, commit: Any) -> None:
    link, client = invited(coordinator, commit, role=Role.COORDINATOR, opd=""), Client()
    client.post(link, ACCEPTED)
    assert client.get(f"/daerah/{BANJAR}/")["Location"] == "/akun/2fa/totp/activate/"
    assert client.get("/akun/2fa/totp/activate/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "pendek", "password_again": "pendek"}, "password"),
        ({"password": "password12", "password_again": "password12"}, "password"),
        ({"password": "1234509876", "password_again": "1234509876"}, "password"),
        ({"password": "baru@daerah.example", "password_again": "baru@daerah.example"}, "password"),
        ({"password_again": "lain-sekali-ini"}, "password_again"),
        ({"display_name": ""}, "display_name"),
    ],
)
def test_weak_password_makes_no_account(coordinator: User, commit: Any, changes: dict[str, str], field: str) -> None:
    response = Client().post(invited(coordinator, commit), {**ACCEPTED, **changes})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.filter(email=EMAIL).exists()


def closed(link: str) -> tuple[int, int]:
    """Status of looking and of accepting, with nothing created."""
    client = Client()
    statuses = client.get(link).status_code, client.post(link, ACCEPTED).status_code
    assert client.get("/daerah/").status_code == 302
    return statuses


def test_forged_link(coordinator: User, commit: Any) -> None:
    invited(coordinator, commit)
    assert closed("/daerah/undangan/bukan-token-yang-benar/") == (404, 404)
    assert closed(f"/daerah/undangan/{Invitation.objects.get().token_hash}/") == (404, 404)


def test_expired_link(coordinator: User, commit: Any) -> None:
    link = invited(coordinator, commit)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert closed(link) == (410, 410)


def test_link_lives_for_14_days(coordinator: User, commit: Any) -> None:
    invited(coordinator, commit)
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)


def test_revoked_link(coordinator: User, commit: Any) -> None:
    link = invited(coordinator, commit)
    client_of(coordinator).post(f"{PEOPLE}undangan/{Invitation.objects.get().pk}/batal/")
    assert closed(link) == (410, 410)
    assert Event.objects.filter(verb="invitation.revoked", actor=coordinator).count() == 1


def test_used_link(coordinator: User, commit: Any) -> None:
    link = invited(coordinator, commit)
    Client().post(link, ACCEPTED)
    assert closed(link) == (410, 410)
    assert Membership.objects.filter(user__email=EMAIL).count() == 1


def test_accepting_twice_at_the_same_moment_works_once(coordinator: User, commit: Any) -> None:
    invited(coordinator, commit)
    seen_by_both = Invitation.objects.get()
    accept_as_new(seen_by_both, display_name="Satu", password=PASSWORD)
    with pytest.raises(Conflict, match="sudah dipakai"):
        accept_as_new(seen_by_both, display_name="Dua", password=PASSWORD)


def test_resent_link_replaces_the_former(coordinator: User, commit: Any) -> None:
    former = invited(coordinator, commit)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    with commit():
        client_of(coordinator).post(f"{PEOPLE}undangan/{Invitation.objects.get().pk}/kirim-ulang/")
    assert closed(former) == (404, 404)
    assert Client().post(link_of(), ACCEPTED).status_code == 302


def test_failing_mail_server_loses_nothing(coordinator: User, commit: Any) -> None:
    client = client_of(coordinator)
    with patch("smartcity.regency.mail.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError), commit():
        assert client.post(f"{PEOPLE}undang/", asked()).status_code == 302
    assert "Belum terkirim" in client.get(PEOPLE).text
    with commit():
        client.post(f"{PEOPLE}undangan/{Invitation.objects.get().pk}/kirim-ulang/")
    assert "Terkirim" in client.get(PEOPLE).text
    assert Client().post(link_of(), ACCEPTED).status_code == 302


def test_existing_account_signs_in_and_gets_the_role_added(coordinator: User, commit: Any) -> None:
    user = account("baru")
    link = invited(coordinator, commit)
    assert f"/akun/login/?next={link}" in Client().get(link).text
    assert Client().post(link, ACCEPTED).status_code == 200
    client = client_of(user)
    assert client.post(link).status_code == 302
    assert user.check_password(PASSWORD)
    assert Membership.objects.get(user=user).opd == office()


def test_looking_at_the_link_accepts_nothing(coordinator: User, commit: Any) -> None:
    user = account("baru")
    client_of(user).get(invited(coordinator, commit))
    assert not Membership.objects.filter(user=user).exists()


def test_somebody_else_cannot_take_the_invitation(coordinator: User, commit: Any) -> None:
    link, other = invited(coordinator, commit), account("lain")
    client = client_of(other)
    assert other.email in client.get(link).text
    assert client.post(link).status_code == 403
    assert not Membership.objects.filter(user=other).exists()
    assert Invitation.objects.get().is_open


def test_deactivated_account_cannot_come_back_by_invitation(coordinator: User, commit: Any) -> None:
    user = account("baru")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().post(invited(coordinator, commit), ACCEPTED).status_code == 200
    user.refresh_from_db()
    assert (user.is_active, user.memberships.count()) == (False, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"role": Role.MINISTRY_EDITOR, "opd": ""},
        {"role": Role.MENTOR, "opd": ""},
        {"role": "superuser"},
        {"opd": ""},
        {"role": Role.DIMENSION_LEAD, "opd": "", "dimension_code": ""},
        {"role": Role.DIMENSION_LEAD, "opd": "", "dimension_code": "XXX"},
        {"email": "bukan alamat"},
        {"opd": "999999"},
    ],
    ids=str,
)
def test_wrong_invitation_is_refused(coordinator: User, changes: dict[str, str]) -> None:
    assert client_of(coordinator).post(f"{PEOPLE}undang/", asked(**changes)).status_code == 422
    assert Invitation.objects.count() == 0


def test_office_of_another_region_cannot_be_given(coordinator: User) -> None:
    foreign = office("DINKES", KOTA_BANJAR)
    assert client_of(coordinator).post(f"{PEOPLE}undang/", asked(opd=str(foreign.pk))).status_code == 422
    with pytest.raises(Incomplete):
        invite(Invitee(EMAIL, "Baru", Role.AUTHOR, regency(), foreign), by=coordinator, link_to=str)


def test_domain_refuses_roles_that_the_form_does_not_offer(coordinator: User) -> None:
    for role, place in (
        (Role.MENTOR, None),
        (Role.MINISTRY_EDITOR, regency()),
        (Role.COORDINATOR, regency(KOTA_BANJAR)),
    ):
        with pytest.raises(NotAllowed):
            invite(Invitee(EMAIL, "Baru", role, place), by=coordinator, link_to=str)


@pytest.mark.parametrize("accepted", [True, False])
def test_same_role_is_not_given_twice(coordinator: User, commit: Any, accepted: bool) -> None:
    link = invited(coordinator, commit)
    if accepted:
        Client().post(link, ACCEPTED)
    response = client_of(coordinator).post(f"{PEOPLE}undang/", asked(email=EMAIL.upper()))
    assert response.status_code == 422
    assert Invitation.objects.count() == 1


def test_dimension_lead_gets_one_dimension(coordinator: User, commit: Any) -> None:
    link = invited(coordinator, commit, role=Role.DIMENSION_LEAD, dimension_code="ECO")
    Client().post(link, ACCEPTED)
    membership = Membership.objects.get(user__email=EMAIL)
    assert (membership.dimension_code, membership.regency_id, membership.opd) == ("ECO", BANJAR, None)


def test_ministry_editor_invites_a_mentor_for_the_nation(commit: Any) -> None:
    with commit():
        response = client_of(person(Role.MINISTRY_EDITOR)).post("/daerah/pusat/orang/undang/", asked(role=Role.MENTOR))
    assert response.status_code == 302
    Client().post(link_of(), ACCEPTED)
    assert Membership.objects.get(user__email=EMAIL).scope == Scope.NATION


def test_invitation_of_another_region_is_not_found(coordinator: User, commit: Any) -> None:
    invited(coordinator, commit)
    pk, other = Invitation.objects.get().pk, client_of(person(Role.COORDINATOR, KOTA_BANJAR))
    for verb in ("kirim-ulang", "batal"):
        assert other.post(f"/daerah/{KOTA_BANJAR}/orang/undangan/{pk}/{verb}/").status_code == 404
    assert Invitation.objects.get().is_open


def test_trying_links_is_throttled_per_address() -> None:
    statuses = [
        Client().get(f"/daerah/undangan/tebakan-{number}/", REMOTE_ADDR="10.9.0.1").status_code for number in range(25)
    ]
    assert statuses == [404] * 20 + [429] * 5
    assert Client().get("/daerah/undangan/tebakan/", REMOTE_ADDR="10.9.0.2").status_code == 404


def test_accepting_needs_a_csrf_token(coordinator: User, commit: Any) -> None:
    link = invited(coordinator, commit)
    assert Client(enforce_csrf_checks=True).post(link, ACCEPTED).status_code == 403
