"""The registry of offices: add, rename, close; codes stay single and old names stay findable."""

import pytest

from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.regency.domain.office import OfficeFacts, change_office, create_office, set_office_active
from smartcity.regency.models import Opd
from smartcity.ui.refusal import Conflict
from tests.smartcity.accounts.given import BANJAR, KOTA_BANJAR, client_of, person, regency

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def facts(code: str = "DKP", name: str = "Dinas Ketahanan Pangan", short: str = "", *aliases: str) -> OfficeFacts:
    return OfficeFacts(code, name, short, "dinas", aliases)


def test_create_records_who(coordinator: User) -> None:
    office = create_office(regency(), facts=facts(), by=coordinator)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.subject_label) == ("opd.created", coordinator, office.name)


def test_code_is_single_within_the_region_whatever_the_case(coordinator: User) -> None:
    create_office(regency(), facts=facts("DKP"), by=coordinator)
    with pytest.raises(Conflict, match="DKP sudah dipakai"):
        create_office(regency(), facts=facts("dkp"), by=coordinator)
    assert create_office(regency(KOTA_BANJAR), facts=facts("DKP"), by=coordinator).code == "DKP"


def test_renamed_office_keeps_its_old_name_among_the_aliases(coordinator: User) -> None:
    office = create_office(regency(), facts=facts("DKP", "Dinas Pangan", "Pangan", "Dispangan"), by=coordinator)
    office = change_office(office, facts=facts("DKP", "Dinas Pangan dan Tani", "Pangan", "Dispangan"), by=coordinator)
    assert office.aliases == ["Dispangan", "Dinas Pangan"]
    assert list(Opd.objects.matching("dinas pangan")) == [office]


def test_renamed_office_is_never_labelled_with_its_old_name(coordinator: User) -> None:
    office = create_office(regency(), facts=facts("DKP", "Dinas Pangan"), by=coordinator)
    office = change_office(office, facts=facts("DKP", "Dinas Pangan dan Tani"), by=coordinator)
    assert office.label == "Dinas Pangan dan Tani"


def test_second_rename_keeps_both_names_once(coordinator: User) -> None:
    office = create_office(regency(), facts=facts("DKP", "A", "D"), by=coordinator)
    for name in ("B", "A", "B"):
        office = change_office(
            office, facts=OfficeFacts("DKP", name, "D", "dinas", tuple(office.aliases)), by=coordinator
        )
    assert sorted(office.aliases) == ["A", "B"]


def test_closing_needs_a_reason_and_is_recorded(coordinator: User) -> None:
    office = create_office(regency(), facts=facts(), by=coordinator)
    client, url = client_of(coordinator), f"/daerah/{BANJAR}/perangkat-daerah/{office.pk}/keadaan/"
    client.post(url, {"aktif": "0", "reason": " "})
    assert Opd.objects.get(pk=office.pk).is_active
    client.post(url, {"aktif": "0", "reason": "Digabung"})
    assert not Opd.objects.get(pk=office.pk).is_active
    assert Event.objects.get(verb="opd.closed").reason == "Digabung"


def test_closing_twice_is_one_event(coordinator: User) -> None:
    office = create_office(regency(), facts=facts(), by=coordinator)
    for _ in range(2):
        set_office_active(office, is_active=False, reason="Digabung", by=coordinator)
    assert Event.objects.filter(verb="opd.closed").count() == 1


def test_form_reads_one_alias_a_line(coordinator: User) -> None:
    fields = {"code": "DLH", "name": "Dinas LH", "kind": "dinas", "aliases": "Perkim\n\n  DLHK  \nPerkim"}
    response = client_of(coordinator).post(f"/daerah/{BANJAR}/perangkat-daerah/baru/", fields)
    assert response.status_code == 302
    assert Opd.objects.get(code="DLH").aliases == ["Perkim", "DLHK"]


def test_form_shows_aliases_again_one_a_line(coordinator: User) -> None:
    office = create_office(regency(), facts=facts("DKP", "Dinas Pangan", "", "Satu", "Dua"), by=coordinator)
    page = client_of(coordinator).get(f"/daerah/{BANJAR}/perangkat-daerah/{office.pk}/").text
    assert "Satu\nDua</textarea>" in page


@pytest.mark.parametrize(
    ("field", "value"), [("code", "dkp"), ("code", ""), ("name", ""), ("kind", "kerajaan"), ("aliases", "x" * 121)]
)
def test_form_refuses_with_the_field_and_keeps_what_was_typed(coordinator: User, field: str, value: str) -> None:
    create_office(regency(), facts=facts("DKP"), by=coordinator)
    fields = {"code": "BARU", "name": "Dinas Baru", "kind": "dinas", "aliases": "", field: value}
    response = client_of(coordinator).post(f"/daerah/{BANJAR}/perangkat-daerah/baru/", fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Opd.objects.filter(regency_id=BANJAR).count() == 1
