"""What buyers of the demo have reported: some of it confirmed, and one that waits."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from actionplan.models import User
from followup.actions.contracts.use_claims import decide_on_claim, known_authority
from followup.models import UseClaim, UseDecision, UseKind, ValueClass
from requirements_pkg.choosing.selection import Selection
from requirements_pkg.choosing.selection_group import SelectionGroup
from requirements_pkg.models import PackageVersion, RequirementLevel

# The authority, its reference, and in what it used them; the last one waits to be confirmed.
REPORTED: Final = (
    ("Region Uppsala", "UPP 2025-118", UseKind.PROCUREMENT),
    ("Region Dalarna", "DAL 2025-31", UseKind.CALL_OFF),
    ("Region Halland", "HAL 2025-204", UseKind.PROCUREMENT),
    ("Region Gotland", "GOT 2025-9", UseKind.RENEWAL),
    ("Exempelstads kommun", "KS 2025-77", UseKind.PROCUREMENT),
)
CODES: Final = ("SE-01", "SE-05")


def report_use(*, version: PackageVersion, by: User) -> None:
    """Report that authorities have used requirements of a version, and confirm all but one."""
    group = SelectionGroup(version.package.slug, version.number, CODES)
    *earlier, waiting = (
        UseClaim(
            package=version.package,
            selection=Selection((group,)).query(),
            authority=name,
            organisation=known_authority(name),
            reference=reference,
            kind=kind,
            value_class=ValueClass.MEDIUM,
            level=RequirementLevel.BASIC,
            sent_at=timezone.now() - timedelta(days=30),
            confirmed_at=timezone.now() - timedelta(days=29),
        )
        for name, reference, kind in REPORTED
    )
    for claim in (*earlier, waiting):
        claim.full_clean()
        claim.save()
    for claim in earlier:
        decide_on_claim(
            key=claim.pk,
            decision=UseDecision.ACCEPTED,
            reason="",
            organisation=claim.organisation,
            by=by,
        )
