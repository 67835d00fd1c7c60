"""Rows for tests. Traits: `with_matrix`, `with_goals`."""

from tests.factories.consultations import answered, consult
from tests.factories.followup import (
    ActionFactory,
    ChangeFactory,
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    QuestionFactory,
    ReadingFactory,
    SummaryFactory,
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
    "UserFactory",
    "answered",
    "consult",
    "fill_cell",
    "include",
    "reviewed",
    "treat",
]
