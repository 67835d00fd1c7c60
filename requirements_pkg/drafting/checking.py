"""The quality rules over the draft of a stored package, with the facts around it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone

from requirements_pkg.drafting.draft import DraftWithRows, drafted
from requirements_pkg.drafting.quality import QualityFinding, QualityFindings, findings
from requirements_pkg.drafting.quality_case import DraftContext
from requirements_pkg.drafting.suspects import Suspect, suspects_of_package
from requirements_pkg.models import RequirementsPackage


def check(
    package: RequirementsPackage,
    draft: DraftWithRows | None = None,
    suspects: list[Suspect] | None = None,
) -> QualityFindings:
    """Return what the rules find in a package as it stands now.

    Args:
        draft: its draft, where the caller has built it already.
        suspects: its links to look at again, where the caller has them already.
    """
    if draft is None:
        draft = drafted(package)
    if suspects is None:
        suspects = suspects_of_package(package, draft.content)
    return findings(draft.content, facts_of(package, draft, suspects))


def facts_of(
    package: RequirementsPackage, draft: DraftWithRows, suspects: list[Suspect]
) -> DraftContext:
    """Return the facts around a draft that its content does not say; contacts cost a query."""
    return DraftContext(
        today=timezone.localdate(),
        suspects=tuple(suspect.code for suspect in suspects),
        newer=draft.newest,
        withdrawn=draft.withdrawn,
        has_contact=package.plan is None
        or any(contact.is_public for contact in package.plan.contacts.all()),
    )


def refuse_errors(faults: Iterable[QualityFinding]) -> None:
    """Stop what must not be published; the facts around a draft only ever make warnings.

    Raises:
        ValidationError: one sentence for each error.
    """
    if sentences := [f"{finding.rule.number} {finding.sentence}" for finding in faults]:
        raise ValidationError(sentences)
