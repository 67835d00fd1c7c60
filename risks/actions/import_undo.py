"""The verb that takes back the last import of a plan, until something was written on top."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.audit.moments import local_moment
from actionplan.audit.names import names_of
from actionplan.database import bulk, row_locks
from actionplan.database.broken_rules import all_or_nothing
from actionplan.database.past_states import value_of
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeKind,
    ChangeLog,
    Contact,
    EventKind,
    Goal,
    Indicator,
    ProductArea,
    SubGoal,
    SubGoalArea,
    User,
)
from actionplan.models.change_log import CHANGES, Values
from risks.actions.numbering import put_aside
from risks.extension_points import written_on_top
from risks.models import ImportAnswers, OverallLevel, RiskCell, RiskStatement

# What an import writes, parents first. Contacts are personal data, which the log does not hold:
# they stay as they are.
OWN: Final[tuple[Any, ...]] = (
    ActionPlan,
    ProductArea,
    RiskCell,
    RiskStatement,
    OverallLevel,
    Goal,
    SubGoal,
    SubGoalArea,
    Indicator,
)
LABELS: Final = {model._meta.label: model for model in OWN}
# They say nothing of what the plan says.
HARMLESS: Final = (Contact, ImportAnswers)
# So much of what stands on top is named.
MOST_NAMED: Final = 10


@dataclass
class _ImportedRows:
    """What an import did to rows of one model: their values before it, by key."""

    added: set[int] = field(default_factory=set)
    changed: dict[int, Values] = field(default_factory=dict)
    removed: dict[int, Values] = field(default_factory=dict)


def last_import(plan: ActionPlan) -> ChangeEvent | None:
    """Return the last import of a plan, unless it was taken back already; one query."""
    kinds = (EventKind.IMPORTED, EventKind.IMPORT_UNDONE)
    event = ChangeEvent.objects.about(plan).filter(kind__in=kinds).order_by("-pk").first()
    is_known = event is not None and event.kind == EventKind.IMPORTED and "log" in event.detail
    return event if is_known else None


@all_or_nothing()
def undo_import(*, plan: ActionPlan, by: User) -> ChangeEvent:
    """Make a plan what it was before its last import, in one step; returns that import.

    Raises:
        PermissionDenied: `by` does not edit the plan.
        ValidationError: there is no import to take back, or something was written on top.
    """
    row_locks.hold(ActionPlan, plan.pk)
    stored = ActionPlan.objects.with_head().get(pk=plan.pk)
    if not permissions.may_edit(by, stored):
        raise PermissionDenied
    event = last_import(stored)
    if event is None:
        raise ValidationError(_("There is no import of the plan that can be undone."))
    if on_top := stands_on_top(stored, event):
        text = _("Something has been changed since the import, so it cannot be undone: %(what)s")
        raise ValidationError(text % {"what": " ".join(on_top)})
    rows = _rows(stored, event)
    region = rows[ActionPlan].changed.get(stored.pk, {}).get("procurement_region_id")
    if region is not None and not permissions.may_edit_in(by, region):
        raise PermissionDenied
    detail = {"file": event.detail["file"], "changes": event.detail["changes"]}
    # While the plan is there: one that came with the import goes with it.
    ChangeEvent.objects.record(EventKind.IMPORT_UNDONE, stored, by=by, detail=detail)
    _restore(stored, rows, by=by)
    return event


def stands_on_top(plan: ActionPlan, event: ChangeEvent) -> list[str]:
    """Tell what was written since an import and builds on it, a sentence for each thing."""
    later = _later(plan, event).filter(model__in=LABELS).order_by("pk")
    named = list(later.select_related("by")[:MOST_NAMED])
    names = names_of((change.model, change.key) for change in named)
    sentences = []
    for change in named:
        change.called = names[change.model, change.key]
        values = {"change": change, "who": change.who, "at": local_moment(change.at.isoformat())}
        sentences.append(_("%(change)s (%(who)s, %(at)s).") % values)
    rows = _rows(plan, event)
    for model, of_model in rows.items():
        sentences += map(str, _builders(plan, event, model, of_model))
    for ask in written_on_top:
        sentences += ask(plan, event.at)
    return list(dict.fromkeys(sentences))


def _later(plan: ActionPlan, event: ChangeEvent) -> QuerySet[ChangeLog]:
    last = event.detail["log"]["last"]
    return ChangeLog.objects.filter(plan=plan.pk, pk__gt=last, kind__in=CHANGES)


def _builders(
    plan: ActionPlan, event: ChangeEvent, model: type[Model], rows: _ImportedRows
) -> Iterator[models.Model]:
    """Yield what builds on rows that came, and what was linked since to rows that changed."""
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if other in OWN or other in HARMLESS or relation.many_to_many:
            continue
        name, since = relation.field.name, _later(plan, event).filter(model=other._meta.label)
        there = other._base_manager.order_by("pk")
        yield from there.filter(**{f"{name}__in": rows.added})[:MOST_NAMED]
        linked = there.filter(**{f"{name}__in": list(rows.changed)})
        yield from linked.filter(pk__in=since.values("key"))[:MOST_NAMED]


def _rows(plan: ActionPlan, event: ChangeEvent) -> dict[type[Model], _ImportedRows]:
    """Return what an import did, by model, as the log tells it."""
    log = event.detail["log"]
    changes = ChangeLog.objects.filter(
        plan=plan.pk,
        pk__gt=log["first"],
        pk__lte=log["last"],
        request=log["request"],
        model__in=LABELS,
    )
    rows: dict[type[Model], _ImportedRows] = {model: _ImportedRows() for model in OWN}
    for change in changes.order_by("-pk"):
        of_model, key = rows[LABELS[change.model]], change.key
        if change.kind == ChangeKind.ADDED:
            of_model.changed.pop(key, None)
            if of_model.removed.pop(key, None) is None:
                of_model.added.add(key)
        elif change.kind == ChangeKind.REMOVED:
            of_model.removed[key] = change.before
        elif key in of_model.removed:
            of_model.removed[key] |= change.before
        else:
            of_model.changed[key] = of_model.changed.get(key, {}) | change.before
    return rows


def _restore(plan: ActionPlan, rows: dict[type[Model], _ImportedRows], *, by: User) -> None:
    """Take away what came, make again what went, and give the rest its values of before."""
    is_new = plan.pk in rows[ActionPlan].added
    for model in reversed(OWN):
        if model is not ActionPlan:
            bulk.remove(model, model.objects.filter(pk__in=rows[model].added), by=by)
    if is_new:
        plan.signed_by(by).delete()
        return
    for model in OWN:
        changed, removed = rows[model].changed, rows[model].removed
        stored = list(model.objects.filter(pk__in=changed))
        put_aside(model, stored)
        bulk.make(model, [_made(model, values) for values in removed.values()], by=by)
        for row in stored:
            for name, value in changed[row.pk].items():
                setattr(row, name, value_of(model, name, value))
        names = {name for values in changed.values() for name in values}
        bulk.change(model, stored, sorted(names), by=by)


def _made(model: type[Model], values: Values) -> models.Model:
    row: models.Model = model(
        **{name: value_of(model, name, value) for name, value in values.items()}
    )
    return row
