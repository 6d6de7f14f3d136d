"""Sheets of programmes as one PDF, for who asks an office to check or to sign its own."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from export.looks import look_in_print
from export.papers.printing import Paper, print_paper
from export.source import read
from export.tables.programme_sheet import programme_sheet
from masterplan.domain.aside import Aside, AsideSource
from masterplan.models import Masterplan, Programme
from smartcity.accounts.models import User
from smartcity.ui.refusal import TooLarge, WrongState

AT_MOST = 80  # a paper is set while a person waits
NARROW = "Saring menurut dimensi atau perangkat daerah, lalu cetak lagi."


def beside(_: User, row: Any) -> Aside | None:
    if not isinstance(row, Programme) or row.is_dropped:
        return None
    address = reverse("export:programme_sheets", args=[row.plan.code])
    return Aside("file-earmark-pdf", "Lembar program (PDF)", f"{address}?{urlencode({'kode': row.code})}")


BESIDE = AsideSource(reads=lambda rows: rows, says=beside)


def programme_sheets_pdf(plan: Masterplan, wanted: Collection[int]) -> bytes:
    """In the order of the book. Raises WrongState without a programme among `wanted` (keys), TooLarge, NotTypesetError."""
    source = read(plan)
    found = [row for row in source.programmes if row.pk in wanted]
    if not found:
        raise WrongState("Tidak ada program yang cocok dengan saringan.", next_step="Ubah saringan, lalu cetak lagi.")
    if len(found) > AT_MOST:
        raise TooLarge(f"{len(found)} lembar terlalu banyak; paling banyak {AT_MOST} sekaligus.", next_step=NARROW)
    look, _ = look_in_print(plan)
    paper = Paper(
        name="programme-sheets",
        title=f"Lembar program, {plan.regency.label}",
        region=plan.regency.label,
        head=plan.title,
        look=look,
        is_head_on_first=True,
    )
    return print_paper(paper, {"sheets": [programme_sheet(source, row) for row in found]})
