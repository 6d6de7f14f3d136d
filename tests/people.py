"""The same named people everywhere, around one plan of Kabupaten Banjar."""

from dataclasses import dataclass, fields

import pytest

from masterplan.domain.plan import create_plan
from masterplan.models import DimensionSet, Masterplan, Outline, PlanMember, Section
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.regency.models import Opd, Regency
from tests.smartcity.accounts.given import KOTA_BANJAR, office, person


def make_plan(code: str = "63.03", start_year: int = 2026) -> Masterplan:
    regency = Regency.objects.select_related("province").get(pk=code)
    return create_plan(
        regency=regency,
        title=f"Masterplan Smart City {regency.full_name} {start_year}–{start_year + 9}",
        start_year=start_year,
        years=10,
        base_year=start_year - 2,
        outline=Outline.objects.get(),
        dimension_set=DimensionSet.objects.get(),
        by=None,
    )


@dataclass(frozen=True)
class People:
    coordinator: User
    author: User
    dimension_lead: User
    approver: User
    council_reader: User
    mentor: User
    assessor: User
    ministry_editor: User
    stranger: User
    nobody: User

    def items(self) -> list[tuple[str, User]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


@pytest.fixture
def plan(db: None) -> Masterplan:
    return make_plan()


@pytest.fixture
def author_office(db: None) -> Opd:
    """The office for which `people.author` writes."""
    return office("DINKES")


@pytest.fixture
def people(plan: Masterplan, author_office: Opd) -> People:
    everybody = People(
        coordinator=person(Role.COORDINATOR),
        author=person(Role.AUTHOR),
        dimension_lead=person(Role.DIMENSION_LEAD),
        approver=person(Role.APPROVER),
        council_reader=person(Role.COUNCIL_READER),
        mentor=person(Role.MENTOR),
        assessor=person(Role.ASSESSOR),
        ministry_editor=person(Role.MINISTRY_EDITOR),
        stranger=person(Role.COORDINATOR, KOTA_BANJAR),
        nobody=person(None),
    )
    PlanMember.objects.create(plan=plan, user=everybody.mentor, role=Role.MENTOR)
    return everybody


@pytest.fixture
def section(plan: Masterplan) -> Section:
    """1.1 Latar Belakang of Buku I."""
    return Section.objects.select_related("outline_section__dimension", "plan").get(
        plan=plan, outline_section__code="B1.1.1"
    )
