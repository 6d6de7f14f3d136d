"""What may be done with a thread, as one table: pages draw their buttons from it, verbs obey it, a test walks it."""

from collections.abc import Callable
from dataclasses import dataclass

from masterplan.enums import CommentAct, CommentState
from masterplan.models import CommentThread
from masterplan.rules import Person

OPEN, ANSWERED, RESOLVED = CommentState.OPEN, CommentState.ANSWERED, CommentState.RESOLVED


@dataclass(frozen=True)
class Part:
    """How a person stands to a thread that they see."""

    is_asker: bool
    is_reviewer: bool
    is_asked_by_reviewer: bool

    @classmethod
    def of(cls, user: Person, thread: CommentThread, *, is_reviewer: bool) -> "Part":
        return cls(thread.asker_id == user.pk, is_reviewer, thread.is_by_reviewer)

    @property
    def stands_with_asker(self) -> bool:
        """The asker, or for a reviewer's thread any other reviewer of the plan: mentors change, remarks remain."""
        return self.is_asker or (self.is_asked_by_reviewer and self.is_reviewer)

    @property
    def may_answer(self) -> bool:
        """The other side: the plan team answers a reviewer; a question of the team is answered by anybody else."""
        return not self.stands_with_asker


def anybody(_: Part) -> bool:
    return True


@dataclass(frozen=True)
class Transition:
    """`target` None leaves the state as it is."""

    act: CommentAct
    label: str
    sources: tuple[CommentState, ...]
    target: CommentState | None
    who: Callable[[Part], bool]
    needs_text: bool

    def is_open_to(self, part: Part, state: str) -> bool:
        return state in self.sources and self.who(part)


TRANSITIONS = (
    Transition(CommentAct.ANSWER, "Kirim sebagai jawaban", (OPEN,), ANSWERED, lambda part: part.may_answer, True),
    Transition(CommentAct.ACCEPT, "Terima jawaban", (ANSWERED,), RESOLVED, lambda part: part.stands_with_asker, False),
    Transition(CommentAct.RETURN, "Kembalikan", (ANSWERED,), OPEN, lambda part: part.stands_with_asker, True),
    Transition(CommentAct.REPLY, "Kirim tanggapan", (OPEN, ANSWERED), None, anybody, True),
    Transition(CommentAct.CLOSE, "Selesaikan tanpa jawaban", (OPEN,), RESOLVED, lambda part: part.stands_with_asker, True),
    Transition(CommentAct.REOPEN, "Buka lagi", (RESOLVED,), OPEN, anybody, True),
)  # fmt: skip
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


def open_to(user: Person, thread: CommentThread, *, is_reviewer: bool) -> list[Transition]:
    """What this person may do with it now; who does not see the thread is not asked here.

    Whether they review the plan is asked once for all of its threads (`rules.is_reviewer`).
    """
    part = Part.of(user, thread, is_reviewer=is_reviewer)
    return [transition for transition in TRANSITIONS if transition.is_open_to(part, thread.state)]
