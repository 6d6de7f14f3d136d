"""The plan's tables, one topic a file."""

from masterplan.models.analysis import Gap, Issue, ReadinessItem, SwotItem, TowsItem
from masterplan.models.binned_row import BinnedRow
from masterplan.models.book_look import BookLook
from masterplan.models.budget import BudgetCeiling
from masterplan.models.codes import CodeEntry, CodeList
from masterplan.models.comment import Comment, CommentThread
from masterplan.models.dimension import Dimension, DimensionSet, Subdimension
from masterplan.models.direction import (
    Goal,
    GoalTarget,
    Mission,
    PlanSubdimension,
    Rpjmd,
    RpjmdMission,
    Strategy,
    Vision,
)
from masterplan.models.guidance import LocalGuidance
from masterplan.models.intake import PasteSample, TableImport, WordImport
from masterplan.models.outline import Book, Chapter, Outline, OutlineSection
from masterplan.models.picture import Picture
from masterplan.models.plan import Masterplan, PlanDimension, PlanMember, SourceNote
from masterplan.models.presence import Presence, SectionLease
from masterplan.models.programme import (
    PlannedWork,
    Programme,
    ProgrammeYear,
    RoadmapPeriod,
    SupportAction,
    SupportActionYear,
    YearOfWork,
)
from masterplan.models.programme_facts import (
    FormerCode,
    ProgrammeBudget,
    ProgrammePartner,
    ProgrammeReason,
    ProgrammeReference,
)
from masterplan.models.row import PlanRow
from masterplan.models.section import RecoveredCopy, Section, Snapshot, StepBatch
from masterplan.models.version import NamedVersion
from masterplan.models.waiver import FindingWaiver

__all__ = [
    "BinnedRow",
    "Book",
    "BookLook",
    "BudgetCeiling",
    "Chapter",
    "CodeEntry",
    "CodeList",
    "Comment",
    "CommentThread",
    "Dimension",
    "DimensionSet",
    "FormerCode",
    "FindingWaiver",
    "Gap",
    "Goal",
    "GoalTarget",
    "Issue",
    "LocalGuidance",
    "Masterplan",
    "Mission",
    "NamedVersion",
    "Outline",
    "OutlineSection",
    "PasteSample",
    "Picture",
    "PlanDimension",
    "PlanMember",
    "PlanRow",
    "PlanSubdimension",
    "PlannedWork",
    "Presence",
    "Programme",
    "ProgrammeBudget",
    "ProgrammePartner",
    "ProgrammeReason",
    "ProgrammeReference",
    "ProgrammeYear",
    "ReadinessItem",
    "RecoveredCopy",
    "RoadmapPeriod",
    "Rpjmd",
    "RpjmdMission",
    "Section",
    "SectionLease",
    "Snapshot",
    "SourceNote",
    "StepBatch",
    "Strategy",
    "Subdimension",
    "SupportAction",
    "SupportActionYear",
    "SwotItem",
    "TableImport",
    "TowsItem",
    "Vision",
    "WordImport",
    "YearOfWork",
]
