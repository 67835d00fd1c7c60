"""The sheets of the lowest app. Contacts have none: personal data leaves in no export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan import text
from actionplan.audit.moments import local_moment
from actionplan.django_edges import AnyRows
from actionplan.excel.columns import CODE, TEXT, Column, ColumnKind
from actionplan.excel.columns.kinds import DATE, WHOLE, ChoiceKind, NumberKind
from actionplan.excel.lists import (
    FINGERPRINT,
    LEFT_OUT,
    ColumnUse,
    ExcelList,
    Incoming,
    IncomingRow,
    ListColumn,
    Row,
    UnknownWord,
)
from actionplan.excel.lists.incoming import meanings
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeKind,
    ChangeLog,
    EventKind,
    Goal,
    Indicator,
    IndicatorKind,
    Organisation,
    OrganisationKind,
    PlanStatus,
    ProcurementRegion,
    PurchasingCategory,
    SubGoal,
    SubGoalArea,
)
from actionplan.models.events import kind_in_words

ID_HELP = _("Identifies the row. Leave it empty for a new row.")
FINGERPRINT_HELP = _("Shows whether the row has changed since the export. Do not edit it.")
READ_ONLY_HELP = _("Only for reading: changes here are not imported.")


PLAN: Final = Column("plan", _("Plan"), 26, CODE, _("The last part of the plan's web address."))
# As wide as a checksum is long.
CHECKSUM: Final = Column("sha256", _("Checksum"), 66, CODE)
# The first column of a list that comes back, and the last.
ID_COLUMN: Final = ListColumn(Column("id", _("Id"), 8, WHOLE, ID_HELP), "pk")
FINGERPRINT_COLUMN: Final = ListColumn(
    Column(FINGERPRINT, _("Control code"), 16, CODE, FINGERPRINT_HELP)
)


# Plans with their head facts.
PLANS: Final = ExcelList(
    ActionPlan,
    _("Action plans"),
    (
        ListColumn(PLAN, "slug"),
        ListColumn(Column("category", _("Purchasing category"), 30), "category__name"),
        ListColumn(Column("first_year", _("First year"), 10, WHOLE), "first_year"),
        ListColumn(Column("last_year", _("Last year"), 10, WHOLE), "last_year"),
        ListColumn(Column("region", _("Procurement region"), 12), "procurement_region__code"),
        ListColumn(Column("coordinator", _("Coordinator"), 30), "coordinator__name"),
        ListColumn(Column("status", _("Status"), 14, ChoiceKind(PlanStatus)), "status"),
        ListColumn(Column("predecessor", _("Predecessor"), 26, CODE), "predecessor__slug"),
        ListColumn(Column("introduction", _("Introduction"), 80), "introduction"),
    ),
)


# Overall goals.
GOALS: Final = ExcelList(
    Goal,
    _("Overall goals"),
    (
        ListColumn(PLAN, "plan__slug"),
        ListColumn(Column("number", _("Goal no."), 8, WHOLE), "number"),
        ListColumn(Column("text", _("Overall goal"), 80), "text"),
    ),
    owner_path="plan",
)


def _areas_of_sub_goals(queryset: AnyRows) -> dict[int, dict[str, object]]:
    """Return the product areas of each sub-goal of a queryset, read in one query."""
    through = SubGoalArea.objects
    details: dict[int, dict[str, Any]] = {}
    rows = through.filter(subgoal__in=queryset.order_by().values("pk"))
    rows = rows.order_by("productarea__number")
    for pk, number, name in rows.values_list(
        "subgoal_id", "productarea__number", "productarea__name"
    ):
        before = details.setdefault(pk, {"areas": ""})["areas"]
        details[pk]["areas"] = "; ".join(filter(None, [before, f"{number}. {name}"]))
    return details


# Sub-goals with the product areas they are about.
SUB_GOALS: Final = ExcelList(
    SubGoal,
    _("Sub-goals"),
    (
        ListColumn(PLAN, "goal__plan__slug"),
        ListColumn(Column("goal_number", _("Goal no."), 8, WHOLE), "goal__number"),
        ListColumn(Column("goal", _("Overall goal"), 40), "goal__text"),
        ListColumn(Column("number", _("Sub-goal no."), 10, CODE), "number"),
        ListColumn(Column("text", _("Sub-goal"), 60), "text"),
        ListColumn(Column("areas", _("Product areas"), 40, TEXT, _("Empty means all of them."))),
    ),
    owner_path="goal__plan",
    details=_areas_of_sub_goals,
)


def refuse_other_words(words: object, stored: str, number: object) -> None:
    """Refuse a new row whose words are not those of the number beside them.

    Plans are renumbered, and of a new row nothing else tells where it belongs.

    Raises:
        ValidationError: the row names something else.
    """
    if says_other_words(words, stored):
        given = text.clean(str(words or ""))
        sentence = gettext("Number %(number)s is “%(stored)s” in the plan, not “%(given)s”.")
        values = {"number": number, "stored": stored, "given": given}
        raise ValidationError(sentence % values)


def says_other_words(words: object, stored: str) -> bool:
    """Tell whether a cell has words, and others than those that are stored."""
    given = text.clean(str(words or ""))
    ours, theirs = ("".join(filter(str.isalnum, text.fold(words))) for words in (given, stored))
    return bool(ours) and ours != theirs


class IncomingIndicators(Incoming):
    """Indicators: exported, edited in Excel, imported again."""

    place_field = "sub_goal"
    related: ClassVar[tuple[str, ...]] = ("sub_goal__goal__plan",)

    def referred(self, slugs: set[str]) -> list[object]:
        sub_goals = SubGoal.objects.filter(goal__plan__slug__in=slugs).order_by("pk")
        last = Max("indicators__position")
        return list(
            sub_goals.annotate(last=last).values_list("pk", "goal__number", "number", "last")
        )

    def look_up(self, slugs: set[str], referred: list[object]) -> None:
        """Look up the sub-goals of the plans that the file names."""
        sub_goals = SubGoal.objects.filter(goal__plan__slug__in=slugs).select_related("goal__plan")
        self._sub_goals = {
            (sub.goal.plan.slug, sub.goal.number, text.fold(sub.number)): sub
            for sub in sub_goals.annotate(last=Max("indicators__position"))
        }

    def read_vocabulary(self, rows: Sequence[Row]) -> None:
        """Read the sub-goals of the plans that the file names, as far as one edits them."""
        super().read_vocabulary(rows)
        # By plan: the words of its sub-goals by the numbers of their goal and their own.
        self._words: dict[str, dict[tuple[str, str], str]] = {}
        self._read_sub_goals({self.words(row, "plan") for row in rows})

    def _read_sub_goals(self, slugs: set[str]) -> None:
        self._words |= {slug: {} for slug in slugs}
        own = SubGoal.objects.filter(goal__plan__in=self.owners(), goal__plan__slug__in=slugs)
        for slug, goal, number, words in own.order_by("goal__number", "position").values_list(
            "goal__plan__slug", "goal__number", "number", "text"
        ):
            self._words[slug][str(goal), number] = words

    def unknown_words(self, row: Row) -> Iterator[UnknownWord]:
        yield from super().unknown_words(row)
        plan, goal = self.words(row, "plan"), self.words(row, "goal_number")
        number, words = self.words(row, "sub_goal_number"), self.words(row, "sub_goal")
        if plan not in self._words:
            # Somebody has just said which plan is meant.
            self._read_sub_goals({plan})
        there = self._words[plan]
        stored = there.get((goal, number))
        is_new = not self.words(row, "id")
        if stored is None or (is_new and says_other_words(words, stored)):
            cell_words = " ".join(filter(None, (number, words)))
            pairs = ((f"{g}|{n}", f"{n} {of_it}") for (g, n), of_it in there.items())
            if cell_words:
                yield UnknownWord("sub_goal_number", cell_words, meanings(pairs), f"{plan}|{goal}")

    def settled_word(self, row: Row, word: UnknownWord, answer: str) -> dict[str, object]:
        if word.column != "sub_goal_number" or answer == LEFT_OUT:
            return super().settled_word(row, word, answer)
        goal, number = answer.split("|", 1)
        words = self._words[self.words(row, "plan")][goal, number]
        cells = {"goal_number": goal, "sub_goal_number": number, "sub_goal": words}
        return {name: cell for name, cell in cells.items() if name in row}

    def place(self, instance: Any, row: Row, reading: IncomingRow) -> int:
        """Find the sub-goal by plan, goal and its own number; put an indicator new to it last."""
        slug = self.columns["plan"].read(row["plan"])
        number = self.columns["sub_goal_number"].read(row["sub_goal_number"])
        try:
            key = slug, self.columns["goal_number"].read(row["goal_number"]), text.fold(number)
        except ValueError as error:
            raise ValidationError({"goal_number": str(error)}) from error
        sub_goal = self._sub_goals.get(key)
        if sub_goal is None:
            sentence = gettext("The plan “%(plan)s” has no sub-goal %(number)s of that goal.")
            sentence %= {"plan": slug, "number": number}
            raise ValidationError({"sub_goal_number": sentence})
        if instance.pk is None:
            refuse_other_words(row.get("sub_goal"), sub_goal.text, number)
        if instance.sub_goal_id != sub_goal.pk:
            sub_goal.last = (sub_goal.last or 0) + 1
            instance.sub_goal, instance.position = sub_goal, sub_goal.last
        return sub_goal.goal.plan_id


# Indicators: exported, edited in Excel, imported again.
INDICATORS: Final = ExcelList(
    Indicator,
    _("Indicators"),
    (
        ID_COLUMN,
        ListColumn(PLAN, "sub_goal__goal__plan__slug", ColumnUse.PLACE),
        ListColumn(
            Column("goal_number", _("Goal no."), 8, WHOLE),
            "sub_goal__goal__number",
            ColumnUse.PLACE,
        ),
        ListColumn(
            Column("goal", _("Overall goal"), 40, TEXT, READ_ONLY_HELP), "sub_goal__goal__text"
        ),
        ListColumn(
            Column("sub_goal_number", _("Sub-goal no."), 10, CODE),
            "sub_goal__number",
            ColumnUse.PLACE,
        ),
        ListColumn(Column("sub_goal", _("Sub-goal"), 40, TEXT, READ_ONLY_HELP), "sub_goal__text"),
        ListColumn(Column("number", _("Indicator no."), 10, CODE), "number", ColumnUse.WRITTEN),
        ListColumn(Column("text", _("Indicator"), 60), "text", ColumnUse.WRITTEN),
        ListColumn(
            Column(
                "kind",
                _("Type"),
                14,
                ChoiceKind(IndicatorKind),
                _("A milestone is done or not; a measure has a unit and a target."),
            ),
            "kind",
            ColumnUse.WRITTEN,
            keeps=True,
        ),
        ListColumn(Column("unit", _("Unit"), 14), "unit", ColumnUse.WRITTEN),
        ListColumn(
            Column("baseline", _("Baseline"), 12, NumberKind(unit="unit")),
            "baseline",
            ColumnUse.WRITTEN,
        ),
        ListColumn(
            Column("target", _("Target"), 12, NumberKind(unit="unit")), "target", ColumnUse.WRITTEN
        ),
        ListColumn(Column("due_on", _("Due on"), 12, DATE), "due_on", ColumnUse.WRITTEN),
        FINGERPRINT_COLUMN,
    ),
    owner_path="sub_goal__goal__plan",
    incoming=IncomingIndicators,
)


# Regions and joint bodies.
ORGANISATIONS: Final = ExcelList(
    Organisation,
    _("Organisations"),
    (
        ListColumn(Column("code", _("Code"), 22, CODE), "code"),
        ListColumn(Column("name", _("Name"), 40), "name"),
        ListColumn(Column("kind", _("Type"), 14, ChoiceKind(OrganisationKind)), "kind"),
        ListColumn(Column("region", _("Procurement region"), 12), "procurement_region__code"),
    ),
)


# The eight procurement regions.
PROCUREMENT_REGIONS: Final = ExcelList(
    ProcurementRegion,
    _("Procurement regions"),
    (
        ListColumn(Column("code", _("Code"), 12, CODE), "code"),
        ListColumn(Column("name", _("Name"), 40), "name"),
    ),
)


# Purchasing categories.
CATEGORIES: Final = ExcelList(
    PurchasingCategory,
    _("Purchasing categories"),
    (
        ListColumn(Column("slug", _("Address"), 30, CODE), "slug"),
        ListColumn(Column("name", _("Name"), 50), "name"),
    ),
)


@dataclass(frozen=True)
class KindOfRow(ColumnKind):
    """A kind of row, by what it is called."""

    def show(self, value: Any) -> str:
        """Return what rows of the kind are called."""
        return kind_in_words(value)


@dataclass(frozen=True)
class Together(ColumnKind):
    """Columns of a row and their values, one after another."""

    def show(self, value: Any) -> str:
        """Return each column and what it holds."""
        return "; ".join(
            f"{name}: {local_moment(stored) if isinstance(stored, str) else stored}"
            for name, stored in (value or {}).items()
            if stored not in (None, "")
        )


@dataclass(frozen=True)
class Moment(ColumnKind):
    """When something happened, to the minute, as the clock here showed it."""

    def show(self, value: Any) -> str:
        """Return the day and the time."""
        return local_moment(value.isoformat())


# The change log with who did what, for who manages people: it is for an inquiry.
CHANGES: Final = ExcelList(
    ChangeLog,
    _("Changes"),
    (
        ListColumn(Column("at", _("When"), 18, Moment()), "at"),
        ListColumn(Column("by_name", _("User name"), 22, CODE), "by_name"),
        ListColumn(Column("kind", _("What"), 14, ChoiceKind(ChangeKind)), "kind"),
        ListColumn(Column("model", _("Type of object"), 28, KindOfRow()), "model"),
        ListColumn(Column("key", _("Object"), 10, WHOLE), "key"),
        ListColumn(Column("plan", _("Plan"), 8, WHOLE), "plan"),
        ListColumn(Column("before", _("From"), 60, Together()), "before"),
        ListColumn(Column("after", _("To"), 60, Together()), "after"),
        ListColumn(Column("reason", _("Reason"), 40), "reason"),
        ListColumn(Column("request", _("Request"), 34, CODE), "request"),
    ),
)


# What was done and when; who did it is personal data and stays.
EVENTS: Final = ExcelList(
    ChangeEvent,
    _("Events"),
    (
        ListColumn(Column("at", _("When"), 18, Moment()), "at"),
        ListColumn(Column("kind", _("What"), 22, ChoiceKind(EventKind)), "kind"),
        ListColumn(Column("target", _("Type of object"), 28, KindOfRow()), "target"),
        ListColumn(Column("target_id", _("Object"), 10, WHOLE), "target_id"),
    ),
)
