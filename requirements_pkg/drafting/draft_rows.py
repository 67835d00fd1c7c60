"""The rows that a draft is put together of: a question for each table, however large it is.

A package is frozen at each look at its draft, and it may be large; so all are read as tuples.
"""

from typing import Final

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from actionplan.database.prepared_queries import prepared
from actionplan.django_edges import TupleRows
from actionplan.models import Indicator
from requirements_pkg.document.requirement_fields import STORED
from requirements_pkg.models import (
    Consultation,
    GoalService,
    PackageInclusion,
    PackageVersion,
    Requirement,
    RequirementArea,
    RequirementProof,
    RequirementRevision,
    RequirementSource,
    RiskTreatment,
)

# What follows what a requirement says itself; the last are other requirements of the same package.
# The identity as a text, which takes no time: with or without its hyphens.
ROW: Final = (
    *("pk", Cast("uid", CharField()), "cpv", "withdrawn_on", "withdrawn_reason"),
    *("replaces_id", "successor_id"),
)
# What is said of a risk that is treated, and where it stands; of an indicator: in the order of the
# parts of the document that are made of them.
TREATED: Final = (
    "statement_id",
    "statement__cell__product_area__number",
    "statement__cell__stage__code",
    "statement__cell__dimension__code",
    "statement__kind",
    "statement__text",
)
INDICATOR: Final = (
    *("pk", "sub_goal__goal__number", "sub_goal__number"),
    *("number", "kind", "unit", "baseline", "target", "due_on"),
)
PROOF: Final = ("proof__name", "proof__owner", "proof__url", "proof__proves")
MODULE: Final = ("module_id", "module__slug", "version__number")
Rows = TupleRows


@prepared
def inclusions(package: int) -> Rows:
    """Return the modules that a package includes: MODULE, their newest version, the included one.

    Of that one its withdrawal, if there is one, and its content.
    """
    rows = PackageInclusion.objects.filter(package=package).order_by("position", "pk")
    versions = PackageVersion.objects.filter(package=OuterRef("module"), withdrawal__isnull=True)
    newest = Subquery(versions.order_by("-number").values("number")[:1])
    return rows.values_list(*MODULE, newest, "version__withdrawal", "version__content")


@prepared
def consultations(package: int) -> Rows:
    """Return the summaries of consultations, each with the version in force when it was asked."""
    rows = Consultation.objects.filter(package=package, summed_up_at__isnull=False)
    return rows.order_by("number").values_list("summary", "base__number")


@prepared
def requirements(package: int) -> Rows:
    """Return the requirements of a package's own, by STORED and ROW."""
    rows = Requirement.objects.filter(package=package).in_reading_order()
    return rows.values_list(*STORED, *ROW)


@prepared
def keys(packages: list[int]) -> Rows:
    """Return the uids and keys of all requirements of packages."""
    return Requirement.objects.filter(package__in=packages).values_list("uid", "pk")


@prepared
def sources(package: int) -> Rows:
    """Return the sources of requirements, by the requirements' keys."""
    rows = RequirementSource.objects.filter(requirement__package=package)
    ordered = rows.order_by("requirement_id", "position", "pk")
    return ordered.values_list("requirement_id", "title", "url", "dated")


@prepared
def areas(package: int) -> Rows:
    """Return the product areas that requirements are for, by the requirements' keys."""
    rows = RequirementArea.objects.filter(requirement__package=package)
    ordered = rows.order_by("requirement_id", "product_area__number")
    return ordered.values_list("requirement_id", "product_area__number")


@prepared
def proofs(package: int) -> Rows:
    """Return the accepted proofs of requirements, by the requirements' keys."""
    rows = RequirementProof.objects.filter(requirement__package=package)
    ordered = rows.order_by("requirement_id", "proof__name", "proof_id")
    return ordered.values_list("requirement_id", *PROOF)


@prepared
def published(package: int) -> Rows:
    """Return the newest published wordings, by the requirements' keys: number and checksum."""
    newest = RequirementRevision.objects.filter(requirement=OuterRef("requirement"))
    rows = RequirementRevision.objects.filter(
        requirement__package=package,
        number=Subquery(newest.order_by("-number").values("number")[:1]),
    )
    return rows.values_list("requirement_id", "number", "sha256")


@prepared
def treatments(plan: int, packages: list[int]) -> Rows:
    """Return the risks of a plan that packages' requirements treat, by the requirements' keys."""
    rows = RiskTreatment.objects.filter(
        requirement__package__in=packages, statement__cell__product_area__plan=plan
    ).order_by(
        "requirement_id",
        "statement__cell__product_area__number",
        "statement__cell__stage__position",
        "statement__cell__dimension__position",
        "statement__position",
        "statement_id",
    )
    return rows.values_list("requirement_id", *TREATED)


@prepared
def services(plan: int, packages: list[int]) -> Rows:
    """Return a plan's sub-goals that packages' requirements serve, by the requirements' keys."""
    rows = GoalService.objects.filter(
        requirement__package__in=packages, sub_goal__goal__plan=plan
    ).order_by("requirement_id", "sub_goal__goal__number", "sub_goal__position", "sub_goal_id")
    return rows.values_list("requirement_id", "sub_goal__number", "sub_goal__text")


@prepared
def indicators(plan: int) -> Rows:
    """Return the indicators of a plan in its order, by INDICATOR."""
    rows = Indicator.objects.filter(sub_goal__goal__plan=plan).order_by(
        "sub_goal__goal__number", "sub_goal__position", "sub_goal_id", "position", "pk"
    )
    return rows.values_list(*INDICATOR)
