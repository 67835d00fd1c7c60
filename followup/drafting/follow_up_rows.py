"""The follow-ups of a plan as a report counts them."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from actionplan.models import ActionPlan
from followup.models import (
    Deviation,
    DeviationState,
    FollowUp,
    FollowUpStatus,
    Question,
    Sanction,
)
from followup.models.follow_ups import supplier_of
from followup.report.basis import Basis, DatedDeviation, FollowUpBasis
from followup.status.screening import supplier_key


def basis_of(plan: ActionPlan, on: date, summarised: frozenset[int]) -> Basis:
    """Return the follow-ups of a plan that are not cancelled, on a day: three queries.

    Args:
        summarised: the keys of the follow-ups of which the report has a summary.
    """
    rows = FollowUp.objects.filter(product_area__plan=plan).exclude(
        status=FollowUpStatus.CANCELLED
    )
    sanctions = Sanction.objects.in_force(on).filter(follow_up=OuterRef("pk"))
    facts = rows.order_by("pk").values_list(
        "pk", "product_area__number", supplier_of(), "done_on", Exists(sanctions)
    )
    questions, deviations = _questions(rows), _deviations(rows, on)
    return tuple(
        FollowUpBasis(
            area=area,
            supplier=supplier_key(supplier),
            is_done=done_on is not None,
            is_sanctioned=is_sanctioned,
            is_summarised=pk in summarised,
            questions=tuple(questions[pk]),
            deviations=tuple(deviations[pk]),
        )
        for pk, area, supplier, done_on, is_sanctioned in facts
    )


def _questions(rows: QuerySet[FollowUp]) -> dict[int, list[str]]:
    """Return the uids of the requirements that each follow-up asks about."""
    questions = Question.objects.filter(follow_up__in=rows.values("pk")).order_by("pk")
    uids: dict[int, list[str]] = defaultdict(list)
    for pk, uid in questions.values_list("follow_up_id", "requirement__uid"):
        uids[pk].append(str(uid))
    return uids


def _deviations(rows: QuerySet[FollowUp], on: date) -> dict[int, list[DatedDeviation]]:
    """Return the deviations of each follow-up."""
    stored = Deviation.objects.filter(follow_up__in=rows.values("pk")).order_by("pk")
    deviations: dict[int, list[DatedDeviation]] = defaultdict(list)
    for pk, uid, severity, state, due_on in stored.values_list(
        "follow_up_id", "requirement__uid", "severity", "state", "due_on"
    ):
        is_open = state != DeviationState.CLOSED
        is_late = state == DeviationState.ESCALATED or (is_open and due_on < on)
        deviations[pk].append(DatedDeviation(str(uid), severity, is_open, is_late))
    return deviations
