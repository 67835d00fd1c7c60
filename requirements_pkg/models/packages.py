"""Packages: what a category demands, and the shared modules that categories include."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import check, filled, unique
from actionplan.models import ActionPlan, ProcurementRegion
from actionplan.models.logged import Logged, LoggedQuerySet


class RequirementsPackageQuerySet(LoggedQuerySet["RequirementsPackage"]):
    def with_owner(self) -> Self:
        """Load also what decides who may change a package, and what a plan's name is made of."""
        return self.select_related(
            "steward", "plan__category", "plan__procurement_region", "plan__coordinator"
        )


class RequirementsPackage(Logged):
    """What buyers take into their tenders: of one action plan, or a module that many share."""

    logged_plan = "plan"
    logged_package = ""

    plan = models.OneToOneField(
        ActionPlan,
        verbose_name=_("action plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="package",
    )
    steward = models.ForeignKey(
        ProcurementRegion,
        verbose_name=_("steward"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="modules",
        help_text=_("The procurement region that manages a shared module."),
    )
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        max_length=8000,
        help_text=_("How the package is used. Separate paragraphs with a blank line."),
    )

    objects: ClassVar = RequirementsPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirements package")
        verbose_name_plural = _("requirements packages")
        ordering = ["title"]
        constraints = [
            filled("title", _("Enter the title of the package.")),
            check(
                "plan_or_steward",
                Q(plan__isnull=False, steward__isnull=True)
                | Q(plan__isnull=True, steward__isnull=False),
                _("Choose a plan for the package, or a steward if it is shared."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def dated(self) -> str:
        """Its title with the years of its plan: a category has a package for each period."""
        return f"{self.title} {self.plan.period}" if self.plan else self.title

    @property
    def is_shared(self) -> bool:
        """Whether other packages may include this one."""
        return self.plan_id is None

    @property
    def region(self) -> ProcurementRegion:
        """The procurement region that answers for the package."""
        if self.steward is not None:
            return self.steward
        if self.plan is None:
            raise ValueError("A package has a plan or a steward.")
        return self.plan.procurement_region


class PackageInclusion(Logged):
    """A shared module in a category's package, at the version somebody chose."""

    logged_in = "package"
    logged_plan = "package__plan"
    logged_package = "package"

    package = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("package"),
        on_delete=models.CASCADE,
        related_name="inclusions",
        db_index=False,
    )
    module = models.ForeignKey(
        RequirementsPackage,
        verbose_name=_("module"),
        on_delete=models.PROTECT,
        related_name="included_in",
    )
    version = models.ForeignKey(
        "requirements_pkg.PackageVersion",
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="included_in",
        help_text=_("It stays at this version until somebody chooses a newer one."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("included module")
        verbose_name_plural = _("included modules")
        ordering = ["package", "position", "id"]
        constraints = [
            unique(
                "once",
                "package",
                "module",
                message=_("The package already includes this module."),
            ),
            check(
                "not_itself",
                ~Q(package=F("module")),
                _("A package cannot include itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)

    def clean(self) -> None:
        """Check that a module is shared, its includer is not, and the version is the module's."""
        # Itself is refused by a constraint, whose sentence is better.
        if self.module_id == self.package_id:
            return
        if self.module_id and not self.module.is_shared:
            raise ValidationError({"module": _("Only a shared module can be included.")})
        if self.package_id and self.package.is_shared:
            raise ValidationError({"package": _("A shared module cannot include another module.")})
        if self.version_id and self.module_id and self.version.package_id != self.module_id:
            raise ValidationError(
                {"version": _("The version belongs to another module. Choose another version.")}
            )
