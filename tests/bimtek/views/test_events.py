"""Events on the page: agenda, participants, attendance by list and by QR, files; what the public page says and what not."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bimtek.domain.attendance import code_of
from bimtek.models import Attendance, CycleEvent, Participant
from bimtek.registers import BODY_MEMBER, EVENT
from masterplan.models import Masterplan
from smartcity.audit.models import Event
from tests.bimtek.given import document, event, pdf
from tests.masterplan.given import image_bytes
from tests.masterplan.views.rows_given import add
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
ANSWERS = {
    "kind": "bimtek", "title": "Bimtek IV", "stage": "IV", "start_date": "2026-10-07", "end_date": "2026-10-08",
    "venue": "Mahligai Sultan Adam", "online_url": "https://rapat.example/1", "opened_by": "Sekretaris Daerah",
    "on_behalf_of": "Bupati", "minutes": "", "decisions": "Quick win dipilih\r\nBuku III ditulis",
    "agenda-TOTAL_FORMS": "2", "agenda-INITIAL_FORMS": "0",
    "agenda-0-day": "2026-10-07", "agenda-0-starts": "08:00", "agenda-0-ends": "", "agenda-0-title": "Pembukaan",
    "agenda-0-speaker": "Bupati", "agenda-1-title": "",
}  # fmt: skip
PERSON = {"name": "Siti Aminah", "office": "", "organisation_kind": "tni", "organisation": "Kodim 1006"}


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.coordinator)


def at(name: str, held: CycleEvent, *more: Any) -> str:
    return reverse(f"bimtek:{name}", args=[held.plan.code, held.pk, *more])


def public(held: CycleEvent) -> str:
    return reverse("bimtek:check_in", args=[code_of(held, held.start_date)])


def test_made_shown_and_changed(plan: Masterplan, client: Client, people: People) -> None:
    row = add(client, EVENT, plan, ANSWERS)
    page = client_of(people.mentor).get(at("event_detail", row)).text
    for words in ("Rabu, 7 Oktober 2026<", "08.00", "Pembukaan", "atas nama Bupati", "Quick win dipilih", "0 hadir"):
        assert words in page
    assert "QR hadir" not in page
    assert "Bimtek IV" in client.get(EVENT.address("list", plan)).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"end_date": "2026-10-06"}, "Tanggal selesai lebih awal"),
        ({"end_date": "2026-12-01"}, "paling lama 14 hari"),
        ({"agenda-0-day": "2026-10-09"}, "Di luar hari kegiatan."),
        ({"agenda-1-title": "Tanpa jam"}, "Isi juga bagian ini."),
        ({"online_url": "javascript:alert(1)"}, "URL yang valid"),
    ],
)
def test_bad_events_get_a_sentence(change: dict[str, str], sentence: str, plan: Masterplan, client: Client) -> None:
    response = client.post(EVENT.address("create", plan), {**ANSWERS, **change})
    assert (response.status_code, sentence in response.text) == (422, True)


def test_participants_and_attendance_by_list(plan: Masterplan, client: Client) -> None:
    held = event(plan, days=2)
    lines = {"organisation_kind": "polri", "lines": "Amir; Kasat; Polres Banjar\nBudi; Polsek"}
    assert client.post(at("participant_add", held), lines).status_code == 302
    page = client.get(at("attendance_list", held)).text
    boxes = re.findall(r'name="hadir" value="([^"]+)"', page)
    assert len(boxes) == 4
    assert client.post(at("attendance_list", held), {"hadir": [boxes[0], boxes[1], "x:y", ""]}).status_code == 302
    assert Attendance.objects.count() == 2
    again = client.get(at("attendance_list", held)).text
    assert re.findall(r'name="semula" value="([^"]+)"', again) == boxes[:2]
    refused = client.post(at("participant_add", held), {"organisation_kind": "polri", "lines": "Amir"})
    assert (refused.status_code, "Baris 1 belum lengkap" in refused.text) == (422, True)
    verbs = [each.verb for each in Event.objects.order_by("pk")]
    assert verbs[-2:] == ["participant.added", "attendance.marked"]


def test_a_participant_is_corrected_and_taken_off(plan: Masterplan, client: Client) -> None:
    held = event(plan)
    client.post(at("participant_add", held), {"organisation_kind": "tni", "lines": "Siti; Kodim"})
    who = Participant.objects.get()
    edit = at("participant_edit", held, who.pk)
    assert client.post(edit, {**PERSON, "contact": "0812", "versi": 1}).status_code == 302
    assert client.post(edit, {**PERSON, "versi": 1}).status_code == 409
    assert client.post(edit, {**PERSON, "name": "", "versi": 2}).status_code == 422
    assert client.post(at("participant_remove", held, who.pk)).status_code == 302
    assert not Participant.objects.exists()


def test_checked_in_by_the_qr_of_the_day(plan: Masterplan, client: Client) -> None:
    held = event(plan)
    client.post(at("participant_add", held), {"organisation_kind": "polri", "lines": "Rahasia Amir; Polres"})
    page = client.get(at("event_qr", held, held.start_date.isoformat()))
    assert (public(held) in page.text, "<svg" in page.text, "style=" in page.text) == (True, True, False)
    visitor = Client()
    opened = visitor.get(public(held))
    assert (opened.status_code, "Rahasia" in opened.text, "Bimtek IV" in opened.text) == (200, False, True)
    for _ in range(2):
        assert visitor.post(public(held), PERSON).headers["Location"] == f"{public(held)}?tercatat"
    done = visitor.get(f"{public(held)}?tercatat")
    assert ("Kehadiran tercatat" in done.text, "Siti" in done.text) == (True, False)
    assert [(mark.participant.name, mark.how) for mark in Attendance.objects.all()] == [("Siti Aminah", "qr")]
    assert "lewat QR" in client.get(at("attendance_list", held)).text
    assert visitor.post(public(held), {**PERSON, "organisation": ""}).status_code == 422


def test_forged_and_late_codes_get_a_page(plan: Masterplan) -> None:
    held = event(plan)
    forged = Client().get(public(held)[:-2] + "x/")
    assert (forged.status_code, "QR ini tidak dikenal" in forged.text) == (404, True)
    CycleEvent.objects.update(start_date="2020-01-01", end_date="2020-01-01")
    late = reverse("bimtek:check_in", args=[code_of(CycleEvent.objects.get(), CycleEvent.objects.get().start_date)])
    answer = Client().post(late, PERSON)
    assert (answer.status_code, "sudah ditutup" in answer.text, Participant.objects.count()) == (410, True, 0)


def test_the_public_page_is_throttled_and_keeps_csrf(plan: Masterplan, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    held = event(plan)
    assert Client(enforce_csrf_checks=True).post(public(held), PERSON).status_code == 403
    monkeypatch.setattr("bimtek.views.check_in.RATE", {"check_in": "3/5m/ip"})
    cache.clear()
    assert [Client().get(public(held)).status_code for _ in range(4)] == [200, 200, 200, 429]
    cache.clear()


def test_files_of_an_event(plan: Masterplan, client: Client, people: People) -> None:
    held = event(plan)
    photo = SimpleUploadedFile("foto.jpg", image_bytes())
    sent = client.post(at("event_file_add", held), {"kind": "foto", "caption": "Pembukaan", "berkas": photo})
    assert sent.status_code == 302
    file = held.files.get()
    picture = reverse("bimtek:file_download", args=[plan.code, file.stored_id]) + "?lihat"
    assert picture in client.get(at("event_detail", held)).text
    shown = client.get(picture)
    assert (shown.headers["Content-Type"], shown.headers["Content-Disposition"][:6]) == ("image/png", "inline")
    bad = client.post(
        at("event_file_add", held), {"kind": "materi", "berkas": SimpleUploadedFile("a.pdf", b"<script>")}
    )
    assert (bad.status_code, held.files.count()) == (422, 1)
    author = client_of(people.author)
    slip = {"kind": "materi", "berkas": SimpleUploadedFile("a.pdf", pdf())}
    assert author.post(at("event_file_add", held), slip).status_code == 403
    assert client.post(at("event_file_remove", held, file.pk)).status_code == 302
    assert held.files.count() == 0


def test_pages_cost_the_same_for_1_and_3(plan: Masterplan, client: Client) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    held = event(plan, days=2)
    client.post(at("participant_add", held), {"organisation_kind": "tni", "lines": "A; B"})
    pages = [EVENT.address("list", plan), at("event_detail", held), at("attendance_list", held)]
    for page in pages:
        cost(page)
    few = [cost(page) for page in pages]
    client.post(at("participant_add", held), {"organisation_kind": "tni", "lines": "C; B\nD; B"})
    client.post(at("attendance_list", held), {"hadir": re.findall(r'"(\d+:[\d-]+)"', client.get(pages[2]).text)})
    event(plan), event(plan)
    client.get(pages[1])
    assert [cost(page) for page in pages] == few
    assert max(few) <= 18


def test_members_with_terms(plan: Masterplan, client: Client) -> None:
    decree = document(plan, "sk_tim", number="12/2025")
    base = {"body": "tim_pelaksana", "seat": "Anggota", "holder": "Dosen"}
    now = {**base, "organisation_kind": "kampus", "organisation": "Universitas", "since": "2025-05-26"}
    add(client, BODY_MEMBER, plan, {**now, "appointed_by": decree.pk})
    add(client, BODY_MEMBER, plan, {**base, "holder": "Yang lama", "since": "2020-01-01", "until": "2021-01-01"})
    page = client.get(BODY_MEMBER.address("list", plan)).text
    assert page.index("Universitas") < page.index("Anggota sebelumnya") < page.rindex("Yang lama")
    assert "26 Mei 2025 sampai sekarang" in page
    assert "SK Tim Pelaksana 12/2025" in page
    wrong = client.post(BODY_MEMBER.address("create", plan), {**base, "since": "2022-01-01", "until": "2021-01-01"})
    assert (wrong.status_code, "lebih awal daripada “Sejak”" in wrong.text) == (422, True)
