"""What the pages of a plan and of a package show: requirements, modules, quality, publishing."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.extension_points import Button, Panel, links_to_review, plan_panels
from actionplan.models import ActionPlan, ChangeEvent, PlanStatus
from actionplan.text import figure
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import package_or_new, subject_of
from requirements_pkg.admin.closing import closing_buttons
from requirements_pkg.backoffice.comment_boxes import all_comments_address
from requirements_pkg.backoffice.links import shown
from requirements_pkg.backoffice.pages import address_of, new_requirement, publishing_address
from requirements_pkg.backoffice.waiting import newest_request
from requirements_pkg.cards.cell_words import state_names
from requirements_pkg.document.coverage import Coverage, CoverageState, coverage
from requirements_pkg.document.reading import checksum
from requirements_pkg.document.schema import Document
from requirements_pkg.drafting.checking import check
from requirements_pkg.drafting.draft import all_drafted
from requirements_pkg.drafting.quality import QualityFindings
from requirements_pkg.drafting.quality_case import RuleSeverity
from requirements_pkg.drafting.suspects import suspects_of_package, suspects_of_rows
from requirements_pkg.extension_points import package_panels
from requirements_pkg.models import (
    Decision,
    PackageInclusion,
    PackageVersion,
    PublishRequest,
    Requirement,
    RequirementKind,
    RequirementLevel,
    RequirementsPackage,
)
from risks.extension_points import CellLink, cell_links
from risks.models import Assessment, RiskCell

EVENTS_SHOWN = 8


@plan_panels
def panels_of_plan(request: HttpRequest, plan: ActionPlan) -> list[Panel]:
    """Return the panels that a plan's page shows of its package."""
    package = package_or_new(plan)
    # With what the page has read of it.
    package.plan = plan
    vars(plan)["read_package"] = package
    look = _Look(package)
    return [_summary(request, look), _quality(look), _publishing(request, look)]


@links_to_review
def suspects_to_review(model: type[models.Model], changed: Collection[int]) -> Button | None:
    """Return a button to the links to review after a text at one end was changed, if any."""
    suspects = suspects_of_rows(model, changed)
    if not suspects:
        return None
    text = ngettext(
        "%(number)s link has to be reviewed.",
        "%(number)s links have to be reviewed.",
        len(suspects),
    )
    return Button(
        text % {"number": figure(len(suspects))}, reverse("admin:requirements_pkg_suspects")
    )


@cell_links
def write_requirement(request: HttpRequest, plan: ActionPlan) -> CellLink:
    """Lead from a cell of the grid to a new requirement that treats what stands there."""
    package = RequirementsPackage(plan=plan)

    def button(cell: RiskCell) -> Button | None:
        chosen = [statement.pk for statement in cell.statements.all()]
        if not chosen or cell.assessment == Assessment.NO_LEVERAGE:
            return None
        return Button(_("Write a requirement"), new_requirement(package, statements=chosen))

    return button


def panels_of_package(request: HttpRequest, package: RequirementsPackage) -> list[Panel]:
    """Return the panels that a package's own page shows above its texts."""
    look = _Look(package)
    modules = [_modules(request, package)] if package.plan is not None else []
    own = [_requirements(request, look), *modules, _quality(look), _publishing(request, look)]
    return [*own, *(panel for make in package_panels for panel in make(request, package))]


class _Look:
    """One look at the draft of a package, which several panels tell of."""

    def __init__(self, package: RequirementsPackage) -> None:
        self.package = package
        # Few questions of many that the page asks: united.
        (draft,) = all_drafted([package])
        self.content = draft.content
        self.suspects = suspects_of_package(package, self.content)
        self.coverage: Coverage = coverage(self.content)
        self.findings: QualityFindings = check(package, draft, self.suspects)


def _counts(content: Document) -> list[tuple[str, int]]:
    """Tell how many requirements there are of each kind and level, in words."""
    active = content.active
    names = [("kind", RequirementKind), ("level", RequirementLevel)]
    counts = [
        (capfirst(str(label)), sum(getattr(requirement, field) == value for requirement in active))
        for field, choices in names
        for value, label in choices.choices
    ]
    return [(_("In force"), len(active)), *((name, number) for name, number in counts if number)]


def _work_buttons(request: HttpRequest, look: _Look) -> list[Button]:
    package = look.package
    buttons = []
    if permissions.may_edit(request.user, package):
        buttons.append(Button(_("Write a requirement"), new_requirement(package), is_main=True))
    if package.plan is not None:
        address = reverse("admin:requirements_pkg_coverage", args=[package.plan.pk])
        buttons.append(Button(_("Coverage"), address))
    buttons.append(Button(_("Links to review"), reverse("admin:requirements_pkg_suspects")))
    return buttons


def _missing(look: _Look) -> tuple[str, ...]:
    """Say what the coverage and the links lack, in a sentence each."""
    missing = []
    if number := len(look.coverage.untreated):
        text = ngettext(
            "%(number)s risk or opportunity has no requirement.",
            "%(number)s risks and opportunities have no requirement.",
            number,
        )
        missing.append(text % {"number": figure(number)})
    if number := len(look.suspects):
        text = ngettext(
            "%(number)s link has to be reviewed again.",
            "%(number)s links have to be reviewed again.",
            number,
        )
        missing.append(text % {"number": figure(number)})
    return tuple(missing)


def _summary(request: HttpRequest, look: _Look) -> Panel:
    names = state_names()
    buttons = _work_buttons(request, look)
    if look.package.pk is not None:
        buttons.append(Button(_("The package's page"), address_of(look.package)))
    return Panel(
        title=_("Requirements"),
        template="admin/panels/summary.html",
        context={
            "counts": _counts(look.content),
            "states": [
                (capfirst(names[state]), number)
                for state, number in look.coverage.states.items()
                if number and state is not CoverageState.NOT_ASSESSED
            ],
        },
        buttons=tuple(buttons),
        missing=_missing(look),
    )


def _requirements(request: HttpRequest, look: _Look) -> Panel:
    rows = Requirement.objects.filter(package=look.package.pk).in_reading_order()
    return Panel(
        title=_("Requirements"),
        template="requirements_pkg/admin/panels/requirements.html",
        context={
            "counts": _counts(look.content),
            "requirements": rows.only("code", "title", "kind", "level", "state"),
        },
        buttons=tuple(_work_buttons(request, look)),
        missing=_missing(look),
    )


def _modules(request: HttpRequest, package: RequirementsPackage) -> Panel:
    rows = (
        PackageInclusion.objects.filter(package=package)
        .order_by("position", "pk")
        .select_related("module", "version")
        .defer("version__content")
    )
    newest = dict(
        PackageVersion.objects.filter(
            package__included_in__package=package, withdrawal__isnull=True
        )
        .values_list("package")
        .annotate(newest=Max("number"))
        .order_by()
    )
    included = [
        {"inclusion": row, "newer": number if number > row.version.number else None}
        for row in rows
        for number in [newest.get(row.module_id, 0)]
    ]
    buttons: tuple[Button, ...] = ()
    if permissions.may_edit(request.user, package):
        address = reverse("admin:requirements_pkg_include", args=[package.pk])
        buttons = (Button(_("Include a module"), address),)
    return Panel(
        title=_("Shared modules"),
        template="requirements_pkg/admin/panels/modules.html",
        context={"included": included},
        buttons=buttons,
    )


def _quality(look: _Look) -> Panel:
    titles = {
        RuleSeverity.ERROR: _("Errors: they prevent publishing"),
        RuleSeverity.WARNING: _("Warnings"),
        RuleSeverity.ADVICE: _("Advice"),
    }
    # All at once, so that what they lead to is asked for once.
    rows = list(zip(look.findings.all, shown(look.package, look.findings.all), strict=True))
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
    )


def _by_rule(rows: Iterable[dict[str, str]]) -> list[dict[str, Any]]:
    """Group the findings by rule: a rule that is broken forty times is one line."""
    grouped: dict[str, dict[str, Any]] = {}
    for row in rows:
        number, sentence = row["number"], row["sentence"]
        group = grouped.setdefault(number, {"number": number, "sentence": sentence, "places": []})
        group["places"].append(row)
    return list(grouped.values())


def _publishing(request: HttpRequest, look: _Look) -> Panel:
    """Return the panel of what is published, what waits for approval, and what happened."""
    package = look.package
    rows = PackageVersion.objects.defer("content").select_related(
        "published_by", "approved_by", "withdrawal"
    )
    versions = list(rows.filter(package=package.pk).order_by("-number"))
    last = newest_request(package)
    waiting = last if last is not None and last.decision == Decision.PENDING else None
    digest = checksum(look.content)
    in_force = next((version for version in versions if not hasattr(version, "withdrawal")), None)
    has_news = in_force is None or digest != in_force.sha256
    # A request is for exactly what was sent.
    is_stale = waiting is not None and digest != waiting.sha256
    is_closed = package.plan is not None and package.plan.status == PlanStatus.CLOSED
    may_send = has_news and (waiting is None or is_stale) and not is_closed
    subject = subject_of(package)
    return Panel(
        title=_("Publishing"),
        template="requirements_pkg/admin/panels/publishing.html",
        context={
            "slug": package.slug,
            "versions": versions,
            "may_withdraw": permissions.may_edit(request.user, package),
            "waiting": waiting,
            "is_stale": is_stale,
            "in_force": in_force,
            "returned": last if last is not None and last.decision == Decision.RETURNED else None,
            "has_news": has_news,
            "is_closed": is_closed,
            "events": ChangeEvent.objects.about(subject)[:EVENTS_SHOWN],
        },
        buttons=tuple(_publishing_buttons(request, package, waiting, may_send=may_send)),
    )


def _publishing_buttons(
    request: HttpRequest,
    package: RequirementsPackage,
    waiting: PublishRequest | None,
    *,
    may_send: bool,
) -> list[Button]:
    buttons = [Button(_("Preview"), publishing_address("preview", package))]
    if may_send and permissions.may_edit(request.user, package):
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
