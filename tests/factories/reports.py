"""Follow-up reports, published as people publish them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplan.models import User
from followup.actions.reports import approve_report, request_report
from followup.models import FollowUpReport
from requirements_pkg.models import PackageVersion, RequirementsPackage
from requirements_pkg.published import page_cache

TRIED = {"ground": "osl_31_16", "conclusion": "Antalen röjer ingens affärer."}


def report_on(
    package: RequirementsPackage,
    *,
    note: str = "Läget i våras.",
    by: User | None = None,
    approved_by: User | None = None,
    as_of: date | None = None,
) -> FollowUpReport:
    """A report of the plan as it is now, by those who published the package unless told."""
    version = PackageVersion.objects.filter(package=package).latest("number")
    request = request_report(
        package=package,
        as_of=as_of or timezone.localdate(),
        note=note,
        by=by or version.published_by,
    )
    return approve_report(request=request, by=approved_by or version.approved_by, **TRIED)


def newly_reported(package: RequirementsPackage) -> None:
    """Publish a report of the plan as it is now, unless the last one says just that."""
    try:
        report_on(package)
    except ValidationError as error:
        if "Ingenting har ändrats" not in str(error):
            raise
    page_cache.forget()
