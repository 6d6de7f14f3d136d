"""Tugas saya: one list out of many sources. A further app adds its function to SOURCES."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bimtek.domain import review_work
from bimtek.domain import work as bimtek_work
from masterplan.domain import work as plan_work
from masterplan.domain.work import Task
from masterplan.enums import WorkKind
from quickwin.domain import idea_links
from quickwin.domain import work as quickwin_work
from smartcity.accounts.models import User
from smartcity.ui.format import format_date

SOURCES: tuple[Callable[[User], list[Task]], ...] = (
    plan_work.threads,
    bimtek_work.stages,
    bimtek_work.readings,
    review_work.opinions,
    review_work.approvals,
    quickwin_work.ballots,
    idea_links.waiting,
    plan_work.recovered,
    plan_work.sections,
)
ICONS = {
    WorkKind.COMMENT: "chat-left-text",
    WorkKind.STAGE: "flag",
    WorkKind.READING: "eye",
    WorkKind.OPINION: "award",
    WorkKind.APPROVAL: "pen",
    WorkKind.SCORING: "star",
    WorkKind.IDEA: "lightbulb",
    WorkKind.WRITING: "pencil",
    WorkKind.RECOVERED: "archive",
}
SOON = 3


@dataclass(frozen=True)
class WorkLine:
    """A task as it is shown today."""

    task: Task
    today: date

    @property
    def icon(self) -> str:
        return ICONS[self.task.kind]

    @property
    def is_late(self) -> bool:
        return self.task.due is not None and self.task.due < self.today

    @property
    def is_soon(self) -> bool:
        return self.task.due is not None and (self.task.due - self.today).days <= SOON

    @property
    def days(self) -> str:
        """Beside the date."""
        if self.task.due is None:
            return ""
        left = (self.task.due - self.today).days
        if left in (0, 1):
            return "hari ini" if left == 0 else "besok"
        return f"{left} hari lagi" if left > 0 else f"lewat {-left} hari"


@dataclass(frozen=True)
class WorkFilter:
    """What an address asks for; what it names wrongly narrows nothing."""

    jenis: str = ""
    rencana: str = ""
    lewat: bool = False
    urut: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.jenis or self.rencana or self.lewat)

    def narrow(self, lines: list[WorkLine]) -> list[WorkLine]:
        found = [
            line
            for line in lines
            if self.jenis in ("", line.task.kind)
            and self.rencana in ("", line.task.plan.code)
            and (line.is_late or not self.lewat)
        ]
        return sorted(found, key=ORDERS.get(self.urut, ORDERS[""])[1])


def _by_urgency(line: WorkLine) -> tuple[object, ...]:
    return line.task.due or date.max, line.task.rank


ORDERS: dict[str, tuple[str, Callable[[WorkLine], tuple[object, ...]]]] = {
    "": ("Batas waktu", _by_urgency),
    "jenis": ("Jenis", lambda line: (list(WorkKind).index(line.task.kind), *_by_urgency(line))),
    "rencana": ("Rencana", lambda line: (line.task.plan.title, *_by_urgency(line))),
}


def work_of(user: User, today: date) -> list[WorkLine]:
    """The most urgent first."""
    lines = [WorkLine(task, today) for source in SOURCES for task in source(user)]
    return sorted(lines, key=_by_urgency)


def as_message(lines: list[WorkLine], address: Callable[[str], str], today: date) -> str:
    """For WhatsApp: stars make bold there."""
    parts = [f"*Tugas saya, {format_date(today)}*"]
    for number, line in enumerate(lines, start=1):
        task = line.task
        until = f"{format_date(task.due)} ({line.days})" if task.due else task.until
        parts.append(
            f"{number}. *{task.what}*\n{task.why}" + (f"\nBatas: {until}" if until else "") + f"\n{address(task.url)}"
        )
    return "\n\n".join(parts)
