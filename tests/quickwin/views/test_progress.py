"""From the sheet of a quick win: news by form, milestones, another owner, photos for the plan's readers only."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from quickwin.domain.progress import tell_news
from quickwin.models import EvidencePhoto, QuickWin
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from tests.masterplan.given import image_bytes
from tests.masterplan.views.rows_given import form_data, ground_of
from tests.quickwin.given import quick_win
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, office, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def win() -> QuickWin:
    return quick_win(ground_of())


@pytest.fixture
def author() -> User:
    return person(Role.AUTHOR)


@pytest.fixture
def client(author: User) -> Client:
    return client_of(author)


def address(name: str, win: QuickWin, *more: Any) -> str:
    return reverse(f"quickwin:{name}", args=[win.plan.code, *(more or (win.pk,))])


def test_a_photo_from_a_phone(win: QuickWin, client: Client) -> None:
    upload = SimpleUploadedFile("IMG_0001.JPG", image_bytes(kind="JPEG"), "image/jpeg")
    sent = client.post(address("news_add", win), {"kabar": "", "tautan": "", "foto": upload})
    assert sent.headers["Location"] == address("quick_win_detail", win)
    photo = EvidencePhoto.objects.get()
    page = client.get(sent.headers["Location"]).text
    assert address("photo_file", win, photo.pk) in page
    assert '<input class="sr" id="foto" type="file" name="foto" accept="image/*" capture="environment">' in page
    shown = client.get(address("photo_file", win, photo.pk))
    assert (shown.status_code, shown.headers["Content-Type"], shown.headers["X-Content-Type-Options"]) == (
        200, "image/jpeg", "nosniff",
    )  # fmt: skip


def test_photos_are_for_who_reads_the_plan(win: QuickWin, author: User) -> None:
    tell_news(win, text="", link="", photos=[image_bytes()], by=author)
    url = address("photo_file", win, EvidencePhoto.objects.get().pk)
    people = {
        Role.APPROVER: 200, Role.COUNCIL_READER: 200, Role.MENTOR: 200, Role.MINISTRY_EDITOR: 200, None: 404,
    }  # fmt: skip
    assert {role: client_of(person(role)).get(url).status_code for role in people} == people
    stranger = client_of(person(Role.COORDINATOR, KOTA_BANJAR))
    other = quick_win(ground_of(KOTA_BANJAR))
    forged = reverse("quickwin:photo_file", args=[other.plan.code, EvidencePhoto.objects.get().pk])
    assert [stranger.get(url).status_code, stranger.get(forged).status_code] == [404, 404]
    assert Client().get(url).status_code == 302


def test_refused_news_keep_what_was_typed(win: QuickWin, client: Client) -> None:
    upload = SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script>", "image/jpeg")
    refused = client.post(address("news_add", win), {"kabar": "Gerai <b>buka</b>", "tautan": "", "foto": upload})
    assert refused.status_code == 422
    assert "bukan gambar JPEG" in refused.text
    assert "Gerai &lt;b&gt;buka&lt;/b&gt;" in refused.text
    assert client.post(address("news_add", win), {"kabar": "", "tautan": ""}).status_code == 422


def test_milestones_and_the_light(win: QuickWin, client: Client) -> None:
    first = win.milestones.all()[0]
    answers = {"versi": 1, "tonggak": first.pk, "selesai": "2026-03-01"}
    assert client.post(address("milestone_report", win), answers).status_code == 302
    stale = client.post(address("milestone_report", win), answers)
    assert (stale.status_code, "sudah diubah orang lain" in stale.text) == (409, True)
    assert client.post(address("milestone_report", win), {"versi": 2, "tonggak": "x"}).status_code == 422
    page = client.get(address("quick_win_detail", win))
    assert (page.context["running"].done, page.context["running"].number) == (1, 2)
    assert "1 dari 2 tonggak selesai" in page.text
    board = client.get(reverse("quickwin:quick_win_list", args=[win.plan.code]) + "?tahun=2026")
    assert [line[1] for _, lines in board.context["groups"] for line in lines] == [page.context["running"]]


def test_saving_the_sheet_keeps_what_was_reported(win: QuickWin, client: Client) -> None:
    first = win.milestones.all()[0]
    client.post(address("milestone_report", win), {"versi": 1, "tonggak": first.pk, "selesai": "2026-03-01"})
    url = reverse("quickwin:quick_win_edit", args=[win.plan.code, win.pk])
    opened = form_data(client.get(url).context["form"])
    changes = {"milestones-1-text": "Gerai pertama buka", "problem": "Jauh", "benefit": "Dekat"}
    assert client.post(url, opened | changes).status_code == 302
    assert [(each.text, str(each.done_on)) for each in win.milestones.all()] == [
        ("SOP ditetapkan", "2026-03-01"), ("Gerai pertama buka", "None"),
    ]  # fmt: skip


def test_another_owner_in_one_click(win: QuickWin) -> None:
    coordinator, other = person(Role.COORDINATOR), office("DLH")
    win.programme.supporting_opds.add(other)
    client = client_of(coordinator)
    board = client.get(reverse("quickwin:quick_win_list", args=[win.plan.code]) + "?tahun=2026")
    assert [(owner.win, owner.has_people) for owner in board.context["silent"]] == [(win, False)]
    page = client.get(address("quick_win_detail", win))
    assert page.context["offices"] == [other]
    assert client.post(address("win_reassign", win), {"opd": other.pk, "versi": 1}).status_code == 302
    win.refresh_from_db()
    assert win.lead_opd == other
    assert client.post(address("win_reassign", win), {"opd": other.pk, "versi": 1}).status_code == 409


def test_the_matrix_of_risks_is_the_book_s(win: QuickWin, client: Client) -> None:
    page = client.get(reverse("export:risk_drawing", args=[win.plan.code, win.pk]))
    assert "R1: kemungkinan mungkin, dampak berat" in page.text
    foreign = reverse("export:risk_drawing", args=[win.plan.code, quick_win(ground_of(KOTA_BANJAR)).pk])
    assert client.get(foreign).status_code == 404
