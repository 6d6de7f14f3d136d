"""The plan's data inside the archive copy: as data, and as the tables of the book."""

import base64
import json

from django.core.cache import cache

from export import planfile
from export.fingerprint import tables_fingerprint
from export.formats.workbook import tables_xlsx
from export.job import Attachment
from export.tree import Document
from masterplan.models import Masterplan

# The book travels further than the plan: texts are in its pages already, and how the region worked on it is not part of it.
KEPT_BACK = frozenset(
    {"_meta", "peran_pengguna", "kegiatan", "dokumen", "instrumen_evaluasi", "prosa", "tampilan_buku", "gambar"}
)
KEPT_SECONDS = 86_400


def plan_data(plan: Masterplan) -> Attachment:
    """In the shape of a plan file (docs/plan-format.md), what the book's tables and figures are made of."""
    fields = {key: value for key, value in planfile.dump(plan).items() if key not in KEPT_BACK}
    return Attachment(
        name=f"data-masterplan-{plan.code}.json",
        mime="application/json",
        relationship="Data",
        description="Data rencana: baris tabel yang dicetak dalam buku",
        content=json.dumps(fields, ensure_ascii=False, indent=1),
    )


def plan_tables(code: str, document: Document) -> Attachment:
    """Writing them takes a second for 70 programmes, and most edits change no table: kept for a day."""
    key = f"tables:{tables_fingerprint(document)}"
    content = cache.get(key)
    if content is None:
        content = base64.b64encode(tables_xlsx(document)).decode()
        cache.set(key, content, KEPT_SECONDS)
    return Attachment(
        name=f"tabel-masterplan-{code}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        relationship="Data",
        description="Semua tabel buku, satu lembar untuk tiap tabel",
        content=content,
        is_binary=True,
    )
