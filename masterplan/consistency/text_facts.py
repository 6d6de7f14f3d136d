"""Numbers, codes and periods in the text against what the rows say."""

import re
from collections.abc import Iterator

from masterplan.consistency.catalogue import catalogue_of
from masterplan.consistency.facts import amounts_of, codes_of, counts_of
from masterplan.consistency.places import in_text
from masterplan.consistency.reading import NUMBER, Block, money_in, number_of, quote
from masterplan.consistency.rule import Found, rule
from masterplan.consistency.snapshot import SectionText, Snapshot
from masterplan.enums import BimtekStage, Severity
from masterplan.prose.facts import named
from smartcity.ui.format import format_rupiah

GROUP = "Angka dalam naskah"
BUDGET_WORDS = re.compile(r"anggaran|pembiayaan|pendanaan", re.IGNORECASE)
COUNT = re.compile(
    rf"(?<![\d.,–-])\b({NUMBER})\s(program|strategi|aksi pendukung)\b(?!\s(?:smart|prioritas))", re.IGNORECASE
)
WHOLE = re.compile(r"\b(?:seluruh|semua|sebanyak|total|keseluruhan)\s$", re.IGNORECASE)
DIMENSION_COUNT = re.compile(rf"(?<![\d.,–-])\b({NUMBER})\sprogram\s(smart\s\w+)", re.IGNORECASE)
LARGE = 12  # a smaller number may count a part of the list that the sentence describes
RPJMD = re.compile(r"\bRPJMD\s(20\d\d)\s?[–-]\s?(20\d\d)")
PERIOD = re.compile(
    r"\b(?:masa rencana|masterplan smart city(?:\s[A-Z]\w+){0,4})\s(20\d\d)\s?[–-]\s?(20\d\d)", re.IGNORECASE
)
NUMBERED = re.compile(r"\d+$")


def sentences(plan: Snapshot, *words: str) -> Iterator[tuple[SectionText, Block, str]]:
    """Those with one of these words: looking for a word costs a fiftieth of the patterns that follow."""
    for section in plan.written:
        for block in section.blocks:
            if block.sentences and any(word in block.lower for word in words):
                for sentence in block.sentences:
                    yield section, block, sentence


@rule(
    "text-amount",
    title="Jumlah anggaran dalam naskah tidak ada pada tabel",
    group=GROUP,
    reads_text=True,
    advice="Samakan angkanya dengan tabel, atau betulkan tabelnya.",
)
def text_amount(plan: Snapshot) -> Iterator[Found]:
    """Only sentences about budgets: incomes, prices and investments are not in the rows."""
    known = amounts_of(plan)
    for section, block, sentence in sentences(plan, "rp"):
        if known.values and "Rp" in sentence and BUDGET_WORDS.search(sentence):
            for money in money_in(sentence):
                if not known.knows(money):
                    text = (
                        f"{money.text} tidak sama dengan anggaran atau jumlah mana pun pada tabel: “{quote(sentence)}”"
                    )
                    yield Found(in_text(section, block), text, format_rupiah(money.amount))


@rule(
    "text-count",
    title="Banyaknya baris dalam naskah tidak sama dengan tabel",
    group=GROUP,
    reads_text=True,
    advice="Samakan bilangannya dengan tabel.",
)
def text_count(plan: Snapshot) -> Iterator[Found]:
    known = counts_of(plan)
    for section, block, sentence in sentences(plan, *known):
        for match in COUNT.finditer(sentence):
            number, noun = number_of(match[1]), match[2].lower()
            counts_all = number > LARGE or noun == "aksi pendukung" or WHOLE.search(sentence[: match.start()])
            if counts_all and number not in known[noun]:
                text = f"Tertulis {match[0]}, sedangkan pada tabel ada {max(known[noun])}: “{quote(sentence)}”"
                yield Found(in_text(section, block), text, f"{match[0].lower()} {max(known[noun])}")


@rule(
    "text-dimension-count",
    title="Banyaknya program satu dimensi tidak sama dengan tabel",
    group=GROUP,
    reads_text=True,
    advice="Samakan bilangannya dengan tabel program.",
)
def text_dimension_count(plan: Snapshot) -> Iterator[Found]:
    own = {dimension.name.casefold(): dimension.code for dimension in plan.dimensions}
    for section, block, sentence in sentences(plan, "program smart"):
        for match in DIMENSION_COUNT.finditer(sentence):
            code = own.get(" ".join(match[2].casefold().split()))
            stored = sum(1 for row in plan.programmes if row.dimension == code)
            if code and number_of(match[1]) != stored:
                text = f"Tertulis {match[0]}, sedangkan pada tabel ada {stored}: “{quote(sentence)}”"
                yield Found(in_text(section, block), text, f"{match[0].lower()} {stored}")


@rule(
    "text-code",
    title="Kode dalam naskah tidak ada pada tabel",
    group=GROUP,
    reads_text=True,
    advice="Periksa kodenya; barisnya mungkin sudah dihapus atau berganti kode.",
)
def text_code(plan: Snapshot) -> Iterator[Found]:
    """Series are learnt from the rows: where GOV-P01 exists, GOV-P99 is a programme that does not."""
    codes = codes_of(plan)
    series = {NUMBERED.sub("", code) for code in codes if "-" in code}
    if not series:
        return
    mention = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, series), reverse=True))})\d+(?![\w-])")
    for section in plan.written:
        for block in section.blocks:
            for code in dict.fromkeys(mention.findall(block.text)):
                if code not in codes:
                    yield Found(in_text(section, block), f"Kode {code} tidak ada pada tabel mana pun.", code)


@rule(
    "fact-broken",
    title="Fakta dalam naskah tidak ditemukan",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    reads_text=True,
    advice="Barisnya dihapus, gugur, atau berganti kode: sisipkan fakta lain, atau hapus fakta ini.",
)
def fact_broken(plan: Snapshot) -> Iterator[Found]:
    used = [(section, block, key) for section in plan.written for block in section.blocks for key in block.facts]
    known = catalogue_of(plan) if used else {}
    for section, block, key in used:
        if key not in known:
            text = f"Fakta “{named(key)}” tidak ada pada tabel mana pun: “{quote(block.text)}”"
            yield Found(in_text(section, block), text, key)


@rule(
    "text-rpjmd-period",
    title="Periode RPJMD berbeda dari tabel",
    group=GROUP,
    severity=Severity.ADVICE,
    reads_text=True,
    advice="Samakan periodenya; bila yang dimaksud RPJMD sebelumnya, abaikan dengan alasan.",
)
def text_rpjmd_period(plan: Snapshot) -> Iterator[Found]:
    stored = tuple(re.findall(r"20\d\d", plan.rpjmd.period)[:2]) if plan.rpjmd else ()
    for section in plan.written:
        for block in section.blocks:
            for match in RPJMD.finditer(block.text):
                if stored and match.groups() != stored:
                    sentence = f"Tertulis {match[0]}, sedangkan RPJMD yang dicatat {'–'.join(stored)}."
                    yield Found(in_text(section, block), sentence, match[0])


@rule(
    "text-plan-period",
    title="Masa rencana berbeda dari rencana",
    group=GROUP,
    reads_text=True,
    advice="Samakan tahunnya dengan masa rencana.",
)
def text_plan_period(plan: Snapshot) -> Iterator[Found]:
    for section in plan.written:
        for block in section.blocks:
            for match in PERIOD.finditer(block.text):
                if (int(match[1]), int(match[2])) != (plan.start_year, plan.end_year):
                    sentence = f"Tertulis “{match[0]}”, sedangkan masa rencana {plan.period}."
                    yield Found(in_text(section, block), sentence, match[0])
