"""Rows at which the thread breaks. What a rule of "Temuan" says already is taken from there and never said again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from export.thread.graph import KEYWORD, LEVELS, Key, Node, Thread
from masterplan.consistency import Finding

RULES = (
    "rpjmd-missing", "vision-missing", "mission-missing", "dimension-without-issue", "dimension-without-gap",
    "dimension-without-goal", "dimension-without-strategy", "dimension-without-programme", "quick-win-missing",
    "rpjmd-mission-uncovered", "mission-without-rpjmd", "vision-keyword", "swot-unused", "tows-kind",
    "tows-without-dimension", "gap-without-strategy", "gap-strategy-dimension", "strategy-without-source",
    "strategy-without-programme", "programme-strategy-dimension", "programme-without-rpjmd", "indicator-missing",
    "quick-win-not-in-register", "quick-win-dimension",
)  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """What a kind of row must lead to or come from; `kinds` are the lists in which the missing row would stand."""

    kind: str
    upwards: bool
    kinds: frozenset[str]
    sentence: str
    advice: str


@dataclass(frozen=True)
class LooseEnd:
    node: Node
    sentence: str
    advice: str


EXPECTED = (
    Expected(
        "misi-rpjmd", False, frozenset({"misi", "program"}),
        "Misi RPJMD ini belum berlanjut ke misi, kata kunci visi maupun program.",
        "Kaitkan misi smart city atau program dengan misi RPJMD ini.",
    ),
    Expected(
        "misi", False, frozenset({"program", "misi-rpjmd", "rpjmd"}),
        "Belum ada program yang mendukung misi RPJMD yang sama dengan misi ini.",
        "Pilih misi RPJMD pada misi ini, lalu pada program yang mendukungnya.",
    ),
    Expected(
        "swot", False, frozenset({"tows"}),
        "Butir SWOT ini belum menjadi sumber strategi TOWS.",
        "Susun strategi TOWS yang memakainya.",
    ),
    Expected(
        "isu", False, frozenset({"sasaran", "strategi"}),
        "Isu ini belum dijawab: dimensinya belum mempunyai sasaran maupun strategi.",
        "Tambahkan sasaran atau strategi pada dimensi ini.",
    ),
    Expected(
        "gap", False, frozenset({"strategi"}),
        "Kesenjangan ini belum ditutup oleh strategi mana pun.",
        "Pilih strategi yang menutupnya.",
    ),
    Expected(
        "tows", True, frozenset({"swot"}),
        "Strategi TOWS ini belum menyebut butir SWOT asalnya.",
        "Pilih butir SWOT yang melahirkannya.",
    ),
    Expected(
        "tows", False, frozenset({"strategi"}),
        "Strategi TOWS ini belum berlanjut: dimensi yang disentuhnya belum mempunyai strategi.",
        "Tambahkan strategi pada dimensi yang disentuhnya.",
    ),
    Expected(
        "sasaran", False, frozenset({"strategi"}),
        "Sasaran ini belum berlanjut: dimensinya belum mempunyai strategi.",
        "Tambahkan strategi pada dimensi ini.",
    ),
    Expected(
        "strategi", True, frozenset({"isu", "gap", "tows"}),
        "Strategi ini tidak berasal dari isu, kesenjangan maupun strategi TOWS.",
        "Tambahkan isu, kesenjangan atau strategi TOWS yang melahirkannya.",
    ),
    Expected(
        "strategi", False, frozenset({"program"}),
        "Strategi ini belum dijalankan oleh program mana pun.",
        "Tambahkan program yang menjalankannya.",
    ),
)  # fmt: skip
KEYWORD_SENTENCE = "Kata kunci ini tidak ditemukan pada misi RPJMD, isu, SWOT, kesenjangan maupun misi."
KEYWORD_ADVICE = "Tunjukkan asal kata kunci ini dalam analisis, atau pilih kata kunci yang muncul dari sana."


def loose_ends(thread: Thread, said: Iterable[Finding]) -> list[LooseEnd]:
    """Only what the findings leave unsaid: about this very row, or about the list in which its neighbour is missing."""
    found = list(said)
    rows = {(each.place.kind, each.place.pk) for each in found if each.place.pk}
    lists = {(each.place.kind, each.place.dimension) for each in found if each.place.pk is None}
    ends = [
        LooseEnd(node, rule.sentence, rule.advice)
        for rule in EXPECTED
        for node in thread.of_kind(rule.kind)
        if node.key not in rows and not _leads(thread, node.key, rule) and not _is_said(node, rule, lists)
    ]
    keywords = (node for node in thread.of_kind(KEYWORD) if not _is_heard(thread, node.key))
    ends += [LooseEnd(node, KEYWORD_SENTENCE, KEYWORD_ADVICE) for node in keywords]
    return sorted(ends, key=lambda end: LEVELS[end.node.kind])


def _leads(thread: Thread, key: Key, rule: Expected) -> bool:
    return bool((thread.upwards if rule.upwards else thread.downwards).get(key))


def _is_said(node: Node, rule: Expected, lists: set[tuple[str, str]]) -> bool:
    """A list without a dimension speaks for all of them."""
    codes: Sequence[str] = node.dimensions or ("",)
    return any((kind, "") in lists or all((kind, code) in lists for code in codes) for kind in rule.kinds)


def _is_heard(thread: Thread, key: Key) -> bool:
    return bool(thread.downwards.get(key)) or any(edge.upper[0] == "misi-rpjmd" for edge in thread.upwards.get(key, ()))
