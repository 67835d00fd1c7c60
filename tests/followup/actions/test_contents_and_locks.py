"""Nobody waits while a whole published content is read: it never changes, and may be large."""

from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from followup.actions.follow_ups import ask
from followup.actions.lessons import propose_change, write_lesson
from followup.models import FollowUp, Lesson
from requirements_pkg.actions.withdrawal import is_withdrawn_in_public, restore_requirement
from requirements_pkg.document.reading import read
from requirements_pkg.models import Requirement, fields


@pytest.fixture
def read_under_locks():
    """The whole contents that were read in a transaction begun by what is tried."""
    titles, depth = [], len(connection.savepoint_ids)

    def noted(stored):
        document = read(stored)
        if len(connection.savepoint_ids) > depth:
            titles.append(document.package.title)
        return document

    with patch.object(fields, "read", noted):
        yield titles


@pytest.fixture
def asking(follow_up) -> FollowUp:
    """The follow-up as a page has it: without the content of its version."""
    return FollowUp.objects.with_names().get(pk=follow_up.pk)


def test_asking_reads_the_version_before_it_holds(
    asking, requirements, coordinator, read_under_locks
):
    uids = [str(requirement.uid) for requirement in requirements]
    assert ask(follow_up=asking, requirement_uids=uids, by=coordinator)
    assert read_under_locks == []


def test_a_change_is_proposed_with_the_version_read_before(
    asking, requirements, coordinator, read_under_locks
):
    lesson = write_lesson(lesson=Lesson(follow_up=asking, text="Lärt."), by=coordinator)
    lesson.follow_up = asking
    requirement = Requirement.objects.get(pk=requirements[0].pk)
    change = propose_change(
        lesson=lesson, requirement=requirement, text="Skarpare.", by=coordinator
    )
    assert change.pk
    assert read_under_locks == []


def test_a_withdrawal_is_looked_up_without_its_version(
    follow_up, requirements, coordinator, read_under_locks
):
    requirement = Requirement.objects.get(pk=requirements[0].pk)
    assert not is_withdrawn_in_public(requirement)
    with pytest.raises(ValidationError):
        restore_requirement(requirement=requirement, by=coordinator)
    Requirement.objects.filter(pk=requirement.pk).update(
        state="withdrawn", withdrawn_on="2026-01-31", withdrawn_reason="Fel."
    )
    restore_requirement(requirement=requirement, by=coordinator)
    assert read_under_locks == []
