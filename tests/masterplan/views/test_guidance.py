"""Guidance beside the text: the ministry's, the province's, the region's own, per bimtek."""

import pytest

from masterplan.domain.guidance import GuidanceText, guidance_of, set_guidance
from masterplan.models import LocalGuidance, Masterplan, Section
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership
from smartcity.audit.models import Event
from smartcity.ui.refusal import NotAllowed
from tests.people import People
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db
ADDRESS = "/rencana/63.03-2026/naskah/B1.1.1/panduan/"


def provincial(plan: Masterplan) -> object:
    user = person(None, mailbox="provinsi")
    Membership.objects.create(user=user, role=Role.COORDINATOR, scope=Scope.PROVINCE, province=plan.regency.province)
    return user


def test_guidance_is_read_from_the_ministry_down_to_the_region(
    plan: Masterplan, people: People, section: Section
) -> None:
    outline, regency = section.outline_section, plan.regency
    set_guidance(outline, place=regency, stage="II", text="Sebut kecamatan.", by=people.coordinator)
    set_guidance(outline, place=regency, stage="", text="Singkat saja.", by=people.coordinator)
    set_guidance(outline, place=regency.province, stage="", text="Kaitkan RPJMD provinsi.", by=provincial(plan))  # type: ignore[arg-type]
    assert guidance_of(outline, regency) == [
        GuidanceText("Kementerian", "", outline.guidance),
        GuidanceText("Provinsi Kalimantan Selatan", "", "Kaitkan RPJMD provinsi."),
        GuidanceText("Kabupaten Banjar, Kalimantan Selatan", "", "Singkat saja."),
        GuidanceText("Kabupaten Banjar, Kalimantan Selatan", "Bimtek II", "Sebut kecamatan."),
    ]


def test_another_region_never_reads_it(plan: Masterplan, people: People, section: Section) -> None:
    set_guidance(section.outline_section, place=plan.regency, stage="", text="Rahasia Banjar", by=people.coordinator)
    other = people.stranger.memberships.get().regency
    assert other is not None
    assert [item.source for item in guidance_of(section.outline_section, other)] == ["Kementerian"]


@pytest.mark.parametrize("name", ["author", "mentor", "ministry_editor", "stranger"])
def test_only_the_places_own_coordinator_writes_it(
    plan: Masterplan, people: People, section: Section, name: str
) -> None:
    with pytest.raises(NotAllowed):
        set_guidance(section.outline_section, place=plan.regency, stage="", text="x", by=getattr(people, name))
    assert LocalGuidance.objects.count() == 0


def test_the_page_writes_shows_changes_and_removes(people: People, section: Section) -> None:
    client = client_of(people.coordinator)
    data = {"place": "d63.03", "stage": "II", "text": "Tulis <b>angka</b> terbaru."}
    assert client.post(ADDRESS, data).status_code == 302
    assert (
        "Tulis &lt;b&gt;angka&lt;/b&gt; terbaru." in client_of(people.author).get(ADDRESS.removesuffix("panduan/")).text
    )
    row = LocalGuidance.objects.get()
    assert "Tulis &lt;b&gt;angka&lt;/b&gt; terbaru.</textarea>" in client.get(f"{ADDRESS}?ubah={row.pk}").text
    client.post(ADDRESS, data | {"text": "  "})
    assert LocalGuidance.objects.count() == 0
    assert Event.objects.filter(verb="guidance.changed").count() == 2


def test_a_place_that_is_not_ones_own_is_refused(people: People, section: Section) -> None:
    answer = client_of(people.coordinator).post(ADDRESS, {"place": "d32.79", "stage": "", "text": "x"})
    assert (answer.status_code, LocalGuidance.objects.count()) == (422, 0)
