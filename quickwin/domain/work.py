"""Tugas saya: candidates that wait for this person's scores."""

from django.db.models import Count, F
from django.urls import reverse

from masterplan.domain.work import Task
from masterplan.enums import WorkKind
from masterplan.models import Masterplan
from quickwin.models import Ballot
from smartcity.accounts.models import User


def ballots(user: User) -> list[Task]:
    own = Ballot.objects.filter(
        scorer=user, handed_in_at=None, round__plan__in=Masterplan.objects.visible_to(user)
    )  # fmt: skip
    counted = own.select_related("round__plan").annotate(
        scored=Count("scores", distinct=True), number=Count("round__candidates", distinct=True)
    )
    return [
        Task(
            kind=WorkKind.SCORING,
            what=f"Nilai calon quick win {each.round.year}",
            why=f"{each.number} calon; penilai lain menunggu nilai Anda"
            if each.scored
            else f"{each.number} calon, belum ada yang Anda nilai",
            url=reverse("quickwin:ballot_detail", args=[each.round.plan.code, each.round.year]),
            action="Buka lembar nilai",
            plan=each.round.plan,
            rank=1,
        )
        for each in counted.order_by(F("round__year"), "pk")
    ]
