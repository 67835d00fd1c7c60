"""The pages of follow-ups that show what is confidential: the log tells who opened them.

A test sees that every page of the admin that belongs to follow-ups stands here, or is one of the
lists and forms that need no line, or shows nothing of that.
"""

from collections.abc import Iterator
from typing import Final

from django.db import models
from django.db.models import Q

from actionplan import permissions as plan_permissions
from actionplan.django_edges import AnyRows
from actionplan.extension_points import confidential_pages, confidential_rows
from actionplan.models import ActionPlan
from actionplan.permissions import Person
from followup import permissions
from followup.models import (
    Attachment,
    ClearedName,
    Contract,
    ContractArea,
    ContractRequirement,
    CorrectiveAction,
    Deviation,
    Evidence,
    FollowUp,
    JointOwner,
    Lesson,
    Masking,
    ProposedChange,
    Question,
    ReportRequest,
    ReusedAudit,
    Sanction,
    SecondPersonRequest,
    Summary,
    Supplier,
    SupplierForm,
    UseClaim,
)
from requirements_pkg.models import RequirementsPackage

# The key in the address is that of a row of the model.
PAGES: Final[dict[str, type[models.Model]]] = {
    "followup_step": FollowUp,
    "followup_questions": FollowUp,
    "followup_answers": FollowUp,
    "followup_reuse": FollowUp,
    "followup_sanction": FollowUp,
    "followup_lift_sanction": FollowUp,
    "followup_questionnaire": FollowUp,
    "followup_read_answers": FollowUp,
    "followup_contract_changes": Contract,
    "followup_send": FollowUp,
    "followup_send_many": FollowUp,
    "followup_attachments": Deviation,
    "followup_attachment": Attachment,
    "followup_remove_attachment": Attachment,
    # Of all follow-ups of a plan.
    "followup_calendar": ActionPlan,
    "followup_workbook_file": FollowUp,
    "followup_deviation_step": Deviation,
    "followup_write_off": Deviation,
    "followup_lesson_review": Lesson,
    "followup_propose": Lesson,
    "followup_change_decide": ProposedChange,
    "followup_summary_write": FollowUp,
    "followup_summary_review": Summary,
    "followup_summary_publish": Summary,
    "followup_summary_withdraw": Summary,
    "followup_request_decide": SecondPersonRequest,
    "followup_evidence": Evidence,
    # With what is withheld in a report of a plan.
    "followup_report_write": ActionPlan,
    "followup_report_preview": ActionPlan,
    "followup_report_decide": ReportRequest,
    "followup_report_sent": ReportRequest,
    "followup_mask": ActionPlan,
    "followup_mask_module": RequirementsPackage,
    # With the address of who reported it.
    "followup_use_claims": UseClaim,
    "followup_use_claim_decide": UseClaim,
    "followup_masking_decide": Masking,
}
confidential_pages(PAGES)
# From the rows of each model to their follow-up.
PATHS: Final[dict[type[models.Model], str]] = {
    FollowUp: "",
    ReusedAudit: "follow_up",
    Sanction: "follow_up",
    Question: "follow_up",
    Deviation: "follow_up",
    CorrectiveAction: "deviation__follow_up",
    Lesson: "follow_up",
    ProposedChange: "lesson__follow_up",
    Summary: "follow_up",
    SecondPersonRequest: "follow_up",
    SupplierForm: "follow_up",
    Attachment: "follow_up",
}

# What is asked and decided of reports, by people of the plan's region.
OF_REPORTS: Final[tuple[type[models.Model], ...]] = (ReportRequest, Masking, ClearedName)


# What belongs to a contract of the register.
OF_CONTRACTS: Final[tuple[type[models.Model], ...]] = (
    JointOwner,
    ContractArea,
    ContractRequirement,
)


@confidential_rows
def seen_rows(user: Person) -> Iterator[AnyRows]:
    """Yield what a person sees of follow-ups, and of reports that are not published yet."""
    for model, path in PATHS.items():
        yield model._base_manager.filter(permissions.visible(user, path))
    contracts = permissions.visible_contracts(user)
    yield Contract._base_manager.filter(contracts)
    for part in OF_CONTRACTS:
        yield part._base_manager.filter(permissions.visible_contracts(user, "contract"))
    yield Supplier._base_manager.filter(permissions.visible_suppliers(user))
    of_plans = {
        *plan_permissions.followed_up_regions(user),
        *plan_permissions.reviewed_regions(user),
    }
    for model in OF_REPORTS:
        rows = model._base_manager.all()
        of_region = Q(package__plan__procurement_region__in=sorted(of_plans))
        yield rows.filter(of_region | Q(package__steward__in=sorted(of_plans)))
