"""The page of the stages and the gate: what people see, what a form answers."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bimtek.models import Stage, Submission
from masterplan.models import Masterplan, Programme
from tests.bimtek.given import ALL, send
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


def address(name: str, plan: Masterplan, *more: object) -> str:
    return reverse(f"bimtek:{name}", args=[plan.code, *more])


def form(page: Any, **changes: str) -> dict[str, str]:
    """The form of the gate as the browser would send it."""
    found = dict(re.findall(r'<input type="hidden" name="(kiriman|terbuka)" value="([^"]+)"', page.text))
    return found | {"catatan": "", "setuju": "1"} | changes


@pytest.fixture
def coordinator(people: People) -> Client:
    return client_of(people.coordinator)


def test_the_page_tells_dates_open_points_and_submissions(
    banjar: Masterplan, people: People, coordinator: Client
) -> None:
    send(banjar, "I", by=people.coordinator)
    page = coordinator.get(address("stage_list", banjar))
    assert [(line.stage.code, line.state, len(line.points)) for line in page.context["lines"]] == [
        ("I", "sent", 9), ("II", "writing", 17), ("III", "writing", 17), ("IV", "writing", 20),
    ]  # fmt: skip
    assert "8 Juli 2025" in page.text
    assert address("submission_detail", banjar, "I", 1) in page.text


def test_a_plan_without_dates_says_so(plan: Masterplan, coordinator: Client) -> None:
    assert coordinator.get(address("stage_list", plan)).text.count("Belum dijadwalkan") == 4


def test_without_stages_the_page_is_not_bare(plan: Masterplan, coordinator: Client) -> None:
    Stage.objects.all().delete()
    assert "Belum ada tahap" in coordinator.get(address("stage_list", plan)).text


def test_the_gate_lists_points_with_links_and_asks_for_consent(banjar: Masterplan, coordinator: Client) -> None:
    page = coordinator.get(address("stage_detail", banjar, "I"))
    assert f'<a href="/rencana/{banjar.code}/naskah/B1.1.3/">Buku I · 1.3 Ruang Lingkup</a>' in page.text
    assert "Saya tahu masih ada 9 hal terbuka, dari “Buku I · 1.3 Ruang Lingkup” dan 8 lainnya" in page.text


def test_sending_freezes_and_leads_to_the_submission(banjar: Masterplan, coordinator: Client) -> None:
    page = coordinator.get(address("stage_detail", banjar, "I"))
    response = coordinator.post(address("stage_submit", banjar, "I"), form(page, catatan="Salam"), follow=True)
    submission = Submission.objects.get()
    assert response.redirect_chain == [(address("submission_detail", banjar, "I", 1), 302)]
    assert "Bimtek I, kiriman 1 terkirim dan dibekukan." in response.text
    assert (submission.note, submission.stage_id) == ("Salam", "I")
    again = coordinator.post(address("stage_submit", banjar, "I"), form(page, catatan="Salam"))
    assert (again.status_code, again["Location"]) == (302, address("submission_detail", banjar, "I", 1))
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"setuju": None}, 422, "Masih ada 9 hal yang terbuka."),
        ({"terbuka": "8"}, 422, "Masih ada 9 hal yang terbuka."),
        ({"terbuka": "-9999"}, 422, "Masih ada 9 hal yang terbuka."),
        ({"kiriman": "bukan"}, 422, "Formulir ini tidak lengkap."),
    ],
)
def test_a_refused_form_shows_the_gate_again(
    changes: dict[str, Any], status: int, sentence: str, banjar: Masterplan, coordinator: Client
) -> None:
    sent = form(coordinator.get(address("stage_detail", banjar, "I")), catatan="Yang sudah ditulis") | changes
    response = coordinator.post(address("stage_submit", banjar, "I"), {k: v for k, v in sent.items() if v is not None})
    assert (response.status_code, sentence in response.text, "Yang sudah ditulis" in response.text) == (
        status, True, True,
    )  # fmt: skip
    assert Submission.objects.count() == 0
    assert coordinator.post(address("stage_submit", banjar, "I"), form(response)).status_code == 302


def test_the_final_gate_has_no_button_and_refuses_a_forged_form(plan: Masterplan, coordinator: Client) -> None:
    page = coordinator.get(address("stage_detail", plan, "IV"))
    held = len(page.context["held"])
    assert (f"<b>{held} hal menahan kiriman.</b>" in page.text, "Kirim dengan yang terbuka" in page.text) == (
        True,
        False,
    )
    forged = {"kiriman": str(uuid.uuid4()), "terbuka": str(ALL), "setuju": "1"}
    response = coordinator.post(address("stage_submit", plan, "IV"), forged)
    assert (response.status_code, f"masih tertahan {held} hal" in response.text) == (409, True)
    assert Submission.objects.count() == 0


def test_only_the_coordinator_sees_the_form(banjar: Masterplan, people: People) -> None:
    shown = {}
    for name, user in people.items():
        response = client_of(user).get(address("stage_detail", banjar, "I"))
        shown[name] = (response.status_code, 'name="kiriman"' in response.text)
    expected = {"coordinator": (200, True), "stranger": (404, False), "nobody": (404, False)}
    assert shown == {name: expected.get(name, (200, False)) for name in shown}


@pytest.mark.parametrize("name", ["stage_list", "stage_detail"])
def test_pages_cost_the_same_for_few_and_many(
    name: str, banjar: Masterplan, people: People, coordinator: Client
) -> None:
    url = address(name, banjar, *(["I"] if name == "stage_detail" else []))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(url)
        return len(queries)

    send(banjar, "I", by=people.coordinator)
    coordinator.get(url)
    before = cost()
    Programme.objects.filter(plan=banjar).exclude(quick_wins=None).update(name="Nama lain")
    send(banjar, "I", by=people.coordinator)
    assert cost() == before <= 70


def test_the_cycle_leads_to_the_gate(banjar: Masterplan, coordinator: Client) -> None:
    page = coordinator.get(reverse("bimtek:cycle_list", args=[banjar.code])).text
    assert f'<a href="{address("stage_detail", banjar, "II")}">Gerbang Bimtek II</a>' in page
