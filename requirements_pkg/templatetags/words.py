"""How long words are shown where there is little room."""

from django import template

from requirements_pkg.language.breaking import breakable

register = template.Library()
register.filter("breakable", breakable)
