"""What every format but PDF is written from, read from the rows; `apart.py` writes it."""

from collections.abc import Callable, Sequence
from typing import Any

from export import planfile
from export.document import build
from export.enums import ExportFormat
from export.formats.apart import write
from export.plan_data import KEPT_BACK
from export.source import read
from masterplan.models import Masterplan

# A plan file that can be loaded again, with its texts, but without the people who worked on it.
OF_THE_FILE = KEPT_BACK - {"_meta", "prosa"}


def made(file_format: str, plan: Masterplan, books: Sequence[str] | None) -> bytes:
    """In this process."""
    return write(file_format, material(file_format, plan, books))


def material(file_format: str, plan: Masterplan, books: Sequence[str] | None) -> object:
    """`file_format` is a value of `ExportFormat` other than PDF. Data and slides are always of the whole plan."""
    return READERS[file_format](plan, books)


def _data(plan: Masterplan) -> dict[str, Any]:
    return {key: value for key, value in planfile.dump(plan).items() if key not in OF_THE_FILE}


READERS: dict[str, Callable[[Masterplan, Sequence[str] | None], object]] = {
    ExportFormat.WORD: build,
    ExportFormat.EXCEL: build,
    ExportFormat.SLIDES: lambda plan, _: read(plan),
    ExportFormat.DATA: lambda plan, _: _data(plan),
}
