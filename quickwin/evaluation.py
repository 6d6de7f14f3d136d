"""The twelve questions that the yearly evaluation asks about quick wins, answered from what is recorded (domain 5.5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Recorded:
    """A quick win of the year as the questions look at it; texts may be empty."""

    name: str
    issue: str
    problem: str
    attraction: str
    benefit: str
    uniqueness: str
    partnership: str
    potential: str
    sustainability: str
    resources: str
    risks: int
    mitigated: int
    is_new: bool
    was_scored: bool


@dataclass(frozen=True)
class Question:
    text: str
    answered: Callable[[Recorded], bool]


@dataclass(frozen=True)
class Answer:
    """`text` in one sentence; `lacking` are the quick wins that leave the question open."""

    number: int
    question: str
    text: str
    lacking: tuple[str, ...]


# In the order of the instrument.
PER_QUICK_WIN = (
    Question(
        "Perumusan melibatkan pihak terkait dan menjawab masalah RPJMD",
        lambda row: bool((row.issue or row.problem) and row.was_scored),
    ),
    Question("Daya tarik", lambda row: bool(row.attraction)),
    Question("Manfaat", lambda row: bool(row.benefit)),
    Question("Keunikan", lambda row: bool(row.uniqueness)),
    Question("Peluang kemitraan", lambda row: bool(row.partnership)),
    Question("Potensi pengembangan", lambda row: bool(row.potential)),
    Question("Strategi keberlangsungan", lambda row: bool(row.sustainability)),
    Question("Sumber daya", lambda row: bool(row.resources)),
    Question("Identifikasi risiko", lambda row: row.risks > 0),
    Question("Mitigasi risiko", lambda row: row.risks > 0 and row.mitigated == row.risks),
)
STILL_RUNNING, NEW_ONES = "Quick win tahun lalu masih berjalan", "Jumlah quick win baru"


def answers(rows: Sequence[Recorded], *, last_year: int, kept: int) -> list[Answer]:
    """`last_year` counts the quick wins of the year before, `kept` those of them that go on or became part of a programme."""
    found = []
    for number, question in enumerate(PER_QUICK_WIN, start=1):
        lacking = tuple(row.name for row in rows if not question.answered(row))
        text = f"{len(rows) - len(lacking)} dari {len(rows)} quick win." if rows else "Belum ada quick win tahun ini."
        found.append(Answer(number, question.text, text, lacking))
    went_on = f"{kept} dari {last_year} quick win." if last_year else "Tidak ada quick win pada tahun lalu."
    new = sum(row.is_new for row in rows)
    return [*found, Answer(11, STILL_RUNNING, went_on, ()), Answer(12, NEW_ONES, f"{new} quick win baru.", ())]
