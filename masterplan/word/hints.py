"""Tables that look like planning tables: their rows belong into the register, where they are typed and counted."""

from collections.abc import Sequence
from typing import Any

from masterplan.word.match import words_of

type Json = dict[str, Any]

# Kind of row (masterplan.registers), and word sets of which one must stand in the table's head.
KINDS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    ("swot", (frozenset({"kekuatan", "kelemahan"}), frozenset({"peluang", "ancaman"}), frozenset({"swot"}))),
    ("tows", (frozenset({"strategi", "so"}), frozenset({"so", "wo"}), frozenset({"st", "wt"}), frozenset({"tows"}))),
    ("gap", (frozenset({"kondisi", "ideal"}), frozenset({"kondisi", "kesenjangan"}))),
    ("kesiapan", (frozenset({"indikator", "skor"}), frozenset({"indikator", "tingkat", "kesiapan"}))),
    ("isu", (frozenset({"isu", "strategis"}),)),
    ("quick-win", (frozenset({"quick", "win"}), frozenset({"quickwin"}))),
    ("periode-peta-jalan", (frozenset({"tahap", "tema"}), frozenset({"periode", "tema"}))),
    ("aksi-pendukung", (frozenset({"rencana", "aksi"}), frozenset({"aksi", "pendukung"}))),
    (
        "program",
        tuple(
            frozenset({"program", other})
            for other in (
                "indikator",
                "anggaran",
                "pagu",
                "target",
                "opd",
                "kegiatan",
                "inovasi",
                "pelaksana",
                "dimensi",
            )
        ),
    ),
    ("sasaran", (frozenset({"sasaran", "indikator"}), frozenset({"tujuan", "sasaran"}))),
    (
        "strategi",
        (frozenset({"strategi", "dimensi"}), frozenset({"strategi", "kode"}), frozenset({"strategi", "arah"})),
    ),
    ("misi", (frozenset({"misi", "visi"}), frozenset({"misi", "rpjmd"}))),
)
MAX_HINTS = 6


def hints_of(blocks: Sequence[Json]) -> list[Json]:
    """`kind` and the table's caption or first head words, in order."""
    found = []
    caption = ""
    for block in blocks:
        if block["type"] == "table":
            heads = [" ".join(_text(cell) for cell in row["content"]) for row in block["content"][:2]]
            kind = kind_of(" ".join(heads))
            if kind:
                found.append({"kind": kind, "table": (caption or heads[0])[:120]})
        caption = _text(block) if block["type"] == "tableCaption" else ""
    return found[:MAX_HINTS]


def kind_of(head: str) -> str:
    words = set(words_of(head))
    return next((kind for kind, sets in KINDS if any(wanted <= words for wanted in sets)), "")


def _text(node: Json) -> str:
    if node["type"] == "text":
        return str(node["text"])
    return " ".join(filter(None, (_text(child) for child in node.get("content", ()))))
