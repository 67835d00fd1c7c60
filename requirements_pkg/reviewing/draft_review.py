"""The draft of a package as it is reviewed: what changes, and what the quality rules say of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.checking import check
from requirements_pkg.drafting.draft import drafted
from requirements_pkg.drafting.quality import QualityFinding
from requirements_pkg.drafting.quality_case import PlaceKind, QualityPlace
from requirements_pkg.models import PackageVersion, RequirementsPackage
from requirements_pkg.reviewing.redline import RedlineItem, RedlineSection, redline


@dataclass(frozen=True)
class DraftReview:
    """One look at a draft against the version in force."""

    package: RequirementsPackage
    content: Document
    in_force: PackageVersion | None
    findings: tuple[QualityFinding, ...]

    @cached_property
    def sections(self) -> tuple[RedlineSection, ...]:
        """What changed, in the order in which it is read."""
        return redline(self.in_force.content if self.in_force else None, self.content)

    @cached_property
    def items(self) -> dict[str, RedlineItem]:
        """All that changed, by what it is known by."""
        return {item.key: item for section in self.sections for item in section.items}

    @cached_property
    def remarks(self) -> Mapping[str, list[QualityFinding]]:
        """What the quality rules say of what changed, by what it is known by."""
        return _by_item(self.content, self.findings)

    @property
    def other_remarks(self) -> list[QualityFinding]:
        """What the quality rules say of all else."""
        beside = {id(finding) for key in self.items for finding in self.remarks.get(key, ())}
        return [finding for finding in self.findings if id(finding) not in beside]

    def section(self, name: str) -> RedlineSection | None:
        """Return a section by its name, None where nothing of it changed."""
        return next((section for section in self.sections if section.id == name), None)


def review_of(package: RequirementsPackage) -> DraftReview:
    """Return the draft of a package as it is now: as many queries however large it is."""
    draft = drafted(package)
    in_force = package.versions.in_force().first() if package.pk else None
    return DraftReview(package, draft.content, in_force, check(package, draft).all)


def _by_item(
    content: Document, findings: Iterable[QualityFinding]
) -> Mapping[str, list[QualityFinding]]:
    uids = {requirement.code: requirement.uid for requirement in content.requirements}
    goals = {
        sub_goal.number: goal.number
        for goal in (content.plan.goals if content.plan else ())
        for sub_goal in goal.sub_goals
    }

    def key(place: QualityPlace) -> str:
        match place.kind:
            case PlaceKind.REQUIREMENT:
                return f"requirement/{place.key}"
            case PlaceKind.LINKS:
                return f"requirement/{uids.get(place.key, '')}"
            case PlaceKind.CELL:
                return "/".join(map(str, ("cell", *place.key)))
            case PlaceKind.SUB_GOAL:
                return f"sub_goal/{goals.get(place.key, '')}/{place.key}"
        return "head"

    remarks: defaultdict[str, list[QualityFinding]] = defaultdict(list)
    for finding in findings:
        remarks[key(finding.place)].append(finding)
    return remarks
