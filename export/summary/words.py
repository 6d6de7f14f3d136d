"""How sentences are put together: lists, counts, money, texts of rows inside a sentence."""

from collections.abc import Sequence

from export.papers.words import number_words, printable
from smartcity.ui.format import format_number, format_rupiah_short

IN_WORDS_TO = 10


def money(amount: int) -> str:
    """ "Rp1,25 miliar": in running text without a gap."""
    return format_rupiah_short(amount, gap="")


def count(number: int, noun: str) -> str:
    """ "enam misi", "37 program"; Indonesian nouns do not change with their number."""
    return f"{number_words(number) if number <= IN_WORDS_TO else format_number(number)} {noun}"


def listed(parts: Sequence[str], *, mark: str = ",") -> str:
    """ "a", "a dan b", "a, b, dan c"; with `mark=";"` for parts that hold commas themselves."""
    if len(parts) < 2:
        return "".join(parts)
    comma = mark if mark != "," or len(parts) > 2 else ""
    return f"{f'{mark} '.join(parts[:-1])}{comma} dan {parts[-1]}"


def inside(text: str) -> str:
    """A text of a row inside a sentence: without its own full stop."""
    return " ".join(printable(text).split()).rstrip(" .;")


def lower_first(text: str) -> str:
    """Not for abbreviations: "Mewujudkan" becomes "mewujudkan", "SPBE" stays."""
    is_word = len(text) > 1 and text[0].isupper() and not text[1].isupper()
    return text[0].lower() + text[1:] if is_word else text


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
