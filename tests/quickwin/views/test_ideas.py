"""The coordinator's inbox: list, one idea, decision, settings; nobody else of the region opens it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masterplan.models import Masterplan, Programme
from quickwin.models import Idea, IdeaBox, IdeaSender, IdeaStep
from smartcity.notify.models import Mail
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row
from tests.people import People
from tests.quickwin.given import quick_win
from tests.quickwin.ideas_given import MAIL, NAME, SENT, decided, idea_in, opened_box
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
LIST = "/rencana/63.03-2026/usulan-warga/"
HOSTILE = "<script>alert(1)</script> dan lampu jalan"


@pytest.fixture
def box(plan: Masterplan, people: People) -> IdeaBox:
    return opened_box(plan, by=people.coordinator)


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.coordinator)


@pytest.fixture
def programme(plan: Masterplan) -> Programme:
    made = ground_of("63.04")
    return programme_row(Ground(plan, made.dimension, made.opd, made.strategy, made.mission, made.swot))


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def verdict(**changes: Any) -> dict[str, Any]:
    return {"versi": "0", "keadaan": "ditolak", "alasan": "Mahal", "jawaban": "Maaf."} | changes


def test_an_empty_inbox_says_what_to_do(plan: Masterplan, people: People, client: Client) -> None:
    assert "Buka formulir" in page_of(client, LIST)
    opened_box(plan, by=people.coordinator)
    assert "Sebarkan alamatnya" in page_of(client, LIST)
    assert "Tidak ada yang cocok" in page_of(client, f"{LIST}?cari=x")


def test_the_list_is_searched_narrowed_and_sorted(box: IdeaBox, people: People, client: Client) -> None:
    dimension = box.plan.dimension_set.dimensions.get(code="ENV")
    idea_in(box)
    idea_in(box, text="Bank sampah di tiap RW", dimension=dimension, name="Ahmad", district="Astambul")
    idea_in(box, text=HOSTILE)
    decided(Idea.objects.get(number=1), by=people.coordinator, state="spam")

    def shown(query: str) -> list[int]:
        page = page_of(client, f"{LIST}{query}")
        found = [(page.index(f"usulan-warga/{n}/"), n) for n in (1, 2, 3) if f"usulan-warga/{n}/" in page]
        return [number for _, number in sorted(found)]

    assert shown("") == [3, 2, 1]
    assert shown("?urut=lama") == [1, 2, 3]
    assert shown("?keadaan=baru") == [3, 2]
    assert shown("?dimensi=ENV") == [2]
    assert [shown(f"?cari={word}") for word in ("sampah", "ahmad", "astambul", "U-3", "%00")] == [
        [2], [2], [2], [3], [3, 2, 1],
    ]  # fmt: skip
    assert shown("?keadaan=x&dimensi=X&urut=y&terkait=p1x&halaman=99") == [3, 2, 1]
    page = page_of(client, LIST)
    assert ("<script>alert" in page, 'Spam <span class="count">1</span>' in page) == (False, True)


def test_the_list_costs_the_same_for_2_and_60_ideas(box: IdeaBox, client: Client) -> None:
    counts = []
    for number in (2, 58):
        for each in range(number):
            idea_in(box, text=f"Usulan {number} yang ke {each}", email="")
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            page = page_of(client, LIST)
        counts.append(len(queries))
    assert (counts[0] == counts[1], counts[0] <= 25) == (True, True)
    assert "Halaman 1 dari 3" in page


def test_an_idea_is_linked_and_answered(
    box: IdeaBox, programme: Programme, plan: Masterplan, people: People, client: Client
) -> None:
    idea_in(box)
    page = page_of(client, f"{LIST}1/")
    assert all(word in page for word in (NAME, MAIL, str(programme), "menjadi bahan pelaksanaannya"))
    sent = verdict(keadaan="terkait", terkait=f"p{programme.pk}", jawaban="Sudah ada programnya.")
    assert client.post(f"{LIST}1/putuskan/", sent).status_code == 302
    assert "Sudah ada programnya." in page_of(client, f"{LIST}1/")
    assert list(Mail.objects.order_by("pk").values_list("about", flat=True)) == ["idea.received", "idea.answered"]
    row = f"/rencana/{plan.code}/tabel/program/{programme.pk}/"
    assert "Usulan warga: 1" in page_of(client, row)
    assert "Usulan warga" not in page_of(client_of(people.author), row)
    assert "usulan pada satu program" in page_of(client, f"{LIST}?terkait=p{programme.pk}")


def test_a_quick_win_shows_its_ideas(box: IdeaBox, people: People, client: Client, plan: Masterplan) -> None:
    made = ground_of("63.04")
    win = quick_win(Ground(plan, made.dimension, made.opd, made.strategy, made.mission, made.swot))
    idea_in(box)
    client.post(f"{LIST}1/putuskan/", verdict(keadaan="terkait", terkait=f"q{win.pk}"))
    assert Idea.objects.get().quick_win == win
    sheet = f"/rencana/{plan.code}/quick-win/{win.pk}/"
    assert "Usulan warga: 1" in page_of(client, sheet)
    assert "Usulan warga" not in page_of(client_of(people.approver), sheet)


def test_a_refused_decision_keeps_what_was_typed(box: IdeaBox, client: Client) -> None:
    idea_in(box)
    lacking = client.post(f"{LIST}1/putuskan/", verdict(alasan="", jawaban="Jawaban saya"))
    assert (lacking.status_code, "Jawaban saya" in lacking.content.decode()) == (422, True)
    stale = client.post(f"{LIST}1/putuskan/", verdict(versi="9", alasan="Alasan saya"))
    assert (stale.status_code, "Alasan saya" in stale.content.decode()) == (409, True)
    forged = client.post(f"{LIST}1/putuskan/", verdict(versi="x", keadaan="terkait", terkait="p1"))
    assert (forged.status_code, IdeaStep.objects.count()) == (409, 0)


def test_another_regions_rows_and_ideas_are_not_reached(box: IdeaBox, people: People, client: Client) -> None:
    other = ground_of("32.79")
    foreign = programme_row(other)
    idea_in(box)
    answer = client.post(f"{LIST}1/putuskan/", verdict(keadaan="terkait", terkait=f"p{foreign.pk}"))
    assert (answer.status_code, str(foreign) in answer.content.decode()) == (422, False)
    stranger = client_of(people.stranger)
    addresses = (LIST, f"{LIST}1/", f"{LIST}formulir/")
    assert [stranger.get(address).status_code for address in addresses] == [404] * 3
    theirs = f"/rencana/{other.plan.code}/usulan-warga/"
    assert [client.get(f"{theirs}{end}").status_code for end in ("", "1/")] == [404] * 2
    assert stranger.get(f"{theirs}1/").status_code == 404


def test_personal_data_go_and_the_idea_stays(box: IdeaBox, client: Client) -> None:
    idea_in(box)
    assert client.post(f"{LIST}1/hapus-data/")["Location"] == f"{LIST}1/"
    page = page_of(client, f"{LIST}1/")
    assert (NAME in page, MAIL in page, SENT.text in page, IdeaSender.objects.count()) == (False, False, True, 0)
    assert "tidak ada surat yang dikirim" in page


def test_the_form_is_switched_on_and_a_stale_setting_is_refused(client: Client, plan: Masterplan) -> None:
    sent = {"is_open": "on", "intro": "Silakan", "districts": "Astambul\r\n\r\nMartapura\r\nAstambul", "version": "0"}
    assert client.post(f"{LIST}formulir/", sent)["Location"] == LIST
    box = IdeaBox.objects.get()
    assert (box.is_open, box.intro, box.districts, box.plan) == (True, "Silakan", ["Astambul", "Martapura"], plan)
    stale = client.post(f"{LIST}formulir/", sent | {"intro": "Yang lain"})
    assert (stale.status_code, "Yang lain" in stale.content.decode()) == (409, True)
    assert 'name="version" value="1"' in stale.content.decode()
    long = client.post(f"{LIST}formulir/", sent | {"version": "1", "districts": "x" * 81})
    assert (long.status_code, IdeaBox.objects.get().intro) == (422, "Silakan")


def test_the_list_of_quick_wins_leads_the_coordinator_to_what_waits(
    box: IdeaBox, people: People, client: Client
) -> None:
    idea_in(box)
    address = "/rencana/63.03-2026/quick-win/"
    assert 'Usulan warga <span class="count">1</span>' in page_of(client, address)
    assert "Usulan warga" not in page_of(client_of(people.author), address)
    assert "Putuskan usulan warga" in page_of(client, "/tugas/")
