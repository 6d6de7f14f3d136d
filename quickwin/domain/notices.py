"""What people are told about a round: they are asked to score, the scores are open, it was decided."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from masterplan.models import Masterplan
from masterplan.rules import coordinators_of, reviewers_of, writers_of
from quickwin.models import Ballot, SelectionRound
from smartcity.accounts.models import User
from smartcity.notify.domain.notice import tell
from smartcity.notify.enums import NoticeGroup
from smartcity.notify.models import Notice
from smartcity.notify.registry import Kind, Line

ASKED, REVEALED, DECIDED = "round.asked", "round.revealed", "round.decided"


def tell_of_opening(choice: SelectionRound, people: Iterable[User], *, by: User) -> None:
    tell(ASKED, people, target=choice.pk, occasion="", plan_code=choice.plan.code, by=by)


def tell_of_reveal(choice: SelectionRound) -> None:
    tell(REVEALED, coordinators_of(choice.plan), target=choice.pk, occasion="", plan_code=choice.plan.code)


def tell_of_decision(choice: SelectionRound, *, by: User) -> None:
    people = [*writers_of(choice.plan), *reviewers_of(choice.plan)]
    tell(DECIDED, people, target=choice.pk, occasion="", plan_code=choice.plan.code, by=by)


def _lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    wanted = {notice.target for notice in notices}
    visible = SelectionRound.objects.filter(pk__in=wanted, plan__in=Masterplan.objects.visible_to(user))
    found = {str(each.pk): each for each in visible.select_related("plan")}
    own = set(
        Ballot.objects.filter(round__in=found.values(), scorer=user, handed_in_at=None).values_list("round_id", flat=True)
    )  # fmt: skip
    return {
        notice.pk: _line(notice.kind, found[notice.target], is_waiting=found[notice.target].pk in own)
        for notice in notices if notice.target in found
    }  # fmt: skip


def _line(kind: str, choice: SelectionRound, *, is_waiting: bool) -> Line:
    what = {
        ASKED: f"Anda diminta menilai calon quick win {choice.year}",
        REVEALED: f"Nilai calon quick win {choice.year} sudah terbuka",
        DECIDED: f"Quick win {choice.year} sudah diputuskan",
    }[kind]
    why = {
        ASKED: "Nilai Anda tertutup bagi yang lain sampai semua penilai menyerahkan",
        REVEALED: "Semua penilai sudah menyerahkan; keputusan dapat diambil",
        DECIDED: "Lihat yang dipilih dan alasannya",
    }[kind]
    over = "nilainya sudah diserahkan" if kind == ASKED and not is_waiting else ""
    if kind == REVEALED and choice.decided_at:
        over = "sudah diputuskan"
    page = "quickwin:ballot_detail" if kind == ASKED else "quickwin:round_detail"
    return Line(
        what=what, why=why, url=reverse(page, args=[choice.plan.code, choice.year]), plan=choice.plan.title, over=over
    )  # fmt: skip


NOTICES = (
    Kind(ASKED, NoticeGroup.ASSIGNED, _lines),
    Kind(REVEALED, NoticeGroup.PLAN, _lines),
    Kind(DECIDED, NoticeGroup.PLAN, _lines),
)
