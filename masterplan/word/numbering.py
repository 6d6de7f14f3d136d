"""Numbers that Word counts itself: list items and numbered headings."""

import re
from dataclasses import dataclass, field

from masterplan.word.ooxml import Element, number, value, w

TYPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(frozen=True)
class Numbered:
    """One counted paragraph: its place, how it is counted, and what Word prints before it."""

    num_id: str
    level: int
    kind: str
    ordinal: int
    label: str

    @property
    def is_bullet(self) -> bool:
        return self.kind in ("bullet", "none")

    @property
    def type(self) -> str | None:
        return TYPES.get(self.kind)


@dataclass
class _Counter:
    values: dict[int, int] = field(default_factory=dict)


class Numbering:
    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._of_num: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._style_levels: dict[str, int] = {}
        self._counters: dict[str, _Counter] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        named: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        for abstract in root.iter(w("abstractNum")):
            identity = abstract.get(w("abstractNumId"), "")
            self._abstract[identity] = named[value(abstract, w("styleLink"))] = self._levels(abstract)
            links[identity] = value(abstract, w("numStyleLink"))
        for identity, link in links.items():
            if link in named:
                self._abstract[identity] = self._abstract[identity] or named[link]
        for num in root.iter(w("num")):
            identity = num.get(w("numId"), "")
            self._of_num[identity] = value(num, w("abstractNumId"))
            self._overrides[identity] = {
                number(item.get(w("ilvl"), "0")): number(value(item, w("startOverride")), 1)
                for item in num.iter(w("lvlOverride"))
                if item.find(w("startOverride")) is not None
            }

    def _levels(self, abstract: Element) -> dict[int, Level]:
        found = {}
        for element in abstract.iter(w("lvl")):
            level = number(element.get(w("ilvl"), "0"))
            found[level] = _level(element)
            if value(element, w("pStyle")):
                self._style_levels[value(element, w("pStyle"))] = level
        return found

    def level_of_style(self, style: str) -> int | None:
        """The level that a paragraph style stands for, when the numbering says so."""
        return self._style_levels.get(style)

    def count(self, num_id: str, level: int) -> Numbered | None:
        """Counts one paragraph; None where the numbering is switched off or unknown."""
        abstract = self._of_num.get(num_id)
        levels = self._abstract.get(abstract or "")
        if not abstract or not levels:
            return None
        level = min(max(level, 0), 8)
        rule = levels.get(level, Level())
        counter = self._counters.setdefault(abstract, _Counter())
        start = self._overrides[num_id].get(level)
        if start is not None and (num_id, level) not in self._started:
            counter.values[level] = start - 1
        self._started.add((num_id, level))
        counter.values[level] = counter.values.get(level, rule.start - 1) + 1
        for deeper in [key for key in counter.values if key > level]:
            del counter.values[deeper]
        return Numbered(num_id, level, rule.kind, counter.values[level], _label(rule, levels, counter))


def _level(element: Element) -> Level:
    kind = value(element, w("numFmt"), "decimal")
    return Level(kind, value(element, w("lvlText")), number(value(element, w("start")), 1))


def _label(rule: Level, levels: dict[int, Level], counter: _Counter) -> str:
    def written(place: re.Match[str]) -> str:
        level = int(place[1]) - 1
        own = levels.get(level, Level())
        return spell(counter.values.get(level, own.start), own.kind)

    return PLACE.sub(written, rule.text) if rule.kind != "bullet" else ""


def spell(count: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        text = roman(count)
        return text if kind == "upperRoman" else text.lower()
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1000 else str(count)
        return letter if kind == "upperLetter" else letter.lower()
    return str(count)


def roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    out = ""
    for worth, letters in ROMAN:
        out += letters * (count // worth)
        count %= worth
    return out
