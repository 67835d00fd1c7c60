"""A sheet of the analysts' workbook: what its rows are, and what each of its columns says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models import Value as Constant
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import AnyRows
from actionplan.excel.columns import TEXT, Column, ShareKind, StrOrPromise
from actionplan.excel.columns.kinds import NUMBER
from followup.workbook.filters import WorkbookFilters

# A path, an expression, or what makes one of what is chosen.
Value = str | Combinable | Callable[[WorkbookFilters], Combinable]


@dataclass(frozen=True, slots=True)
class QueryColumn:
    """A column, and what the database is asked for to fill it; a share is worked out of others."""

    column: Column
    value: Value = ""
    # Filled in by `covered`: the database alone cannot tell which risks are treated.
    is_covered: bool = False
    # Filled in by `reported`: what a published report tells.
    is_reported: bool = False
    # What names a supplier or a contract, or was said in confidence.
    confidential: bool = False

    @property
    def has_value(self) -> bool:
        """Whether the database is asked for it."""
        return not isinstance(self.column.kind, ShareKind)

    def expression(self, filters: WorkbookFilters) -> str | Combinable:
        """Return what the database is asked for."""
        if isinstance(self.value, str | Combinable):
            return self.value
        return self.value(filters)


REQUIREMENT_CODE: Final = Column("code", _("Code"), 10, TEXT, _("As buyers refer to it."))
REQUIREMENT_TITLE: Final = Column("title", _("Title"), 36, TEXT, _("The requirement's title."))


def secret(column: QueryColumn) -> QueryColumn:
    """Return the column, for those only who may see every follow-up in the workbook."""
    return replace(column, confidential=True)


def share(
    part: QueryColumn, whole: QueryColumn, label: StrOrPromise
) -> tuple[QueryColumn, QueryColumn, QueryColumn]:
    """Return a share, and never without its numerator and its denominator before it."""
    meaning = _("The first of the two columns before it, divided by the second.")
    kind = ShareKind(part.column.name, whole.column.name)
    made = Column(f"share_{part.column.name}", label, 12, kind, meaning)
    return part, whole, QueryColumn(made)


def count(name: str, label: StrOrPromise, meaning: StrOrPromise, value: Value) -> QueryColumn:
    """Return a column of numbers."""
    return QueryColumn(Column(name, label, 12, NUMBER, meaning), value)


def number_of(rows: AnyRows, by: str) -> Combinable:
    """Tell how many of these rows there are for each row of the sheet; `by` leads to it."""
    mine = rows.order_by().filter(**{by: OuterRef("pk")}).values(by)
    counted = mine.annotate(number_of=Count("pk", distinct=True)).values("number_of")
    return Coalesce(Subquery(counted), 0)


def deviations_closed(path: str) -> tuple[QueryColumn, QueryColumn, QueryColumn]:
    """Tell how many of the deviations of a row are closed; `path` leads from one to it."""
    return share(
        count(
            "deviations_closed",
            _("Deviations closed"),
            _("Number of deviations found in the period that are closed."),
            lambda filters: number_of(filters.deviations.closed(), path),
        ),
        count(
            "deviations_found",
            _("Deviations found"),
            _("Number of deviations found in the period."),
            lambda filters: number_of(filters.deviations, path),
        ),
        _("Share closed"),
    )


def of_plan(path: str = "") -> tuple[QueryColumn, QueryColumn, QueryColumn]:
    """Write which plan a row is of."""
    at = f"{path}__" if path else ""
    return (
        QueryColumn(
            Column("plan", _("Plan"), 28, TEXT, _("The plan's address; the same in every sheet.")),
            F(f"{at}slug"),
        ),
        QueryColumn(
            Column(
                "purchasing_category",
                _("Purchasing category"),
                28,
                TEXT,
                _("What the plan is about."),
            ),
            f"{at}category__name",
        ),
        QueryColumn(
            Column(
                "procurement_region",
                _("Procurement region"),
                12,
                TEXT,
                _("The letter of the procurement region that is responsible for the plan."),
            ),
            f"{at}procurement_region__code",
        ),
    )


def of_area(path: str = "") -> tuple[QueryColumn, QueryColumn]:
    """Write which product area a row is of."""
    at = f"{path}__" if path else ""
    return (
        QueryColumn(
            Column("area", _("Area"), 8, NUMBER, _("The number of the product area in the plan.")),
            f"{at}number",
        ),
        QueryColumn(
            Column("product_area", _("Product area"), 28, TEXT, _("The product area's name.")),
            f"{at}name",
        ),
    )


def of_cell(path: str = "") -> tuple[QueryColumn, QueryColumn]:
    """Tell where in the risk matrix a row is."""
    at = f"{path}__" if path else ""
    return (
        QueryColumn(
            Column(
                "life_cycle_stage",
                _("Life-cycle stage"),
                20,
                TEXT,
                _("The row in the risk matrix."),
            ),
            f"{at}stage__name",
        ),
        QueryColumn(
            Column("dimension", _("Dimension"), 24, TEXT, _("The column in the risk matrix.")),
            f"{at}dimension__name",
        ),
    )


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A table of the workbook."""

    name: StrOrPromise
    meaning: StrOrPromise
    rows: Callable[[WorkbookFilters], AnyRows]
    fields: tuple[QueryColumn, ...]
    order: tuple[str, ...] = ("pk",)
    # A sheet that is only in the confidential workbook.
    confidential: bool = False
    # Where a row has several rows on the sheet, what there is one of on each of them.
    joined: str = ""
    # Whose treated risks it tells, if any: those of a "plan", an "area" or a "cell".
    covered: Literal["", "plan", "area", "cell"] = ""
    # Whose published counts it tells, if any.
    reported: Literal["", "plan", "area", "requirement"] = ""
    # The rows of the ordinary workbook, where these are not all that the confidential one has.
    open_rows: Callable[[WorkbookFilters], AnyRows] | None = None

    def rows_for(self, filters: WorkbookFilters, *, confidential: bool) -> AnyRows:
        """Return the rows of the ordinary workbook, or of the confidential one."""
        if confidential or self.open_rows is None:
            return self.rows(filters)
        return self.open_rows(filters)

    def fields_for(self, *, confidential: bool) -> list[QueryColumn]:
        """Return the columns of the ordinary workbook, or of the confidential one."""
        return [field for field in self.fields if confidential or not field.confidential]

    def tuples(self, filters: WorkbookFilters, *, confidential: bool) -> AnyRows:
        """Return the rows, one query for all of them."""
        fields = self.fields_for(confidential=confidential)
        values = [field.expression(filters) for field in fields if field.has_value]
        rows = self.rows_for(filters, confidential=confidential)
        return rows.order_by(*self.order).values_list(*values)

    def count(self, filters: WorkbookFilters, *, confidential: bool) -> Combinable:
        """Tell how many rows the sheet has, to be asked for together with those of others."""
        # Nothing is not counted, but a row with nothing joined to it is one.
        each = Coalesce(f"{self.joined}__pk", 0) if self.joined else "pk"
        rows = self.rows_for(filters, confidential=confidential).order_by()
        rows = rows.annotate(of_all=Constant(1)).values("of_all")
        return Coalesce(Subquery(rows.annotate(row_count=Count(each)).values("row_count")), 0)
