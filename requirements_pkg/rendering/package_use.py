"""How many authorities have used requirements, as pages show it."""

from django.utils.translation import gettext as _

from actionplan.text import figure
from requirements_pkg.cards.follow_up_counts import PackageUse
from requirements_pkg.cards.requirement_cards import level_names
from requirements_pkg.rendering.templates import TemplateValues


def use_context(use: PackageUse) -> TemplateValues:
    """Return the figures in words, in the order of the page."""
    levels = level_names()
    return {
        "day": use.counted_on,
        "has_numbers": use.authorities is not None,
        "rows": [
            (_("Authorities"), _words(use.authorities)),
            (_("Regions among them"), _words(use.regions)),
            *((str(year), _words(number)) for year, number in use.years),
            *((levels[level], _words(number)) for level, number in use.levels),
        ],
    }


def _words(number: int | None) -> str:
    return _("fewer than three, or withheld") if number is None else figure(number)
