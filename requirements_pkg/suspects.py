"""Links of the chain of which a text has changed since somebody looked: found, and explained."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.models import SubGoal
from actionplan.permissions import Person
from requirements_pkg import permissions
from requirements_pkg.models import (
    ChainLink,
    GoalService,
    Requirement,
    RequirementsPackage,
    RequirementState,
    RiskTreatment,
)
from requirements_pkg.models.chain import fingerprint
from risks.models import RiskStatement

RISK: Final = "risk"
GOAL: Final = "mal"
# By the word that an address has for them.
MODELS: Final[dict[str, type[ChainLink]]] = {RISK: RiskTreatment, GOAL: GoalService}
PLAN_PATHS: Final = {RISK: "statement__cell__product_area__plan", GOAL: "sub_goal__goal__plan"}
ENDS: Final = {
    RISK: (
        "statement_id",
        "statement__text",
        "statement__cell__product_area_id",
        "statement__cell__product_area__name",
        "statement__cell__stage__name",
        "statement__cell__dimension__name",
    ),
    GOAL: ("sub_goal_id", "sub_goal__text", "sub_goal_id", "sub_goal__number"),
}
Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A link to look at again: both its texts, and what they were where that is known."""

    kind: str
    pk: int
    requirement_id: int
    code: str
    package: str
    words: Words
    target_id: int
    target: str
    # Where the target stands, in words and as the key of the page it is edited on.
    place: str
    page_id: int
    confirmed_at: datetime
    hash_at_link: str
    words_before: Words | None = None
    target_before: str | None = None

    @property
    def title(self) -> str:
        return self.words[0]

    @property
    def text(self) -> str:
        return self.words[1]


def suspects_of_person(user: Person) -> list[Suspect]:
    """The links of which this person owns one end."""
    return _found(
        lambda path: (
            permissions.editable(user, "requirement__package")
            | plan_permissions.editable(user, path)
        )
    )


def suspects_of_package(package: RequirementsPackage) -> list[Suspect]:
    """The links from a package's requirements, and to the risks and goals of its plan."""
    of_plan = package.plan.pk if package.plan is not None else None
    if of_plan is None:
        return _found(lambda path: Q(requirement__package=package.pk))
    return _found(lambda path: Q(requirement__package=package.pk) | Q(**{path: of_plan}))


def suspects_of(requirement: Requirement) -> list[Suspect]:
    """The links of one requirement."""
    return _found(lambda path: Q(requirement=requirement))


def _found(condition: Callable[[str], Q]) -> list[Suspect]:
    """The suspect links that fulfil a condition; it gets the path to the target's plan."""
    return [
        suspect
        for kind, model in MODELS.items()
        for suspect in _of_kind(kind, model.objects.filter(condition(PLAN_PATHS[kind])))
    ]


def _of_kind(kind: str, links: QuerySet) -> Iterable[Suspect]:
    # Hashed in Python from the texts alone: a database knows no SHA-256 of its own.
    rows = (
        links.exclude(requirement__state=RequirementState.WITHDRAWN)
        .order_by("requirement__package__title", "requirement__position", "pk")
        .values_list(
            "pk",
            "hash_at_link",
            "confirmed_at",
            "requirement_id",
            "requirement__code",
            "requirement__package__title",
            "requirement__title",
            "requirement__text",
            *ENDS[kind],
        )
    )
    for pk, digest, at, requirement, code, package, title, text, target_id, target, *place in rows:
        if fingerprint(title, text, target) != digest:
            page_id, *names = place
            yield Suspect(
                kind=kind,
                pk=pk,
                requirement_id=requirement,
                code=code,
                package=package,
                words=(title, text),
                target_id=target_id,
                target=target,
                place=_place(kind, names),
                page_id=page_id,
                confirmed_at=at,
                hash_at_link=digest,
            )


def _place(kind: str, names: Sequence[str]) -> str:
    if kind == GOAL:
        return _("sub-goal %(number)s") % {"number": names[0]}
    area, stage, dimension = names
    return f"{area}: {stage} / {dimension}"


def explained(links: Sequence[Suspect]) -> list[Suspect]:
    """The links with what both texts were when somebody last looked: three queries.

    The history may not tell, since it is written by hand in places: what it says is only believed
    where it makes the hash of the link.
    """
    requirements = _Past(Requirement, ("title", "text"), [one.requirement_id for one in links])
    pasts = {
        RISK: _Past(RiskStatement, ("text",), [o.target_id for o in links if o.kind == RISK]),
        GOAL: _Past(SubGoal, ("text",), [o.target_id for o in links if o.kind == GOAL]),
    }
    found = []
    for one in links:
        words = requirements.at(one.requirement_id, one.confirmed_at) or one.words
        (target,) = pasts[one.kind].at(one.target_id, one.confirmed_at) or (one.target,)
        if fingerprint(words[0], words[1], target) == one.hash_at_link:
            one = replace(one, words_before=(words[0], words[1]), target_before=target)
        found.append(one)
    return found


class _Past:
    """What some rows said at a moment, from their history."""

    def __init__(self, model: Any, fields: tuple[str, ...], pks: list[int]) -> None:
        self._rows: dict[int, list[tuple[datetime, tuple[str, ...]]]] = {}
        if not pks:
            return
        rows = model.history.filter(id__in=pks).order_by("history_date", "history_id")
        for pk, at, *values in rows.values_list("id", "history_date", *fields):
            self._rows.setdefault(pk, []).append((at, tuple(values)))

    def at(self, pk: int, moment: datetime) -> tuple[str, ...] | None:
        """The last values before a moment."""
        known = [values for at, values in self._rows.get(pk, ()) if at <= moment]
        return known[-1] if known else None
