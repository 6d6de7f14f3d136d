"""The board of the ministry and the provinces: who sees which regions, lights, filters, constant queries."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bimtek.domain.board import BoardFilter, board_of
from bimtek.models import Participation
from quickwin.domain.progress import tell_news
from quickwin.enums import Light
from quickwin.models import QuickWin, QuickWinMilestone, QuickWinUpdate
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from tests.masterplan.views.rows_given import ground_of
from tests.quickwin.given import quick_win
from tests.smartcity.accounts.given import KOTA_BANJAR, account, client_of, person

pytestmark = pytest.mark.django_db
KALSEL = "63"


@pytest.fixture
def wins() -> list[QuickWin]:
    """Of last year: nobody says why it is late, a reason is given, done; the third in another province."""
    year = timezone.localdate().year - 1
    banjar, kota = ground_of(), ground_of(KOTA_BANJAR)
    silent = quick_win(banjar, year=year)
    excused = quick_win(banjar, year=year, code="QW-02", name="<b>Pasar</b>")
    QuickWinMilestone.objects.filter(quick_win=excused).update(late_reason="Lelang ulang")
    done = quick_win(kota, year=year, name="Taman Kota", status="selesai")
    Participation.objects.create(plan=kota.plan, cohort_id="2025")
    return [silent, excused, done]


@pytest.fixture
def ministry() -> Client:
    return client_of(person(Role.MINISTRY_EDITOR))


@pytest.fixture
def board(ministry: Client, wins: list[QuickWin]) -> Callable[..., Any]:
    return lambda client=ministry, **asked: page(client, tahun=wins[0].year, **asked)


def page(client: Client, **asked: Any) -> Any:
    answer = client.get(reverse("bimtek:quick_win_board"), asked)
    assert answer.status_code == 200
    return answer


def shown(answer: Any) -> list[tuple[str, str, str, Light]]:
    return [
        (row.regency.pk, code, win.name, win.running.light)
        for row in answer.context["rows"]
        for code, cell in row.cells
        for win in cell
    ]


def provincial(province: str) -> User:
    user = account(f"provinsi{province}")
    Membership.objects.create(user=user, role=Role.ASSESSOR, scope=Scope.PROVINCE, province_id=province)
    return user


SILENT = ("63.03", "GOV", "QW-01 BAROKAH Dekat", Light.RED)
EXCUSED = ("63.03", "GOV", "QW-02 <b>Pasar</b>", Light.YELLOW)
DONE = (KOTA_BANJAR, "GOV", "QW-01 Taman Kota", Light.GREEN)


def test_every_region_with_its_lights(board: Callable[..., Any], wins: list[QuickWin]) -> None:
    answer = board()
    assert shown(answer) == [DONE, SILENT, EXCUSED]
    assert [(light, number) for light, _, number, _ in answer.context["lights"]] == [
        (Light.GREEN, 1), (Light.YELLOW, 1), (Light.RED, 1), (Light.NONE, 0),
    ]  # fmt: skip
    assert len(answer.context["without"]) == 512
    assert "512 daerah belum mempunyai quick win" in answer.text
    assert "&lt;b&gt;Pasar&lt;/b&gt;" in answer.text
    assert reverse("quickwin:quick_win_detail", args=[wins[2].plan.code, wins[2].pk]) in answer.text


def test_filters(board: Callable[..., Any]) -> None:
    assert shown(board(provinsi=KALSEL)) == [SILENT, EXCUSED]
    assert shown(board(angkatan="2025")) == [DONE]
    assert shown(board(lampu="merah")) == [SILENT]
    assert shown(board(lampu="ungu", dimensi="GOV")) == [DONE, SILENT, EXCUSED]
    nothing = board(dimensi="ECO", provinsi=KALSEL)
    assert (shown(nothing), len(nothing.context["without"])) == ([], 13)
    assert "Tidak ada quick win yang memenuhi saringan ini." in nothing.text
    assert shown(board(provinsi="63\x00", angkatan="' OR 1=1")) == []


def test_a_province_sees_its_own_regions(board: Callable[..., Any], wins: list[QuickWin]) -> None:
    client = client_of(provincial(KALSEL))
    answer = board(client)
    assert shown(answer) == [SILENT, EXCUSED]
    assert [province.name for province in answer.context["provinces"]] == ["Kalimantan Selatan"]
    assert {regency.province_id for regency in answer.context["without"]} == {KALSEL}
    assert shown(board(client, provinsi="32")) == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUTHOR, Role.APPROVER, None])
def test_people_of_a_region_do_not_have_it(role: Role | None) -> None:
    client = client_of(person(role))
    url = reverse("bimtek:quick_win_board")
    refused = client.get(url)
    assert refused.status_code == 403
    assert "Papan quick win hanya untuk kementerian dan provinsi." in refused.text
    assert url not in client.get(reverse("masterplan:plan_list")).text


def test_the_ministry_finds_it_in_the_navigation(ministry: Client) -> None:
    assert f'<a href="{reverse("bimtek:quick_win_board")}">Papan quick win</a>' in (
        ministry.get(reverse("masterplan:plan_list")).text
    )
    assert "Belum ada quick win tahun ini" in page(ministry).text


def test_news_and_the_day_count_for_the_light() -> None:
    win = quick_win(ground_of(), milestones=[{"quarter": 4, "text": "Gerai buka"}])
    told = tell_news(win, text="Gerai buka", link="", photos=[], by=person(Role.COORDINATOR))
    QuickWinUpdate.objects.filter(pk=told.pk).update(at=datetime(2026, 5, 1, tzinfo=UTC))
    ministry = person(Role.MINISTRY_EDITOR)
    days = (date(2025, 12, 1), date(2026, 5, 31), date(2026, 6, 1), date(2027, 1, 2), date(2027, 3, 1))
    moments = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in days]
    boards = [board_of(BoardFilter(2026), ministry, at=at) for at in moments]
    assert [win.running.light for each in boards for win in each.found] == [
        Light.NONE, Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED,
    ]  # fmt: skip


def test_many_regions_cost_no_more_queries(ministry: Client, wins: list[QuickWin], board: Callable[..., Any]) -> None:
    board()
    with CaptureQueriesContext(connection) as few:
        board()
    for code in ("63.04", "63.05", "63.06", "63.07", "63.08"):
        quick_win(ground_of(code), year=wins[0].year)
    with CaptureQueriesContext(connection) as many:
        assert len(shown(board())) == 8
    assert len(many) == len(few) <= 25
