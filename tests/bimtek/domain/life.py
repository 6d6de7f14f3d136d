"""A reference model of what happens to a plan between remark and enactment; knows nothing of the code it is compared with.

A life is a value. `after` gives the life that follows from a deed, or None where the deed is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

MENTORS, HEADS, OFFICES = ("mentor_a", "mentor_b"), ("head_a", "head_b"), 3
AGREED, TO_MEND = "setuju", "perlu_perbaikan"
MOST_THREADS = 3


@dataclass(frozen=True)
class Thread:
    state: str = "terbuka"
    version: int = 1


@dataclass(frozen=True)
class Chain:
    """`submission` counts from 1; `signed` are those who approved, in order."""

    submission: int
    signed: tuple[str, ...] = ()
    state: str = "berjalan"


@dataclass(frozen=True)
class Verdict:
    """`seen` is the last submission that existed then."""

    is_accepted: bool
    seen: int


@dataclass(frozen=True)
class Life:
    """`drafts`: (submission, mentor, level, version). `judged`: (submission, level) in the order of issue. `editions`
    and `enacted` name chains by their submission."""

    threads: tuple[Thread, ...] = ()
    submissions: int = 0
    drafts: frozenset[tuple[int, str, str, int]] = frozenset()
    judged: tuple[tuple[int, str], ...] = ()
    chains: tuple[Chain, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    editions: tuple[int, ...] = ()
    enacted: frozenset[int] = frozenset()

    @property
    def must_fix(self) -> int:
        return sum(thread.state != "selesai" for thread in self.threads)

    def draft(self, submission: int, mentor: str) -> tuple[str, int] | None:
        return next(
            ((level, v) for number, who, level, v in self.drafts if (number, who) == (submission, mentor)), None
        )

    def is_judged(self, submission: int) -> bool:
        return any(number == submission for number, _ in self.judged)


@dataclass(frozen=True)
class Deed:
    """`about` is a thread's place or a submission's number; `seen` the version, place or capacity the person acted on."""

    verb: str
    who: str
    about: int = 0
    seen: int = 0
    word: str = ""


def after(life: Life, deed: Deed) -> Life | None:
    return _published(done) if (done := VERBS[deed.verb](life, deed)) else None


def deeds(life: Life) -> list[Deed]:
    """Whatever somebody who sees this life may try, allowed or not."""
    last = life.submissions
    found = [Deed("hand_in", "coordinator")]
    found += [Deed("ask", "mentor_a")] if len(life.threads) < MOST_THREADS else []
    for place, thread in enumerate(life.threads):
        found += [
            Deed(verb, who, place, thread.version)
            for verb in ("answer", "accept", "return", "close", "reply", "reopen")
            for who in ("coordinator", "mentor_a")
        ]
    for number in range(max(1, last - 1), last + 1):
        for mentor in MENTORS:
            draft = life.draft(number, mentor)
            found += [Deed("write", mentor, number, draft[1] if draft else 0, level) for level in (AGREED, TO_MEND)]
            found += [Deed("issue", mentor, number, draft[1])] if draft else []
        found.append(Deed("start", "coordinator", number))
    for chain in life.chains[-2:]:
        for head in HEADS:
            capacity = "plh" if head in chain.signed else "pejabat"
            found.append(Deed("approve", head, chain.submission, len(chain.signed), capacity))
            found.append(Deed("send_back", head, chain.submission, len(chain.signed)))
    found += [Deed("say", mentor, 0, 0, word) for mentor in MENTORS for word in ("diterima", "diperbaiki")]
    return found + [Deed("enact", "coordinator", number) for number in life.editions]


def _ask(life: Life, _: Deed) -> Life | None:
    return replace(life, threads=(*life.threads, Thread()))


def _moved(sources: str, target: str, side: str) -> Callable[[Life, Deed], Life | None]:
    """`side` says who may: the one who asked, the one who was asked, or both."""

    def act(life: Life, deed: Deed) -> Life | None:
        thread = life.threads[deed.about]
        is_asker = deed.who in MENTORS
        allowed = side == "both" or (side == "asker") == is_asker
        if not allowed or deed.seen != thread.version or thread.state not in sources.split():
            return None
        moved = Thread(target or thread.state, thread.version + 1)
        return replace(life, threads=(*life.threads[: deed.about], moved, *life.threads[deed.about + 1 :]))

    return act


def _hand_in(life: Life, _: Deed) -> Life | None:
    return replace(life, submissions=life.submissions + 1)


def _write(life: Life, deed: Deed) -> Life | None:
    draft = life.draft(deed.about, deed.who)
    if deed.about != life.submissions or life.is_judged(deed.about) or deed.seen != (draft[1] if draft else 0):
        return None
    others = {each for each in life.drafts if each[:2] != (deed.about, deed.who)}
    return replace(life, drafts=frozenset(others | {(deed.about, deed.who, deed.word, deed.seen + 1)}))


def _issue(life: Life, deed: Deed) -> Life | None:
    draft = life.draft(deed.about, deed.who)
    if draft is None or deed.about != life.submissions or life.is_judged(deed.about) or deed.seen != draft[1]:
        return None
    if life.must_fix and draft[0] != TO_MEND:
        return None
    others = frozenset(each for each in life.drafts if each[:2] != (deed.about, deed.who))
    return replace(life, drafts=others, judged=(*life.judged, (deed.about, draft[0])))


def _start(life: Life, deed: Deed) -> Life | None:
    is_taken = any(chain.submission == deed.about or chain.state == "berjalan" for chain in life.chains)
    if is_taken or deed.about != life.submissions or (deed.about, AGREED) not in life.judged:
        return None
    return replace(life, chains=(*life.chains, Chain(deed.about)))


def _turn(life: Life, deed: Deed) -> Chain | None:
    chain = next(each for each in life.chains if each.submission == deed.about)
    return chain if chain.state == "berjalan" and len(chain.signed) == deed.seen else None


def _with(life: Life, chain: Chain) -> Life:
    return replace(life, chains=tuple(chain if each.submission == chain.submission else each for each in life.chains))


def _approve(life: Life, deed: Deed) -> Life | None:
    chain = _turn(life, deed)
    if chain is None or (deed.word == "pejabat" and deed.who in chain.signed):
        return None
    signed = (*chain.signed, deed.who)
    return _with(life, Chain(chain.submission, signed, "disetujui" if len(signed) == OFFICES else "berjalan"))


def _send_back(life: Life, deed: Deed) -> Life | None:
    chain = _turn(life, deed)
    return _with(life, replace(chain, state="dikembalikan")) if chain else None


def _say(life: Life, deed: Deed) -> Life | None:
    return replace(life, verdicts=(*life.verdicts, Verdict(deed.word == "diterima", life.submissions)))


def _enact(life: Life, deed: Deed) -> Life | None:
    return None if deed.about in life.enacted else replace(life, enacted=life.enacted | {deed.about})


def _published(life: Life) -> Life:
    """The last chain that was not returned, once approved and then or before accepted at an ekspose that knew it."""
    kept = [chain for chain in life.chains if chain.state != "dikembalikan"]
    if not kept or kept[-1].state != "disetujui" or kept[-1].submission in life.editions or not life.verdicts:
        return life
    last = life.verdicts[-1]
    is_accepted = last.is_accepted and last.seen >= kept[-1].submission
    return replace(life, editions=(*life.editions, kept[-1].submission)) if is_accepted else life


VERBS: dict[str, Callable[[Life, Deed], Life | None]] = {
    "ask": _ask,
    "answer": _moved("terbuka", "dijawab", "asked"),
    "accept": _moved("dijawab", "selesai", "asker"),
    "return": _moved("dijawab", "terbuka", "asker"),
    "close": _moved("terbuka", "selesai", "asker"),
    "reply": _moved("terbuka dijawab", "", "both"),
    "reopen": _moved("selesai", "terbuka", "both"),
    "hand_in": _hand_in,
    "write": _write,
    "issue": _issue,
    "start": _start,
    "approve": _approve,
    "send_back": _send_back,
    "say": _say,
    "enact": _enact,
}
