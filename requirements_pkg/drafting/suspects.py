"""Links of the chain of which a text has changed since somebody looked: found, and explained."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Model, Q, Value
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.database.past_states import pasts
from actionplan.database.prepared_queries import PreparedQuery, prepared
from actionplan.django_edges import TupleRows
from actionplan.models import ActionPlan, ChangeLog, SubGoal
from actionplan.permissions import Person
from requirements_pkg import permissions
from requirements_pkg.document import schema
from requirements_pkg.models import (
    GoalService,
    Requirement,
    RequirementsPackage,
    RequirementState,
    RiskTreatment,
)
from requirements_pkg.models.chain import Fingerprint, fingerprint
from requirements_pkg.models.readings import Readings
from risks.models import RiskStatement

RISK: Final = "risk"
GOAL: Final = "mal"
# By the word that an address has for them.
MODELS: Final[dict[str, type[RiskTreatment] | type[GoalService]]] = {
    RISK: RiskTreatment,
    GOAL: GoalService,
}
ENDS: Final = {
    RISK: (
        "statement_id",
        "statement__text",
        "statement__cell__product_area_id",
        "statement__cell__product_area__name",
        "statement__cell__stage__name",
        "statement__cell__dimension__name",
    ),
    # As many as of a risk, since both are read at once; its number says where it stands.
    GOAL: ("sub_goal_id", "sub_goal__text", "sub_goal_id", *("sub_goal__number",) * 3),
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
    # Of the two texts as they are shown, which is what somebody confirms.
    hash_now: str
    # The plan whose risk or sub-goal it is.
    plan_id: int
    words_before: Words | None = None
    target_before: str | None = None

    @property
    def title(self) -> str:
        return self.words[0]

    @property
    def text(self) -> str:
        return self.words[1]


def suspects_of_person(user: Person) -> list[Suspect]:
    """Return the suspect links of which this person owns one end.

    The secretariat owns 92,000 links of a nation, so the database reads those through.
    """
    return suspects_that(lambda path: _owned(user, path))


def suspects_that(conditions: Callable[[str], Iterable[Q]]) -> list[Suspect]:
    """Return the suspect links that fulfil a condition, made from the path to the target's plan.

    The database reads through those whose texts have not changed.
    """
    return _suspects(_rows(MODELS, conditions, only_changed=True))


def _owned(user: Person, path: str) -> tuple[Q, Q]:
    """Return the links that `links.may_link` allows this person: one condition for each end."""
    at_package = permissions.editable(user, "requirement__package")
    return at_package, plan_permissions.editable(user, path)


def confirmable(user: Person, links: Sequence[Suspect]) -> list[tuple[Suspect, bool]]:
    """Pair links with whether this person owns one of their ends: two queries at most."""
    allowed = {
        (kind, pk)
        for kind, model in MODELS.items()
        if (pks := [link.pk for link in links if link.kind == kind])
        for pk in model.objects.filter(reduce(or_, _owned(user, model.plan_path)), pk__in=pks)
        .order_by()
        .values_list("pk", flat=True)
    }
    return [(link, (link.kind, link.pk) in allowed) for link in links]


def suspects_of_package(
    package: RequirementsPackage, draft: schema.Document | None = None
) -> list[Suspect]:
    """Return the suspect links of a package's requirements, and to its plan's risks and goals.

    Args:
        draft: its draft, where the caller has built it: it says what the plan reads of modules.
    """
    of_plan = package.plan.pk if package.plan is not None else None
    if of_plan is None:
        return _fulfilling(lambda path: (Q(requirement__package=package.pk),))
    rows = _rows(MODELS, lambda path: (Q(requirement__package=package.pk), Q(**{path: of_plan})))
    if draft is None:
        return _suspects(rows)
    read = {
        UUID(requirement.uid): requirement
        for requirement in draft.requirements
        if requirement.module is not None
    }
    return list(filter(None, (_suspect(row.worded(read.get(row.uid))) for row in rows)))


def suspects_of(requirement: Requirement) -> list[Suspect]:
    """Return the suspect links of one requirement."""
    return suspects_of_rows(Requirement, [requirement.pk])


def suspects_of_rows(model: type[models.Model], keys: Collection[int]) -> list[Suspect]:
    """Return the suspect links that have these rows at one end.

    The rows are plans, requirements, statements or sub-goals.
    """
    kinds, question = AT_ROWS[model]
    # Asked while others wait, after each change of a text.
    return _suspects([_row(kinds[at], row) for at, *row in question(sorted(keys))])


def _fulfilling(
    conditions: Callable[[str], Iterable[Q]], kinds: Iterable[str] = MODELS
) -> list[Suspect]:
    """Return the suspect links that fulfil a condition made from the path to the target's plan."""
    return _suspects(_rows(kinds, conditions))


def _suspects(rows: list["_Row"]) -> list[Suspect]:
    readings = Readings((row.plan_id, row.package_id) for row in rows if row.is_shared)
    return list(filter(None, (_suspect(row.as_read(readings)) for row in rows)))


class _Row(NamedTuple):
    """A link as it is stored, with its requirement's live words or those that its plan reads."""

    kind: str
    place: Sequence[Any]
    pk: int
    hash_at_link: str
    confirmed_at: datetime
    requirement_id: int
    uid: UUID
    code: str
    state: str
    words: Words
    package_id: int
    package: str
    is_shared: bool
    plan_id: int
    target_id: int
    target: str

    def as_read(self, readings: Readings) -> "_Row":
        """Return it with the words of the version its plan includes, where it is a module's."""
        if not self.is_shared:
            return self
        return self.worded(readings.of(self.plan_id, self.package_id, self.uid))

    def worded(self, read: schema.Requirement | None) -> "_Row":
        """Return it with the words of a version, where there is one that has it."""
        if read is None or not self.is_shared:
            return self
        words = (read.title, read.text)
        return self._replace(code=read.code, state=read.state, words=words)


FIELDS: Final = (
    "pk",
    "hash_at_link",
    "confirmed_at",
    "requirement_id",
    "requirement__uid",
    "requirement__code",
    "requirement__state",
    "requirement__title",
    "requirement__text",
    "requirement__package_id",
    "requirement__package__title",
    "requirement__package__plan_id",
)


def _rows(
    kinds: Iterable[str],
    conditions: Callable[[str], Iterable[Q]],
    *,
    only_changed: bool = False,
) -> list[_Row]:
    """Return the links that fulfil one of the conditions, by one query."""
    known = tuple(kinds)
    question = _question(known, conditions, only_changed=only_changed)
    return [_row(known[at], row) for at, *row in question]


def _question(
    kinds: Sequence[str],
    conditions: Callable[[str], Iterable[Q]],
    *,
    only_changed: bool = False,
) -> TupleRows:
    """Ask for the links that fulfil one of the conditions, each with the place of its kind.

    Each end is asked for by itself: over an OR of both a database joins the links of everybody.

    Args:
        only_changed: leave those out whose stored texts still make their hash.
    """
    parts = []
    for at, kind in enumerate(kinds):
        model = MODELS[kind]
        links = model.objects.order_by().annotate(kind=Value(at))
        if only_changed:
            links = links.filter(_changed(ENDS[kind][1]))
        fields = (*FIELDS, model.plan_path, *ENDS[kind], "requirement__position")
        parts += [
            links.values_list("kind", *fields).filter(condition)
            for condition in conditions(model.plan_path)
        ]
    first, *more = parts
    rows = first.union(*more) if more else first
    return rows.order_by("kind", "requirement__package__title", "requirement__position", "pk")


def _changed(target: str) -> Q:
    """Return those whose texts, or the version of a module that a plan reads, may have changed."""
    texts = Fingerprint("requirement__title", "requirement__text", target)
    return Q(requirement__package__plan=None) | ~Q(hash_at_link=texts)


BOTH: Final = (RISK, GOAL)


@prepared
def _of_plans(keys: list[int]) -> TupleRows:
    return _question(BOTH, lambda path: (Q(**{f"{path}__in": keys}),))


@prepared
def _of_requirements(keys: list[int]) -> TupleRows:
    return _question(BOTH, lambda _path: (Q(requirement__in=keys),))


@prepared
def _at_risks(keys: list[int]) -> TupleRows:
    return _question((RISK,), lambda _path: (Q(statement__in=keys),))


@prepared
def _at_goals(keys: list[int]) -> TupleRows:
    return _question((GOAL,), lambda _path: (Q(sub_goal__in=keys),))


# By what stands at one end of the links: their kinds, and how they are asked for.
AT_ROWS: Final[dict[type[models.Model], tuple[tuple[str, ...], PreparedQuery]]] = {
    ActionPlan: (BOTH, _of_plans),
    Requirement: (BOTH, _of_requirements),
    RiskStatement: ((RISK,), _at_risks),
    SubGoal: ((GOAL,), _at_goals),
}


def _row(kind: str, row: Sequence[object]) -> _Row:
    *common, title, text, package_id, package, package_plan = row[: len(FIELDS)]
    plan_id, target_id, target, *place = row[len(FIELDS) : -1]
    is_shared = package_plan is None
    head = (kind, place, *common, (title, text), package_id, package)
    return _Row._make((*head, is_shared, plan_id, target_id, target))


def _suspect(row: _Row) -> Suspect | None:
    """Return the link as a suspect, if it is one to look at again."""
    # Hashed in Python from the texts alone: a database knows no SHA-256 of its own.
    now = fingerprint(*row.words, row.target)
    if row.state == RequirementState.WITHDRAWN or now == row.hash_at_link:
        return None
    page_id, *names = row.place
    return Suspect(
        kind=row.kind,
        pk=row.pk,
        requirement_id=row.requirement_id,
        code=row.code,
        package=row.package,
        words=row.words,
        target_id=row.target_id,
        target=row.target,
        place=_place(row.kind, names),
        page_id=page_id,
        confirmed_at=row.confirmed_at,
        hash_at_link=row.hash_at_link,
        hash_now=now,
        plan_id=row.plan_id,
    )


def _place(kind: str, names: Sequence[str]) -> str:
    if kind == GOAL:
        return _("sub-goal %(number)s") % {"number": names[0]}
    area, stage, dimension = names
    return f"{area}: {stage} / {dimension}"


def explained(links: Sequence[Suspect]) -> list[Suspect]:
    """Return the links with both texts as somebody last saw them: six queries at most.

    The log may not tell, since some rows are written without it: what it says is only believed
    where it makes the hash of the link.
    """
    requirements = _Past(Requirement, ("title", "text"), [link.requirement_id for link in links])
    pasts = {
        RISK: _Past(RiskStatement, ("text",), [o.target_id for o in links if o.kind == RISK]),
        GOAL: _Past(SubGoal, ("text",), [o.target_id for o in links if o.kind == GOAL]),
    }
    suspects = []
    for link in links:
        (target,) = pasts[link.kind].at(link.target_id, link.confirmed_at) or (link.target,)
        # A plan that includes an older version of a module agreed to words that were not the
        # last ones then.
        known = requirements.before(link.requirement_id, link.confirmed_at)
        for title, text in known or [link.words]:
            if fingerprint(title, text, target) == link.hash_at_link:
                link = replace(link, words_before=(title, text), target_before=target)
                break
        suspects.append(link)
    return suspects


class _Past:
    """What some rows said at a moment, from the log."""

    def __init__(self, model: type[Model], fields: tuple[str, ...], pks: list[int]) -> None:
        self._rows: dict[int, list[tuple[datetime, tuple[str, ...]]]] = {}
        if not pks:
            return
        for past in pasts(ChangeLog.objects.of(model).filter(key__in=pks)):
            values = tuple(past.values[name] for name in fields)
            self._rows.setdefault(past.change.key, []).append((past.change.at, values))

    def before(self, pk: int, moment: datetime) -> list[tuple[str, ...]]:
        """Return the values up to a moment, the last ones first."""
        return [values for at, values in reversed(self._rows.get(pk, ())) if at <= moment]

    def at(self, pk: int, moment: datetime) -> tuple[str, ...] | None:
        """Return the last values up to a moment."""
        return next(iter(self.before(pk, moment)), None)
