"""A sheet of the analysts' workbook: what its rows are, and what each of its columns says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from django.db.models import Choices, Count, F, OuterRef, QuerySet, Subquery
from django.db.models import Value as Constant
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from actionplan.excel.streaming import Column, Kind
from followup.workbook.chosen import Chosen

# A path, an expression, or what makes one of what is chosen.
Value = str | Combinable | Callable[[Chosen], Combinable]
StrOrPromise = Any
YES_NO: Final = ((True, _("yes")), (False, _("no")))


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what it is called and means, and where its values come from."""

    heading: StrOrPromise
    meaning: StrOrPromise
    value: Value = ""
    kind: Kind = "text"
    width: int = 16
    choices: type[Choices] | None = None
    is_yes_no: bool = False
    # Filled in by `covered`: the database alone cannot tell which risks are treated.
    is_covered: bool = False
    of: tuple["Field", "Field"] | None = None
    # What names a supplier or a contract, or was said in confidence.
    confidential: bool = False

    @property
    def column(self) -> Column:
        """The column as it is written."""
        choices = YES_NO if self.is_yes_no else self.choices.choices if self.choices else ()
        labels = {value: str(label) for value, label in choices} or None
        of = (str(self.of[0].heading), str(self.of[1].heading)) if self.of else None
        return Column(str(self.heading), self.kind, self.width, labels, of)

    def expression(self, chosen: Chosen) -> str | Combinable:
        """What the database is asked for."""
        if isinstance(self.value, str | Combinable):
            return self.value
        return self.value(chosen)


def secret(field: Field) -> Field:
    """The field, for those only who may see every follow-up in the workbook."""
    return replace(field, confidential=True)


def share(part: Field, whole: Field, heading: StrOrPromise) -> tuple[Field, Field, Field]:
    """A share, and never without its numerator and its denominator before it."""
    meaning = _("The first of the two columns before it, divided by the second.")
    return part, whole, Field(heading, meaning, kind="share", width=12, of=(part, whole))


def count(heading: StrOrPromise, meaning: StrOrPromise, value: Value) -> Field:
    """A column of numbers."""
    return Field(heading, meaning, value, "number", 12)


def number_of(rows: QuerySet[Any], by: str) -> Combinable:
    """How many of these rows there are for each row of the sheet; `by` leads to it."""
    mine = rows.order_by().filter(**{by: OuterRef("pk")}).values(by)
    counted = mine.annotate(number_of=Count("pk", distinct=True)).values("number_of")
    return Coalesce(Subquery(counted), 0)


def of_plan(path: str = "") -> tuple[Field, Field, Field]:
    """Which plan a row is of."""
    at = f"{path}__" if path else ""
    return (
        Field(
            _("Plan"), _("The plan's address; the same in every sheet."), F(f"{at}slug"), width=28
        ),
        Field(
            _("Purchasing category"), _("What the plan is about."), f"{at}category__name", width=28
        ),
        Field(
            _("Procurement region"),
            _("The letter of the procurement region that is responsible for the plan."),
            f"{at}procurement_region__code",
            width=12,
        ),
    )


def of_area(path: str) -> tuple[Field, Field]:
    """Which product area a row is of."""
    return (
        Field(
            _("Area"),
            _("The number of the product area in the plan."),
            f"{path}__number",
            "number",
            8,
        ),
        Field(_("Product area"), _("The product area's name."), f"{path}__name", width=28),
    )


def of_cell(path: str = "") -> tuple[Field, Field]:
    """Where in the risk matrix a row is."""
    at = f"{path}__" if path else ""
    return (
        Field(
            _("Life-cycle stage"), _("The row in the risk matrix."), f"{at}stage__name", width=20
        ),
        Field(
            _("Dimension"), _("The column in the risk matrix."), f"{at}dimension__name", width=24
        ),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the workbook."""

    name: StrOrPromise
    meaning: StrOrPromise
    rows: Callable[[Chosen], QuerySet[Any]]
    fields: tuple[Field, ...]
    order: tuple[str, ...] = ("pk",)
    # A sheet that is only in the confidential workbook.
    confidential: bool = False
    # Where a row has several rows on the sheet, what there is one of on each of them.
    joined: str = ""
    # Whose treated risks it tells, if any: those of a "plan", an "area" or a "cell".
    covered: Literal["", "plan", "area", "cell"] = ""

    def fields_for(self, *, confidential: bool) -> list[Field]:
        """The columns of the ordinary workbook, or of the confidential one."""
        return [field for field in self.fields if confidential or not field.confidential]

    def tuples(self, chosen: Chosen, *, confidential: bool) -> QuerySet[Any, Any]:
        """The rows, one query for all of them."""
        fields = self.fields_for(confidential=confidential)
        values = [field.expression(chosen) for field in fields if field.of is None]
        return self.rows(chosen).order_by(*self.order).values_list(*values)

    def count(self, chosen: Chosen) -> Combinable:
        """How many rows the sheet has, to be asked for together with those of others."""
        # Nothing is not counted, but a row with nothing joined to it is one.
        each = Coalesce(f"{self.joined}__pk", 0) if self.joined else "pk"
        rows = self.rows(chosen).order_by().annotate(of_all=Constant(1)).values("of_all")
        return Coalesce(Subquery(rows.annotate(found=Count(each)).values("found")), 0)
