"""Who may see and keep what, as tables; the first letter of an answer is the page's status."""

import pytest

from smartcity.accounts.enums import Role
from smartcity.regency.models import Regency
from smartcity.regency.rules import can_view_regency, invitable_roles, viewable_regencies
from tests.smartcity.accounts.given import BANJAR, KOTA_BANJAR, client_of, office, person, regency

pytestmark = pytest.mark.django_db

PAGES = {
    "profile": f"/daerah/{BANJAR}/",
    "edit": f"/daerah/{BANJAR}/ubah/",
    "office": f"/daerah/{BANJAR}/perangkat-daerah/baru/",
    "people": f"/daerah/{BANJAR}/orang/",
    "trail": f"/daerah/{BANJAR}/jejak/",
    "nation": "/daerah/pusat/orang/",
}
# role, its place: status of profile, edit, office, people, trail, nation
ANSWERS = [
    (Role.COORDINATOR, BANJAR, (200, 200, 200, 200, 200, 404)),
    (Role.COORDINATOR, KOTA_BANJAR, (404, 404, 404, 404, 404, 404)),
    (Role.AUTHOR, BANJAR, (200, 403, 403, 403, 403, 404)),
    (Role.AUTHOR, KOTA_BANJAR, (404, 404, 404, 404, 404, 404)),
    (Role.DIMENSION_LEAD, BANJAR, (200, 403, 403, 403, 403, 404)),
    (Role.APPROVER, BANJAR, (200, 403, 403, 403, 403, 404)),
    (Role.COUNCIL_READER, BANJAR, (200, 403, 403, 403, 403, 404)),
    (Role.MINISTRY_EDITOR, BANJAR, (200, 403, 403, 200, 200, 200)),
    (Role.MENTOR, BANJAR, (200, 403, 403, 403, 200, 403)),
    (Role.ASSESSOR, BANJAR, (200, 403, 403, 403, 200, 403)),
    (None, BANJAR, (404, 404, 404, 404, 404, 404)),
]


def test_every_role_is_in_the_table() -> None:
    assert {role for role, place, _ in ANSWERS if place == BANJAR} == {*Role, None}


@pytest.mark.parametrize(("role", "place", "expected"), ANSWERS, ids=str)
def test_pages_answer_by_role(role: Role | None, place: str, expected: tuple[int, ...]) -> None:
    client = client_of(person(role, place))
    assert {name: client.get(url).status_code for name, url in PAGES.items()} == dict(zip(PAGES, expected, strict=True))


POSTS = ("undang/", "undangan/1/kirim-ulang/", "undangan/1/batal/", "1/cabut/")


@pytest.mark.parametrize("verb", POSTS)
def test_strangers_find_nothing_to_post_to(verb: str) -> None:
    stranger = client_of(person(Role.COORDINATOR, KOTA_BANJAR))
    assert stranger.post(f"/daerah/{BANJAR}/orang/{verb}").status_code == 404


def test_office_of_another_region_is_not_found_under_the_own_one() -> None:
    foreign = office("DINKES", KOTA_BANJAR)
    client = client_of(person(Role.COORDINATOR))
    assert client.get(f"/daerah/{BANJAR}/perangkat-daerah/{foreign.pk}/").status_code == 404
    assert client.post(f"/daerah/{BANJAR}/perangkat-daerah/{foreign.pk}/keadaan/").status_code == 404


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_rows_agree_with_the_predicate(role: Role | None) -> None:
    user = person(role)
    visible = set(viewable_regencies(user))
    assert visible == {place for place in Regency.objects.select_related("province") if can_view_regency(user, place)}


GIVEN = {
    Role.COORDINATOR: {Role.COORDINATOR, Role.AUTHOR, Role.DIMENSION_LEAD, Role.APPROVER, Role.COUNCIL_READER},
    Role.MINISTRY_EDITOR: {Role.COORDINATOR},
}
GIVEN_IN_NATION = {Role.MINISTRY_EDITOR: {Role.MENTOR, Role.ASSESSOR}}


@pytest.mark.parametrize("role", Role)
def test_roles_that_may_be_given(role: Role) -> None:
    user = person(role)
    assert set(invitable_roles(user, regency(BANJAR))) == GIVEN.get(role, set())
    assert set(invitable_roles(user, None)) == GIVEN_IN_NATION.get(role, set())
