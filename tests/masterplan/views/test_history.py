"""History pages: sessions, names, old versions, comparing, restoring."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masterplan.domain import history, section_log
from masterplan.domain import section as sections
from masterplan.models import NamedVersion, Section, StepBatch
from smartcity.ui.refusal import Conflict, NotAllowed, WrongState
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
BASE = "/rencana/63.03-2026/naskah/B1.1.1/riwayat/"


def write(section: Section, text: str, by: Any) -> None:
    section.refresh_from_db()
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": text}]}}
    sections.save_steps(section, version=section.version, client="a", steps=[step], by=by)
    section.refresh_from_db()


def test_saves_are_grouped_by_person_with_pauses_of_half_an_hour(
    section: Section, people: People, author_office: Any
) -> None:
    section.opds.add(author_office)
    for by in (people.coordinator, people.author, people.coordinator, people.coordinator):
        write(section, "x", by)
    StepBatch.objects.filter(section=section, start_version=3).update(at=timezone.now() + timedelta(hours=2))
    found, has_more = history.sessions_of(section)
    assert [(s.person, s.first, s.last, s.saves) for s in found] == [
        (str(people.coordinator), 3, 4, 1), (str(people.coordinator), 0, 3, 2), (str(people.author), 1, 2, 1),
    ]  # fmt: skip
    assert has_more is False
    in_plan, _ = history.sessions_in_plan(section.plan, person=people.author.pk)
    assert [(s.section, s.saves) for s in in_plan] == [(section, 1)]


def test_restoring_makes_a_new_version_and_keeps_the_old(section: Section, people: People) -> None:
    write(section, "Pertama. ", people.coordinator)
    old = section.doc
    write(section, "Kedua. ", people.coordinator)
    history.restore(section, version=1, by=people.coordinator)
    section.refresh_from_db()
    assert (section.version, section.doc) == (3, old)
    assert section_log.document_at(section, 2) != old
    with pytest.raises(WrongState, match="sudah sama"):
        history.restore(section, version=1, by=people.coordinator)
    with pytest.raises(NotAllowed):
        history.restore(section, version=0, by=people.mentor)


def test_a_version_gets_a_name_once(section: Section, people: People) -> None:
    write(section, "x", people.coordinator)
    history.name_version(section, version=1, name="Hasil Bimtek I", by=people.coordinator)
    with pytest.raises(Conflict):
        history.name_version(section, version=1, name="Hasil Bimtek I", by=people.coordinator)
    with pytest.raises(WrongState):
        history.name_version(section, version=2, name="Belum ada", by=people.coordinator)
    with pytest.raises(NotAllowed):
        history.name_version(section, version=1, name="Pembimbing", by=people.mentor)


def test_the_whole_plan_gets_one_name(section: Section, people: People) -> None:
    number = history.name_plan_version(section.plan, name="Hasil Bimtek I", by=people.coordinator)
    assert number == Section.objects.filter(plan=section.plan).count() == NamedVersion.objects.count()
    with pytest.raises(Conflict):
        history.name_plan_version(section.plan, name="Hasil Bimtek I", by=people.coordinator)


def test_pages_show_sessions_versions_and_differences(section: Section, people: People) -> None:
    write(section, "Banjar lama", people.coordinator)
    write(section, "Kabupaten ", people.coordinator)
    client = client_of(people.coordinator)
    assert "2 kali" not in client.get(BASE).text
    assert str(people.coordinator) in client.get(BASE).text
    assert "Kabupaten" in client.get(f"{BASE}simpanan/").text
    old = client.get(f"{BASE}1/").text
    assert "Anda melihat versi lama" in old
    assert "<ins>Kabupaten </ins>Banjar lama" in client.get(f"{BASE}bandingkan/?dari=1&ke=2&cara=sebaris").text
    assert client.get(f"{BASE}bandingkan/?dari=1&ke=2").status_code == 200
    assert client.get(f"{BASE}bandingkan/?dari=x").status_code == client.get(f"{BASE}99/").status_code == 404
    assert client.post(f"{BASE}1/pulihkan/").status_code == 302
    assert client.post(f"{BASE}1/nama/", {"nama": "Awal"}).status_code == 302
    assert "Awal" in client.get(BASE).text
    assert "B1" in client.get("/rencana/63.03-2026/riwayat/").text
