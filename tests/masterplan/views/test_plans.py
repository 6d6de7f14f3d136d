"""Creating a plan, assigning sections, calling mentors."""

from typing import Any

import pytest

from masterplan.models import Masterplan, PlanMember, Section
from smartcity.audit.models import Event
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


def form(plan: Masterplan, **change: Any) -> dict[str, Any]:
    return {
        "regency": "32.79", "title": "", "start_year": "2027", "years": "10", "base_year": "2025",
        "outline": str(plan.outline_id),
    } | change  # fmt: skip


def test_coordinator_creates_a_plan_for_the_own_region(people: People, plan: Masterplan) -> None:
    response = client_of(people.stranger).post("/rencana/baru/", form(plan))
    made = Masterplan.objects.get(code="32.79-2027")
    assert response["Location"] == "/rencana/32.79-2027/"
    assert (made.title, made.period, made.created_by) == (
        "Masterplan Smart City Kota Banjar 2027–2036",
        "2027–2036",
        people.stranger,
    )
    assert made.sections.count() == 104
    assert [(p.horizon, p.start_year, p.end_year) for p in made.roadmapperiod_set.all()] == [
        ("pendek", 2027, 2027), ("menengah", 2028, 2031), ("panjang", 2032, 2036),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"regency": "63.03"}, "pilihan"),
        ({"base_year": "2028"}, "Tahun dasar tidak boleh setelah tahun awal."),
        ({"years": "7"}, "7"),
        ({"start_year": "27"}, "2000"),
    ],
)
def test_wrong_facts_are_refused_beside_their_field(
    people: People, plan: Masterplan, change: dict[str, str], sentence: str
) -> None:
    response = client_of(people.stranger).post("/rencana/baru/", form(plan, **change))
    assert (response.status_code, Masterplan.objects.count()) == (422, 1)
    assert sentence in response.text


def test_second_plan_for_the_same_year_is_refused_with_a_sentence(people: People, plan: Masterplan) -> None:
    client = client_of(people.stranger)
    client.post("/rencana/baru/", form(plan))
    again = client.post("/rencana/baru/", form(plan))
    assert again.status_code == 422
    assert "Kota Banjar sudah mempunyai masterplan yang dimulai tahun 2027." in again.text


def test_coordinator_assigns_sections_and_it_is_recorded(people: People, section: Section, author_office: Any) -> None:
    client = client_of(people.coordinator)
    name = f"section-{section.pk}"
    client.post("/rencana/63.03-2026/penugasan/", {f"{name}-shown": "1", name: [str(author_office.pk), "999999"]})
    assert list(section.opds.all()) == [author_office]
    event = Event.objects.get(verb="section.assigned")
    assert (event.actor, event.plan_code, event.data) == (
        people.coordinator, "63.03-2026", {"before": [], "after": [author_office.pk]},
    )  # fmt: skip
    client.post("/rencana/63.03-2026/penugasan/", {f"{name}-shown": "1"})
    assert list(section.opds.all()) == []


def test_ministry_calls_only_people_who_are_mentors(people: People, plan: Masterplan) -> None:
    client = client_of(people.ministry_editor)
    refused = client.post("/rencana/63.03-2026/anggota/", {"email": people.author.email, "role": "mentor"})
    assert refused.status_code == 422
    assert f"Tidak ada pembimbing dengan alamat {people.author.email}." in refused.text
    client.post("/rencana/63.03-2026/anggota/", {"email": people.assessor.email, "role": "assessor"})
    assert PlanMember.objects.filter(plan=plan, user=people.assessor, role="assessor").exists()


def test_source_notes_show_what_has_no_table(people: People, plan: Masterplan) -> None:
    plan.source_notes.create(key="instrumen_evaluasi", content={"butir": ["nilai SPBE", {"bobot": 20}]})
    page = client_of(people.author).get("/rencana/63.03-2026/catatan/").text
    assert [text in page for text in ("instrumen_evaluasi", "nilai SPBE", "bobot", "20")] == [True] * 4
