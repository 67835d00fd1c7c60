"""After a text has changed: how many links of the chain somebody has to look at again.

The texts are this app's and the next one's, but links belong to an app that they must not import.
That one says what there is to look at, as it adds panels to the plan's page.
"""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from actionplan.backoffice.panels import Button

# What there is to look at when these rows of a model have changed.
Find = Callable[[type[models.Model], Collection[int]], Button | None]
_finders: list[Find] = []


def finds_links_to_review(find: Find) -> Find:
    """Add what is told, as a link, after texts were changed."""
    _finders.append(find)
    return find


def tell_links_to_review(
    request: HttpRequest, model: type[models.Model], changed: Collection[int]
) -> None:
    """Say after saving which links do not stand as they did.

    Args:
        changed: the keys of the rows that say something else now.
    """
    if not changed:
        return
    for find in _finders:
        if (button := find(model, changed)) is not None:
            link = format_html('<a href="{}">{}</a>', button.address, button.label)
            messages.warning(request, link)
