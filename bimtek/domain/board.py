"""How the quick wins of one year run in all regions that a person looks over, by region and dimension."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, QuerySet

from masterplan.models import Dimension, Masterplan
from quickwin.enums import Light
from quickwin.light import Running, Step, running
from quickwin.models import QuickWin, QuickWinMilestone, QuickWinUpdate
from smartcity.accounts.models import User
from smartcity.regency.clock import zone_of
from smartcity.regency.models import Regency
from smartcity.regency.rules import viewable_regencies

# The shape beside a name: colour is never the only sign.
SIGNS = {Light.GREEN: "ok", Light.YELLOW: "writing", Light.RED: "fix", Light.NONE: "none"}


@dataclass(frozen=True)
class BoardFilter:
    """Codes as they stand in the address; empty for all."""

    tahun: int
    provinsi: str = ""
    angkatan: str = ""
    dimensi: str = ""
    lampu: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.provinsi or self.angkatan or self.dimensi or self.lampu)

    def query(self, **changes: Any) -> str:
        parts = {**self.__dict__, **changes}
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    def plans(self, user: User) -> "QuerySet[Masterplan]":
        found = Masterplan.objects.visible_to(user)
        if self.provinsi:
            found = found.filter(regency__province_id=self.provinsi)
        return found.filter(participation__cohort_id=self.angkatan) if self.angkatan else found


@dataclass(frozen=True)
class BoardWin:
    pk: int
    plan_code: str
    regency_id: str
    dimension: str
    name: str
    running: Running

    @property
    def sign(self) -> str:
        return SIGNS[self.running.light]


@dataclass(frozen=True)
class BoardRow:
    """`cells` in the order of the board's columns, each with its dimension; `plan_code` is that of the first quick win."""

    regency: Regency
    plan_code: str
    cells: tuple[tuple[str, tuple[BoardWin, ...]], ...]


@dataclass(frozen=True)
class Board:
    """`found` carries every filter but the light, `shown` all of them."""

    columns: dict[str, str]
    found: tuple[BoardWin, ...]
    shown: tuple[BoardWin, ...]

    @property
    def regency_ids(self) -> list[str]:
        """In the order of their codes."""
        return sorted({win.regency_id for win in self.shown})

    @property
    def lights(self) -> list[tuple[Light, str, int]]:
        counts = Counter(win.running.light for win in self.found)
        return [(light, SIGNS[light], counts[light]) for light in Light]

    @property
    def totals(self) -> list[tuple[str, list[tuple[Light, str, int]]]]:
        """How many of each light a dimension has among what is shown."""
        counts = Counter((win.dimension, win.running.light) for win in self.shown)
        return [
            (code, [(light, SIGNS[light], counts[code, light]) for light in Light if counts[code, light]])
            for code in self.columns
        ]


def board_of(asked: BoardFilter, user: User, *, at: datetime) -> Board:
    """As it is at that time, in four queries however many regions there are."""
    wins = QuickWin.objects.filter(year=asked.tahun, plan__in=asked.plans(user))
    if asked.dimensi:
        wins = wins.filter(dimension__code=asked.dimensi)
    found = tuple(_wins(wins, asked.tahun, at))
    columns = dict(Dimension.objects.order_by("position", "-pk").values_list("code", "name"))
    if asked.dimensi in columns:
        columns = {asked.dimensi: columns[asked.dimensi]}
    return Board(columns, found, tuple(win for win in found if asked.lampu in ("", win.running.light)))


def rows_of(board: Board, regency_ids: Sequence[str]) -> list[BoardRow]:
    """Those regions in this order."""
    regencies = Regency.objects.select_related("province").in_bulk(regency_ids)
    by_place: dict[tuple[str, str], list[BoardWin]] = defaultdict(list)
    plans: dict[str, str] = {}
    for win in board.shown:
        by_place[win.regency_id, win.dimension].append(win)
        plans.setdefault(win.regency_id, win.plan_code)
    return [
        BoardRow(regencies[pk], plans[pk], tuple((code, tuple(by_place[pk, code])) for code in board.columns))
        for pk in regency_ids
    ]


def without_any(board: Board, asked: BoardFilter, user: User) -> list[Regency]:
    """Regions that the person looks over and that have no quick win of that year and dimension."""
    regions = viewable_regencies(user).select_related("province").order_by("code")
    if asked.provinsi:
        regions = regions.filter(province_id=asked.provinsi)
    if asked.angkatan:
        regions = regions.filter(masterplans__in=asked.plans(user)).distinct()
    return list(regions.exclude(pk__in={win.regency_id for win in board.found}))


def years_of(user: User) -> list[int]:
    wins = QuickWin.objects.filter(plan__in=Masterplan.objects.visible_to(user))
    return sorted(wins.order_by().values_list("year", flat=True).distinct())


def _wins(wins: "QuerySet[QuickWin]", year: int, at: datetime) -> Iterator[BoardWin]:
    """Plain values instead of rows: thousands of them are read for every page."""
    steps: dict[int, list[Step]] = defaultdict(list)
    step_of = cache(Step)  # thousands, and most of them alike
    milestones = QuickWinMilestone.objects.filter(quick_win__in=wins).order_by()
    reports = milestones.values_list("quick_win_id", "quarter", "done_on", "late_reason")
    for pk, quarter, done_on, late_reason in reports:
        steps[pk].append(step_of(quarter, done_on, late_reason))
    updates = QuickWinUpdate.objects.filter(quick_win__in=wins).order_by()
    news = dict(updates.values_list("quick_win").annotate(Max("at")))
    names = ("pk", "plan__code", "plan__regency_id", "dimension__code", "code", "name", "status")
    for pk, plan, region, dimension, code, name, status in wins.order_by("plan__code", "position", "pk").values_list(
        *names
    ):
        zone, told = zone_of(region), news.get(pk)
        now = running(
            status=status, year=year, steps=steps[pk], last_news=told and told.astimezone(zone).date(),
            today=at.astimezone(zone).date(),
        )  # fmt: skip
        yield BoardWin(pk, plan, region, dimension, f"{code} {name}", now)
