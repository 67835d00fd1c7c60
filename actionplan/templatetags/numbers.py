"""How templates write numbers; a builtin, so that none has to load it."""

from decimal import Decimal

from django import template

from actionplan.text import GroupedNumber, figure

register = template.Library()


@register.filter
def counted(number: object) -> object:
    """Return a number of things: it chooses the plural as it is, and is written 12 500."""
    if isinstance(number, Decimal):
        return figure(number)
    return GroupedNumber(number) if isinstance(number, int) else number
