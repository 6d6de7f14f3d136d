"""Dates and numbers as official documents write them, and text that is safe to print."""

import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from smartcity.ui.format import MONTHS, WEEKDAYS, format_date

ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
MOST = 9999
DROPPED = {"Cc", "Cf", "Cs"}
KEPT = "\n\t\u00ad"
NO_SIGNS = "\ufffe\uffff"  # XML has no place for them


def number_words(number: int) -> str:
    """2026 -> "dua ribu dua puluh enam"; from 0 to 9999."""
    if not 0 <= number <= MOST:
        msg = f"{number} is outside 0..{MOST}"
        raise ValueError(msg)
    return _words(number) or ONES[0]


def _words(number: int) -> str:
    if number == 0:
        return ""
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    for size, name, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "")):
        count, rest = divmod(number, size)
        if count:
            head = one if count == 1 else f"{_words(count)} {name}"
            return f"{head} {_words(rest)}".strip()
    return ""


def date_words(day: date) -> str:
    """ "Jumat, tanggal dua puluh tujuh bulan November tahun dua ribu dua puluh enam"."""
    return (
        f"{WEEKDAYS[day.weekday()]}, tanggal {number_words(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {number_words(day.year)}"
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """ "27 November 2026 pukul 09.05 WITA"."""
    local = at.astimezone(zone)
    return f"{format_date(local)} pukul {local:%H.%M} {local:%Z}"


def printable(text: str) -> str:
    """Without control, direction and other invisible signs: what is printed is what is read."""
    return "".join(
        sign for sign in text if sign in KEPT or (unicodedata.category(sign) not in DROPPED and sign not in NO_SIGNS)
    )
