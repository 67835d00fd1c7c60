"""How it went: readings, follow-ups, deviations, lessons, and what of it is published."""

from followup.models.answering import Attachment, SupplierForm
from followup.models.contracts.contracts import (
    Contract,
    ContractArea,
    ContractKind,
    ContractRequirement,
    JointOwner,
)
from followup.models.contracts.suppliers import Supplier
from followup.models.contracts.use_claims import (
    UseClaim,
    UseDecision,
    UsedRequirement,
    UseKind,
    ValueClass,
)
from followup.models.deviations import (
    CorrectiveAction,
    Deviation,
    DeviationState,
    Sanction,
    SanctionKind,
    Severity,
)
from followup.models.follow_ups import (
    AuditForm,
    ClauseLevel,
    FollowUp,
    FollowUpStatus,
    FollowUpStep,
    Method,
    ReusedAudit,
)
from followup.models.lessons import ChangeState, Lesson, ProposedChange
from followup.models.masking import Masking
from followup.models.personal import CalendarFeed, ReminderKind, ReminderOptOut, SentReminder
from followup.models.questions import Answer, Assessed, Question
from followup.models.readings import (
    Evidence,
    IndicatorReading,
    ReadingState,
    ReadingStatus,
    ReportingPeriod,
)
from followup.models.reports import ClearedName, FollowUpReport, ReportRequest, StoredReportBasis
from followup.models.requests import RequestKind, SecondPersonRequest
from followup.models.secrecy import LegalGround, SecrecyReview, Summary

__all__ = [
    "Answer",
    "Assessed",
    "Attachment",
    "AuditForm",
    "CalendarFeed",
    "ChangeState",
    "ClauseLevel",
    "ClearedName",
    "Contract",
    "ContractArea",
    "ContractKind",
    "ContractRequirement",
    "CorrectiveAction",
    "Deviation",
    "DeviationState",
    "Evidence",
    "FollowUp",
    "FollowUpReport",
    "FollowUpStatus",
    "FollowUpStep",
    "IndicatorReading",
    "JointOwner",
    "LegalGround",
    "Lesson",
    "Masking",
    "Method",
    "ProposedChange",
    "Question",
    "ReadingState",
    "ReadingStatus",
    "ReminderKind",
    "ReminderOptOut",
    "ReportRequest",
    "ReportingPeriod",
    "RequestKind",
    "ReusedAudit",
    "Sanction",
    "SanctionKind",
    "SecondPersonRequest",
    "SecrecyReview",
    "SentReminder",
    "Severity",
    "StoredReportBasis",
    "Summary",
    "Supplier",
    "SupplierForm",
    "UseClaim",
    "UseDecision",
    "UseKind",
    "UsedRequirement",
    "ValueClass",
]
