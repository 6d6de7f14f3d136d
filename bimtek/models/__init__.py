"""The models of a region's way through the movement."""

from bimtek.models.approval import (
    Approval,
    ApprovalChain,
    ApprovalOffice,
    Edition,
    EksposeOutcome,
    Enactment,
    SignedSheet,
)
from bimtek.models.cohort import Cohort, Participation
from bimtek.models.cycle import BodyMember, CycleStep
from bimtek.models.deadline import DeadlineExtension, Holiday, StageDeadline
from bimtek.models.document import CycleDocument, DocumentSigner
from bimtek.models.event import AgendaItem, Attendance, CycleEvent, EventFile, Participant
from bimtek.models.opinion import Opinion
from bimtek.models.reading import ReadPart
from bimtek.models.signature import SignedEdition, SigningCertificate
from bimtek.models.stage import Stage
from bimtek.models.stored_file import StoredFile
from bimtek.models.submission import Submission, SubmittedBook, SubmittedSection, SubmittedTable

__all__ = [
    "AgendaItem",
    "Approval",
    "ApprovalChain",
    "ApprovalOffice",
    "Attendance",
    "BodyMember",
    "Cohort",
    "CycleDocument",
    "CycleEvent",
    "CycleStep",
    "DeadlineExtension",
    "DocumentSigner",
    "Edition",
    "EksposeOutcome",
    "Enactment",
    "EventFile",
    "Holiday",
    "Opinion",
    "Participant",
    "Participation",
    "ReadPart",
    "SignedEdition",
    "SignedSheet",
    "SigningCertificate",
    "Stage",
    "StageDeadline",
    "StoredFile",
    "Submission",
    "SubmittedBook",
    "SubmittedSection",
    "SubmittedTable",
]
