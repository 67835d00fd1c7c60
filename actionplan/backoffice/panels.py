"""What other apps say to whoever changes a plan."""

from collections.abc import Collection

from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from actionplan.extension_points import Panel, links_to_review, plan_notices, row_panels
from actionplan.models import ActionPlan


def panels_of_row(request: HttpRequest, row: models.Model) -> list[Panel]:
    """Return the panels below the form of one row."""
    made = (provide(request, row) for provide in row_panels)
    return [panel for panel in made if panel is not None]


def tell_notices(request: HttpRequest, plan: ActionPlan) -> None:
    """Say on the page that is being made what its reader has to know before they change it."""
    for provide in plan_notices:
        if sentence := provide(plan):
            messages.warning(request, sentence)


def tell_links_to_review(
    request: HttpRequest, model: type[models.Model], changed: Collection[int]
) -> None:
    """Say after saving which links of the chain do not stand as they did.

    Args:
        changed: the keys of the rows that say something else now.
    """
    if not changed:
        return
    for find in links_to_review:
        if (button := find(model, changed)) is not None:
            link = format_html('<a href="{}">{}</a>', button.address, button.label)
            messages.warning(request, link)
