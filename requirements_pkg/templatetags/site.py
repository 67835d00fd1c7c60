"""What every page knows of the site, also the page for a server that has lost its database."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site, without a context processor."""
    return settings.SITE_NAME
