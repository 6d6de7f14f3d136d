"""Where ideas are shown besides their inbox: beside the row they are linked to, and among the coordinator's tasks."""

from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from masterplan.domain.aside import Aside, AsideSource
from masterplan.domain.work import Task
from masterplan.enums import WorkKind
from masterplan.models import Masterplan, Programme
from quickwin.domain.idea_decision import PROGRAMME, QUICK_WIN
from quickwin.enums import IdeaState
from quickwin.models import Idea, QuickWin
from quickwin.rules import can_keep_ideas
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of

FIELDS: dict[type, tuple[str, str]] = {Programme: ("programme", PROGRAMME), QuickWin: ("quick_win", QUICK_WIN)}


def with_idea_count(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Programmes or quick wins with how many ideas are linked to each, as `idea_count`; other rows as they are."""
    if rows.model not in FIELDS:
        return rows
    field, _ = FIELDS[rows.model]
    linked = Idea.objects.filter(**{field: OuterRef("pk")}).order_by().values(field)
    numbers = Subquery(linked.annotate(number=Count("pk")).values("number"))
    counted: QuerySet[Any] = rows.annotate(idea_count=Coalesce(numbers, 0))
    return counted


def ideas_beside(user: User, row: Any) -> Aside | None:
    """For a row of `with_idea_count` to which ideas are linked."""
    number = getattr(row, "idea_count", 0)
    if not number or not can_keep_ideas(user, row.plan):
        return None
    _, letter = FIELDS[type(row)]
    url = f"{reverse('quickwin:idea_list', args=[row.plan.code])}?terkait={letter}{row.pk}"
    return Aside("lightbulb", f"Usulan warga: {number}", url)


BESIDE = AsideSource(with_idea_count, ideas_beside)


def waiting_in(plan: Masterplan) -> int:
    return Idea.objects.filter(plan=plan, state=IdeaState.NEW).count()


def waiting(user: User) -> list[Task]:
    """One task a plan, for its coordinator, as long as an idea waits for a decision."""
    regions = standing_of(user).regency_ids_as(Role.COORDINATOR)
    if not regions:
        return []
    counted = Idea.objects.filter(plan__regency__in=regions, state=IdeaState.NEW).order_by()
    numbers = {each["plan"]: each for each in counted.values("plan").annotate(count=Count("pk"), first=Min("number"))}
    plans = Masterplan.objects.filter(pk__in=numbers).select_related("regency").order_by("pk") if numbers else ()
    return [
        Task(
            kind=WorkKind.IDEA,
            what="Putuskan usulan warga",
            why=f"{numbers[plan.pk]['count']} usulan belum diputuskan, yang pertama U-{numbers[plan.pk]['first']}",
            url=f"{reverse('quickwin:idea_list', args=[plan.code])}?keadaan={IdeaState.NEW}",
            action="Buka usulan",
            plan=plan,
            rank=3,
        )
        for plan in plans
    ]
