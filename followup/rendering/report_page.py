"""The page of a follow-up report: as it is published, and before it is."""

from typing import Any

from django.http import HttpResponse

from followup.published import status_page
from followup.published.reports import ReportInfo
from followup.rendering import pieces
from followup.rendering.goals import GoalParts
from followup.report.schema import Report
from requirements_pkg.rendering.templates import html_of, languages

# A plan's page with every reading; a nation's plan has hundreds of them.
READINGS, ALL = "lagesrapporter", "alla"


def report_context(content: Report, *, is_whole: bool) -> dict[str, object]:
    """Return what the parts of a report need.

    Args:
        is_whole: whether every reading is shown, not only the latest.
    """
    lang = languages()["lang"]
    all_readings = f"{READINGS}={ALL}"
    goals = status_page.goals(content, None if is_whole else status_page.LATEST)
    names = {area.number: area.name for area in content.areas}
    return {
        "report": content,
        "goals": GoalParts(lang, all_readings).html(goals),
        "query": all_readings if is_whole else "",
        "areas": status_page.areas(content),
        "whole": status_page.whole(content.whole),
        "summaries": pieces.summaries(content.summaries, names, lang),
    }


def published_context(
    published: tuple[ReportInfo, ...], info: ReportInfo, content: Report, *, is_whole: bool
) -> dict[str, object]:
    """Return what the page of a published report needs, which leads to those beside it."""
    return {
        **report_context(content, is_whole=is_whole),
        "info": info,
        "newest": published[0],
        "before": next((other for other in published if other.number < info.number), None),
    }


def report_preview(content: Report, note: str) -> HttpResponse:
    """Show a report as it would be published; the caller has asked whether this person may."""
    context = {
        **report_context(content, is_whole=True),
        "plan": content.plan,
        "note": note,
        "is_draft": True,
    }
    response = HttpResponse(html("followup/report.html", context))
    response.headers["Cache-Control"] = "no-store"
    return response


def html(template: str, context: dict[str, Any]) -> str:
    """Return a page of follow-up; without the request, for it is kept for everybody."""
    context = {"section": "status", **languages(), **context}
    return html_of(template, context)
