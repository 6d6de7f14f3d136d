"""The kinds of rows that this app brings, in the order in which pages name them."""

from bimtek.registers.cycle import BODY_MEMBER, CYCLE_STEP
from bimtek.registers.document import DOCUMENT
from bimtek.registers.event import EVENT

KINDS = (CYCLE_STEP, BODY_MEMBER, DOCUMENT, EVENT)

__all__ = ["BODY_MEMBER", "CYCLE_STEP", "DOCUMENT", "EVENT", "KINDS"]
