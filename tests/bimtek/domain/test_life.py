"""5,000 random steps in the life of a plan, every other one two people at once, against the model in `life.py`."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from bimtek.domain.approval import Signing, approve, send_back, start_chain
from bimtek.domain.edition import Outcome, enact, judge_ekspose
from bimtek.domain.opinion import issue, write
from bimtek.models import (
    Approval,
    ApprovalChain,
    CycleDocument,
    CycleEvent,
    Edition,
    EksposeOutcome,
    Enactment,
    Opinion,
    Submission,
    SubmittedBook,
)
from masterplan.domain.comment import act_on
from masterplan.enums import CommentAct, CommentKind
from masterplan.models import CommentThread, Masterplan, PlanMember
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.ui.refusal import Refusal
from tests.bimtek.domain.life import HEADS, MENTORS, Chain, Deed, Life, Thread, Verdict, after, deeds
from tests.bimtek.given import document, event, made_book
from tests.masterplan.comments_given import thread_on
from tests.people import make_plan
from tests.smartcity.accounts.given import person

LIVES, LONGEST, STEPS = 120, 50, 5_000
LIMIT = 30
OFTEN = {"write": 3, "close": 3, "accept": 3, "issue": 6, "start": 10, "approve": 8, "say": 2, "enact": 6}
PICKS = some.integers(0, 2**20)
ACTS = {
    "answer": CommentAct.ANSWER,
    "accept": CommentAct.ACCEPT,
    "return": CommentAct.RETURN,
    "close": CommentAct.CLOSE,
    "reply": CommentAct.REPLY,
    "reopen": CommentAct.REOPEN,
}


class World:
    """The real thing: verbs on a database in which everything is committed."""

    def __init__(self) -> None:
        self.plan = make_plan()
        self.people = {
            "coordinator": person(Role.COORDINATOR),
            **{name: person(Role.MENTOR, mailbox=name) for name in MENTORS},
            **{name: person(Role.APPROVER, mailbox=name) for name in HEADS},
        }
        for name in MENTORS:
            PlanMember.objects.create(plan=self.plan, user=self.people[name], role=Role.MENTOR)
        self.ekspose: CycleEvent
        self.regulation: CycleDocument

    def begin(self) -> None:
        tables = ", ".join(
            model._meta.db_table for model in (Submission, CommentThread, CycleEvent, CycleDocument)
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")
        self.ekspose = event(self.plan, kind="ekspose", title="Ekspose nasional")
        self.regulation = document(self.plan, kind="peraturan")

    def do(self, deed: Deed) -> bool:
        """Whether it was done; a refusal is an answer, anything else is a fault."""
        try:
            self._do(deed, User.objects.get(pk=self.people[deed.who].pk))
        except Refusal:
            return False
        return True

    def _do(self, deed: Deed, by: User) -> None:
        plan = Masterplan.objects.select_related("regency__province").get(pk=self.plan.pk)
        if deed.verb in ACTS:
            thread = CommentThread.objects.filter(plan=plan).order_by("number")[deed.about]
            act_on(thread, act=ACTS[deed.verb], version=deed.seen, body="Baik.", token=uuid.uuid4(), by=by)
        elif deed.verb == "ask":
            thread_on(plan, by=by, kind=CommentKind.MUST_FIX)
        elif deed.verb == "hand_in":
            self._hand_in(plan, by)
        elif deed.verb == "say":
            outcome = Outcome("nasional", "Bupati Banjar", deed.word, "Catatan.")
            judge_ekspose(CycleEvent.objects.select_related("plan__regency").get(), outcome=outcome, by=by)
        else:
            submission = Submission.objects.select_related("plan__regency", "stage").get(number=deed.about)
            getattr(self, f"_{deed.verb}")(deed, submission, by)

    def _hand_in(self, plan: Masterplan, by: User) -> None:
        """Rows alone: freezing a plan takes longer than all other verbs together, and its races are in `test_together`."""
        with transaction.atomic():
            Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
            number = Submission.objects.count() + 1
            submission = Submission.objects.create(
                plan=plan, stage_id="IV", number=number, name=f"Bimtek IV, kiriman {number}", by=by, by_name="x",
                at=timezone.now(), token=uuid.uuid4(), facts={}, points=[], sha256=f"{number:064d}",
            )  # fmt: skip
            SubmittedBook.objects.create(submission=submission, content=b"x")
            made_book(submission)

    def _write(self, deed: Deed, submission: Submission, by: User) -> None:
        write(submission, chapter="", level=deed.word, note="Catatan.", version=deed.seen, by=by)

    def _issue(self, deed: Deed, submission: Submission, by: User) -> None:
        own = Opinion.objects.filter(submission=submission, by=by).values_list("pk", flat=True)
        issue(submission, seen=dict.fromkeys(own, deed.seen), by=by)

    def _start(self, deed: Deed, submission: Submission, by: User) -> None:
        start_chain(submission, people={}, by=by)

    def _approve(self, deed: Deed, submission: Submission, by: User) -> None:
        signing = Signing(deed.word, by.display_name, "Sekretaris Daerah", "800/1/2026")
        approve(self._turn(deed, submission), signing=signing, sha256=submission.chain.sha256, by=by)

    def _send_back(self, deed: Deed, submission: Submission, by: User) -> None:
        send_back(self._turn(deed, submission), note="Perbaiki.", by=by)

    def _turn(self, deed: Deed, submission: Submission) -> Approval:
        """The one that the page showed; past the last there is none to press, so the last one is pressed again."""
        approvals = submission.chain.approvals.order_by("position")
        return approvals[min(deed.seen, len(approvals) - 1)]

    def _enact(self, deed: Deed, submission: Submission, by: User) -> None:
        enact(Edition.objects.get(chain__submission=submission), document=self.regulation, by=by)

    def life(self) -> Life:
        """What is stored, in the terms of the model."""
        names = {user.pk: name for name, user in self.people.items()}
        issued = Opinion.objects.issued().order_by("number")
        chains = ApprovalChain.objects.order_by("started_at").select_related("submission")
        times = list(Submission.objects.order_by("number").values_list("at", flat=True))
        assert [each.number for each in issued] == list(range(1, len(issued) + 1))
        return Life(
            threads=tuple(Thread(each.state, each.version) for each in CommentThread.objects.order_by("number")),
            submissions=len(times),
            drafts=frozenset(
                (each.submission.number, names[each.by_id], each.level, each.version)
                for each in Opinion.objects.drafts().select_related("submission")
            ),
            judged=tuple((each.submission.number, each.level) for each in issued.select_related("submission")),
            chains=tuple(Chain(each.submission.number, self._signed(each, names), each.state) for each in chains),
            verdicts=tuple(
                Verdict(each.verdict == "diterima", sum(at < each.at for at in times))
                for each in EksposeOutcome.objects.order_by("at", "pk")
            ),
            editions=tuple(
                Edition.objects.order_by("number").values_list("chain__submission__number", flat=True)
            ),
            enacted=frozenset(Enactment.objects.values_list("edition__chain__submission__number", flat=True)),
        )  # fmt: skip

    def _signed(self, chain: ApprovalChain, names: dict[int, str]) -> tuple[str, ...]:
        """Approvals are given from the first office on, none is left out."""
        states = list(chain.approvals.order_by("position").values_list("state", "by"))
        signed = [names[by] for state, by in states if state == "disetujui"]
        assert [state for state, _ in states[: len(signed)]] == ["disetujui"] * len(signed)
        return tuple(signed)


class Pair:
    """Two people on connections of their own, who begin at the same moment."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(2)
        self.gate = threading.Barrier(2, timeout=LIMIT)

    def together(self, calls: list[Callable[[], bool]]) -> list[bool]:
        return list(self.pool.map(self._at_once, calls, timeout=LIMIT))

    def _at_once(self, call: Callable[[], bool]) -> bool:
        self.gate.wait()
        return call()

    def close(self) -> None:
        list(self.pool.map(lambda _: (self.gate.wait(), connection.close()), range(2)))
        self.pool.shutdown()


def orders(life: Life, first: Deed, second: Deed) -> dict[tuple[bool, ...], list[Life]]:
    """What may come of two deeds at once: whatever one after the other would give, by who of them succeeds."""
    found: dict[tuple[bool, ...], list[Life]] = {}
    for turned in (False, True):
        one, other = (second, first) if turned else (first, second)
        middle = after(life, one)
        end = after(middle or life, other)
        done = (middle is not None, end is not None)
        found.setdefault((done[1], done[0]) if turned else done, []).append(end or middle or life)
    return found


def chosen(life: Life, pick: int) -> Deed:
    """Three of four times something that is allowed, and what leads on more often than what goes back, so that lives come far.

    The picks do not depend on the life: who wins a race is not up to them.
    """
    chance = Random(pick)  # noqa: S311 - a draw, not a secret
    every = deeds(life)
    pool = [deed for deed in every if after(life, deed)] if chance.randrange(4) else every
    verbs = [verb for verb in sorted({deed.verb for deed in pool}) for _ in range(OFTEN.get(verb, 1))]
    verb = chance.choice(verbs)
    return chance.choice([deed for deed in pool if deed.verb == verb])


def machine(world: World, pair: Pair, seen: Counter[str]) -> type[RuleBasedStateMachine]:
    class Lives(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            world.begin()
            self.life = Life()

        @rule(pick=PICKS)
        def one(self, pick: int) -> None:
            deed = chosen(self.life, pick)
            wanted = after(self.life, deed)
            assert world.do(deed) == (wanted is not None), deed
            self.life = wanted or self.life
            self.compare()

        @rule(first=PICKS, second=PICKS)
        def two_at_once(self, first: int, second: int) -> None:
            both = [chosen(self.life, pick) for pick in (first, second)]
            possible = orders(self.life, *both)
            done = tuple(pair.together([partial(world.do, deed) for deed in both]))
            assert done in possible, both
            found = world.life()
            assert found in possible[done], both
            seen["one winner"] += sum(done) == 1 and all(after(self.life, deed) for deed in both)
            self.life = found
            self.compare()

        def compare(self) -> None:
            assert world.life() == self.life
            seen["steps"] += 1
            seen["editions"] = max(seen["editions"], len(self.life.editions))
            seen["enacted"] += bool(self.life.enacted)

    return Lives


@pytest.mark.long
def test_a_life_is_that_of_the_model_whatever_two_people_do_at_once(own_database: None) -> None:
    world, pair, seen = World(), Pair(), Counter[str]()
    limits = settings(max_examples=LIVES, stateful_step_count=LONGEST, deadline=None, derandomize=True, database=None)
    try:
        run_state_machine_as_test(machine(world, pair, seen), settings=limits)
    finally:
        pair.close()
    assert seen["steps"] >= STEPS
    assert all(seen[name] > 0 for name in ("one winner", "editions", "enacted"))
