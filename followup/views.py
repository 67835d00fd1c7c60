"""The public pages of follow-up: what is published and counted, and nothing of a contract."""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from followup import counting, plans, telling
from followup import overview as matrix
from followup import status as shown
from followup.plans import Plan
from followup.standing import PublishedReading, published_readings
from followup.status import Counts, Reported
from requirements_pkg import catalogue, pages
from requirements_pkg.filters import NAMES
from requirements_pkg.views import languages

# As the address of a package's requirements has it.
DIMENSION: Final = NAMES["dimension"]
Answer = TypeVar("Answer", bound=Hashable)


@require_safe
def status(request: HttpRequest) -> HttpResponseBase:
    """How it goes with every plan in force."""
    keys, today = catalogue.in_force(), timezone.localdate()
    found = plans.in_force(keys)
    counts_key, counts = _known(("counts", today), lambda: counting.area_counts(today))
    readings_key, readings = _known(("readings", keys), lambda: _readings(*found))

    def make() -> str:
        return _html("status", {"rows": shown.listed(found, counts, Reported(readings, today))})

    return pages.answer(
        request, pages.page(("status", keys, counts_key, readings_key, today), make)
    )


@require_safe
def status_of_package(request: HttpRequest, slug: str) -> HttpResponseBase:
    """How it goes with one plan.

    Raises:
        Http404: no version of the package is in force, or it has no plan.
    """
    editions, today = catalogue.editions(slug), timezone.localdate()
    edition = editions.in_force
    if edition is None:
        raise Http404
    plan = plans.of(slug, edition)
    if plan is None:
        raise Http404
    counts_key, counts = _known(("counts", slug, today), lambda: counting.area_counts(today, slug))
    told_key, told = _known(("summaries", slug, today), lambda: telling.summaries(slug, today))
    readings_key, readings = _known(("readings", edition.key), lambda: _readings(plan))

    def make() -> str:
        may_tell, names = Counts(plan, counts), dict(plan.areas)
        content = catalogue.content_of(edition)
        context = {
            "plan": plan,
            "goals": shown.goals(plan, Reported(readings, today)),
            "areas": may_tell.areas(plan),
            "whole": may_tell.whole,
            "summaries": [(one, names.get(one.area, "")) for one in told],
            "events": telling.timeline(plan, editions, content, told, readings),
        }
        return _html("status_of_package", context)

    return pages.answer(
        request,
        pages.page(("status of", editions.key, counts_key, told_key, readings_key, today), make),
    )


@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """Where risks, requirements and follow-ups are, and where they are missing.

    Raises:
        Http404: no plan has the dimension that the address names.
    """
    keys, today = catalogue.in_force(), timezone.localdate()
    found, chosen = plans.in_force(keys), request.GET.get(DIMENSION, "")
    names = matrix.dimensions(found)
    if chosen and chosen not in names:
        raise Http404
    counts_key, counts = _known(("counts", today), lambda: counting.area_counts(today))
    asked_key, asked = _known(("asked", keys), lambda: _asked(found))

    def make() -> str:
        context = {
            "matrices": matrix.Overview(found, counts, dict(asked)).tables(chosen),
            "dimensions": names,
            "chosen": chosen,
            "parameter": DIMENSION,
            "query": f"{DIMENSION}={chosen}" if chosen else "",
        }
        return _html("status_overview", context)

    return pages.answer(
        request, pages.page(("overview", keys, counts_key, asked_key, chosen), make)
    )


@require_safe
def status_rules(request: HttpRequest) -> HttpResponseBase:
    """How a status follows from what is reported, for who reads it."""

    def make() -> str:
        return _html("status_rules", {"statuses": shown.explained()})

    return pages.answer(request, pages.page("status rules", make))


def _known(key: Hashable, ask: Callable[[], Answer]) -> tuple[int, Answer]:
    """An answer of the database, and its fingerprint: taken once, needed at each visit."""

    def stamped() -> tuple[int, Answer]:
        found = ask()
        return hash(found), found

    return pages.remembered(key, stamped)


def _readings(*found: Plan) -> tuple[PublishedReading, ...]:
    return tuple(published_readings([pk for plan in found for pk in plan.keys]))


def _asked(found: tuple[Plan, ...]) -> tuple[Any, ...]:
    uids = {plan.slug: {at: risks.uids for at, risks in plan.matrix.items()} for plan in found}
    return tuple(counting.asked(uids).items())


def _html(page: str, context: dict[str, Any]) -> str:
    # Without the request: a page that is kept for everybody cannot depend on anybody.
    context = {"section": "status", **languages(), **context}
    return render_to_string(f"followup/{page}.html", context)
