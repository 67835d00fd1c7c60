"""The models of the lowest app, by topic."""

from actionplan.models.change_log import ChangeKind, ChangeLog
from actionplan.models.events import ChangeEvent, EventKind
from actionplan.models.goals import Goal, Indicator, IndicatorKind, SubGoal, SubGoalArea
from actionplan.models.invitations import Invitation, InvitationState, InvitedRole
from actionplan.models.people import (
    Membership,
    Organisation,
    OrganisationKind,
    ProcurementRegion,
    Role,
    User,
)
from actionplan.models.plan import (
    ActionPlan,
    Contact,
    PlanStatus,
    ProductArea,
    PurchasingCategory,
)
from actionplan.models.sheet_words import SheetWord

__all__ = [
    "ActionPlan",
    "ChangeEvent",
    "ChangeKind",
    "ChangeLog",
    "Contact",
    "EventKind",
    "Goal",
    "Indicator",
    "IndicatorKind",
    "Invitation",
    "InvitationState",
    "InvitedRole",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "PlanStatus",
    "ProcurementRegion",
    "ProductArea",
    "PurchasingCategory",
    "Role",
    "SheetWord",
    "SubGoal",
    "SubGoalArea",
    "User",
]
