"""The page of a follow-up report: as it is published, and before it is."""

from collections.abc import Set
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from actionplan.text import figure
from followup.published import status_page
from followup.published.public_counts import use_of
from followup.published.reports import ReportInfo
from followup.published.status_page import ALL, READINGS, SUMMARIES
from followup.rendering import pieces
from followup.rendering.goals import GoalParts
from followup.report.schema import Report
from requirements_pkg.rendering.package_use import use_context
from requirements_pkg.rendering.templates import html_of, languages

# A report with every reading and every summary; a nation's has hundreds of them.
WHOLE: Final = frozenset({READINGS, SUMMARIES})


def wanted_whole(request: HttpRequest, *names: str) -> frozenset[str]:
    """Return those parts of the page that the address wants with all that they have."""
    return frozenset(name for name in names if request.GET.get(name) == ALL)


def report_context(content: Report, whole: Set[str]) -> dict[str, object]:
    """Return what the parts of a report need.

    Args:
        whole: the parts that are shown with all that they have, not only the latest.
    """
    lang = languages()["lang"]
    goals = status_page.goals(content, None if READINGS in whole else status_page.LATEST)
    names = {area.number: area.name for area in content.areas}
    summaries = content.summaries[: None if SUMMARIES in whole else status_page.LATEST_SUMMARIES]
    context = {
        "report": content,
        "goals": GoalParts(lang, f"{READINGS}={ALL}").html(goals),
        "query": urlencode(dict.fromkeys(sorted(whole), ALL)),
        "areas": status_page.areas(content),
        "whole": status_page.whole(content.whole),
        "summaries": pieces.summaries(summaries, names, lang),
    }
    if content.use is not None:
        context["use"] = use_context(use_of(content.use))
    if len(summaries) < len(content.summaries):
        says = gettext("All %(count)s summaries")
        context["more_summaries"] = says % {"count": figure(len(content.summaries))}
        context["all_summaries"] = f"{SUMMARIES}={ALL}"
    return context


def published_context(
    published: tuple[ReportInfo, ...], info: ReportInfo, content: Report, whole: Set[str]
) -> dict[str, object]:
    """Return what the page of a published report needs, which leads to those beside it."""
    return {
        **report_context(content, whole),
        "info": info,
        "newest": published[0],
        "before": next((other for other in published if other.number < info.number), None),
    }


def report_preview(content: Report, note: str) -> HttpResponse:
    """Show a report as it would be published; the caller has asked whether this person may."""
    context = {
        **report_context(content, WHOLE),
        "plan": content.plan,
        "note": note,
        "is_draft": True,
    }
    response = HttpResponse(html("followup/report.html", context))
    response.headers["Cache-Control"] = "no-store"
    return response


def html(template: str, context: dict[str, object]) -> str:
    """Return a page of follow-up; without the request, for it is kept for everybody."""
    context = {"section": "status", **languages(), **context}
    return html_of(template, context)
