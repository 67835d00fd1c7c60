"""A step of the guide as HTML: what is asked there, what was answered, and what follows."""

from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from requirements_pkg.choosing.filters import LEVELS, NAMES
from requirements_pkg.choosing.need_words import ANSWERS, HELP, LABELS, answered, outcomes
from requirements_pkg.choosing.needs import CHOICES, LONGEST_ANSWER, NEED, STEPS, YES, Needs
from requirements_pkg.published.catalogue import ListedPackage
from requirements_pkg.rendering.templates import html_of

TITLES: Final[tuple[str | Promise, ...]] = (
    gettext_lazy("What you buy"),
    gettext_lazy("Need of labour-law terms"),
    gettext_lazy("Proportionality"),
    gettext_lazy("Follow-up"),
    gettext_lazy("The requirements"),
)
# So many are listed; of more there is the list with its filters.
MOST_PACKAGES: Final = 12


def guide_html(number: int, needs: Needs, packages: Sequence[ListedPackage]) -> str:
    """Return the page of a step.

    Args:
        number: of the step, from 1.
        needs: what was answered so far.
        packages: those in force, in their order.
    """
    own = [package for package in packages if not package.is_shared]
    return html_of(
        "requirements_pkg/choosing/guide.html",
        {
            "number": number,
            "steps": [(at, title) for at, title in enumerate(TITLES, start=1)],
            "title": TITLES[number - 1],
            "questions": [_question(name, needs) for name in STEPS[number - 1]],
            "is_last": number == len(STEPS),
            "next": number + 1,
            "assessed": answered(needs),
            "outcomes": outcomes(needs),
            "packages": [(package, _requirements(package, needs)) for package in own]
            if len(own) <= MOST_PACKAGES
            else [],
            "modules": [
                (package, f"{reverse('package_requirements', args=[package.slug])}?typ=villkor")
                for package in packages
                if package.is_shared and needs.labour_terms == YES
            ],
            "longest": LONGEST_ANSWER,
        },
    )


def _requirements(package: ListedPackage, needs: Needs) -> str:
    """Return where requirements of a package are chosen, at the level that is in proportion."""
    address = reverse("package_requirements", args=[package.slug])
    return f"{address}?{NAMES['level']}={needs.level}" if needs.level in LEVELS else address


def _question(name: str, needs: Needs) -> dict[str, object]:
    given = needs.get(name)
    return {
        "name": f"{NEED}.{name}",
        "id": f"fraga-{name}",
        "label": LABELS[name],
        "help": HELP.get(name, ""),
        "value": given,
        "choices": [
            (answer, ANSWERS[answer], answer == given) for answer in CHOICES.get(name, ())
        ],
    }
