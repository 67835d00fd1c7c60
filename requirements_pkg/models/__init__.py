"""The models of what is demanded, by topic."""

from actionplan.models.second_person import Decision
from requirements_pkg.models.carrying import CarriedDecision, CarriedKind, CarriedPart
from requirements_pkg.models.chain import ChainLink, GoalService, RiskTreatment
from requirements_pkg.models.dialogue.announcements import (
    Announcement,
    AnnouncementChannel,
    Subscription,
)
from requirements_pkg.models.dialogue.consultations import (
    Consultation,
    ConsultationState,
    ConsultedDraft,
)
from requirements_pkg.models.dialogue.feedback import DoesItWork, Feedback, FeedbackDecision
from requirements_pkg.models.dialogue.invitees import ConsultationInvitee
from requirements_pkg.models.dialogue.link_checks import LinkCheck
from requirements_pkg.models.dialogue.looks import RequirementLook
from requirements_pkg.models.dialogue.replies import (
    ConsultationRemark,
    ConsultationReply,
    RemarkDecision,
)
from requirements_pkg.models.facts import VersionFacts
from requirements_pkg.models.packages import PackageInclusion, RequirementsPackage
from requirements_pkg.models.requirements import (
    Requirement,
    RequirementArea,
    RequirementKind,
    RequirementLevel,
    RequirementSource,
    RequirementState,
)
from requirements_pkg.models.reviewing import (
    Comment,
    CommentedKind,
    CommentMention,
    CommentThread,
    ReadTick,
    WithdrawalRequest,
)
from requirements_pkg.models.shared_lists import AcceptedProof, RequirementProof, SearchSynonym
from requirements_pkg.models.templates import WordTemplate
from requirements_pkg.models.texts import PublishedText, TextKind, VersionWords
from requirements_pkg.models.versions import (
    ImmutableError,
    PackageVersion,
    PublishRequest,
    RequirementRevision,
    VersionWithdrawal,
)

__all__ = [
    "AcceptedProof",
    "Announcement",
    "AnnouncementChannel",
    "CarriedDecision",
    "CarriedKind",
    "CarriedPart",
    "ChainLink",
    "Comment",
    "CommentMention",
    "CommentThread",
    "CommentedKind",
    "Consultation",
    "ConsultationInvitee",
    "ConsultationRemark",
    "ConsultationReply",
    "ConsultationState",
    "ConsultedDraft",
    "Decision",
    "DoesItWork",
    "Feedback",
    "FeedbackDecision",
    "GoalService",
    "ImmutableError",
    "LinkCheck",
    "PackageInclusion",
    "PackageVersion",
    "PublishRequest",
    "PublishedText",
    "ReadTick",
    "RemarkDecision",
    "Requirement",
    "RequirementArea",
    "RequirementKind",
    "RequirementLevel",
    "RequirementLook",
    "RequirementProof",
    "RequirementRevision",
    "RequirementSource",
    "RequirementState",
    "RequirementsPackage",
    "RiskTreatment",
    "SearchSynonym",
    "Subscription",
    "TextKind",
    "VersionFacts",
    "VersionWithdrawal",
    "VersionWords",
    "WithdrawalRequest",
    "WordTemplate",
]
