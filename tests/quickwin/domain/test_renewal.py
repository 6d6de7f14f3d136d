"""What becomes of a quick win in the next year, and the twelve answers for the evaluation."""

from typing import Any

import pytest

from masterplan.domain.row import StaleRowError, create_row
from masterplan.models import Issue
from quickwin.domain.evaluation import evaluation_of
from quickwin.domain.renewal import renew
from quickwin.evaluation import PER_QUICK_WIN, answers
from quickwin.models import QuickWin, Renewal
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, ground_of
from tests.quickwin.given import quick_win
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground() -> Ground:
    return ground_of()


@pytest.fixture
def win(ground: Ground) -> QuickWin:
    return quick_win(ground, budget=2_000_000_000, attraction="Dekat", year_end_target="2 gerai", status="berjalan")


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def test_a_continued_one_has_a_row_in_the_next_year(win: QuickWin, coordinator: User) -> None:
    made = renew(win, kind="lanjut", reason=" Masih dipakai \r\n", version=1, by=coordinator)
    new = made.successor
    assert new is not None
    assert (new.code, new.name, new.year, new.origin_year, new.continuation, new.status, new.budget) == (
        "QW-02", "BAROKAH Dekat", 2027, 2026, "lanjutan", "diusulkan", 1_450_000_000,
    )  # fmt: skip
    assert (new.attraction, new.year_end_target, new.milestones.count(), new.risks.count()) == ("Dekat", "", 0, 1)
    win.refresh_from_db()
    assert (win.status, win.milestones.count(), made.reason) == ("selesai", 2, "Masih dipakai")


@pytest.mark.parametrize(("kind", "status"), [("tumbuh", "selesai"), ("henti", "dihentikan")])
def test_one_that_ends_leaves_no_row_behind(kind: str, status: str, win: QuickWin, coordinator: User) -> None:
    made = renew(win, kind=kind, reason="Sudah menjadi layanan tetap", version=1, by=coordinator)
    win.refresh_from_db()
    assert (win.status, made.successor, QuickWin.objects.count()) == (status, None, 1)


def test_refusals_change_nothing(win: QuickWin, coordinator: User) -> None:
    for changes, error in (
        ({"kind": "lain"}, Incomplete), ({"reason": "  "}, Incomplete), ({"reason": "x" * 2001}, Incomplete),
        ({"version": 9}, StaleRowError), ({"by": person(Role.APPROVER)}, NotAllowed),
    ):  # fmt: skip
        asked: dict[str, Any] = {"kind": "henti", "reason": "Sepi", "version": 1, "by": coordinator}
        with pytest.raises(error):
            renew(win, **asked | changes)
    win.refresh_from_db()
    assert (win.status, Renewal.objects.count()) == ("berjalan", 0)
    renew(win, kind="henti", reason="Sepi", version=1, by=coordinator)
    with pytest.raises(WrongState, match="sudah diputuskan"):
        renew(win, kind="lanjut", reason="Ramai", version=2, by=coordinator)
    assert QuickWin.objects.count() == 1


def test_the_last_year_of_a_plan_has_no_next(ground: Ground, coordinator: User) -> None:
    last = quick_win(ground, year=ground.plan.end_year, origin_year=ground.plan.end_year)
    with pytest.raises(WrongState, match="tidak ada tahun berikutnya"):
        renew(last, kind="lanjut", reason="Masih dipakai", version=1, by=coordinator)


def test_the_twelve_questions(ground: Ground, win: QuickWin, coordinator: User) -> None:
    quick_win(
        ground, code="QW-05", name="Pasar", continuation="lanjutan", origin_year=2025, risks=[], benefit="Murah",
        issue=create_row(
            plan=ground.plan, model=Issue, values={"dimension": ground.dimension, "text": "Pasar sepi"}, by=None
        ),
    )  # fmt: skip
    stopped = quick_win(ground, code="QW-06", name="Lama", year=2025, origin_year=2025)
    assert Renewal.objects.count() == 0
    renew(stopped, kind="tumbuh", reason="Layanan tetap", version=1, by=coordinator)
    found = evaluation_of(ground.plan, 2026)
    assert [(each.number, each.text) for each in found] == [
        *((number, f"{yes} dari 2 quick win.") for number, yes in enumerate((0, 1, 1, 0, 0, 0, 0, 0, 1, 1), start=1)),
        (11, "1 dari 1 quick win."), (12, "1 quick win baru."),
    ]  # fmt: skip
    assert found[1].lacking == ("QW-05 Pasar",)


def test_no_quick_win_answers_nothing() -> None:
    found = answers([], last_year=0, kept=0)
    assert [each.text for each in found] == [
        *["Belum ada quick win tahun ini."] * len(PER_QUICK_WIN), "Tidak ada quick win pada tahun lalu.",
        "0 quick win baru.",
    ]  # fmt: skip
