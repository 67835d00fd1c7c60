"""What an analyst asks for: some plans, a procurement region, a period."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from actionplan.models import ActionPlan
from followup.models import Deviation, FollowUp, FollowUpStatus, IndicatorReading, Lesson
from followup.models.deviations import DeviationQuerySet
from followup.models.follow_ups import FollowUpQuerySet
from requirements_pkg.models import (
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementsPackage,
)


@dataclass(frozen=True, slots=True)
class WorkbookFilters:
    """The filters. Nothing chosen means everything; both days are within the period.

    The plans are a subquery wherever they are asked for: no keys pass through Python.
    """

    slugs: tuple[str, ...] = ()
    region: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def plans(self) -> QuerySet[ActionPlan]:
        """The plans that are chosen."""
        rows = ActionPlan.objects.all()
        if self.slugs:
            rows = rows.filter(slug__in=self.slugs)
        if self.region:
            rows = rows.filter(procurement_region__code=self.region)
        return rows

    def of_plans(self, path: str) -> Q:
        """Return rows of the plans that are chosen; `path` leads from the rows to their plan."""
        return Q(**{f"{path}__in": self.plans}) if self.slugs or self.region else Q()

    def within(self, field: str) -> Q:
        """Return rows with a day in the period."""
        period = Q()
        if self.first_day:
            period &= Q(**{f"{field}__gte": self.first_day})
        if self.last_day:
            period &= Q(**{f"{field}__lte": self.last_day})
        return period

    @property
    def packages(self) -> QuerySet[RequirementsPackage]:
        """The plans' packages, and the shared modules that these include."""
        if not (self.slugs or self.region):
            return RequirementsPackage.objects.all()
        included = PackageInclusion.objects.filter(package__plan__in=self.plans)
        return RequirementsPackage.objects.filter(
            Q(plan__in=self.plans) | Q(pk__in=included.values("module"))
        )

    @property
    def requirements(self) -> QuerySet[Requirement]:
        """Requirements of those packages."""
        return Requirement.objects.filter(self._of_packages("package"))

    @property
    def versions(self) -> QuerySet[PackageVersion]:
        """Versions of those packages, published in the period."""
        published = self.within("published_at__date")
        return PackageVersion.objects.filter(self._of_packages("package"), published)

    @property
    def readings(self) -> QuerySet[IndicatorReading]:
        """Readings of a day in the period."""
        of_plans = self.of_plans("indicator__sub_goal__goal__plan")
        return IndicatorReading.objects.filter(of_plans, self.within("as_of"))

    @property
    def follow_ups(self) -> FollowUpQuerySet:
        """Follow-ups that were planned for, or carried out on, a day in the period."""
        dated = self.within("planned_for") | self.within("done_on")
        return FollowUp.objects.filter(self.of_plans("product_area__plan"), dated)

    @property
    def planned(self) -> FollowUpQuerySet:
        """Those that nobody cancelled."""
        return self.follow_ups.exclude(status=FollowUpStatus.CANCELLED)

    @property
    def deviations(self) -> DeviationQuerySet:
        """Deviations found in the period."""
        of_plans = self.of_plans("follow_up__product_area__plan")
        return Deviation.objects.filter(of_plans, self.within("found_on"))

    @property
    def lessons(self) -> QuerySet[Lesson]:
        """Lessons written in the period."""
        of_plans = self.of_plans("follow_up__product_area__plan")
        return Lesson.objects.filter(of_plans, self.within("written_at__date"))

    def _of_packages(self, path: str) -> Q:
        is_narrowed = self.slugs or self.region
        return Q(**{f"{path}__in": self.packages}) if is_narrowed else Q()
