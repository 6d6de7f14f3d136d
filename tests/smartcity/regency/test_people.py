"""The people page and taking a role away."""

import pytest

from smartcity.accounts.enums import Role
from smartcity.accounts.models import Membership, User
from smartcity.audit.models import Event
from smartcity.regency.domain.people import revoke_membership
from smartcity.ui.refusal import Conflict, NotAllowed
from tests.smartcity.accounts.given import BANJAR, KOTA_BANJAR, client_of, grant, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def membership(user: User) -> Membership:
    return Membership.objects.select_related("regency", "opd__regency", "user").get(user=user)


def test_members_are_listed_with_offices_and_only_of_this_region(coordinator: User) -> None:
    person(Role.AUTHOR, mailbox="penulis")
    person(Role.AUTHOR, KOTA_BANJAR, mailbox="orang-lain")
    page = client_of(coordinator).get(f"/daerah/{BANJAR}/orang/").text
    assert "Dinas DINKES" in page
    assert "penulis@daerah.example" in page
    assert "orang-lain@daerah.example" not in page


def test_revoked_role_is_lost_on_the_next_request(coordinator: User) -> None:
    author = person(Role.AUTHOR)
    his, hers = client_of(author), client_of(coordinator)
    assert his.get(f"/daerah/{BANJAR}/").status_code == 200
    url = f"/daerah/{BANJAR}/orang/{membership(author).pk}/cabut/"
    assert hers.post(url, {"reason": "Pindah tugas"}).status_code == 302
    assert his.get(f"/daerah/{BANJAR}/").status_code == 404
    event = Event.objects.get(verb="membership.revoked")
    assert (event.actor, event.reason, event.regency_id, event.address) == (
        coordinator,
        "Pindah tugas",
        BANJAR,
        "127.0.0.1",
    )


def test_revoking_without_reason_changes_nothing(coordinator: User) -> None:
    author = person(Role.AUTHOR)
    response = client_of(coordinator).post(f"/daerah/{BANJAR}/orang/{membership(author).pk}/cabut/", {"reason": ""})
    assert response.status_code == 422
    assert Membership.objects.filter(user=author).exists()


def test_last_coordinator_cannot_be_removed(coordinator: User) -> None:
    with pytest.raises(Conflict, match="hanya mempunyai satu koordinator"):
        revoke_membership(membership(coordinator), reason="x", by=coordinator)
    response = client_of(coordinator).post(
        f"/daerah/{BANJAR}/orang/{membership(coordinator).pk}/cabut/", {"reason": "x"}
    )
    assert response.status_code == 409
    assert Membership.objects.filter(user=coordinator).exists()


def test_a_deactivated_coordinator_does_not_count(coordinator: User) -> None:
    second = person(Role.COORDINATOR, mailbox="kedua")
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(Conflict):
        revoke_membership(membership(coordinator), reason="x", by=coordinator)


def test_one_of_two_coordinators_can_leave(coordinator: User) -> None:
    person(Role.COORDINATOR, mailbox="kedua")
    client = client_of(coordinator)
    response = client.post(f"/daerah/{BANJAR}/orang/{membership(coordinator).pk}/cabut/", {"reason": "Pindah"})
    assert response["Location"] == "/"
    assert client.get(f"/daerah/{BANJAR}/orang/").status_code == 404


REVOCABLE = {
    Role.COORDINATOR: {Role.COORDINATOR, Role.AUTHOR, Role.DIMENSION_LEAD, Role.APPROVER, Role.COUNCIL_READER},
    Role.MINISTRY_EDITOR: {Role.COORDINATOR, Role.MENTOR, Role.ASSESSOR},
}


@pytest.mark.parametrize("role", Role)
def test_roles_that_may_be_taken(role: Role) -> None:
    person(Role.COORDINATOR, mailbox="cadangan")
    actor = person(role, mailbox="pelaku")
    taken = set()
    for target in Role:
        victim = person(target, mailbox=f"sasaran-{target}")
        try:
            revoke_membership(membership(victim), reason="x", by=actor)
        except NotAllowed:
            continue
        taken.add(target)
    assert taken == REVOCABLE.get(role, set())


def test_member_of_another_region_is_not_found(coordinator: User) -> None:
    foreign = membership(person(Role.AUTHOR, KOTA_BANJAR))
    client = client_of(coordinator)
    assert client.post(f"/daerah/{BANJAR}/orang/{foreign.pk}/cabut/", {"reason": "x"}).status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


def test_ministry_editor_keeps_the_people_of_the_nation() -> None:
    editor, mentor = person(Role.MINISTRY_EDITOR), person(Role.MENTOR)
    client = client_of(editor)
    assert mentor.email in client.get("/daerah/pusat/orang/").text
    assert client.post(f"/daerah/pusat/orang/{membership(mentor).pk}/cabut/", {"reason": "Selesai"}).status_code == 302
    assert client.post(f"/daerah/pusat/orang/{membership(editor).pk}/cabut/", {"reason": "x"}).status_code == 403


def test_page_costs_the_same_for_1_and_3_people(coordinator: User, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = client_of(coordinator)
    for name in ("satu", "dua", "tiga"):
        grant(person(Role.APPROVER, mailbox=name), Role.AUTHOR)
        with django_assert_max_num_queries(10):
            client.get(f"/daerah/{BANJAR}/orang/")
