"""Who may do what with rows: people by actions, walked completely; strangers meet 404 everywhere."""

import pytest
from django.test import Client

from masterplan.models import Issue, Programme
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.audit.models import Event
from tests.masterplan.views.rows_given import VALID, Ground, form_data, ground_of, programme_answers, programme_row
from tests.smartcity.accounts.given import BANJAR, KOTA_BANJAR, client_of, office, person

pytestmark = pytest.mark.django_db

# person: read, add programme, change own programme, change another's programme, add issue
TABLE = {
    "coordinator": (200, 302, 302, 302, 302),
    "author": (200, 302, 302, 403, 403),
    "other author": (200, 422, 403, 302, 403),
    "dimension lead": (200, 302, 302, 302, 302),
    "other lead": (200, 422, 403, 403, 422),
    "approver": (200, 403, 403, 403, 403),
    "council reader": (200, 403, 403, 403, 403),
    "mentor": (200, 403, 403, 403, 403),
    "ministry editor": (200, 403, 403, 403, 403),
    "stranger": (404, 404, 404, 404, 404),
    "nobody": (404, 404, 404, 404, 404),
}


def lead_of(code: str) -> User:
    user = person(None, mailbox=f"lead.{code}")
    Membership.objects.create(
        user=user, role=Role.DIMENSION_LEAD, scope=Scope.REGENCY, regency_id=BANJAR, dimension_code=code
    )
    return user


def author_of(code: str) -> User:
    user = person(None, mailbox=f"author.{code}")
    Membership.objects.create(user=user, role=Role.AUTHOR, scope=Scope.OPD, opd=office(code))
    return user


def someone(name: str) -> User:
    special = {
        "author": lambda: author_of("DINKES"),
        "other author": lambda: author_of("BAPPEDA"),
        "dimension lead": lambda: lead_of("GOV"),
        "other lead": lambda: lead_of("ECO"),
        "stranger": lambda: person(Role.COORDINATOR, KOTA_BANJAR),
        "nobody": lambda: person(None),
    }
    return special[name]() if name in special else person(Role(name.replace(" ", "_")))


def changed(client: Client, ground: Ground, row: Programme) -> int:
    data = {**programme_answers(ground), "code": row.code, "lead_opd": row.lead_opd_id, "version": row.version}
    return client.post(KINDS["program"].address("edit", ground.plan, row.pk), data).status_code


@pytest.mark.parametrize(("name", "expected"), TABLE.items())
def test_people_and_actions(name: str, expected: tuple[int, ...], ground: Ground) -> None:
    own, others = programme_row(ground), programme_row(ground, "GOV-P02", lead_opd=office("BAPPEDA"))
    client = client_of(someone(name))
    programmes, issues = KINDS["program"], KINDS["isu"]
    got = (
        client.get(programmes.address("edit", ground.plan, own.pk)).status_code,
        client.post(programmes.address("create", ground.plan), programme_answers(ground)).status_code,
        changed(client, ground, own),
        changed(client, ground, others),
        client.post(issues.address("create", ground.plan), VALID["isu"](ground)).status_code,
    )
    assert got == expected
    assert Issue.objects.count() == (expected[4] == 302)


def test_reader_sees_fields_as_text_without_a_form(ground: Ground) -> None:
    row = programme_row(ground, activities=["Satu", "Dua"], location="Martapura")
    page = client_of(person(Role.APPROVER)).get(KINDS["program"].address("edit", ground.plan, row.pk)).text
    assert '<form method="post" action="/rencana/' not in page
    for text in (
        "Program GOV-P01",
        "Smart Governance",
        "Satu<br>Dua",
        "Martapura",
        "Rp 1.450.000.000",
        "Rp 7.250.000.000",
    ):
        assert text in page


def test_author_cannot_hand_a_row_to_another_office(ground: Ground) -> None:
    row, bappeda = programme_row(ground), office("BAPPEDA")
    client = client_of(author_of("DINKES"))
    url = KINDS["program"].address("edit", ground.plan, row.pk)
    response = client.post(url, {**form_data(client.get(url).context["form"]), "lead_opd": bappeda.pk})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["lead_opd"])


def test_author_chooses_only_the_own_office_and_gets_it_chosen(ground: Ground) -> None:
    office("BAPPEDA")
    form = client_of(author_of("DINKES")).get(KINDS["program"].address("create", ground.plan)).context["form"]
    assert [opd.code for opd in form.fields["lead_opd"].queryset] == ["DINKES"]
    assert form["lead_opd"].value() == ground.opd.pk


def test_who_holds_office_and_dimension_is_checked_on_the_whole_row(ground: Ground) -> None:
    user = author_of("BAPPEDA")
    Membership.objects.create(
        user=user, role=Role.DIMENSION_LEAD, scope=Scope.REGENCY, regency_id=BANJAR, dimension_code="ECO"
    )
    response = client_of(user).post(KINDS["program"].address("create", ground.plan), programme_answers(ground))
    assert response.status_code == 403
    assert "di luar perangkat daerah atau dimensi" in response.text
    assert not Programme.objects.exists()
    assert not Event.objects.filter(verb="row.created").exists()


@pytest.mark.parametrize("name", ["stranger", "nobody"])
@pytest.mark.parametrize("slug", KINDS)
def test_strangers_meet_404_on_every_address(slug: str, name: str, ground: Ground) -> None:
    kind, client = KINDS[slug], client_of(someone(name))
    addresses = [
        f"/rencana/{ground.plan.code}/tabel/",
        kind.address("list", ground.plan),
        kind.address("create", ground.plan),
        kind.address("edit", ground.plan, 1),
        kind.address("delete", ground.plan, 1),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 5
    assert [client.post(address).status_code for address in addresses[2:]] == [404] * 3


def test_unknown_kind_and_row_of_another_plan_are_404(ground: Ground) -> None:
    other = ground_of(KOTA_BANJAR)
    client = client_of(person(Role.COORDINATOR))
    assert client.get(f"/rencana/{ground.plan.code}/tabel/tidak-ada/").status_code == 404
    foreign = KINDS["strategi"].address("edit", ground.plan, other.strategy.pk)
    assert [client.get(foreign).status_code, client.post(foreign, {}).status_code] == [404, 404]
