"""Headings of a Word file matched to the sections of an outline: by number, by likeness of title, by order."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from masterplan.word.headings import Numeral, numeral

HIGH, MEDIUM, LOW, NONE = "tinggi", "sedang", "rendah", ""
SURE, LIKE, FAINT = 0.93, 0.72, 0.35
NOISE = frozenset({"dan", "atau", "dengan", "serta", "di", "pada", "untuk", "yang", "dalam", "tentang", "per"})
SAME = {"analisa": "analisis", "administrasi": "administratif", "&": "dan", "gap": "kesenjangan", "resiko": "risiko"}
WORD = re.compile(r"[^\W_]+|&")
MIN_SECTIONS_FOR_BOOK = 2


@dataclass(frozen=True)
class Place:
    """A section of the outline; `can_hold` is false for those that are made automatically or hold only rows."""

    code: str
    number: str
    title: str
    book: str
    chapter: str
    chapter_number: str
    chapter_title: str
    position: int
    can_hold: bool


@dataclass(frozen=True)
class Head:
    """A heading as the reader gave it."""

    title: str
    level: int
    kind: str
    parts: tuple[str, ...]
    is_weak: bool


@dataclass(frozen=True)
class Match:
    """`section` is a section's code; for the heading of a chapter or book `chapter` is its code and `section` is empty."""

    section: str = ""
    chapter: str = ""
    confidence: str = NONE
    reason: str = ""


@dataclass
class _Chapter:
    code: str
    number: str
    title: str


def match(heads: Sequence[Head | None], places: Sequence[Place], *, book: str = "") -> list[Match]:
    """One match for every heading. Without `book` the book is told by headings "BUKU II", else the one that fits best."""
    results: list[Match] = [Match()] * len(heads)
    for start, end, stated in _regions(heads, places):
        wanted = stated or book
        books = [wanted] if wanted else sorted({place.book for place in places})
        tried = [_within(heads[start:end], [p for p in places if p.book == code]) for code in books]
        results[start:end] = max(tried, key=_worth) if tried else results[start:end]
    return results


def _regions(heads: Sequence[Head | None], places: Sequence[Place]) -> list[tuple[int, int, str]]:
    """Parts of the file that say of which book they are; one whole part when none does."""
    books = sorted({place.book for place in places})
    cuts: list[tuple[int, str]] = [(0, "")]
    for i, head in enumerate(heads):
        if head is not None and head.kind == "book":
            at = int(head.parts[0]) if head.parts and head.parts[0].isdigit() else 0
            cuts.append((i, books[at - 1] if 0 < at <= len(books) else ""))
    ends = [at for at, _ in cuts[1:]] + [len(heads)]
    return [(at, end, code) for (at, code), end in zip(cuts, ends, strict=True) if at < end]


def _worth(matches: list[Match]) -> float:
    points = {HIGH: 1.0, MEDIUM: 0.7, LOW: 0.2, NONE: 0.0}
    return sum(points[found.confidence] * (1.0 if found.section else 0.6) for found in matches)


def _within(heads: Sequence[Head | None], places: Sequence[Place]) -> list[Match]:
    return _Matcher(heads, places).run()


class _Matcher:
    def __init__(self, heads: Sequence[Head | None], places: Sequence[Place]) -> None:
        self.heads = heads
        self.places = places
        self.chapters = list(
            {p.chapter: _Chapter(p.chapter, p.chapter_number, p.chapter_title) for p in places}.values()
        )
        self.results: list[Match] = [Match()] * len(heads)
        self.scores: dict[str, tuple[float, int]] = {}
        self.chapter = ""
        self.last = -1

    def run(self) -> list[Match]:
        for at, head in enumerate(self.heads):
            if head is None or head.kind == "book":
                continue
            if not self._chapter(at, head):
                self._section(at, head)
        return self.results

    def _chapter(self, at: int, head: Head) -> bool:
        """By title first: in a file that holds only some chapters Word's own count begins at one."""
        if head.is_weak or head.level > 2 or head.kind == "dotted":
            return False
        best, likeness = None, 0.0
        for chapter in self.chapters:
            found = likeness_of(head.title, chapter.title)
            if found > likeness:
                best, likeness = chapter, found
        sure = likeness >= (LIKE if head.kind == "chapter" else 0.85) and not self._is_section(head, likeness)
        if best is None or not sure:
            numbered = [c for c in self.chapters if head.kind == "chapter" and _parts(c.number) == head.parts]
            if not numbered:
                return head.kind == "chapter" and self._unknown_chapter()
            best = numbered[0]
        self.chapter = best.code
        confidence = HIGH if likeness >= SURE else MEDIUM if sure else LOW
        self.results[at] = Match(chapter=best.code, confidence=confidence, reason="judul bab" if sure else "nomor bab")
        return True

    def _is_section(self, head: Head, likeness: float) -> bool:
        """A heading such as "Penutup" may name a chapter and "Visi" a section: the more alike wins."""
        if head.kind == "chapter":
            return False
        return any(likeness_of(head.title, place.title) > likeness for place in self.places)

    def _unknown_chapter(self) -> bool:
        self.chapter = ""
        return True

    def _section(self, at: int, head: Head) -> None:
        best, score, found = None, 0.0, Match()
        for place in self.places:
            worth, possible = self._score(head, place)
            if worth > score:
                best, score, found = place, worth, possible
        if best is None:
            return
        taken = self.scores.get(best.code)
        if taken is not None:
            if taken[0] >= score:
                return
            self.results[taken[1]] = Match()
        self.scores[best.code] = (score, at)
        self.results[at] = found
        self.last = best.position
        if not self.chapter:
            self.chapter = best.chapter

    def _score(self, head: Head, place: Place) -> tuple[float, Match]:
        has_number = head.kind == "dotted" and bool(place.number) and _parts(place.number) == head.parts
        is_here = bool(self.chapter) and place.chapter == self.chapter
        like = likeness_of(head.title, place.title, only_shared=head.is_weak)
        if not self._fits(head, has_number=has_number, is_here=is_here, like=like):
            return 0.0, Match()
        score = like + 0.25 * has_number + 0.12 * is_here + 0.05 * (place.position > self.last)
        if like >= SURE or (has_number and like >= 0.6):
            confidence = HIGH
        else:
            confidence = MEDIUM if like >= LIKE or (has_number and like >= FAINT) else LOW
        reason = "nomor dan judul" if has_number and like >= FAINT else "nomor" if has_number else "judul"
        return score, Match(section=place.code, confidence=confidence, reason=reason)

    def _fits(self, head: Head, *, has_number: bool, is_here: bool, like: float) -> bool:
        if head.is_weak:
            return like >= 0.85 and (is_here or like >= SURE)
        if len(head.parts) > 2 and head.kind == "dotted":
            return like >= SURE and is_here
        if head.level > 2 and not has_number:
            return like >= 0.85 and is_here
        return like >= LIKE or (has_number and (like >= FAINT or is_here))


@lru_cache(maxsize=512)
def _parts(number: str) -> tuple[str, ...]:
    """The parts of an outline's number as a heading's would be read."""
    if not number:
        return ()
    found: Numeral = numeral(f"{number} x") if "." in number else numeral(f"BAB {number} x")
    return found.parts


@lru_cache(maxsize=8192)
def words_of(title: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [SAME.get(word, word) for word in WORD.findall(plain)]
    return tuple(word for word in words if word not in NOISE) or tuple(words)


@lru_cache(maxsize=65_536)
def likeness_of(one: str, other: str, *, only_shared: bool = False) -> float:
    """0 to 1 for two titles, blind to case, accents, punctuation and small words."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0.0
    shared = set(first) & set(second)
    if not shared and (only_shared or abs(len(first) - len(second)) > 2):
        return 0.0
    if first == second:
        return 1.0
    ratio = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio()
    fewer, more = sorted((len(set(first)), len(set(second))))
    if len(shared) == fewer and (fewer > 1 or len(next(iter(shared))) > 5):
        return max(ratio, 0.62 + 0.38 * fewer / more)
    return ratio
