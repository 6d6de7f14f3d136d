"""Numbers, money and dates as Indonesians write and read them."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
ROUNDS_UP_TO_ONE = Decimal("0.999995")  # from here on the next smaller unit would show 1.000
UNITS = {
    "t": 10**12, "triliun": 10**12, "trilyun": 10**12,
    "m": 10**9, "miliar": 10**9, "milyar": 10**9, "mlr": 10**9,
    "jt": 10**6, "juta": 10**6,
    "rb": 10**3, "ribu": 10**3,
}  # fmt: skip
MONEY = re.compile(r"(-?)(?:rp\.?|idr)?\s*(-?[0-9.,]+?)(?:,-+)?\s*([a-z]*?)\s*(?:rupiah)?")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
PLAIN = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
THREE_AFTER_COMMA = re.compile(r"-?(?!0,)([0-9.]+),([0-9]{3})")  # "1,450" is 1.450 to whoever counts in English
YEAR = re.compile(r"(?:ta|tahun|thn)?\.?\s*([0-9]{4})", re.IGNORECASE)
YEARS = range(1900, 2201)
MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " "})


def format_number(value: Decimal | int | float, places: int | None = None) -> str:
    """1234.5 -> "1.234,5"; without `places` trailing zeros are dropped."""
    number = Decimal(str(value))
    if places is not None:
        text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    else:
        text = f"{number.normalize():,f}" if number else "0"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def format_typed(value: Decimal | int) -> str:
    """As `format_number`, for a field that is read back: three decimals get a fourth, because "1,125" is refused."""
    places = -int(Decimal(str(value)).normalize().as_tuple().exponent)
    return format_number(value, 4 if places == 3 else None)


def format_rupiah(value: int, *, gap: str = " ") -> str:
    """1450000000 -> "Rp 1.450.000.000"; in running text without the gap, as the Indonesian spelling rules (EYD) write it."""
    return f"{_minus(value)}Rp{gap}{format_number(abs(value))}"


def format_rupiah_short(value: int, *, gap: str = " ") -> str:
    """1450000000 -> "Rp 1,45 miliar"; 999999999 -> "Rp 1 miliar", not "Rp 1.000 juta"."""
    size = Decimal(abs(value))
    for scale, name in SCALES:
        if size >= scale * ROUNDS_UP_TO_ONE:
            amount = (size / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)
            return f"{_minus(value)}Rp{gap}{format_number(amount)} {name}"
    return format_rupiah(value, gap=gap)


def _minus(value: int) -> str:
    return "-" if value < 0 else ""


def format_date(value: date | datetime) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def format_weekday(value: date | datetime) -> str:
    """ "Senin, 1 September 2025"."""
    return f"{WEEKDAYS[value.weekday()]}, {format_date(value)}"


def parse_number(text: str) -> Decimal:
    """ "1.234,5" -> Decimal. What can be read in two ways ("1.45", "1,450") is refused rather than guessed."""
    cleaned = text.translate(MINUS_SIGNS).strip()
    if THREE_AFTER_COMMA.fullmatch(cleaned) or not (GROUPED.fullmatch(cleaned) or PLAIN.fullmatch(cleaned)):
        raise ValueError(_unclear(text.strip(), cleaned))
    return Decimal(cleaned.replace(".", "").replace(",", "."))


def parse_year(text: str) -> int:
    """2026 from "2026", "TA 2026", "tahun 2026". Raises ValueError with a sentence."""
    shown = text.strip()
    match = YEAR.fullmatch(shown)
    if match is None:
        hint = "menyebut lebih dari satu tahun" if len(re.findall("[0-9]{2,}", shown)) > 1 else "bukan tahun"
        msg = f"“{shown}” {hint}. Tulis satu tahun dengan empat angka, misalnya 2026."
        raise ValueError(msg)
    year = int(match[1])
    if year not in YEARS:
        msg = f"“{shown}” di luar {YEARS.start}–{YEARS.stop - 1}."
        raise ValueError(msg)
    return year


def parse_rupiah(text: str) -> int:
    """Whole rupiah from "1.450.000.000", "1,45 M", "1450 jt", "Rp 1,45 miliar". Raises ValueError with a sentence."""
    shown = text.strip()
    match = MONEY.fullmatch(shown.translate(MINUS_SIGNS).lower())
    if match is None or (match[3] and match[3] not in UNITS):
        msg = f"“{shown}” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."
        raise ValueError(msg)
    amount = parse_number(match[1] + match[2]) * UNITS.get(match[3], 1)
    if amount != amount.to_integral_value():
        hint = "bukan rupiah bulat" if match[3] else "kurang satuannya. Tulis misalnya 1,45 M atau 1450 jt"
        msg = f"“{shown}” {hint}."
        raise ValueError(msg)
    return int(amount)


def _unclear(shown: str, cleaned: str) -> str:
    if match := THREE_AFTER_COMMA.fullmatch(cleaned):
        joined, padded = f"{match[1]}.{match[2]}", f"{match[1]},{match[2]}0"
        return f"“{shown}” dapat dibaca {joined} atau {padded}. Tulis {joined} untuk ribuan, {padded} untuk desimal."
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", cleaned):
        comma, joined = cleaned.replace(".", ","), cleaned.replace(".", "")
        return f"“{shown}” dapat dibaca {comma} atau {joined}. Tulis koma untuk desimal dan titik untuk ribuan."
    return f"“{shown}” tidak jelas. Tulis titik untuk ribuan dan koma untuk desimal, misalnya 1.234,5."
