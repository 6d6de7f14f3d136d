"""The response matrix: each remark of a stage with its answers, what changed, and its state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from bimtek.models import Stage, Submission
from export.papers.asked import MatrixAsked
from export.papers.changed import Changed, changes_of, words
from export.papers.period import Period, period_of
from export.papers.words import moment
from masterplan.enums import CommentAct, CommentKind, CommentState, CommentVisibility
from masterplan.models import Comment, CommentThread, Masterplan, PlanMember
from masterplan.models.comment import CommentThreadQuerySet
from masterplan.rules import is_reviewer
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.regency.clock import zone_of
from smartcity.ui.format import format_date
from smartcity.ui.refusal import TooLarge

MOST = 1500
SHORT = 700
FOR_REVIEWERS = "Hanya untuk peninjau"
FOR_OFFICE = "Terbatas: memuat komentar untuk satu perangkat daerah"
CLOSED = "Diselesaikan tanpa jawaban"


@dataclass(frozen=True)
class Said:
    by: str
    on: str
    text: str
    head: str = ""


@dataclass(frozen=True)
class Line:
    """One remark; `limit` says who else sees it, empty for the whole team. `href` is filled on the screen."""

    thread: CommentThread
    place: str
    cell: str
    asker: str
    asker_role: str
    asked_on: str
    remark: str
    quote: str
    answers: tuple[Said, ...]
    change: Changed
    limit: str

    @property
    def name(self) -> str:
        return self.thread.name

    @property
    def kind(self) -> str:
        return str(self.thread.get_kind_display())

    @property
    def state(self) -> str:
        return str(self.thread.get_state_display())

    @property
    def is_short(self) -> bool:
        """Kept on one page; a long one would leave the rest of a page empty."""
        return max(len(self.remark), sum(len(said.text) for said in self.answers)) < SHORT


@dataclass(frozen=True)
class Tally:
    total: int
    must_fix: int
    open: int
    answered: int
    resolved: int

    @property
    def unresolved(self) -> int:
        return self.open + self.answered


@dataclass(frozen=True)
class Asking:
    """Which remarks a matrix is about. `period` None: a stage that was never handed in, or the whole plan."""

    plan: Masterplan
    stage: Stage | None
    period: Period | None
    submissions: list[Submission]
    threads: CommentThreadQuerySet

    @property
    def is_before_submission(self) -> bool:
        return self.stage is not None and self.period is None


@dataclass(frozen=True)
class Matrix:
    plan: Masterplan
    title: str
    submission: str
    digest: str
    as_of: str
    filtered: str
    limit: str
    tally: Tally
    lines: tuple[Line, ...]
    is_draft: bool
    nothing: str


def scope_of(plan: Masterplan, stage: Stage | None, asked: MatrixAsked, user: User) -> Asking:
    """What this person may know of, as documents carry it: a reviewer's has the notes of reviewers only when asked for.

    Others get what they see in their own list, with what is for one office marked.
    """
    submissions = list(Submission.objects.filter(plan=plan).defer("facts", "points").order_by("at", "pk"))
    period = period_of(stage.code, submissions) if stage else None
    threads = CommentThread.objects.visible_to(user).filter(plan=plan)
    if is_reviewer(user, plan) and not asked.is_for_reviewers:
        threads = threads.filter(visibility=CommentVisibility.TEAM)
    if stage is not None:
        threads = threads.filter(period.condition) if period else threads.none()
    return Asking(plan, stage, period, submissions, threads)


def lines_of(scope: Asking, threads: CommentThreadQuerySet) -> list[Line]:
    """The number of queries does not grow with that of the remarks; tables of rows cost a fixed number a kind."""
    said = Prefetch("comments", Comment.objects.order_by("pk"))
    found = list(threads.with_people().prefetch_related(said))
    zone = zone_of(scope.plan.regency_id)
    changes = changes_of(scope.plan, found, scope.submissions)
    roles = roles_in(scope.plan, {thread.asker_id for thread in found if thread.asker_id})
    return [_line(thread, changes[thread.pk], roles.get(thread.asker_id or 0, ""), zone) for thread in found]


def matrix_of(scope: Asking, asked: MatrixAsked) -> Matrix:
    """Everything of it, for a document. Raises TooLarge."""
    narrowed = asked.narrow(scope.threads)
    if narrowed.count() > MOST:
        raise TooLarge(
            f"Lebih dari {MOST} komentar terlalu banyak untuk satu dokumen.",
            next_step="Saring menurut tahap, jenis, atau dimensi, lalu minta lagi.",
        )
    lines = lines_of(scope, narrowed.order_by("number"))
    tally = tally_of(line.thread for line in lines)
    zone = zone_of(scope.plan.regency_id)
    latest = max((line.thread.changed_at for line in lines), default=None)
    submission = scope.period.submission if scope.period else None
    return Matrix(
        plan=scope.plan,
        title=scope.stage.name if scope.stage else "Seluruh rencana",
        submission=f"{submission.name}, {moment(submission.at, zone)}" if submission else "",
        digest=submission.sha256 if submission else "",
        as_of=moment(latest, zone) if latest else "",
        filtered=asked.words(),
        limit=limit_of(asked, lines),
        tally=tally,
        lines=tuple(lines),
        is_draft=tally.unresolved > 0,
        nothing=nothing_in(scope, asked),
    )


def nothing_in(scope: Asking, asked: MatrixAsked) -> str:
    if scope.is_before_submission:
        return "Tahap ini belum dikirim, jadi belum ada komentar yang termasuk di dalamnya."
    if asked.is_narrowed:
        return "Tidak ada komentar yang memenuhi saringan ini."
    return "Belum ada komentar pada tahap ini." if scope.stage else "Belum ada komentar pada rencana ini."


def limit_of(asked: MatrixAsked, lines: Iterable[Line]) -> str:
    """What must stand on every page."""
    if asked.is_for_reviewers:
        return FOR_REVIEWERS
    return FOR_OFFICE if any(line.limit for line in lines) else ""


def tally_of(threads: Iterable[CommentThread]) -> Tally:
    found = list(threads)
    states = [thread.state for thread in found]
    return Tally(
        total=len(found),
        must_fix=sum(thread.kind == CommentKind.MUST_FIX for thread in found),
        open=states.count(CommentState.OPEN),
        answered=states.count(CommentState.ANSWERED),
        resolved=states.count(CommentState.RESOLVED),
    )


def roles_in(plan: Masterplan, people: set[int]) -> dict[int, str]:
    """By the person's key: "Penulis perangkat daerah, Dinas Kesehatan" as they stand to this plan today."""
    here = Q(regency_id=plan.regency_id) | Q(opd__regency_id=plan.regency_id) | Q(scope=Scope.NATION)
    held = Membership.objects.filter(here, user_id__in=people).select_related("opd").order_by("pk")
    found: dict[int, list[str]] = {}
    for membership in held:
        office = f", {membership.opd.name}" if membership.opd else ""
        found.setdefault(membership.user_id, []).append(f"{membership.get_role_display()}{office}")
    members = PlanMember.objects.filter(plan=plan, user_id__in=people).values_list("user_id", "role")
    for user_id, role in members:
        found.setdefault(user_id, []).append(str(Role(role).label))
    return {user_id: "; ".join(dict.fromkeys(roles)) for user_id, roles in found.items()}


def _line(thread: CommentThread, change: Changed, role: str, zone: ZoneInfo) -> Line:
    comments: Sequence[Comment] = list(thread.comments.all())
    first = comments[0]
    limits = {
        CommentVisibility.REVIEWERS: "Hanya peninjau",
        CommentVisibility.OFFICE: f"Hanya {thread.opd.label}" if thread.opd else "",
    }
    return Line(
        thread=thread,
        place=thread.label,
        cell=thread.column_label,
        asker=first.author_name,
        asker_role=role or ("Peninjau" if thread.is_by_reviewer else ""),
        asked_on=format_date(first.at.astimezone(zone)),
        remark=first.body,
        quote=words(thread.quote),
        answers=tuple(_answers(comments, zone)),
        change=change,
        limit=limits.get(CommentVisibility(thread.visibility), ""),
    )


def _answers(comments: Sequence[Comment], zone: ZoneInfo) -> list[Said]:
    heads = {CommentAct.ANSWER: "", CommentAct.CLOSE: CLOSED}
    return [
        Said(each.author_name, format_date(each.at.astimezone(zone)), each.body, heads[CommentAct(each.act)])
        for each in comments
        if each.act in heads
    ]
