"""What the rows are called that the logs tell of: now, or as they were called when they went.

A page of a log has rows of twenty kinds. They are asked for their names together, by a column of
each: what its model says about itself in Python would be a question for each kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Left
from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, ChangeKind, ChangeLog
from actionplan.models.events import model_of

LONGEST: Final = 100
PLAN: Final = ActionPlan._meta.label
# Columns that a row is known by, the best first; else it is its first text.
KNOWN_BY: Final = ("username", "code", "name", "title", "text", "words", "file_name")
# Of these those that people look for a row by; the others are whole texts.
SHORT: Final = frozenset({"username", "code", "name", "title", "file_name"})
Subject = tuple[str, int]


def names_of(
    subjects: Iterable[Subject], plans: Iterable[ActionPlan] | None = None
) -> dict[Subject, str]:
    """Return what rows are called, by three questions at most.

    Args:
        subjects: the label of a model and the key of a row; the key 0 is a list, without a name.
        plans: all of them, where somebody has asked for them already.
    """
    wanted = set(subjects)
    keys: dict[str, set[int]] = defaultdict(set)
    for label, key in wanted:
        model = model_of(label)
        if key and model is not None and path_to_name(model):
            keys[label].add(key)
    names = _plans(keys.pop(PLAN, set()), plans) | _there(keys)
    if removed := {(label, pk) for label, pks in keys.items() for pk in pks} - names.keys():
        names |= _names_of_removed(removed)
    return {subject: names.get(subject) or _unknown(subject) for subject in wanted}


def _plans(keys: set[int], known: Iterable[ActionPlan] | None) -> dict[Subject, str]:
    """Return what plans are called, with their years."""
    # Asked for though there is none, so that each page of a log costs the same.
    rows = ActionPlan.objects.with_head().filter(pk__in={0, *keys}) if known is None else known
    return {(PLAN, row.pk): str(row) for row in rows}


def _there(keys: Mapping[str, set[int]]) -> dict[Subject, str]:
    """Return the names of the rows that are stored."""
    questions = [
        model._base_manager.filter(pk__in=pks)
        .order_by()
        .annotate(
            of_kind=Value(label, output_field=TextField()),
            called=Left(Cast(path, TextField()), LONGEST),
        )
        .values_list("of_kind", "pk", "called")
        for label, pks in sorted(keys.items())
        if (model := model_of(label)) is not None
        for path in [path_to_name(model)]
    ]
    if not questions:
        return {}
    rows = questions[0].union(*questions[1:], all=True).order_by()
    return {(label, pk): name for label, pk, name in rows}


def rows_called(word: str, labels: Iterable[str], *, most: int) -> dict[str, list[int]]:
    """Return the keys of rows whose short name holds a word, by model: codes, names and titles.

    Args:
        labels: the models that the log tells of.
        most: how many rows are returned, of all models together.
    """
    questions = [
        model._base_manager.filter(**{f"{path}__icontains": word})
        .order_by()
        .annotate(of_kind=Value(label, output_field=TextField()))
        .values_list("of_kind", "pk")
        for label in sorted(labels)
        if (model := model_of(label)) is not None
        for path in [path_to_name(model)]
        if path in SHORT
    ]
    if not questions:
        return {}
    keys: dict[str, list[int]] = defaultdict(list)
    for label, pk in questions[0].union(*questions[1:], all=True).order_by()[:most]:
        keys[label].append(pk)
    return keys


@cache
def path_to_name(model: type[models.Model]) -> str:
    """Return the way from a row to what it is known by; "" where there is none.

    A row without words of its own is known by what it is a part of.
    """
    own: str = getattr(model, "logged_name", "")
    if own:
        return own
    texts = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    if texts:
        return min(texts, key=lambda name: (*KNOWN_BY, name).index(name))
    part: str = getattr(model, "logged_in", "")
    whole: object = model._meta.get_field(part).related_model if part else None
    further = path_to_name(whole) if whole is not None else ""
    return f"{part}__{further}" if further else ""


def _names_of_removed(subjects: set[Subject]) -> dict[Subject, str]:
    """Return what rows were called that are gone, if it stands in themselves."""
    labels, keys = ({*part} for part in zip(*subjects, strict=True))
    changes = ChangeLog.objects.filter(model__in=labels, key__in=keys, kind=ChangeKind.REMOVED)
    names = {}
    for change in changes.order_by("pk"):
        model = model_of(change.model)
        words = change.before.get(path_to_name(model), "") if model is not None else ""
        if words:
            name = _("%(name)s (removed)") % {"name": str(words)[:LONGEST]}
            names[change.model, change.key] = name
    return names


def _unknown(subject: Subject) -> str:
    _label, pk = subject
    return str(pk) if pk else ""
