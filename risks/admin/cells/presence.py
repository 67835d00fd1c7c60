"""Who else has a cell open: remembered in the cache for a minute and a half, and nowhere else."""

from typing import Final

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from actionplan import permissions
from risks.models import RiskCell

# A page that is open says so every half minute; one that says nothing for so long is closed.
SECONDS: Final = 90
# The names and moments of so many people are remembered of a cell.
MOST: Final = 20
People = dict[int, tuple[str, float]]


@require_POST
def here(request: HttpRequest, pk: int) -> JsonResponse:
    """Note that somebody has a cell open, and answer who else has."""
    rows = RiskCell.objects.filter(permissions.readable(request.user))
    cell = get_object_or_404(rows.select_related("product_area__plan"), pk=pk)
    if not permissions.may_edit(request.user, cell.product_area.plan):
        raise PermissionDenied
    return JsonResponse({"others": others_in_words(others_here(pk, request.user))})


def others_here(cell: int, person: permissions.Person) -> list[str]:
    """Note that a person has a cell open, and return the names of the others who have."""
    own, now = permissions.signed_in(person), timezone.now().timestamp()
    known: People = cache.get(_place(cell), {})
    people = {key: seen for key, seen in known.items() if seen[1] > now - SECONDS}
    people[own.pk] = (str(own), now)
    newest = sorted(people.items(), key=lambda pair: -pair[1][1])[:MOST]
    cache.set(_place(cell), dict(newest), SECONDS)
    return sorted(name for key, (name, _at) in newest if key != own.pk)


def others_in_words(names: list[str]) -> str:
    """Say who else has the cell open; "" for nobody."""
    if not names:
        return ""
    text = ngettext(
        "%(names)s has this cell open too.", "%(names)s have this cell open too.", len(names)
    )
    return text % {"names": ", ".join(names)}


def _place(cell: int) -> str:
    return f"cell-here:{cell}"
