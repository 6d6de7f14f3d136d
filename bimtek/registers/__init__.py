"""The kinds of rows that this app brings, in the order in which pages name them."""

from bimtek.registers.cycle import BODY_MEMBER, CYCLE_STEP
from bimtek.registers.document import DOCUMENT

KINDS = (CYCLE_STEP, BODY_MEMBER, DOCUMENT)

__all__ = ["BODY_MEMBER", "CYCLE_STEP", "DOCUMENT", "KINDS"]
