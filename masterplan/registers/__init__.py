"""The register of row kinds: everything the pages under "Tabel" show, as data."""

from masterplan.forms.rows_kind import RowKind
from masterplan.registers.analysis import ANALYSIS
from masterplan.registers.direction import DIRECTION
from masterplan.registers.work import BUDGET, REGISTER

KINDS = {kind.slug: kind for kind in (*ANALYSIS, *DIRECTION, *REGISTER, *BUDGET)}

# Also the kinds of apps above this one, so that a finding can lead to their rows.
EVERY_KIND = dict(KINDS)
# What goes out and comes back as a sheet of a workbook.
SHEETS = dict(KINDS)


def add_kind(kind: RowKind, *, has_sheet: bool = False) -> None:
    """Called once by an app above this one, when Django starts."""
    EVERY_KIND[kind.slug] = kind
    if has_sheet:
        SHEETS[kind.slug] = kind
