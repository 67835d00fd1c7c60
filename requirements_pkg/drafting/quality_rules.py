"""The quality rules of a draft, KR01 and on. Pure.

A number is never given to another rule. What a draft could be without stays a warning or an
advice: people publish for reasons that a program does not know.
"""

import re
from collections import Counter
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.text import figure
from actionplan.word.document import DESCRIBED, NO_LEVERAGE, NOT_ASSESSED
from requirements_pkg.document import cpv, fill_in
from requirements_pkg.document.coverage import CoverageState
from requirements_pkg.document.requirement_fields import WITH_BRACKETS
from requirements_pkg.document.schema import Cell, Module, Requirement
from requirements_pkg.drafting.quality_case import (
    RULES,
    Hits,
    PlaceKind,
    QualityCase,
    QualityPlace,
    RuleSeverity,
    of_requirement,
    rule,
)
from requirements_pkg.language.scale import most_points, steps_of

__all__ = ["RULES"]

ERROR, WARNING, ADVICE = RuleSeverity.ERROR, RuleSeverity.WARNING, RuleSeverity.ADVICE
AWARD: Final = "award"
WITHDRAWN: Final = "withdrawn"
BASIC: Final = "basic"
HIGH: Final = "high"
LEVELS: Final = (BASIC, "advanced", "spearhead")
LONGEST: Final = 1500
OLD_AFTER_YEARS: Final = 3
# Standards and labels that a tender may only name together with "or equivalent" (LOU 9 kap.).
STANDARD: Final = re.compile(
    r"\b(?:(?:SS-)?(?:EN[ -])?ISO(?:/IEC)?[ -]?\d{3,}|EN[ -]\d{3,}|IEC[ -]\d{3,}|SA[ -]?8000|EMAS|"
    r"TCO(?: Certified)?|EPEAT|Energy Star|Blaue? Engel|Blauer Engel|Svanen(?:märk\w*)?|"
    r"EU[ -]Ecolabel|Fairtrade|FSC|PEFC|KRAV-märk\w*|Bra Miljöval|\w+märkning(?:en)?)\b",
    re.I,
)
# Marks that the law itself prescribes are no label of somebody's choice.
PRESCRIBED: Final = re.compile(r"\b(?:CE|energi|fel|om|upp|ut|be|an)-?märkning(?:en)?\b", re.I)
EQUIVALENT: Final = re.compile(r"\b(?:likvärdig\w*|motsvarande)\b", re.I)
WORDED: Final = ("text", "verification", "scale")


@rule("KR01", ERROR, gettext_lazy("The requirement has no text."))
def no_text(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement) for requirement in case.own if not requirement.text.strip()
    )


@rule("KR02", ERROR, gettext_lazy("A fill-in field is not written correctly."))
def malformed_places(case: QualityCase) -> Hits:
    for requirement in case.own:
        for name in WITH_BRACKETS:
            text = getattr(requirement, name)
            # Most texts have no place at all, and there are thousands of them.
            if "[" in text or "]" in text:
                for fault in fill_in.faults(text):
                    yield of_requirement(requirement), fault


@rule("KR03", ERROR, gettext_lazy("A CPV code is wrong."))
def wrong_cpv(case: QualityCase) -> Hits:
    # Many requirements share a code: each is looked at once.
    codes = {code for requirement in case.own for code in requirement.cpv}
    faults = {code: fault for code in codes if (fault := cpv.fault(code))}
    if not faults:
        return
    for requirement in case.own:
        for fault in filter(None, map(faults.get, requirement.cpv)):
            yield of_requirement(requirement), fault


@rule("KR04", ERROR, gettext_lazy("Another requirement of the package has the same code."))
def code_twice(case: QualityCase) -> Hits:
    """Find codes that occur twice: an included module may bring one the package has given."""
    times = Counter(requirement.code for requirement in case.requirements)
    return (
        of_requirement(requirement)
        for requirement in case.requirements
        if times[requirement.code] > 1
    )


@rule("KR05", ERROR, gettext_lazy("The award criterion has no points, or no scale."))
def award_without_scale(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.own
        if requirement.kind == AWARD and not (requirement.max_points and requirement.scale.strip())
    )


@rule("KR06", ERROR, gettext_lazy("The requirement it replaces is not in force at a lower level."))
def replaces_nothing_lower(case: QualityCase) -> Hits:
    for requirement in case.active:
        if requirement.replaces is None:
            continue
        other = case.by_uid.get(requirement.replaces)
        if other is None or other.state == WITHDRAWN or _level(other) >= _level(requirement):
            yield of_requirement(requirement)


@rule("KR07", ERROR, gettext_lazy("It is withdrawn without a date or a reason."))
def withdrawn_without_reason(case: QualityCase) -> Hits:
    for requirement in case.own:
        facts = requirement.withdrawn
        if requirement.state == WITHDRAWN and not (facts and facts.on and facts.reason.strip()):
            yield of_requirement(requirement)


@rule(
    "KR08", ERROR, gettext_lazy("The requirement named to be used instead is not in the package.")
)
def successor_missing(case: QualityCase) -> Hits:
    for requirement in case.own:
        uid = requirement.withdrawn.successor if requirement.withdrawn else None
        if uid is not None and uid not in case.by_uid:
            yield of_requirement(requirement)


@rule("KR09", ERROR, gettext_lazy("The web address of a source is not valid."))
def bad_source(case: QualityCase) -> Hits:
    urls = {source.url for requirement in case.active for source in requirement.sources} - {""}
    bad = {url for url in urls if not _is_address(url)}
    for requirement in case.active if bad else ():
        for source in requirement.sources:
            if source.url in bad:
                yield of_requirement(requirement), source.url


@rule("KR10", WARNING, gettext_lazy("It does not say how it is verified."))
def no_verification(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if not requirement.verification.strip()
    )


@rule("KR11", WARNING, gettext_lazy("It does not say how it is followed up."))
def no_follow_up(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if not requirement.follow_up_method.strip()
    )


@rule("KR12", WARNING, gettext_lazy("It addresses no risk."))
def treats_nothing(case: QualityCase) -> Hits:
    if case.plan is None:
        return iter(())
    return (of_requirement(requirement) for requirement in case.active if not requirement.treats)


@rule(
    "KR13",
    WARNING,
    gettext_lazy("It addresses a risk in a product area that it does not apply to."),
)
def treats_elsewhere(case: QualityCase) -> Hits:
    for requirement in case.active:
        areas = requirement.product_areas
        if areas and any(to.product_area not in areas for to in requirement.treats):
            yield of_requirement(requirement)


@rule("KR14", WARNING, gettext_lazy("It addresses something in a cell without leverage."))
def treats_without_leverage(case: QualityCase) -> Hits:
    without = {
        (number, cell.stage, cell.dimension)
        for number, cell in _cells(case)
        if cell.assessment == NO_LEVERAGE
    }
    for requirement in case.active:
        if any((to.product_area, to.stage, to.dimension) in without for to in requirement.treats):
            yield of_requirement(requirement)


@rule(
    "KR15",
    WARNING,
    gettext_lazy("The risk level is high, but the plan describes no risk."),
)
def high_and_silent(case: QualityCase) -> Hits:
    for number, cell in _cells(case):
        is_silent = cell.assessment == NOT_ASSESSED or (
            cell.assessment == DESCRIBED and not cell.statements
        )
        if cell.level == HIGH and is_silent:
            yield _cell(case, number, cell.stage, cell.dimension)


@rule("KR16", WARNING, gettext_lazy("The risk is high, and no requirement addresses it."))
def high_and_untreated(case: QualityCase) -> Hits:
    for area in case.coverage.areas:
        for stage, cells in area.rows:
            for cell in cells:
                if cell.level == HIGH and cell.state in (
                    CoverageState.UNTREATED,
                    CoverageState.PARTLY,
                ):
                    yield _cell(case, area.number, stage, cell.dimension)


@rule(
    "KR17",
    WARNING,
    gettext_lazy("A link has to be reviewed again: one of its texts has changed."),
)
def suspect_links(case: QualityCase) -> Hits:
    return (
        QualityPlace(PlaceKind.LINKS, code, code) for code in dict.fromkeys(case.facts.suspects)
    )


@rule(
    "KR18",
    WARNING,
    gettext_lazy("It is above the basic level but replaces no requirement and has no rationale."),
)
def above_without_why(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if requirement.level != BASIC
        and requirement.replaces is None
        and not requirement.rationale.strip()
    )


@rule("KR19", WARNING, gettext_lazy("It names a standard or a label without “or equivalent”."))
def standard_alone(case: QualityCase) -> Hits:
    for requirement in case.active:
        for name in WORDED:
            named = STANDARD.search(PRESCRIBED.sub("", getattr(requirement, name)))
            if named and not EQUIVALENT.search(getattr(requirement, name)):
                yield of_requirement(requirement), _("Named: %(what)s.") % {"what": named[0]}
                break


@rule("KR20", WARNING, gettext_lazy("It says what the law demands but names no source."))
def law_without_source(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if requirement.law_baseline.strip() and not requirement.sources
    )


@rule("KR21", WARNING, gettext_lazy("It has no rationale."))
def no_rationale(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if requirement.level == BASIC and not requirement.rationale.strip()
    )


@rule("KR22", WARNING, gettext_lazy("The included version of the module is withdrawn."))
def module_withdrawn(case: QualityCase) -> Hits:
    return (_module(module) for module in case.modules if module.slug in case.facts.withdrawn)


@rule("KR23", ADVICE, gettext_lazy("There is a newer version of the module."))
def module_old(case: QualityCase) -> Hits:
    for module in case.modules:
        newest = case.facts.newer.get(module.slug, 0)
        if newest > module.version:
            yield _module(module), _("Version %(number)d.") % {"number": newest}


@rule("KR24", ADVICE, gettext_lazy("It has no guidance for the buyer."))
def no_guidance(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if not requirement.guidance.strip()
    )


@rule(
    "KR25",
    ADVICE,
    gettext_lazy(
        "The text is long. Consider splitting it: two short requirements are easier to verify."
    ),
)
def long_text(case: QualityCase) -> Hits:
    return (
        of_requirement(requirement)
        for requirement in case.active
        if len(requirement.text) > LONGEST
    )


@rule("KR26", ADVICE, gettext_lazy("It has no CPV code, which buyers use to find it."))
def no_cpv(case: QualityCase) -> Hits:
    if case.plan is None:
        return iter(())
    return (of_requirement(requirement) for requirement in case.active if not requirement.cpv)


@rule("KR27", ADVICE, gettext_lazy("A source is older than three years."))
def old_source(case: QualityCase) -> Hits:
    if case.facts.today is None:
        return
    limit = case.facts.today.year - OLD_AFTER_YEARS, *case.facts.today.timetuple()[1:3]
    for requirement in case.active:
        for source in requirement.sources:
            dated = source.dated and date.fromisoformat(source.dated).timetuple()[:3]
            if dated and dated < limit:
                yield of_requirement(requirement), source.title


@rule("KR28", ADVICE, gettext_lazy("No requirement contributes to the sub-goal."))
def unserved_goal(case: QualityCase) -> Hits:
    served = {goal.number for requirement in case.requirements for goal in requirement.serves}
    for goal in case.plan.goals if case.plan is not None else ():
        for sub_goal in goal.sub_goals:
            if case.active and sub_goal.number not in served:
                yield QualityPlace(
                    PlaceKind.SUB_GOAL, sub_goal.number, _("Sub-goal %s") % sub_goal.number
                )


@rule("KR29", ADVICE, gettext_lazy("The package has no introduction."))
def no_introduction(case: QualityCase) -> Hits:
    if not case.document.package.introduction.strip():
        yield QualityPlace(PlaceKind.PACKAGE)


@rule("KR30", ADVICE, gettext_lazy("No contact of the plan is public."))
def no_contact(case: QualityCase) -> Hits:
    if case.plan is not None and not case.facts.has_contact:
        yield QualityPlace(PlaceKind.PLAN)


@rule(
    "KR31",
    ADVICE,
    gettext_lazy("The most points of the scale are not the maximum points of the criterion."),
)
def scale_ends_elsewhere(case: QualityCase) -> Hits:
    """Compare only a scale that is told apart into steps: in any other nobody knows the most."""
    for requirement in case.active:
        most = most_points(steps_of(requirement.scale))
        if most is not None and requirement.max_points and most != requirement.max_points:
            more = _("The scale ends at %(most)s, the criterion at %(points)s.")
            points = figure(requirement.max_points)
            yield of_requirement(requirement), more % {"most": figure(most), "points": points}


def _level(requirement: Requirement) -> int:
    return LEVELS.index(requirement.level)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _cells(case: QualityCase) -> list[tuple[int, Cell]]:
    return [(area.number, cell) for area in case.document.areas for cell in area.cells]


def _cell(case: QualityCase, number: int, stage: str, dimension: str) -> QualityPlace:
    name = _("product area %(number)d, %(cell)s") % {
        "number": number,
        "cell": case.cell_name(stage, dimension),
    }
    return QualityPlace(PlaceKind.CELL, (number, stage, dimension), name)


def _module(module: Module) -> QualityPlace:
    return QualityPlace(PlaceKind.MODULE, module.slug, module.title)
