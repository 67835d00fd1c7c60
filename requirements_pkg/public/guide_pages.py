"""The guide for a first-time buyer: five steps, whose answers live in the address."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from requirements_pkg.choosing.needs import NEED, STEPS
from requirements_pkg.choosing.selection import Pair, fitting, read
from requirements_pkg.public import responses
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import catalogue, page_cache
from requirements_pkg.published.catalogue import ListedPackage
from requirements_pkg.published.page_cache import CachedPage
from requirements_pkg.rendering.guide_page import guide_html

STEP: Final = "steg"


@require_safe
def guide(request: HttpRequest) -> HttpResponseBase:
    """Show a step of the guide; each leads to the next one, with all that was answered."""
    given = in_address(request)
    selection, number = read(given).carried, _number(dict(given).get(STEP, ""))
    if _is_answered_anew(given):
        pairs = [(STEP, str(number)), *fitting(selection.pairs())]
        return HttpResponseRedirect(f"{request.path}?{urlencode(pairs)}")
    today, known = timezone.localdate(), catalogue.in_force_key()

    def listed() -> list[ListedPackage]:
        return catalogue.listed(tuple(pk for pk, _masked in known), today)

    def make() -> str:
        of_guide = ("packages of the guide", known, today.year)
        packages = page_cache.remembered(of_guide, listed)
        return guide_html(number, selection.needs, packages)

    if selection.needs:
        # What was answered is one buyer's alone: the page is made each time.
        return responses.answer(request, CachedPage.of(make().encode()), selection)
    key = ("guide", number, known, today.year)
    return responses.answer(request, page_cache.page(key, make), selection)


def _number(text: str) -> int:
    """Return the step that an address names; of anything else the first."""
    known = [str(number) for number in range(1, len(STEPS) + 1)]
    return known.index(text) + 1 if text in known else 1


def _is_answered_anew(given: list[Pair]) -> bool:
    """Tell whether an address has an answer twice, as a form sends what was answered before.

    One that is empty says nothing, and goes too.
    """
    answers = [pair for pair in given if pair[0].startswith(f"{NEED}.")]
    names = {name for name, _value in answers}
    return len(names) < len(answers) or any(not value for _name, value in answers)
