"""What the pages of a plan and of a package show of publishing: its state, and the quality."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, TypedDict

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.extension_points import Button, Gap, Panel, PlanTab, Urgency
from actionplan.models import ChangeEvent, PlanStatus
from actionplan.text import figure
from actionplan.workspace.tabs import tab_address
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import subject_of
from requirements_pkg.admin.closing import closing_buttons
from requirements_pkg.backoffice.comment_boxes import all_comments_address
from requirements_pkg.backoffice.links import finding_links
from requirements_pkg.backoffice.pages import publishing_address
from requirements_pkg.backoffice.waiting import newest_request
from requirements_pkg.document.reading import checksum
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.quality import QualityFindings
from requirements_pkg.drafting.quality_case import PlaceKind, RuleSeverity
from requirements_pkg.models import (
    Decision,
    PackageVersion,
    RequirementsPackage,
    WithdrawalRequest,
)

MOST_EVENTS: Final = 8
# So many places of a broken rule are named where it is one line among others.
PLACES_NAMED: Final = 3
URGENCIES: Final = {
    RuleSeverity.ERROR: Urgency.NOW,
    RuleSeverity.WARNING: Urgency.SOON,
    RuleSeverity.ADVICE: Urgency.SOME_TIME,
}


class PublishingState:
    """How the draft of a package stands to its versions and to the request that waits."""

    def __init__(self, package: RequirementsPackage, content: Document) -> None:
        self.package = package
        self.digest = checksum(content)
        last = newest_request(package)
        self.waiting = last if last is not None and last.decision == Decision.PENDING else None
        self.returned = last if last is not None and last.decision == Decision.RETURNED else None
        self.is_closed = package.plan is not None and package.plan.status == PlanStatus.CLOSED

    @cached_property
    def versions(self) -> list[PackageVersion]:
        """All versions, the newest first, each with the request to withdraw it that waits."""
        waiting = WithdrawalRequest.objects.pending().filter(version=OuterRef("pk")).order_by()
        rows = PackageVersion.objects.defer("content").select_related(
            "published_by", "approved_by", "withdrawal"
        )
        rows = rows.annotate(waiting_withdrawal=Subquery(waiting.values("pk")[:1]))
        return list(rows.filter(package=self.package.pk).order_by("-number"))

    @property
    def in_force(self) -> PackageVersion | None:
        """The newest version that is not withdrawn."""
        return next((v for v in self.versions if not hasattr(v, "withdrawal")), None)

    @property
    def has_news(self) -> bool:
        """Tell whether the draft says something that the version in force does not."""
        return self.in_force is None or self.digest != self.in_force.sha256

    @property
    def is_stale(self) -> bool:
        """Tell whether the draft was changed since it was sent: a request is for what was sent."""
        return self.waiting is not None and self.digest != self.waiting.sha256

    @property
    def may_be_sent(self) -> bool:
        """Tell whether there is something to send that is not sent already."""
        return self.has_news and (self.waiting is None or self.is_stale) and not self.is_closed


def publishing_panel(
    request: HttpRequest, state: PublishingState, *, with_events: bool = False
) -> Panel:
    """Return the panel of what is published, and what waits for approval."""
    package = state.package
    events = ChangeEvent.objects.about(subject_of(package))[:MOST_EVENTS] if with_events else []
    return Panel(
        title=_("Publishing"),
        template="requirements_pkg/admin/panels/publishing.html",
        context={
            "slug": package.slug,
            "versions": state.versions,
            "may_withdraw": permissions.may_edit(request.user, package),
            "waiting": state.waiting,
            "is_stale": state.is_stale,
            "in_force": state.in_force,
            "returned": state.returned,
            "has_news": state.has_news,
            "is_closed": state.is_closed,
            "events": events,
        },
        buttons=tuple(_buttons(request, state)),
        anchor="publicering",
    )


def _buttons(request: HttpRequest, state: PublishingState) -> list[Button]:
    package, waiting = state.package, state.waiting
    buttons = [Button(_("Preview"), publishing_address("preview", package))]
    if state.may_be_sent and permissions.may_edit(request.user, package):
        label = _("Send for approval") if waiting is None else _("Send again")
        address = publishing_address("ask", package)
        buttons.insert(0, Button(label, address, is_main=True))
    if waiting is not None:
        address = reverse("admin:requirements_pkg_decide", args=[waiting.pk])
        if permissions.may_approve(request.user, package, by=waiting.requested_by):
            buttons.insert(0, Button(_("Review the request"), address, is_main=True))
        elif waiting.requested_by_id == request.user.pk:
            buttons.append(Button(_("Withdraw the request"), address))
    buttons.append(Button(_("Comments"), all_comments_address(package)))
    return [*buttons, *(closing_buttons(request, package.plan) if package.plan else [])]


def publishing_gaps(state: PublishingState) -> Iterator[Gap]:
    """Yield what has to become of the draft before the public reads what it says."""
    plan = state.package.plan
    if plan is None or state.is_closed:
        return
    here = tab_address(plan.pk, PlanTab.REVIEW, "publicering")
    if state.returned is not None:
        yield Gap(_("The draft was returned. It has to be sent again."), here, Urgency.NOW)
    elif state.is_stale:
        text = _("The draft has changed since it was sent. It has to be sent again.")
        yield Gap(text, here, Urgency.NOW)
    elif state.waiting is not None:
        yield Gap(_("The draft is waiting for approval."), here)
    elif not state.versions:
        yield Gap(_("Nothing is published yet."), here)
    elif state.has_news:
        yield Gap(_("The draft has changes that are not published."), here)


def quality_gaps(package: RequirementsPackage, findings: QualityFindings) -> Iterator[Gap]:
    """Yield each broken rule once; it leads to where it is mended, or to all its places.

    Links to look at again are told by themselves.
    """
    plan = package.plan
    if plan is None:
        return
    rows = zip(findings.all, finding_links(package, findings.all), strict=True)
    of_rules: dict[str, list[dict[str, str]]] = {}
    urgencies: dict[str, Urgency] = {}
    for finding, row in rows:
        if finding.place.kind is not PlaceKind.LINKS:
            of_rules.setdefault(row["number"], []).append(row)
            urgencies[row["number"]] = URGENCIES[finding.rule.severity]
    for number, places in of_rules.items():
        listed = _some([row["name"] for row in places])
        text = f"{number} {places[0]['sentence']}" + (f" ({listed})" if listed else "")
        address = places[0]["address"] if len(places) == 1 else ""
        there = address or tab_address(plan.pk, PlanTab.REVIEW, number)
        yield Gap(text, there, urgencies[number])


def _some(names: Iterable[str]) -> str:
    """Name some places, and say how many more there are."""
    named = list(dict.fromkeys(filter(None, names)))
    more = len(named) - PLACES_NAMED
    return ", ".join(named[:PLACES_NAMED]) + (f" +{figure(more)}" if more > 0 else "")


def quality_panel(package: RequirementsPackage, findings: QualityFindings) -> Panel:
    """Return the panel of what the rules find: each rule once, with its places."""
    titles = {
        RuleSeverity.ERROR: _("Errors: they prevent publishing"),
        RuleSeverity.WARNING: _("Warnings"),
        RuleSeverity.ADVICE: _("Advice"),
    }
    # All at once, so that what they lead to is asked for once.
    rows = list(zip(findings.all, finding_links(package, findings.all), strict=True))
    groups = [
        {
            "title": title,
            "severity": severity.value,
            "rules": _by_rule(row for finding, row in rows if finding.rule.severity == severity),
        }
        for severity, title in titles.items()
    ]
    return Panel(
        title=_("Quality"),
        template="requirements_pkg/admin/panels/quality.html",
        context={"groups": [group for group in groups if group["rules"]]},
        anchor="kvalitet",
    )


class RuleGroup(TypedDict):
    """A rule that is broken, and where, by what more is said of each."""

    number: str
    sentence: str
    lines: dict[str, list[dict[str, str]]]


def _by_rule(rows: Iterable[dict[str, str]]) -> list[RuleGroup]:
    """Group the findings: a rule that is broken forty times, and a source within it, is one line.

    Within a rule they are grouped by what more is said of each.
    """
    grouped: dict[str, RuleGroup] = {}
    for row in rows:
        number, sentence, more = row["number"], row["sentence"], row["more"]
        group = grouped.setdefault(number, {"number": number, "sentence": sentence, "lines": {}})
        group["lines"].setdefault(more, []).append(row)
    return list(grouped.values())
