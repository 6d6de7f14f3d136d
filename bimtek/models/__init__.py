"""The models of a region's way through the movement."""

from bimtek.models.cycle import BodyMember, CycleStep
from bimtek.models.reading import ReadPart
from bimtek.models.stage import Stage
from bimtek.models.submission import Submission, SubmittedSection, SubmittedTable

__all__ = ["BodyMember", "CycleStep", "ReadPart", "Stage", "Submission", "SubmittedSection", "SubmittedTable"]
