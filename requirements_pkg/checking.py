"""The quality rules over the draft of a stored package, with the facts around it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from requirements_pkg.document.schema import Document
from requirements_pkg.drafting import draft_content
from requirements_pkg.models import PackageInclusion, PackageVersion, RequirementsPackage
from requirements_pkg.quality import Finding, Findings, findings
from requirements_pkg.quality_case import Facts
from requirements_pkg.suspects import Suspect, suspects_of_package


def check(
    package: RequirementsPackage,
    content: Document | None = None,
    suspects: list[Suspect] | None = None,
) -> Findings:
    """What the rules find in a package as it stands now.

    Args:
        content: its draft, where the caller has built it already.
        suspects: its links to look at again, where the caller has them already.
    """
    if suspects is None:
        suspects = suspects_of_package(package)
    return findings(content or draft_content(package), facts_of(package, suspects))


def facts_of(package: RequirementsPackage, suspects: list[Suspect]) -> Facts:
    """What a draft cannot know of the world around it: three queries."""
    inclusions = PackageInclusion.objects.filter(package=package.pk)
    newest = (
        PackageVersion.objects.filter(
            package__included_in__package=package.pk, withdrawal__isnull=True
        )
        .values_list("package__slug")
        .annotate(newest=Max("number"))
        # The model's own order would split the groups.
        .order_by()
    )
    withdrawn = inclusions.filter(version__withdrawal__isnull=False)
    return Facts(
        today=timezone.localdate(),
        suspects=tuple(one.code for one in suspects),
        newer=dict(newest),
        withdrawn=tuple(withdrawn.values_list("module__slug", flat=True)),
        has_contact=package.plan is None or package.plan.contacts.filter(is_public=True).exists(),
    )


def refuse_errors(found: Iterable[Finding]) -> None:
    """Stop what must not be published; the facts around a draft only ever make warnings.

    Raises:
        ValidationError: one sentence for each error.
    """
    if sentences := [f"{one.rule.number} {one.sentence}" for one in found]:
        raise ValidationError(sentences)
