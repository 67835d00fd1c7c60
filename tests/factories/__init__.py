"""Rows for tests. Traits: `with_matrix`, `with_goals`."""

from tests.factories.consultations import answered, consult
from tests.factories.followup import (
    ActionFactory,
    ChangeFactory,
    ContractFactory,
    ContractRequirementFactory,
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    QuestionFactory,
    ReadingFactory,
    SummaryFactory,
    SupplierFactory,
    UseClaimFactory,
    reviewed,
)
from tests.factories.people import UserFactory
from tests.factories.plans import (
    AreaFactory,
    CategoryFactory,
    PlanFactory,
    fill_cell,
)
from tests.factories.requirements import (
    FeedbackFactory,
    ModuleFactory,
    PackageFactory,
    RequirementFactory,
    SubscriptionFactory,
    include,
    treat,
)

__all__ = [
    "ActionFactory",
    "AreaFactory",
    "CategoryFactory",
    "ChangeFactory",
    "ContractFactory",
    "ContractRequirementFactory",
    "DeviationFactory",
    "FeedbackFactory",
    "FollowUpFactory",
    "LessonFactory",
    "ModuleFactory",
    "PackageFactory",
    "PlanFactory",
    "QuestionFactory",
    "ReadingFactory",
    "RequirementFactory",
    "SubscriptionFactory",
    "SummaryFactory",
    "SupplierFactory",
    "UseClaimFactory",
    "UserFactory",
    "answered",
    "consult",
    "fill_cell",
    "include",
    "reviewed",
    "treat",
]
