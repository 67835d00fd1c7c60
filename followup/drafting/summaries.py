"""The public summaries of a plan's follow-ups, with their traffic lights on a day."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from actionplan.models import ActionPlan
from followup.models import DeviationState, Question, Sanction, Summary
from followup.models.follow_ups import supplier_of
from followup.models.secrecy import checksum
from followup.report.schema import EarlierAudit, ReportedSummary
from followup.status.traffic_light import Colour


def public_summaries(plan: ActionPlan, on: date) -> list[tuple[int, str, ReportedSummary]]:
    """Return each public summary with its follow-up's key and supplier, newest first: one query.

    One whose words nobody has reviewed for secrecy just as they stand is left out.
    """
    opened = Q(follow_up__deviations__isnull=False) & ~Q(
        follow_up__deviations__state=DeviationState.CLOSED
    )
    late = Q(follow_up__deviations__state=DeviationState.ESCALATED) | (
        opened & Q(follow_up__deviations__due_on__lt=on)
    )
    sanctions = Sanction.objects.in_force(on).filter(follow_up=OuterRef("follow_up"))
    undecided = Question.objects.undecided().filter(follow_up=OuterRef("follow_up"))
    rows = (
        Summary.objects.public()
        .filter(follow_up__product_area__plan=plan)
        .annotate(
            open=Count("follow_up__deviations", filter=opened),
            late=Count("follow_up__deviations", filter=late),
            is_sanctioned=Exists(sanctions),
            is_undecided=Exists(undecided),
            of_supplier=supplier_of("follow_up"),
        )
        .order_by("-published_at", "-pk")
        .values(
            *("pk", "follow_up_id", "of_supplier", "follow_up__product_area__number"),
            *("text", "supplier", "review__may_name_supplier", "review__text_sha256"),
            *("follow_up__method", "follow_up__done_on", "published_at"),
            *("open", "late", "is_sanctioned", "is_undecided"),
            *("follow_up__reused__clause_level", "follow_up__reused__method"),
            "follow_up__reused__audited_on",
        )
    )
    return [
        (row["follow_up_id"], row["of_supplier"], _summary(row))
        for row in rows
        if checksum(row["text"], row["supplier"]) == row["review__text_sha256"]
    ]


def _summary(row: dict[str, Any]) -> ReportedSummary:
    level = row["follow_up__reused__clause_level"]
    return ReportedSummary(
        id=row["pk"],
        area=row["follow_up__product_area__number"],
        text=row["text"],
        supplier=row["supplier"] if row["review__may_name_supplier"] else "",
        method=row["follow_up__method"],
        done_on=row["follow_up__done_on"],
        published_at=row["published_at"],
        light=_traffic_light(row).value,
        reused=EarlierAudit(
            level, row["follow_up__reused__method"], row["follow_up__reused__audited_on"]
        )
        if level
        else None,
    )


def _traffic_light(row: dict[str, object]) -> Colour:
    if row["late"] or row["is_sanctioned"]:
        return Colour.RED
    return Colour.YELLOW if row["open"] or row["is_undecided"] else Colour.GREEN
