"""The quality rules over the draft of a stored package, with the facts around it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.draft import draft_content
from requirements_pkg.drafting.quality import Finding, Findings, findings
from requirements_pkg.drafting.quality_case import Facts
from requirements_pkg.drafting.suspects import Suspect, suspects_of_package
from requirements_pkg.models import PackageInclusion, PackageVersion, RequirementsPackage


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
    """What a draft cannot know of the world around it: two queries."""
    versions = PackageVersion.objects.filter(
        package=OuterRef("module"), withdrawal__isnull=True
    ).order_by("-number")
    # Of each included module its newest version, and whether the included one is withdrawn.
    modules = list(
        PackageInclusion.objects.filter(package=package.pk)
        .order_by("position", "pk")
        .values_list(
            "module__slug", Subquery(versions.values("number")[:1]), "version__withdrawal"
        )
    )
    return Facts(
        today=timezone.localdate(),
        suspects=tuple(one.code for one in suspects),
        newer={slug: newest for slug, newest, _withdrawal in modules if newest is not None},
        withdrawn=tuple(slug for slug, _newest, withdrawal in modules if withdrawal is not None),
        has_contact=package.plan is None
        or any(contact.is_public for contact in package.plan.contacts.all()),
    )


def refuse_errors(found: Iterable[Finding]) -> None:
    """Stop what must not be published; the facts around a draft only ever make warnings.

    Raises:
        ValidationError: one sentence for each error.
    """
    if sentences := [f"{one.rule.number} {one.sentence}" for one in found]:
        raise ValidationError(sentences)
