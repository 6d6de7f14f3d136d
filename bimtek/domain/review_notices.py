"""What people are told about the judgement of a submission: the opinion on a stage, whose turn it is to approve."""

from collections.abc import Sequence

from django.urls import reverse

from bimtek.enums import ApprovalState, ChainState
from bimtek.models import Approval, Opinion
from bimtek.rules import approvers_of
from masterplan.models import Masterplan
from masterplan.rules import coordinators_of
from smartcity.accounts.models import User
from smartcity.notify.domain.notice import tell
from smartcity.notify.enums import NoticeGroup
from smartcity.notify.models import Notice
from smartcity.notify.registry import Kind, Line

STAGE_JUDGED, TURN = "opinion.on_stage", "approval.turn"


def tell_of_opinion(opinion: Opinion, *, by: User) -> None:
    plan = opinion.plan
    tell(STAGE_JUDGED, coordinators_of(plan), target=opinion.pk, occasion="", plan_code=plan.code, by=by)


def tell_whose_turn(approval: Approval, *, by: User) -> None:
    plan = approval.chain.plan
    asked = [approval.person] if approval.person else approvers_of(plan)
    tell(TURN, asked, target=approval.pk, occasion="", plan_code=plan.code, by=by)


def _opinion_lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    seen = Opinion.objects.visible_to(user).issued().filter(pk__in={notice.target for notice in notices})
    found = {str(each.pk): each for each in seen.select_related("plan")}
    return {notice.pk: _opinion_line(found[notice.target]) for notice in notices if notice.target in found}


def _opinion_line(opinion: Opinion) -> Line:
    return Line(
        what=f"Pendapat atas {opinion.label} dikeluarkan",
        why=f"{opinion.get_level_display()}, nomor {opinion.number}",
        url=reverse("bimtek:opinion_detail", args=[opinion.plan.code, opinion.number]),
        plan=opinion.plan.title,
    )


def _turn_lines(user: User, notices: Sequence[Notice]) -> dict[int, Line]:
    asked = Approval.objects.filter(pk__in={notice.target for notice in notices})
    visible = asked.filter(chain__plan__in=Masterplan.objects.visible_to(user))
    own = visible.select_related("chain__plan", "chain__submission__stage")
    found = {str(each.pk): each for each in own.defer("chain__submission__facts", "chain__submission__points")}
    return {notice.pk: _turn_line(found[notice.target]) for notice in notices if notice.target in found}


def _turn_line(approval: Approval) -> Line:
    submission, plan = approval.chain.submission, approval.chain.plan
    is_open = approval.state == ApprovalState.WAITING and approval.chain.state == ChainState.RUNNING
    return Line(
        what=f"{submission} menunggu pengesahan Anda",
        why=f"Sebagai {approval.office}",
        url=reverse("bimtek:approval_detail", args=[plan.code, submission.stage_id, submission.number]),
        plan=plan.title,
        over="" if is_open else "sudah diputuskan",
    )


NOTICES = (Kind(STAGE_JUDGED, NoticeGroup.PLAN, _opinion_lines), Kind(TURN, NoticeGroup.ASSIGNED, _turn_lines))
