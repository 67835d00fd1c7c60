"""A row of every model of the admin, as the fixture `world` makes them."""

from django.apps import apps
from django.db import models

from actionplan.models import ActionPlan, ChangeLog


def model_of(label: str) -> type[models.Model]:
    return apps.get_model(label)


def row_of(model: type[models.Model]) -> models.Model:
    """A row that the coordinator's own plan is about, and that no other persona's login needs."""
    rows = model._base_manager.order_by("pk")
    if model is ChangeLog:
        # The first lines are of the people.
        rows = rows.filter(model=ActionPlan._meta.label)
    row = rows.first()
    assert row is not None, f"the world has no {model._meta.label}"
    return row
