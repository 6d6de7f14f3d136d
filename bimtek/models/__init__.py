"""The models of a region's way through the movement."""

from bimtek.models.cycle import BodyMember, CycleStep
from bimtek.models.document import CycleDocument, DocumentSigner
from bimtek.models.stage import Stage
from bimtek.models.stored_file import StoredFile
from bimtek.models.submission import Submission, SubmittedSection, SubmittedTable

__all__ = [
    "BodyMember",
    "CycleDocument",
    "CycleStep",
    "DocumentSigner",
    "Stage",
    "StoredFile",
    "Submission",
    "SubmittedSection",
    "SubmittedTable",
]
