"""Who has used the requirements of a package: contracts of the register, and confirmed reports."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from actionplan.models import Organisation, OrganisationKind
from actionplan.text import fold
from followup.models import ContractRequirement, JointOwner, UsedRequirement
from followup.models.contracts.use_claims import UseDecision
from followup.report.basis import UseBasis
from followup.report.use_figures import LEVELS
from requirements_pkg.models import PackageVersion, RequirementsPackage

# How authorities are told apart: organisations by their key, others by their name.
KNOWN, NAMED = "organisation", "name"


@dataclass(slots=True)
class _Use:
    """A contract or a report, while its requirements are read."""

    year: int
    level: str = ""
    requirements: dict[str, str] = field(default_factory=dict)
    organisations: set[int] = field(default_factory=set)
    name: str = ""

    def add(self, uid: str, level: str) -> None:
        self.requirements[uid] = level
        if self.level == "" or LEVELS.index(level) > LEVELS.index(self.level):
            self.level = level


def uses_of(package: RequirementsPackage, on: date) -> tuple[UseBasis, ...]:
    """Return the uses of a package's requirements up to a day, as published: six queries."""
    levels = _levels(package)
    uses = [*_contracts(package, on, levels), *_claims(package, levels)]
    regions = set(
        Organisation.objects.filter(kind=OrganisationKind.REGION).values_list("pk", flat=True)
    )
    return tuple(basis for use in uses for basis in _of_authorities(use, regions))


def _levels(package: RequirementsPackage) -> dict[tuple[int, str], str]:
    """Return the level of each requirement in each version of a package, as published."""
    rows = PackageVersion.objects.filter(package=package).values_list("pk", "content")
    return {
        (pk, wording.uid): wording.level
        for pk, content in rows
        for wording in content.requirements
    }


def _contracts(
    package: RequirementsPackage, on: date, levels: dict[tuple[int, str], str]
) -> Iterable[_Use]:
    rows = ContractRequirement.objects.filter(
        version__package=package, contract__starts_on__lte=on
    ).order_by("contract", "pk")
    uses: dict[int, _Use] = {}
    columns = ("contract", "contract__starts_on", "contract__organisation")
    for contract, starts_on, owner, version, uid in rows.values_list(
        *columns, "version", "requirement__uid"
    ):
        if level := levels.get((version, str(uid))):
            use = uses.setdefault(contract, _Use(starts_on.year, organisations={owner}))
            use.add(str(uid), level)
    joint = JointOwner.objects.filter(contract__in=list(uses))
    for contract, organisation in joint.values_list("contract", "organisation"):
        uses[contract].organisations.add(organisation)
    return uses.values()


def _claims(package: RequirementsPackage, levels: dict[tuple[int, str], str]) -> Iterable[_Use]:
    rows = UsedRequirement.objects.filter(
        version__package=package, claim__decision=UseDecision.ACCEPTED
    ).order_by("claim", "pk")
    facts: dict[int, tuple[str, _Use]] = {}
    columns = ("claim", "claim__sent_at", "claim__organisation", "claim__authority")
    for claim, sent_at, organisation, name, level_used, version, uid in rows.values_list(
        *columns, "claim__level", "version", "requirement__uid"
    ):
        if claim not in facts:
            known = {organisation} if organisation is not None else set()
            written = "" if known else name
            use = _Use(timezone.localdate(sent_at).year, organisations=known, name=written)
            facts[claim] = level_used, use
        if level := levels.get((version, str(uid))):
            facts[claim][1].add(str(uid), level)
    for level, use in facts.values():
        # As whoever reported it says.
        use.level = level
    return [use for _level, use in facts.values()]


def _of_authorities(use: _Use, regions: set[int]) -> Iterable[UseBasis]:
    names = defaultdict(bool, {f"{KNOWN} {pk}": pk in regions for pk in use.organisations})
    if use.name:
        names[f"{NAMED} {fold(use.name)}"] = False
    for name, is_region in sorted(names.items()):
        yield UseBasis(
            authority=name,
            is_region=is_region,
            year=use.year,
            level=use.level,
            requirements=tuple(sorted(use.requirements.items())),
        )
