"""How the text is written: sentences, abbreviations, names of offices, captions, references, leftovers."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from masterplan.consistency.facts import codes_of
from masterplan.consistency.places import at, in_text, joined
from masterplan.consistency.reading import Block, count_words, quote
from masterplan.consistency.rule import Found, Place, rule
from masterplan.consistency.snapshot import OpdFacts, SectionText, Snapshot
from masterplan.enums import BimtekStage, Severity

GROUP = "Naskah"
ABBREVIATIONS = Path(__file__).resolve().parents[1] / "reference" / "abbreviations.json"
LONGEST = 60
PASTED_FROM = 15
SHORT_FORM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{2,}(?![\w-])")
ROMAN = re.compile(r"[IVXLC]+")
DEFINED = re.compile(r"\(([A-Z][A-Z0-9]{2,})\)")
LEFTOVER_MARKS = ("todo", "tbd", "xxx", "lorem", "[", "____", "......")
LEFTOVER = re.compile(
    r"\b(?:TODO|TBD|XXX+|lorem ipsum)\b|\[(?:isi|nama|tahun|angka|sebutkan|lengkapi)\b[^\]]*\]|_{4,}|\.{6,}",
    re.IGNORECASE,
)


def text_blocks(plan: Snapshot) -> Iterator[tuple[SectionText, Block]]:
    for section in plan.written:
        for block in section.blocks:
            yield section, block


@cache
def common_abbreviations() -> frozenset[str]:
    """Those that every office knows; reference data."""
    return frozenset(json.loads(ABBREVIATIONS.read_text(encoding="utf-8")))


@rule(
    "sentence-long",
    title="Kalimat lebih dari 60 kata",
    group=GROUP,
    severity=Severity.ADVICE,
    reads_text=True,
    advice="Pecah menjadi dua atau tiga kalimat.",
)
def sentence_long(plan: Snapshot) -> Iterator[Found]:
    for section, block in text_blocks(plan):
        for sentence in block.sentences:
            words = count_words(sentence)
            if words > LONGEST:
                text = f"Kalimat sepanjang {words} kata: “{quote(sentence)}”"
                yield Found(in_text(section, block), text, sentence[:80])


@rule(
    "abbreviation-undefined",
    title="Singkatan tanpa kepanjangan",
    group=GROUP,
    severity=Severity.ADVICE,
    reads_text=True,
    advice="Tulis kepanjangannya saat pertama kali dipakai, misalnya: Badan Layanan Umum Daerah (BLUD).",
)
def abbreviation_undefined(plan: Snapshot) -> Iterator[Found]:
    """One finding an abbreviation, at its first use; names of rows, offices and dimensions are names."""
    known = _known_short_forms(plan)
    seen: set[str] = set()
    for section, block in text_blocks(plan):
        if block.kind == "heading" or block.in_table:
            continue
        for short in SHORT_FORM.findall(block.text):
            if short not in known and short not in seen and not ROMAN.fullmatch(short):
                seen.add(short)
                text = f"{short} dipakai tanpa kepanjangan di seluruh rencana."
                yield Found(in_text(section, block), text, short)


def _known_short_forms(plan: Snapshot) -> set[str]:
    known = set(common_abbreviations()) | {dimension.code for dimension in plan.dimensions}
    known |= {short for _, block in text_blocks(plan) for short in DEFINED.findall(block.text)}
    named = [row.label for rows in (plan.work, *plan.parts.values()) for row in rows if hasattr(row, "label")]
    for opd in plan.opds.values():
        named += [opd.label, opd.name, *opd.aliases]
    named += codes_of(plan)
    return known | {word for name in named for word in re.findall(r"\w+", name.upper() if "-" in name else name)}


@rule(
    "office-names",
    title="Satu perangkat daerah dengan beberapa nama",
    group=GROUP,
    severity=Severity.ADVICE,
    reads_text=True,
    advice="Pakai satu nama pendek yang sama di seluruh buku.",
)
def office_names(plan: Snapshot) -> Iterator[Found]:
    """One finding an office, at the first place with another short name than the registry's."""
    owners = {name: opd for opd in plan.opds.values() for name in _short_names(opd)}
    if not owners:
        return
    whole = {name: re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])") for name in owners}
    places = [(in_text(section, block), block.text) for section, block in text_blocks(plan)]
    places += [(at(row, "source"), row.source) for row in plan.readiness]
    hits: dict[int, list[tuple[Place, str]]] = {}
    for place, text in places:
        for name, pattern in whole.items():
            if name in text:
                hits.setdefault(owners[name].pk, []).extend((place, name) for _ in pattern.finditer(text))
    for pk, found in hits.items():
        if not found:
            continue
        used = sorted({name for _, name in found})
        if len(used) > 1 or _is_named(plan.opds[pk], (text for _, text in places)):
            sentence = f"{plan.opd_label(pk)} juga disebut {joined(used)}, {len(found)} kali."
            yield Found(found[0][0], sentence, f"{pk} {joined(used)}")


def _short_names(opd: OpdFacts) -> list[str]:
    """Aliases that can only mean the office: short forms of its label, or abbreviations; not words such as "Hukum"."""
    stem = opd.label.casefold()[:4]
    return [
        alias
        for alias in opd.aliases
        if alias.casefold() != opd.label.casefold() and (alias.casefold()[:4] == stem or SHORT_FORM.fullmatch(alias))
    ]


def _is_named(opd: OpdFacts, texts: Iterable[str]) -> bool:
    own = re.compile(rf"(?<![\w-])(?:{re.escape(opd.label)}|{re.escape(opd.name)})(?![\w-])", re.IGNORECASE)
    return any(own.search(text) for text in texts)


@rule(
    "reference-broken",
    title="Rujukan silang putus",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    reads_text=True,
    advice="Hapus rujukan ini dan sisipkan lagi ke tabel atau gambar yang ada.",
)
def reference_broken(plan: Snapshot) -> Iterator[Found]:
    own = {block.id for section in plan.sections for block in section.blocks if block.id}
    printed = tuple(f"{section.code}-".lower().replace(".", "-") for section in plan.sections if section.prints)
    for section, block in text_blocks(plan):
        for target in block.references:
            if target not in own and not (printed and target.startswith(printed)):
                text = f"Rujukan silang menunjuk tabel atau gambar yang tidak ada: “{quote(block.text)}”"
                yield Found(in_text(section, block), text, target)


@rule(
    "figure-without-alt",
    title="Gambar tanpa teks pengganti",
    group=GROUP,
    reads_text=True,
    advice="Isi teks pengganti: apa yang terlihat bagi pembaca yang tidak melihat gambarnya.",
)
def figure_without_alt(plan: Snapshot) -> Iterator[Found]:
    for section, block in text_blocks(plan):
        if block.kind == "figure" and not str(block.attrs.get("alt") or "").strip():
            yield Found(
                in_text(section, block),
                f"Gambar “{quote(block.text or 'tanpa judul')}” belum mempunyai teks pengganti.",
            )


@rule(
    "caption-missing",
    title="Tabel atau gambar tanpa judul",
    group=GROUP,
    reads_text=True,
    advice="Beri judul agar masuk daftar tabel dan gambar, dan dapat dirujuk.",
)
def caption_missing(plan: Snapshot) -> Iterator[Found]:
    for section, block in text_blocks(plan):
        if block.kind == "table" and not block.has_caption:
            yield Found(in_text(section, block), "Tabel ini belum mempunyai judul.")
        elif block.kind in ("figure", "tableCaption") and not block.text:
            noun = "Gambar" if block.kind == "figure" else "Tabel"
            yield Found(in_text(section, block), f"{noun} ini belum mempunyai judul.")


@rule(
    "paragraph-twice",
    title="Paragraf yang sama di dua bagian",
    group=GROUP,
    reads_text=True,
    advice="Simpan di satu bagian dan rujuk dari yang lain.",
)
def paragraph_twice(plan: Snapshot) -> Iterator[Found]:
    first: dict[str, SectionText] = {}
    for section, block in text_blocks(plan):
        if block.kind == "paragraph" and not block.in_table and count_words(block.text) >= PASTED_FROM:
            key = " ".join(block.text.casefold().split())
            earlier = first.setdefault(key, section)
            if earlier is not section:
                text = f"Paragraf ini sama dengan yang ada di {earlier.label}: “{quote(block.text)}”"
                yield Found(in_text(section, block), text, earlier.code)


@rule(
    "text-leftover",
    title="Isian sementara tertinggal",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    reads_text=True,
    advice="Ganti dengan isi yang sebenarnya.",
)
def text_leftover(plan: Snapshot) -> Iterator[Found]:
    for section, block in text_blocks(plan):
        suspect = any(mark in block.lower for mark in LEFTOVER_MARKS)
        if suspect and (match := LEFTOVER.search(block.text)):
            text = f"Isian sementara “{quote(match[0], 40)}” masih ada: “{quote(block.text)}”"
            yield Found(in_text(section, block), text, match[0])
