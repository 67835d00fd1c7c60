"""From a Word document or a text to rows: all of it or nothing.

What a document changes is worked out while nobody waits, for a preview and for an import alike.
The import then locks the plan, and writes if it still stands as it was worked out from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.database import write_marks
from actionplan.django_edges.answered import request_name
from actionplan.models import (
    ActionPlan,
    ChangeEvent,
    ChangeLog,
    Contact,
    EventKind,
    Organisation,
    ProcurementRegion,
    PurchasingCategory,
    User,
)
from actionplan.processes import uploads
from actionplan.word.document import (
    Note,
    PlanDocument,
    Problem,
    ProblemKind,
    WordReading,
)
from actionplan.word.reading.reader import read
from risks.importing.asking.answers import UNANSWERED, Answers
from risks.importing.asking.owners import RefusedImport, owners
from risks.importing.asking.spellings import given_head, headings, recalled_headings
from risks.importing.category import category_of, near_categories
from risks.importing.changes import Changes
from risks.importing.contacts import work_out_contacts
from risks.importing.goals import Level, work_out_goals, write_goals
from risks.importing.grid import AreaChanges, work_out_areas
from risks.importing.stored_state import plan_state
from risks.models.answers import category_question, recalled, recalled_category, remember

# What the event of an import says beside what the import itself knows.
Detail = dict[str, Any] | None


class OvertakenImport(Exception):
    """Somebody changed the plan since the preview; nothing was stored."""


@dataclass
class ImportOutcome:
    """What an import did, or in a dry run would do."""

    document: PlanDocument
    plan: ActionPlan
    created: bool
    changes: Changes
    not_understood: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    understood: dict[str, int] = field(default_factory=dict)
    near_categories: tuple[str, ...] = ()
    # What the document itself calls its head facts.
    words: Mapping[str, str] = field(default_factory=dict)
    # What was taken for a person's answers, and how many of them were given before.
    answers: Answers = UNANSWERED
    recalled: int = 0


@dataclass
class _Draft:
    """What a document changes, worked out from a plan whose checksum is `state`."""

    outcome: ImportOutcome
    state: str
    areas: AreaChanges
    goals: list[Level[Any]]
    contacts: list[Contact]
    former_contacts: list[Contact]
    is_head_changed: bool


def import_plan(
    data: bytes,
    *,
    file_name: str,
    by: User | None,
    dry_run: bool = False,
    foreseen: str | None = None,
    answers: Answers = UNANSWERED,
    first: Callable[[], Detail] = lambda: None,
) -> ImportOutcome:
    """Make the plan in the database equal to the document.

    What the document cannot say (levels, links, who is public) stays as it is, unless it does.

    Args:
        data: the file as it is; Word or tab-separated text, told apart by its content.
        file_name: for the log only.
        by: who imports; None is the operator of the command line, who has the database anyway.
        dry_run: tell what would change, and store nothing.
        foreseen: checksum of the changes that were previewed; others are refused.
        answers: to the questions of a preview; what is not answered is not the same.
        first: called in the transaction before anything is written, returns what the event tells.

    Raises:
        FileRefused: the file could not be read within what reading may cost.
        RefusedImport: the document has faults, or is about a category that is not clear.
        OvertakenImport: the changes are not those that were foreseen.
        PermissionDenied: `by` does not edit plans of that procurement region.
    """
    answers = recalled_headings(by) if answers.is_open and by is not None else answers
    reading = uploads.read(read, data, headings=headings(answers), given=given_head(answers))
    for _attempt in range(write_marks.ATTEMPTS):
        draft = _work_out(reading, answers, by=by)
        if not dry_run and not answers.category and draft.outcome.near_categories:
            raise RefusedImport((unclear_category(draft.outcome),))
        if foreseen is not None and draft.outcome.changes.digest() != foreseen:
            raise OvertakenImport
        if dry_run or _stored(draft, first, by=by, file_name=file_name):
            return draft.outcome
    raise OvertakenImport


def _stored(
    draft: _Draft, first: Callable[[], Detail], *, by: User | None, file_name: str
) -> bool:
    """Write a draft where the plan still is as it was worked out from; otherwise write nothing."""
    try:
        with transaction.atomic():
            if not _is_as_it_was(draft):
                return False
            note = first()
            newest = _newest_change()
            _write(draft, by=by)
            if draft.outcome.changes:
                log = {"first": newest, "last": _newest_change(), "request": request_name()}
                _log(draft.outcome, {"log": log, **(note or {})}, by=by, file_name=file_name)
    except IntegrityError as error:
        # Somebody made the same plan, took its address, or built on what goes, just now.
        raise OvertakenImport from error
    return True


def _work_out(reading: WordReading, answers: Answers, *, by: User | None) -> _Draft:
    """Find what the document changes; nothing is locked, and nothing is written."""
    region, coordinator = owners(reading)
    document = reading.document
    assert document is not None  # noqa: S101 - owners() refuses a reading without one
    if by is not None and not permissions.may_edit_in(by, region.pk):
        raise PermissionDenied
    near = near_categories(document.category)
    answers = _with_category(answers, document, near)
    category = _category(document, answers)
    changes = _answered_changes(answers, f"{category.name} {document.first_year}")
    same = ActionPlan.objects.filter(category=category.pk, first_year=document.first_year)
    # Before anything of the plan is read: a change in between is then seen.
    state = plan_state(same.values_list("pk", flat=True).first())
    plan = same.with_head().first()
    created = plan is None
    if plan is None:
        plan = _new_plan(category, document.first_year)
    elif by is not None and not permissions.may_edit(by, plan):
        raise PermissionDenied
    if answers.is_open:
        changes.recalled = recalled(plan)
    is_head_changed = _set_head(plan, document, (region, coordinator), changes)
    contacts, former_contacts = work_out_contacts(plan, document, changes)
    areas = work_out_areas(plan, document, changes, exact=reading.statements_are_cut)
    goals = work_out_goals(plan, document, changes)
    outcome = ImportOutcome(
        document=document,
        plan=plan,
        created=created,
        changes=changes,
        not_understood=reading.not_understood,
        notes=reading.notes,
        understood=_count(document),
        near_categories=near,
        words=reading.words,
        answers=_taken(answers, changes),
        recalled=_number_recalled(answers, changes),
    )
    return _Draft(outcome, state, areas, goals, contacts, former_contacts, is_head_changed)


def _answered_changes(answers: Answers, of: str) -> Changes:
    """Return changes yet to be found of a plan, with what a person said of them."""
    return Changes(
        confirmed=answers.same,
        preferred=answers.replaced,
        left=answers.left,
        of=of,
    )


def _with_category(answers: Answers, document: PlanDocument, near: tuple[str, ...]) -> Answers:
    """Return the answers with what was said of the category before, where nothing is said now."""
    if not (answers.is_open and near):
        return answers
    category = recalled_category(document.category, document.first_year, near)
    return replace(answers, category=category)


def _number_recalled(answers: Answers, changes: Changes) -> int:
    """Tell how many questions are answered as they were before."""
    count = len(changes.answers().keys() & changes.recalled.keys())
    return count + bool(answers.is_open and answers.category)


def _taken(answers: Answers, changes: Changes) -> Answers:
    """Return the answers that an import goes by, given now or before."""
    same = frozenset(question.key for question in changes.questions if question.is_same)
    replaced = {question.key: question.answer for question in changes.replacements}
    given = {key: text for key, text in replaced.items() if text}
    return replace(answers, same=same, replaced=given, is_open=False)


def remember_answers(outcome: ImportOutcome) -> None:
    """Keep what a person said of a document, for when the same is asked again."""
    answers, own = outcome.changes.answers(), outcome.document.category
    if outcome.near_categories and outcome.answers.category not in ("", own):
        answers[category_question(own)] = True
    remember(outcome.plan, answers)


def _is_as_it_was(draft: _Draft) -> bool:
    """Lock the plan, and say whether it stands as it was worked out from."""
    pk = draft.outcome.plan.pk
    if pk is not None:
        ActionPlan.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    return plan_state(pk) == draft.state


def _write(draft: _Draft, *, by: User | None) -> None:
    plan = draft.outcome.plan
    if draft.is_head_changed:
        if plan.category.pk is None:
            plan.category.signed_by(by).save()
        plan.signed_by(by).save()
    for contact in draft.contacts:
        contact.signed_by(by).save()
    for contact in draft.former_contacts:
        contact.signed_by(by).delete()
    draft.areas.write(by)
    write_goals(draft.goals, by=by)


def _set_head(
    plan: ActionPlan,
    document: PlanDocument,
    owners: tuple[ProcurementRegion, Organisation],
    changes: Changes,
) -> bool:
    """Give a plan the document's head facts; returns whether they are others than before."""
    region, coordinator = owners
    before = (
        (None, None, None, "")
        if plan.pk is None
        else (plan.period, plan.procurement_region.code, plan.coordinator, plan.introduction)
    )
    plan.last_year, plan.introduction = document.last_year, document.introduction
    plan.procurement_region, plan.coordinator = region, coordinator
    after = (plan.period, region.code, coordinator, plan.introduction)
    names = (_("Period"), _("Procurement region"), _("Coordinator"), _("Introduction"))
    noted = [changes.note(*row) for row in zip(names, before, after, strict=True)]
    plan.check_coordinator()
    return any(noted)


def _new_plan(category: PurchasingCategory, first_year: int) -> ActionPlan:
    """Make an unsaved plan that knows the one of the period before."""
    earlier = ActionPlan.objects.filter(category=category.pk, first_year__lt=first_year)
    return ActionPlan(
        category=category,
        first_year=first_year,
        slug=ActionPlan.objects.free_slug(category, first_year),
        predecessor=earlier.order_by("-first_year").first(),
    )


def _category(document: PlanDocument, answers: Answers) -> PurchasingCategory:
    """Return the category that the document names, or that a person said it is about."""
    category = category_of(answers.category or document.category)
    if category.pk is None and answers.category not in ("", document.category):
        fault = Problem(ProblemKind.UNKNOWN_CATEGORY, words=answers.category)
        raise RefusedImport((fault,))
    return category


def unclear_category(outcome: ImportOutcome) -> Problem:
    """Say what is wrong with a category that is none of the stored ones and resembles some."""
    name, near = outcome.document.category, outcome.near_categories
    return Problem(ProblemKind.CATEGORY_UNCLEAR, words=name, near=near)


def _count(document: PlanDocument) -> dict[str, int]:
    """Count what was understood, for the preview and the log."""
    cells = [cell for area in document.areas for cell in area.cells]
    statements = [statement for cell in cells for statement in cell.statements]
    sub_goals = [sub for goal in document.goals for sub in goal.sub_goals]
    return {
        "product_areas": len(document.areas),
        "cells_with_text": sum(bool(cell.text) for cell in cells),
        "no_leverage": sum(cell.assessment == "no_leverage" for cell in cells),
        "references": sum(cell.same_as is not None for cell in cells),
        "risks": sum(statement.kind == "risk" for statement in statements),
        "opportunities": sum(statement.kind == "opportunity" for statement in statements),
        "goals": len(document.goals),
        "sub_goals": len(sub_goals),
        "indicators": sum(len(sub.indicators) for sub in sub_goals),
        "contacts": len(document.contacts),
    }


def _newest_change() -> int:
    """Return the key of what stands last in the log."""
    return ChangeLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _log(
    outcome: ImportOutcome, note: dict[str, object], *, by: User | None, file_name: str
) -> None:
    """Write the event of an import, with where the log tells of it: that it can be undone."""
    detail = {
        **note,
        # A path of somebody's own machine is nobody else's business.
        "file": PurePath(file_name).name,
        "created": outcome.created,
        "changes": len(outcome.changes),
        "not_understood": len(outcome.not_understood),
    }
    ChangeEvent.objects.record(EventKind.IMPORTED, outcome.plan, by=by, detail=detail)
