"""The list of packages as HTML, with the filters that its address may hold."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext_lazy

from actionplan.text import figure
from requirements_pkg.cards import pieces
from requirements_pkg.choosing.package_filters import PackageFilters, counts
from requirements_pkg.document import cpv
from requirements_pkg.published.catalogue import ListedPackage, by_category
from requirements_pkg.rendering.templates import html_of, languages

LABELS: Final = {
    "region": gettext_lazy("Procurement region"),
    "period": gettext_lazy("Period"),
    "cpv": gettext_lazy("CPV code"),
}


def packages_html(every: Sequence[ListedPackage], filters: PackageFilters) -> str:
    """Return the page of all packages, of which those stand there that fit the filters."""
    fitting = filters.choose(every)
    return html_of(
        "requirements_pkg/packages.html",
        {
            "packages": by_category(fitting),
            "has_any": bool(every),
            "count": len(fitting),
            "total": len(every),
            "is_filtered": bool(filters.query),
            "menus": [
                {"name": name, "label": LABELS[name], "html": _options(name, counted, filters)}
                for name, counted in counts(every, filters).items()
                if len(counted) > 1
            ],
            "section": "packages",
        },
    )


def _options(name: str, counted: Mapping[str, int], filters: PackageFilters) -> str:
    """Draw what a filter can be set to, each with how many packages it would show."""
    given = getattr(filters, name)
    # People wrote the names, whatever language the page is in.
    lang = languages()["lang"] if name != "period" else ""
    named = cpv.with_name if name == "cpv" else str
    return pieces.options(
        (
            {
                "value": value,
                "label": f"{named(value)} ({figure(count)})",
                "is_selected": value == given,
            }
            for value, count in counted.items()
            if count or value == given
        ),
        lang,
    )
