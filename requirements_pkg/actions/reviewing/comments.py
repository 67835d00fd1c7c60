"""The verbs of comments: start a thread, answer in it, resolve it, open it again.

What is said stands in rows that say who and when themselves, so that no event tells of it again.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import permissions as plan_permissions
from actionplan.database.broken_rules import all_or_nothing
from actionplan.models import Goal, SubGoal, User
from requirements_pkg import permissions
from requirements_pkg.actions.reviewing import notices
from requirements_pkg.models import (
    Comment,
    CommentedKind,
    CommentMention,
    CommentThread,
    Requirement,
)
from risks.models import RiskCell

Commented = Requirement | RiskCell | Goal | SubGoal
# An at sign begins a name where nothing that may stand in one comes before it.
MENTION: Final = re.compile(r"(?<![\w.@+-])@([\w.@+-]*\w)")
LONGEST_NAME: Final = 400


@all_or_nothing()
def start_thread(
    *, about: Commented, by: User, text: str, quote: str = "", mentions: Iterable[User] = ()
) -> Comment:
    """Comment on something in a draft.

    Args:
        about: with its plan, or its package.
        quote: the words of it that the comment is about, where it is not about all.
        mentions: whose attention it asks for, beside those who are named in the text.

    Raises:
        PermissionDenied: `by` reads no drafts.
        ValidationError: no words, or a name in them that nobody has.
    """
    kind, place, name = _place_of(about)
    thread = CommentThread(
        **place, kind=kind, target_id=about.pk, name=name[:LONGEST_NAME], quote=quote
    )
    thread.full_clean()
    thread.signed_by(by).save()
    return _say(thread, by=by, text=text, mentions=mentions)


@all_or_nothing()
def reply(*, thread: CommentThread, by: User, text: str, mentions: Iterable[User] = ()) -> Comment:
    """Answer in a thread; one that was resolved is open again.

    Raises:
        PermissionDenied: `by` reads no drafts.
        ValidationError: no words, or a name in them that nobody has.
    """
    if thread.is_resolved:
        _settle(thread, by=by, is_resolved=False)
    return _say(thread, by=by, text=text, mentions=mentions)


@all_or_nothing()
def resolve(*, thread: CommentThread, by: User) -> None:
    """Say that what a thread is about is settled.

    Raises:
        PermissionDenied: `by` neither opened it nor edits or approves what it is about.
    """
    if not permissions.may_resolve(by, thread):
        raise PermissionDenied
    _settle(thread, by=by, is_resolved=True)


@all_or_nothing()
def reopen(*, thread: CommentThread, by: User) -> None:
    """Say that a thread is not settled after all.

    Raises:
        PermissionDenied: `by` neither opened it nor edits or approves what it is about.
    """
    if not permissions.may_resolve(by, thread):
        raise PermissionDenied
    _settle(thread, by=by, is_resolved=False)


def _settle(thread: CommentThread, *, by: User, is_resolved: bool) -> None:
    thread.resolved_by = by if is_resolved else None
    thread.resolved_at = timezone.now() if is_resolved else None
    thread.full_clean()
    thread.signed_by(by).save()


def _place_of(about: Commented) -> tuple[CommentedKind, Mapping[str, object], str]:
    """Return the kind of a thing, whose draft it is in, and what it is called."""
    match about:
        case Requirement():
            package = about.package
            place: Mapping[str, object] = {"plan": package.plan}
            if package.plan is None:
                place = {"module": package}
            return CommentedKind.REQUIREMENT, place, f"{about.code} {about.title}"
        case RiskCell():
            area = about.product_area
            name = f"{area}, {about.stage}, {about.dimension}"
            return CommentedKind.CELL, {"plan": area.plan}, name
        case SubGoal():
            return CommentedKind.SUB_GOAL, {"plan": about.goal.plan}, str(about)
    return CommentedKind.GOAL, {"plan": about.plan}, str(about)


def _say(thread: CommentThread, *, by: User, text: str, mentions: Iterable[User]) -> Comment:
    if not plan_permissions.may_read(by):
        raise PermissionDenied
    comment = Comment(thread=thread, author=by, text=text.strip())
    comment.full_clean()
    people = {person.pk: person for person in (*mentions, *_named_in(comment.text))}
    people.pop(by.pk, None)
    before = User.objects.filter(pk__in=thread.comments.values("author")).exclude(pk=by.pk)
    others = {person.pk: person for person in before}
    comment.signed_by(by).save()
    for person in people.values():
        CommentMention(comment=comment, person=person).signed_by(by).save()
    notices.tell_of_comment(comment, mentioned=people, others=others)
    return comment


def _named_in(text: str) -> list[User]:
    """Return the people whom a text names.

    Raises:
        ValidationError: nobody who reads drafts has such a name.
    """
    names = {name.rstrip(".") for name in MENTION.findall(text)}
    people = User.objects.filter(username__in=names, is_active=True)
    readers = [person for person in people if plan_permissions.may_read(person)]
    if unknown := names - {person.username for person in readers}:
        sentence = _("Nobody who can read the draft is called %(names)s. Mend the name.")
        words = {"names": ", ".join(f"@{name}" for name in sorted(unknown))}
        raise ValidationError({"text": sentence % words})
    return readers
