"""A draft as the quality rules ask about it, and how a rule is written. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from requirements_pkg.document.coverage import Coverage, coverage
from requirements_pkg.document.schema import Document, Module, Plan, Requirement


class RuleSeverity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class PlaceKind(StrEnum):
    """What a place is: what one opens to mend it."""

    REQUIREMENT = "requirement"
    CELL = "cell"
    SUB_GOAL = "sub_goal"
    MODULE = "module"
    PACKAGE = "package"
    PLAN = "plan"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class QualityPlace:
    """Where something is wrong: by uid, cell, number or slug; "" where there is only one."""

    kind: PlaceKind
    key: Any = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DraftContext:
    """What a draft cannot know of the world around it."""

    today: date | None = None
    # The codes of requirements with a link to look at again.
    suspects: tuple[str, ...] = ()
    # By slug of an included module: the number of its newest version.
    newer: Mapping[str, int] = field(default_factory=dict)
    # Slugs of modules that are included at a version that has been withdrawn.
    withdrawn: tuple[str, ...] = ()
    # Whether somebody answers questions in public; a module has no contacts.
    has_contact: bool = True


class QualityCase:
    """A draft with its facts, as the rules ask about it."""

    def __init__(self, document: Document, facts: DraftContext) -> None:
        self.document, self.facts = document, facts
        self.requirements = document.requirements
        # The words of a module's requirements are checked where they are written.
        self.own = [requirement for requirement in self.requirements if requirement.module is None]
        self.active = [requirement for requirement in self.own if requirement.is_active]

    @property
    def modules(self) -> tuple[Module, ...]:
        """The shared modules that are included."""
        return self.document.modules

    @property
    def plan(self) -> Plan | None:
        """The action plan; a shared module has none."""
        return self.document.plan

    @cached_property
    def by_uid(self) -> dict[str, Requirement]:
        """Every requirement by its identity."""
        return {requirement.uid: requirement for requirement in self.requirements}

    @cached_property
    def coverage(self) -> Coverage:
        """Which risks are treated."""
        return coverage(self.document)

    def cell_name(self, stage: str, dimension: str) -> str:
        """Return a cell in words."""
        names = self.document.stage_names | self.document.dimension_names
        return f"{names.get(stage, stage)} / {names.get(dimension, dimension)}"


Hits = Iterator[QualityPlace | tuple[QualityPlace, str]]
Check = Callable[[QualityCase], Hits]


@dataclass(frozen=True, slots=True)
class Rule:
    """A numbered rule: what it says where it is broken, and how to find that."""

    number: str
    severity: RuleSeverity
    # Lazily translated.
    sentence: object
    check: Check


RULES: Final[list[Rule]] = []


def rule(number: str, severity: RuleSeverity, sentence: object) -> Callable[[Check], Check]:
    """Add a rule. Its number is for ever: it stands in minutes and mails."""

    def add(check: Check) -> Check:
        RULES.append(Rule(number, severity, sentence, check))
        return check

    return add


def of_requirement(requirement: Requirement) -> QualityPlace:
    """Return the place of a finding that is about a requirement."""
    return QualityPlace(PlaceKind.REQUIREMENT, requirement.uid, requirement.code)
