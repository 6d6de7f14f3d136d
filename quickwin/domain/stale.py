"""Reminding of quick wins of which nobody has told for 30 days."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from masterplan.models import Masterplan
from masterplan.rules import coordinators_of
from quickwin.domain.progress import news_day, with_last_news
from quickwin.light import PATIENCE, is_stale
from quickwin.models import QuickWin
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.notify.domain.notice import key_of, keys_told, tell
from smartcity.notify.enums import NoticeGroup
from smartcity.notify.models import Notice
from smartcity.notify.registry import Kind, Line
from smartcity.regency.clock import zone_of

STALE = "quickwin.stale"
EARLIEST_HOUR = 6


def remind(now: datetime) -> None:
    """The lead office's authors and the coordinator; again after each further 30 days without news."""
    years = {now.year - 1, now.year, now.year + 1}  # the year turns at another hour in each zone
    known = keys_told(STALE)
    wins = with_last_news(QuickWin.objects.filter(year__in=years)).select_related("plan").order_by("pk")
    for win in wins:
        here = timezone.localtime(now, zone_of(win.plan.regency_id))
        news = news_day(win)
        if here.hour >= EARLIEST_HOUR and is_stale(status=win.status, year=win.year, last_news=news, today=here.date()):
            since = max(news or date(win.year, 1, 1), date(win.year, 1, 1))
            times = (here.date() - since).days // PATIENCE.days
            occasion = f"{since}/{times}"
            if key_of(STALE, win.pk, occasion) in known:
                continue
            people = [*_authors(win), *coordinators_of(win.plan)]
            tell(STALE, people, target=win.pk, occasion=occasion, plan_code=win.plan.code)


def _authors(win: QuickWin) -> list[User]:
    held = Q(memberships__role=Role.AUTHOR, memberships__opd_id=win.lead_opd_id)
    return list(User.objects.filter(held, is_active=True).distinct())


def _lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    wanted = {notice.target for notice in notices}
    visible = QuickWin.objects.filter(pk__in=wanted, plan__in=Masterplan.objects.visible_to(user))
    found = {str(win.pk): win for win in with_last_news(visible).select_related("plan")}
    return {
        notice.pk: _line(notice, found[notice.target]) for notice in notices if notice.target in found
    }  # fmt: skip


def _line(notice: Notice, win: QuickWin) -> Line:
    news = news_day(win)
    is_over = news is not None and news > timezone.localdate(notice.at, timezone=zone_of(win.plan.regency_id))
    return Line(
        what=f"Belum ada kabar: {win}",
        why="30 hari tanpa kabar; ambil foto atau tulis sebaris",
        url=f"{reverse('quickwin:quick_win_detail', args=[win.plan.code, win.pk])}#kabar",
        plan=win.plan.title,
        over="sudah ada kabar baru" if is_over else "",
    )


NOTICES = (Kind(STALE, NoticeGroup.OFFICE, _lines),)
