"""What an import kept although the document no longer has it, and how a person settles that."""

from collections.abc import Iterator
from typing import Final

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from actionplan.database import bulk
from actionplan.django_edges import AnyRows
from actionplan.models import ActionPlan, Goal, Indicator, ProductArea, SubGoal, User
from actionplan.models.columns import stored_field
from actionplan.models.logged import Logged
from actionplan.text import figure
from risks.actions.delete_protection import holders
from risks.actions.removal import remove_areas
from risks.models import RiskStatement

# Of a key.
MOST_DIGITS: Final = 18
# How each model leads to its plan, what it is called, and the field that says that it is kept.
PATHS: Final[dict[type[Logged], tuple[str, object, str]]] = {
    ProductArea: ("plan", _("Product area"), "former_number"),
    RiskStatement: ("cell__product_area__plan", _("Risk or opportunity"), "is_kept"),
    Goal: ("plan", _("Overall goal"), "former_number"),
    SubGoal: ("goal__plan", _("Sub-goal"), "former_number"),
    Indicator: ("sub_goal__goal__plan", _("Indicator"), "former_number"),
}


def kept_rows(plan: ActionPlan) -> Iterator[Logged]:
    """Return all that the plan keeps though its document no longer has it."""
    for model in PATHS:
        yield from _kept(model, plan).order_by("pk")


def settling_sentence(plan: ActionPlan) -> str:
    """Tell how much the plan keeps, as a sentence; "" where it is nothing. One query."""
    first, *others = (_kept(model, plan).order_by().values("pk") for model in PATHS)
    number = first.union(*others, all=True).order_by().count()
    text = ngettext(
        "%(number)s text is kept although the plan's document no longer contains it.",
        "%(number)s texts are kept although the plan's document no longer contains them.",
        number,
    )
    return text % {"number": figure(number)} if number else ""


def settle(plan: ActionPlan, key: str, *, keep: bool, by: User) -> Logged | None:
    """Keep something for good, or take it away; returns it, or None if it is settled already.

    Args:
        key: the row's model and key, as `key_of` writes them.

    Raises:
        ProtectedError: it shall go, but others build on it.
    """
    with transaction.atomic():
        ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        row = _row(plan, key)
        if row is not None and keep:
            model = type(row)
            field = PATHS[model][2]
            setattr(row, field, stored_field(model, field).get_default())
            bulk.change(model, [row], [field], by=by)
        elif row is not None:
            _remove(row, by=by)
    return row


def key_of(row: models.Model) -> str:
    """Return the name of a row in a form."""
    return f"{row._meta.model_name}-{row.pk}"


def _row(plan: ActionPlan, key: str) -> Logged | None:
    """Return the row that a form means, if the plan still keeps it without its document."""
    name, _dash, pk = key.rpartition("-")
    model = next((model for model in PATHS if model._meta.model_name == name), None)
    if model is None or not (pk.isascii() and pk.isdigit() and len(pk) <= MOST_DIGITS):
        return None
    return _kept(model, plan).filter(pk=pk).first()


def _kept(model: type[Logged], plan: ActionPlan) -> AnyRows:
    path, _name, field = PATHS[model]
    rows: AnyRows = model._default_manager.filter(**{path: plan})
    return rows.exclude(**{field: stored_field(model, field).get_default()})


def _remove(row: Logged, *, by: User) -> None:
    if by_others := holders([row]):
        raise ProtectedError("", set(by_others))
    if isinstance(row, ProductArea):
        remove_areas([row], by=by)
    elif isinstance(row, RiskStatement | Indicator):
        bulk.remove(type(row), [row], by=by)
    else:
        # What is below goes with it, each row with its history.
        row.signed_by(by).delete()
