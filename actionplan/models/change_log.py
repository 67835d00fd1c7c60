"""The change log: who changed or read what, when, from what to what, and why.

It is only ever added to.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, islice
from typing import Any, Final, NamedTuple, NoReturn, Self

import msgspec
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actionplan.constraints import one_of
from actionplan.django_edges import Handed
from actionplan.django_edges.answered import answered, request_name
from actionplan.models.columns import column_of, stored_field
from actionplan.models.counting import YearsQuerySet

Values = dict[str, Any]
# The columns that a statement fills with values; the plan and the package it looks up itself.
COLUMNS: Final = (
    "at",
    "by",
    "by_name",
    "kind",
    "model",
    "key",
    "part_of",
    "before",
    "after",
    "reason",
    "request",
)
SCOPES: Final = ("plan", "package")
# So many values any SQLite takes in one statement.
PARAMETERS: Final = 999
MOST_AT_ONCE: Final = 500
NO_REASON: Final = ""


class AppendOnlyError(Exception):
    """Somebody tried to change what the log says."""


class ChangeKind(models.TextChoices):
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")
    # Of what is confidential.
    READ = "read", _("read")
    EXPORTED = "exported", _("taken out")


SELDOM: Final = (ChangeKind.REMOVED, ChangeKind.READ, ChangeKind.EXPORTED)
CHANGES: Final = (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED)


class RowChange(NamedTuple):
    """What became of one row: the values of its columns before and after, as JSON has them."""

    key: int
    part_of: int | None
    kind: ChangeKind
    before: Values
    after: Values


class ChangeLogQuerySet(YearsQuerySet["ChangeLog"]):
    def of(self, model: type[models.Model]) -> Self:
        """Return what became of the rows of a model; not who read them."""
        return self.filter(model=label_of(model), kind__in=CHANGES)

    def about(self, row: models.Model) -> Self:
        """Return the log entries on one row."""
        return self.of(type(row)).filter(key=row.pk)

    def parts(self, model: type[models.Model], *wholes: int) -> Self:
        """Return the log entries on the parts that rows have, removed parts included.

        Args:
            model: of the parts.
            wholes: the keys of the rows.
        """
        return self.of(model).filter(part_of__in=wholes)

    def access(
        self,
        model: type[models.Model],
        kind: ChangeKind,
        detail: Values,
        *,
        key: int = 0,
        by: AbstractBaseUser | None = None,
    ) -> None:
        """Write that somebody read what is confidential, or took it out.

        Args:
            key: of the row; 0 is a list.
            detail: which page it was; of a list how many rows, and by what it was filtered.
            by: whoever is logged in, where it is not said.
        """
        self.write(model, [RowChange(key, None, kind, {}, detail)], by=by)

    def write(
        self,
        model: type[models.Model],
        changes: Collection[RowChange],
        *,
        by: AbstractBaseUser | None,
        reason: str = NO_REASON,
        at: datetime | None = None,
    ) -> None:
        """Write what became of rows of a model, while the rows are there; by one statement.

        Args:
            by: whoever is logged in, where it is not said.
        """
        if not changes:
            return
        request = answered()
        if by is None and request is not None and request.user.is_authenticated:
            by = request.user
        moment = connection.ops.adapt_datetimefield_value(at or timezone.now())
        who = (by.pk, by.get_username()) if by is not None else (None, "")
        cause = (str(reason), request_name())
        name = label_of(model)
        rows = (
            (
                *(moment, *who, change.kind.value, name, change.key, change.part_of),
                *(_json(change.before), _json(change.after), *cause),
            )
            for change in changes
        )
        _insert(model, rows)

    def update(self, **kwargs: Handed) -> NoReturn:
        """Refuse: the log is only added to."""
        raise AppendOnlyError("The change log is only ever added to.")

    def delete(self) -> NoReturn:
        """Refuse: the log is only added to."""
        raise AppendOnlyError("The change log is only ever added to.")


class ChangeLog(models.Model):
    """One row that was added, changed, removed or read. The log outlives what it tells of."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        "actionplan.User",
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    # Stays when the person is gone; "" is the command line.
    by_name = models.CharField(_("user name"), max_length=150, blank=True)
    kind = models.CharField(_("what"), max_length=10, choices=ChangeKind.choices)
    model = models.CharField(_("type of object"), max_length=100)
    key = models.BigIntegerField(_("object"))
    part_of = models.BigIntegerField(_("part of"), null=True, blank=True)
    plan = models.BigIntegerField(_("plan"), null=True, blank=True)
    package = models.BigIntegerField(_("package"), null=True, blank=True)
    # By column; of a change those that were changed, of what was removed all.
    before = models.JSONField(_("from"), default=dict, blank=True)
    after = models.JSONField(_("to"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    request = models.CharField(_("request"), max_length=32, blank=True)

    # What the row is called, where somebody has looked it up.
    called = ""

    objects = ChangeLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["model", "key"], name="change_about"),
            models.Index(fields=["model", "part_of"], name="change_of_part"),
            # The log is searched by time, plan and person; by few columns, since each change
            # writes into all of them.
            models.Index(fields=["at"], name="change_at"),
            models.Index(fields=["plan", "-id"], name="change_of_plan"),
            models.Index(fields=["by_name"], name="change_of_person"),
            # Few lines are of these kinds, and whoever filters by one finds them among a million.
            models.Index(
                fields=["kind", "-id"], condition=Q(kind__in=SELDOM), name="change_of_seldom_kind"
            ),
        ]
        constraints = [
            one_of("kind", ChangeKind, _("Choose added, changed, removed, read or taken out.")),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()}"

    def save(self, *args: Handed, **kwargs: Handed) -> None:
        """Add it; what stands in the log is never written again.

        Raises:
            AppendOnlyError: it stands there.
        """
        if not self._state.adding:
            raise AppendOnlyError("The change log is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Handed, **kwargs: Handed) -> NoReturn:
        """Refuse: the log is only added to."""
        raise AppendOnlyError("The change log is only ever added to.")

    @property
    def subject(self) -> str:
        """What it was done to, with its name where somebody has looked it up: Krav SE-01."""
        try:
            kind = capfirst(str(apps.get_model(self.model)._meta.verbose_name))
        except LookupError:
            kind = self.model
        return f"{kind} {self.called or self.key or ''}".strip()

    @property
    def who(self) -> str:
        """Who did it, as the person is called now, or was; "" where no person did.

        Whoever reads many selects `by`: what it names may be gone.
        """
        try:
            return str(self.by) if self.by is not None else self.by_name
        except ObjectDoesNotExist:
            return self.by_name


@cache
def label_of(model: type[models.Model]) -> str:
    """Return what the log calls a model; a proxy is called as the model that it stands for."""
    concrete = model._meta.concrete_model
    return (concrete or model)._meta.label


def _json(values: Values) -> str:
    # A large import writes forty thousand, while others wait: half of them say nothing.
    return msgspec.json.encode(values).decode() if values else "{}"


def _insert(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    beginning, row, end = _statement(model, connection.vendor)
    most = PARAMETERS // len(COLUMNS) if connection.vendor == "sqlite" else MOST_AT_ONCE
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while lot := list(islice(waiting, most)):
            values = ", ".join([row] * len(lot))
            cursor.execute(f"{beginning}{values}{end}", list(chain.from_iterable(lot)))


@cache
def _statement(model: type[models.Model], _vendor: str) -> tuple[str, str, str]:
    """Tell how an insert begins, a row of its values, and how it ends.

    What a row belongs to is looked up from the values, so that PostgreSQL plans one look-up for
    all of them: planned for each, it was two thirds of what a bulk write cost.
    """
    quote = connection.ops.quote_name
    names = [*map(quote, (column_of(ChangeLog, name) for name in COLUMNS))]
    scopes = [_scope(model, getattr(model, f"logged_{name}", None)) for name in SCOPES]
    columns = ", ".join([*names, *(quote(column_of(ChangeLog, name)) for name in SCOPES)])
    values = ", ".join([*map(_typed, COLUMNS), *scopes])
    # All names are the models' own.
    table = f"{quote(ChangeLog._meta.db_table)} ({columns})"
    beginning = f"INSERT INTO {table} WITH told({', '.join(names)}) AS (VALUES "
    end = f") SELECT {values} FROM told"  # noqa: S608
    return beginning, f"({', '.join(['%s'] * len(COLUMNS))})", end


def _typed(name: str) -> str:
    """Give a value the type of its column: in a list of values it is a text, or has none."""
    column = f"told.{connection.ops.quote_name(column_of(ChangeLog, name))}"
    field = stored_field(ChangeLog, name)
    if connection.vendor != "postgresql" or isinstance(field, models.CharField | models.TextField):
        return column
    return f"{column}::{field.cast_db_type(connection)}"


def _scope(model: Any, path: str | None) -> str:
    """Ask what a row belongs to, with its own key as the value."""
    if path is None:
        return "NULL"
    rows = model._base_manager.filter(pk=0).order_by().values(path or "pk")
    sql, values = rows.query.get_compiler(connection=connection).as_sql()
    if values != (0,):
        raise ValueError(f"It asks for more than a key: {sql}")
    key = connection.ops.quote_name(column_of(ChangeLog, "key"))
    return f"({sql % f'told.{key}'})"
