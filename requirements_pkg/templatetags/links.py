"""What a page asks of the links it shows."""

from collections.abc import Sequence

from django import template

from actionplan.django_edges import PageContext
from requirements_pkg.drafting import suspects

register = template.Library()


@register.simple_tag(takes_context=True)
def confirmable(
    context: PageContext, links: Sequence[suspects.Suspect]
) -> list[tuple[suspects.Suspect, bool]]:
    """Pair links with whether the reader owns an end and so may say that they still hold."""
    return suspects.confirmable(context["request"].user, links)
