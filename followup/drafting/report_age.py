"""Which plans are to be reported on again: their last report is old, or rows say other things."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

import msgspec
from django.core.exceptions import ValidationError
from django.db.models import Max, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, ChangeLog
from followup.drafting.report_draft import report_draft
from followup.models import (
    Deviation,
    FollowUp,
    FollowUpReport,
    IndicatorReading,
    Sanction,
    Summary,
    UseClaim,
)
from followup.report.reading import read
from followup.report.schema import SCHEMA, Report
from requirements_pkg.models import PackageVersion, RequirementsPackage
from requirements_pkg.published import page_cache

# At least so often a plan is reported on.
EVERY: Final = timedelta(days=365)
# What a report is made of.
REPORTED: Final = tuple(
    model._meta.label
    for model in (Deviation, FollowUp, IndicatorReading, Sanction, Summary, UseClaim)
)


def due_on(published_at: datetime) -> date:
    """Return the day on which a plan is to be reported on again, or for the first time.

    Args:
        published_at: when its last report was published, or else its first version.
    """
    return timezone.localdate(published_at) + EVERY


def needs_another(plan: ActionPlan, newest: FollowUpReport | None) -> str:
    """Tell why a plan is to be reported on again, in a sentence; "" where it is not."""
    if newest is None:
        return ""
    if due_on(newest.published_at) <= timezone.localdate():
        return _("The last report is more than a year old. Write another.")
    changes = ChangeLog.objects.filter(
        plan=plan.pk, model__in=REPORTED, at__gt=newest.published_at
    )
    last = changes.aggregate(last=Max("pk"))["last"]
    if last is not None and tells_other(newest.package_id, last):
        return _("Something has been registered since the last report: it needs to be reviewed.")
    return ""


def tells_other(package: int, last_change: int) -> bool:
    """Tell whether a report of today would say something else than the last one.

    Most of what is registered is confidential, and no report tells of it. It is worked out once
    for each change and day.

    Args:
        last_change: the key of the newest line of the log on what the plan's reports are made of.
    """
    today = timezone.localdate()

    def ask() -> bool:
        row = RequirementsPackage.objects.with_owner().get(pk=package)
        newest = FollowUpReport.objects.filter(package=package).order_by("-number")
        content = newest.values_list("content", flat=True)[:1]
        try:
            draft = report_draft(row, as_of=today, on=today).report
        except ValidationError:
            # Nothing of the plan is in force: there can be no report.
            return False
        return any(_comparable(read(last)) != _comparable(draft) for last in content)

    return page_cache.content(("report tells other", package, last_change, today), ask)


def _comparable(report: Report) -> Report:
    """Return what a report says of the plan, whenever it is made and of whichever version."""
    plan = msgspec.structs.replace(report.plan, version=0)
    use = report.use and msgspec.structs.replace(report.use, counted_on=date.min)
    days = {"as_of": date.min, "counted_on": date.min}
    return msgspec.structs.replace(report, schema=SCHEMA, plan=plan, use=use, **days)


def reported_packages(regions: Collection[int]) -> QuerySet[RequirementsPackage]:
    """Return the packages of plans in some regions with what their reports' age follows from.

    Each has `first_at` (its first version), `newest_at` (its last report), `last_change` (since).
    """
    published = (
        PackageVersion.objects.filter(package=OuterRef("pk"))
        .order_by()
        .values("package")
        .annotate(at=Min("published_at"))
        .values("at")
    )
    newest = FollowUpReport.objects.filter(package=OuterRef("pk")).order_by("-number")
    changes = (
        ChangeLog.objects.filter(
            plan=OuterRef("plan"), model__in=REPORTED, at__gt=OuterRef("newest_at")
        )
        .order_by()
        .values("plan")
        .annotate(last=Max("pk"))
        .values("last")
    )
    return (
        RequirementsPackage.objects.filter(
            plan__procurement_region__in=regions, versions__isnull=False
        )
        .distinct()
        .annotate(
            first_at=Subquery(published),
            newest_at=Subquery(newest.values("published_at")[:1]),
        )
        .annotate(last_change=Subquery(changes))
        .select_related("plan__category", "plan__procurement_region")
    )
