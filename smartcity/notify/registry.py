"""The kinds of notices. Apps that know what happened add theirs when they are ready; this floor knows none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from smartcity.accounts.models import User
from smartcity.notify.enums import NoticeGroup
from smartcity.notify.models import Notice


@dataclass(frozen=True)
class Line:
    """A notice in words, as this person may read it now. Never what somebody wrote: mails leave the house.

    `over` says why nobody needs a mail about it any more.
    """

    what: str
    why: str
    url: str
    plan: str = ""
    due: date | None = None
    over: str = ""


type Words = Callable[[User, Sequence[Notice]], dict[int, Line]]


@dataclass(frozen=True)
class Kind:
    """`words` gives the lines of several notices at once, by their number; what the person may not see is left out."""

    code: str
    group: NoticeGroup
    words: Words


KINDS: dict[str, Kind] = {}


@dataclass(frozen=True)
class OutsideLetter:
    """To somebody without an account, as plain text."""

    to: str
    subject: str
    body: str


# From the number of a row to the letter about it as of now; None where there is nobody or nothing to write any more.
type OutsideWords = Callable[[str], OutsideLetter | None]
OUTSIDE: dict[str, OutsideWords] = {}


def add_outside(about: str, words: OutsideWords) -> None:
    OUTSIDE[about] = words


def add_kind(kind: Kind) -> None:
    KINDS[kind.code] = kind


def lines_of(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    """Kinds that share a function are asked together, so the queries do not grow with the notices."""
    asked: dict[Words, list[Notice]] = {}
    for notice in notices:
        kind = KINDS.get(notice.kind)
        if kind is not None:
            asked.setdefault(kind.words, []).append(notice)
    return {pk: line for words, own in asked.items() for pk, line in words(user, own).items()}
