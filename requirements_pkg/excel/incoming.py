"""The sheet of requirements that comes back from Excel: what it may write, and how."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, ClassVar, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan import text
from actionplan.django_edges import AnyRows
from actionplan.excel.importing.refusals import ImportRefused
from actionplan.excel.lists import (
    LEFT_OUT,
    ColumnUse,
    Incoming,
    IncomingRow,
    Pending,
    Row,
    UnknownWord,
)
from actionplan.excel.lists.unknown_words import Choices
from actionplan.models import ActionPlan, ProductArea, SubGoal, User
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import subject_of
from requirements_pkg.excel.cells import parts, sources
from requirements_pkg.excel.links import (
    area_links,
    batches,
    replace_links,
    replace_sources,
    services,
    treatments,
)
from requirements_pkg.models import (
    GoalService,
    Requirement,
    RequirementArea,
    RequirementLevel,
    RequirementsPackage,
    RiskTreatment,
)
from requirements_pkg.models.chain import fingerprint
from risks.models import RiskStatement

# Before the key of a row it makes a code that no file can hold.
ASIDE: Final = "~"
# The columns that only a package with a plan can fill in.
OF_PLAN: Final = ("areas", "treats", "serves")
# Those of them that name something by a number which a person knows.
NUMBERED: Final = ("areas", "serves")
# By plan and number there: the key of what a link may point at, and its words.
Ends = dict[tuple[int, str], tuple[int, str]]


class IncomingRequirements(Incoming):
    """Requirements; the identity is their uid, and a new one is known by package and code."""

    owner_column = "package"
    place_field = "package"
    foreign = _("The row belongs to a package that you may not edit.")
    # Each comes with its links: so much is written while others wait a moment.
    most_written = 2_000
    most_links: ClassVar[int] = 10_000
    related: ClassVar[tuple[str, ...]] = ("package", "replaces")

    @property
    def _linked(self) -> list[str]:
        return [name for name, column in self.columns.items() if column.use is ColumnUse.LINKED]

    def identified(self, cell: object) -> UUID | None:
        try:
            return UUID(text.clean(str(cell)))
        except ValueError:
            return None

    def recognised(self, rows: list[Row]) -> list[UUID | None]:
        """Find rows by package and code: a file that comes again is about what it made first."""
        named = [_name_of(row) for row in rows]
        stored = Requirement.objects.filter(package__slug__in={slug for slug, _code in named})
        known = {
            (slug, code): uid
            for slug, code, uid in stored.values_list("package__slug", "code", "uid")
        }
        return [known.get(name) for name in named]

    def owners(self) -> QuerySet[RequirementsPackage]:
        packages = RequirementsPackage.objects.with_owner()
        return packages.filter(permissions.editable(self.user))

    def editable(self, named: Q) -> set[int]:
        own = RequirementsPackage.objects.filter(permissions.editable(self.user)).filter(named)
        return set(own.values_list("pk", flat=True))

    def lock(self, owners: set[int]) -> None:
        """Lock the plans before their packages, as publishing does."""
        plans = RequirementsPackage.objects.filter(pk__in=owners).values_list("plan_id", flat=True)
        for model, pks in ((ActionPlan, set(plans) - {None}), (RequirementsPackage, owners)):
            rows = model.objects.filter(pk__in=pks)
            list(rows.select_for_update().order_by("pk").values_list("pk"))

    def referred(self, slugs: set[str]) -> list[object]:
        packages = RequirementsPackage.objects.filter(slug__in=slugs).order_by("pk")
        heads = list(packages.values_list("pk", "slug", "plan_id"))
        known = Requirement.objects.filter(package__in=[pk for pk, *_head in heads])
        codes = known.order_by("pk").values_list("pk", "package_id", "code", "level", "position")
        return [heads, list(codes), _ends_of({plan for *_head, plan in heads} - {None})]

    def subjects(self, owners: Iterable[int]) -> Iterator[tuple[int, models.Model]]:
        for package in RequirementsPackage.objects.with_owner().filter(pk__in=owners):
            yield package.pk, subject_of(package)

    def look_up(self, slugs: set[str], referred: list[Any]) -> None:
        """Read the packages that the file names, and what they and their plans hold already."""
        packages = RequirementsPackage.objects.filter(slug__in=slugs)
        self._packages = {package.slug: package for package in packages}
        # By linked column: the rows that say something new in it.
        self._by_number: dict[str, dict[int, Any]] = {name: {} for name in self._linked}
        known = Requirement.objects.filter(package__in=self._packages.values())
        self._known = {
            requirement.pk: requirement
            for requirement in known.only("package_id", "code", "level", "position")
        }
        last: dict[int, int] = {}
        for requirement in self._known.values():
            last[requirement.package_id] = max(
                last.get(requirement.package_id, -1), requirement.position
            )
        # By package: the positions of what is added to it.
        self._positions = {
            package.pk: count(last.get(package.pk, -1) + 1) for package in self._packages.values()
        }
        *_heads_and_codes, self._ends = referred

    def read_vocabulary(self, rows: Sequence[Row]) -> None:
        """Read what the plans of the packages have that the file's numbers may mean."""
        super().read_vocabulary(rows)
        # By package: what its plan has, by linked column.
        self._numbered: dict[str, dict[str, dict[str, str]]] = {}
        self._read_numbered({self.words(row, "package") for row in rows})

    def _read_numbered(self, slugs: set[str]) -> None:
        packages = dict(self.owners().filter(slug__in=slugs).values_list("slug", "plan_id"))
        ends = _ends_of({plan for plan in packages.values() if plan})
        self._numbered |= {slug: {name: {} for name in NUMBERED} for slug in slugs}
        for slug, plan in packages.items():
            for name in NUMBERED:
                self._numbered[slug][name] = {
                    number: words
                    for (of_plan, number), (_pk, words) in ends[name].items()
                    if of_plan == plan
                }

    def unknown_words(self, row: Row) -> Iterator[UnknownWord]:
        yield from super().unknown_words(row)
        package = self.words(row, "package")
        if package not in self._numbered:
            # Somebody has just said which package is meant.
            self._read_numbered({package})
        for name, there in self._numbered[package].items():
            for number in parts(self.words(row, name)):
                if number not in there:
                    yield UnknownWord(name, number, _numbers_meant(there), package)

    def settled_word(self, row: Row, word: UnknownWord, answer: str) -> dict[str, Any]:
        if word.column not in NUMBERED:
            return super().settled_word(row, word, answer)
        meant = "" if answer == LEFT_OUT else answer
        numbers = parts(self.words(row, word.column))
        settled = (meant if number == word.words else number for number in numbers)
        return {word.column: ", ".join(filter(None, settled))}

    def place(self, instance: Any, row: Row, reading: IncomingRow) -> int:
        """Set the package by its address; a requirement never leaves it."""
        if instance.pk is None or "package" in reading.changed:
            slug = self.columns["package"].read(row["package"])
            package = self._packages.get(slug)
            if package is None:
                sentence = gettext("There is no package “%(package)s”.")
                raise ValidationError({"package": sentence % {"package": slug}})
            if instance.pk and instance.package_id != package.pk:
                raise ValidationError(
                    {"package": gettext("A requirement cannot be moved to another package.")}
                )
            instance.package = package
            if row["position"] in (None, ""):
                instance.position = next(self._positions[package.pk])
        if _says(instance, reading, "replaces"):
            # Found by `settle`: it may stand further down.
            instance.replaces = None
        if errors := dict(self._link_faults(instance, reading)):
            raise ValidationError(errors)
        package_id: int = instance.package_id
        return package_id

    def _link_faults(self, instance: Any, reading: IncomingRow) -> Iterator[tuple[str, str]]:
        plan = instance.package.plan_id
        for name in OF_PLAN:
            says = _says(instance, reading, name)
            numbers = parts(instance.linked.get(name, "")) if says else []
            missing = [number for number in numbers if (plan, number) not in self._ends[name]]
            if numbers and plan is None:
                yield name, gettext("A shared module has no plan. Leave the cell empty.")
            elif missing:
                sentence = gettext("The package's plan does not contain: %(numbers)s.")
                yield name, sentence % {"numbers": ", ".join(missing)}

    def remember(self, instance: object, reading: IncomingRow) -> None:
        for name, by_number in self._by_number.items():
            if _says(instance, reading, name):
                by_number[reading.number] = instance

    def settle(self, pending: Pending) -> Iterator[tuple[int, ValidationError]]:
        """Settle codes that occur twice, and what is replaced: both depend on the whole file."""
        self._refuse_too_many_links()
        now = self._known | {
            requirement.pk: requirement for requirement in pending.values() if requirement.pk
        }
        everything = [
            *now.values(),
            *(requirement for requirement in pending.values() if requirement.pk is None),
        ]
        codes = Counter((requirement.package_id, requirement.code) for requirement in everything)
        by_code = {
            (requirement.package_id, requirement.code): requirement for requirement in everything
        }
        for number, instance in pending.items():
            errors = {}
            if codes[instance.package_id, instance.code] > 1:
                errors["code"] = gettext(
                    "Another requirement in the package has this code. Choose another code."
                )
            target = now.get(instance.replaces_id)
            if number in self._by_number["replaces"]:
                code = instance.linked["replaces"]
                target = by_code.get((instance.package_id, code))
                if code and target is None:
                    sentence = gettext("The package has no requirement %(code)s.")
                    errors["replaces"] = sentence % {"code": code}
            instance.replaces = target
            if target is not None and (fault := instance.replacing_fault(target)):
                errors["replaces"] = fault
            if errors:
                yield number, ValidationError(errors)

    def _refuse_too_many_links(self) -> None:
        linked_requirements = [
            (name, requirement)
            for name in OF_PLAN
            for requirement in self._by_number[name].values()
        ]
        number = sum(
            len(parts(requirement.linked[name])) for name, requirement in linked_requirements
        )
        number += sum(
            len(sources(requirement.linked["sources"]))
            for requirement in self._by_number["sources"].values()
        )
        if number > self.most_links:
            sentence = gettext(
                "The file changes more than %(most)s links. Split it and import one "
                "part at a time."
            )
            raise ImportRefused(sentence % {"most": figure(self.most_links)})

    def in_turn(self, instances: list[Any]) -> list[list[object]]:
        """Group by level, lowest first: what is replaced is there when something points at it."""
        return [
            [requirement for requirement in instances if requirement.level == level]
            for level in RequirementLevel.values
        ]

    def finish(self, pending: Pending, by: User) -> None:
        """Write the links: those that stay keep what somebody confirmed."""
        rows = {requirement.pk: requirement for requirement in pending.values()}

        def chain(model: type[RiskTreatment | GoalService], end: str, name: str) -> Any:
            words = dict(self._ends[name].values())
            return lambda pk, other: model(
                requirement_id=pk,
                hash_at_link=fingerprint(rows[pk].title, rows[pk].text, words[other]),
                confirmed_by=by,
                **{end: other},
            )

        replace_links(
            area_links(),
            "product_area_id",
            self._wanted("areas"),
            lambda pk, other: RequirementArea(requirement_id=pk, product_area_id=other),
            by,
        )
        for links, end, name in (
            (treatments(), "statement_id", "treats"),
            (services(), "sub_goal_id", "serves"),
        ):
            make = chain(links.model, end, name)
            replace_links(links, end, self._wanted(name), make, by)
        requirements = self._by_number["sources"].values()
        replace_sources(
            {
                requirement.pk: sources(requirement.linked["sources"])
                for requirement in requirements
            },
            by=by,
        )

    def begin(self, pending: Pending) -> None:
        """Put aside the rows whose codes go to others.

        The databases look at one row at a time, and no two may share a code on the way.
        """
        stored = {
            pk: (requirement.package_id, requirement.code)
            for pk, requirement in self._known.items()
        }
        named = {
            (requirement.package_id, requirement.code): requirement.pk
            for requirement in pending.values()
        }
        # The file as a whole has every code once, so what stands here gets another one.
        leaving = [pk for pk, name in stored.items() if named.get(name, pk) != pk]
        aside = Concat(Value(ASIDE), Cast("pk", CharField()))
        for batch in batches(leaving):
            # Without history: it is not what anybody was called.
            Requirement.objects.filter(pk__in=batch).update(code=aside)

    def _wanted(self, name: str) -> dict[int, set[int]]:
        ends = self._ends[name]
        return {
            requirement.pk: {
                ends[requirement.package.plan_id, number][0]
                for number in parts(requirement.linked[name])
            }
            for requirement in self._by_number[name].values()
        }


def _says(instance: Any, reading: IncomingRow, name: str) -> bool:
    """Tell whether the row says something new in a linked column."""
    is_new = instance.pk is None
    return bool(instance.linked.get(name)) if is_new else name in reading.changed


def _name_of(row: Row) -> tuple[str, str]:
    """Return what a requirement is called before it has an identity: its package and code."""
    slug, code = (text.clean(str(row.get(name) or "")) for name in ("package", "code"))
    return slug, code


def _ends_of(plans: Collection[int]) -> dict[str, Ends]:
    """Return what the plans have that requirements may be linked to, by linked column."""
    return {
        "areas": _ends(ProductArea.objects.filter(plan__in=plans), "plan", "number", "name"),
        "treats": _ends(
            RiskStatement.objects.filter(cell__product_area__plan__in=plans),
            "cell__product_area__plan",
            "pk",
            "text",
        ),
        "serves": _ends(
            SubGoal.objects.filter(goal__plan__in=plans), "goal__plan", "number", "text"
        ),
    }


def _ends(rows: AnyRows, plan: str, number: str, words: str) -> Ends:
    ends: Ends = {}
    twice = set()
    for pk, of_plan, name, words_of_end in rows.order_by("pk").values_list(
        "pk", plan, number, words
    ):
        key = of_plan, str(name)
        # Two sub-goals may have one number, under different goals: then it says too little.
        twice |= {key} & ends.keys()
        ends[key] = pk, words_of_end
    return {key: end for key, end in ends.items() if key not in twice}


def _numbers_meant(there: Mapping[str, str]) -> Choices:
    """Return what a number may mean, last that it is left out; nothing if there is none."""
    choices = tuple((number, f"{number}. {words}") for number, words in there.items())
    return (*choices, (LEFT_OUT, gettext("None: leave the number out"))) if choices else ()
