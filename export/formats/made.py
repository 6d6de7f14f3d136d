"""One way in for every format but PDF."""

import json
from collections.abc import Callable, Sequence

from export import planfile
from export.document import build
from export.enums import ExportFormat
from export.formats.deck import plan_deck
from export.formats.word.book import word_book
from export.formats.workbook import tables_xlsx
from export.plan_data import KEPT_BACK
from masterplan.models import Masterplan

# A plan file that can be loaded again, with its texts, but without the people who worked on it.
OF_THE_FILE = KEPT_BACK - {"_meta", "prosa"}


def made(file_format: str, plan: Masterplan, books: Sequence[str] | None) -> bytes:
    """`file_format` is a value of `ExportFormat` other than PDF. Data and slides are always of the whole plan."""
    return MAKERS[file_format](plan, books)


def _data(plan: Masterplan) -> bytes:
    fields = {key: value for key, value in planfile.dump(plan).items() if key not in OF_THE_FILE}
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


MAKERS: dict[str, Callable[[Masterplan, Sequence[str] | None], bytes]] = {
    ExportFormat.WORD: lambda plan, books: word_book(build(plan, books)),
    ExportFormat.EXCEL: lambda plan, books: tables_xlsx(build(plan, books)),
    ExportFormat.SLIDES: lambda plan, _: plan_deck(plan),
    ExportFormat.DATA: lambda plan, _: _data(plan),
}
