"""Who chairs the team that decides; told by the app that keeps the team, which stands above this one."""

from collections.abc import Callable

from masterplan.models import Masterplan

type Chair = Callable[[Masterplan], str]

SOURCES: list[Chair] = []


def add_source(source: Chair) -> None:
    """Called once by the app that keeps the team, when Django starts."""
    SOURCES.append(source)


def chair_of(plan: Masterplan) -> str:
    """Seat and holder, as "Ketua Tim Pelaksana: Sekretaris Daerah"; empty where nobody is recorded."""
    return next((chair for source in SOURCES if (chair := source(plan))), "")
