"""A place in the file: reads typed values, remembers what was read, collects every fault with its path."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

REQUIRED: Final[Any] = object()
MAX_AMOUNT = Decimal(10) ** 15


@dataclass(frozen=True)
class Fault:
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path or 'berkas'}: {self.sentence}"


class PlanFileError(Exception):
    """The file was refused; nothing was stored."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Cursor:
    """Values that are wrong are reported and replaced by a harmless default, so that all faults come out at once."""

    def __init__(self, value: Any, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self.seen: set[str] = set()
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.fail("", "harus berupa objek.")

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path and name else self.path or name

    def fail(self, name: str, sentence: str) -> None:
        self.faults.append(Fault(self._path(name), sentence))

    def has(self, name: str) -> bool:
        return self.value.get(name) is not None

    def raw(self, name: str, default: Any = REQUIRED) -> Any:
        self.seen.add(name)
        value = self.value.get(name)
        if value is None:
            if default is REQUIRED:
                self.fail(name, "wajib diisi.")
                return None
            return default
        return value

    def finish(self) -> None:
        """Every key must have been asked for: a misspelt key would otherwise be lost silently."""
        for name in self.value.keys() - self.seen:
            self.fail(name, "kunci tidak dikenal.")

    def text(self, name: str, default: Any = REQUIRED, *, most: int = 20_000) -> str:
        value = self.raw(name, default)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fail(name, "harus berupa teks.")
            return ""
        if "\x00" in value:
            self.fail(name, "memuat aksara yang tidak sah.")
            return ""
        if default is REQUIRED and not value.strip():
            self.fail(name, "wajib diisi.")
        if len(value) > most:
            self.fail(name, f"paling panjang {most} aksara.")
        return value

    def whole(self, name: str, default: Any = REQUIRED, *, low: int = 0, high: int = 10**15) -> int:
        value = self.raw(name, default)
        if value is None or value is default:
            return value if value is not None else low
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(name, "harus berupa bilangan bulat.")
            return low
        if not low <= value <= high:
            self.fail(name, f"harus antara {low} dan {high}.")
            return low
        return value

    def amount(self, name: str, default: Any = REQUIRED) -> Any:
        value = self.raw(name, default)
        if value is None or value is default:
            return value if value is not None else Decimal(0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(name, "harus berupa angka.")
            return Decimal(0)
        number = Decimal(str(value))
        if abs(number) >= MAX_AMOUNT or number != round(number, 4):
            self.fail(name, "terlalu besar atau lebih dari empat desimal.")
            return Decimal(0)
        return number

    def day(self, name: str) -> date:
        value = self.text(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            if value:
                self.fail(name, "harus berupa tanggal seperti 2025-07-08.")
            return date(2000, 1, 1)

    def choice(self, name: str, known: Collection[str], default: Any = REQUIRED) -> Any:
        value = self.raw(name, default)
        if value is None or value is default:
            return default if default is not REQUIRED else ""
        if not isinstance(value, str) or value not in known:
            self.fail(name, f"“{value}” tidak dikenal; pilihan: {', '.join(known)}.")
            return ""
        return value

    def refer(self, name: str, known: Mapping[Any, Any] | Collection[Any], where: str, default: Any = REQUIRED) -> Any:
        """A code or number that must stand in another part of the file."""
        value = self.raw(name, default)
        if value is None or value is default:
            return value
        if isinstance(value, list | dict) or value not in known:
            self.fail(name, f"“{value}” tidak ada dalam {where}.")
            return None
        return value

    def texts(self, name: str, default: Any = REQUIRED, *, most: int = 300) -> list[str]:
        values = self.items(name, default)
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value.strip() or len(value) > most:
                self.fail(f"{name}[{place}]", f"harus berupa teks paling panjang {most} aksara.")
                return []
        return values

    def items(self, name: str, default: Any = REQUIRED) -> list[Any]:
        value = self.raw(name, default)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(name, "harus berupa daftar.")
            return []
        return value

    def inside(self, name: str) -> "Cursor":
        value = self.raw(name)
        return Cursor(value if value is not None else {}, self._path(name), self.faults)

    def rows(self, name: str, default: Any = REQUIRED) -> list["Cursor"]:
        return [
            Cursor(value, self._path(f"{name}[{place}]"), self.faults)
            for place, value in enumerate(self.items(name, default))
        ]

    def years(self, name: str, allowed: range, default: Any = REQUIRED) -> dict[int, Any]:
        """A mapping from year to number; the values are checked with `amount` or `whole` by the caller."""
        value = self.raw(name, default)
        if not isinstance(value, dict):
            if value is not None:
                self.fail(name, "harus berupa objek tahun: angka.")
            return {}
        cells = Cursor(value, self._path(name), self.faults)
        return {int(year): cells for year in value if self._is_year(cells, year, allowed)}

    def _is_year(self, cells: "Cursor", year: str, allowed: range) -> bool:
        if year.isascii() and year.isdigit() and len(year) == 4 and int(year) in allowed:
            return True
        cells.fail(year, f"tahun di luar {allowed.start}–{allowed.stop - 1}.")
        return False


def unique(rows: list[Cursor], name: str, values: list[Any]) -> None:
    """Codes stand once; the later one is the fault."""
    known: set[Any] = set()
    for row, value in zip(rows, values, strict=True):
        if value in known:
            row.fail(name, f"“{value}” sudah dipakai.")
        known.add(value)
