"""Which plans are to be reported on again: their last report is old, or rows say other things."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, ChangeLog
from followup.models import (
    Deviation,
    FollowUp,
    FollowUpReport,
    IndicatorReading,
    Sanction,
    Summary,
)
from requirements_pkg.models import PackageVersion, RequirementsPackage

# At least so often a plan is reported on.
EVERY: Final = timedelta(days=365)
# What a report is made of.
REPORTED: Final = tuple(
    model._meta.label for model in (Deviation, FollowUp, IndicatorReading, Sanction, Summary)
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
    if changes.exists():
        return _("Something has been registered since the last report: it needs to be reviewed.")
    return ""


def reported_packages(regions: Collection[int]) -> QuerySet[RequirementsPackage]:
    """Return the packages of plans in some regions with what their reports' age follows from.

    Each has `first_at` (its first version), `newest_at` (its last report), `has_changed` (since).
    """
    published = (
        PackageVersion.objects.filter(package=OuterRef("pk"))
        .order_by()
        .values("package")
        .annotate(at=Min("published_at"))
        .values("at")
    )
    newest = FollowUpReport.objects.filter(package=OuterRef("pk")).order_by("-number")
    changes = ChangeLog.objects.filter(
        plan=OuterRef("plan"), model__in=REPORTED, at__gt=OuterRef("newest_at")
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
        .annotate(has_changed=Exists(changes))
        .select_related("plan__category", "plan__procurement_region")
    )
