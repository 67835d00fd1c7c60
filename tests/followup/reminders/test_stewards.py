"""Who keeps a shared module decides on its changes without seeing another region's follow-up."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ProcurementRegion, User
from followup.actions import lessons
from followup.models import ProposedChange
from followup.reminders.due import due
from tests.factories import (
    ChangeFactory,
    LessonFactory,
    ModuleFactory,
    RequirementFactory,
    UserFactory,
)
from tests.factories.followup import reviewed
from tests.requirements_pkg.admin_forms import text_of

WANTED = "Hemliga Hallar AB vill ha en annan mall."
TEXT = "Leverantören ska räkna upp metallerna."


@pytest.fixture
def module(db):
    return ModuleFactory(steward=ProcurementRegion.objects.get(code="H"))


@pytest.fixture
def change(follow_up, module, coordinator) -> ProposedChange:
    """A change of a module that region H keeps, from a follow-up of region C."""
    lesson = LessonFactory(follow_up=follow_up, written_by=coordinator)
    requirement = RequirementFactory(package=module, code="UK-01", source="Förordning")
    return ChangeFactory(lesson=lesson, requirement=requirement, text=WANTED)


@pytest.fixture
def reviewed_change(change, reviewer) -> ProposedChange:
    """The same, the lesson's public words reviewed."""
    reviewed(change.lesson, reviewer)
    return change


def page_of(module) -> str:
    return reverse("admin:requirements_pkg_requirementspackage_change", args=[module.pk])


def decide(change: ProposedChange, name: str) -> str:
    return reverse("admin:followup_change_decide", args=[change.pk, name])


def test_the_steward_waits_for_the_secrecy_review(change, other_coordinator, as_persona):
    with pytest.raises(PermissionDenied):
        lessons.take_in(change=change, by=other_coordinator)
    client = as_persona("other_coordinator")
    assert client.get(decide(change, "ta-in")).status_code == 404
    assert "UK-01: " not in text_of(client.get(page_of(change.requirement.package)))


def test_the_steward_decides_from_the_public_words_and_reads_nothing_else(
    reviewed_change, module, follow_up, as_persona
):
    client, home = as_persona("other_coordinator"), page_of(module)
    take_in, take_out = decide(reviewed_change, "ta-in"), decide(reviewed_change, "ta-ut")
    page, question = client.get(home), client.get(take_in)
    assert take_in in page.content.decode()
    for read in (page, question):
        assert reviewed_change.lesson.public_text in text_of(read)
        for secret in (WANTED, reviewed_change.lesson.text, follow_up.supplier, str(follow_up)):
            assert secret not in text_of(read)
    reviewed_change.requirement.text = TEXT
    reviewed_change.requirement.save()
    assert "Ändringen är inarbetad." in text_of(client.post(take_in, follow=True))
    page = client.get(home).content.decode()
    assert (take_in in page, take_out in page) == (False, True)
    client.post(take_out)
    client.post(decide(reviewed_change, "avboj"), {"reason": "Koden säger redan det."})
    reviewed_change.refresh_from_db()
    assert reviewed_change.state == "declined"
    assert reviewed_change.reason == "Koden säger redan det."
    assert "Ingen föreslagen ändring väntar" in text_of(client.get(home))


def test_words_that_have_come_to_name_somebody_are_not_shown(
    reviewed_change, module, follow_up, other_coordinator, as_persona
):
    type(follow_up).objects.update(sub_suppliers="Smältverk AB")
    assert reviewed_change.lesson.public_text.count("smältverk") == 1
    client = as_persona("other_coordinator")
    assert reviewed_change.lesson.public_text not in text_of(client.get(page_of(module)))
    assert client.get(decide(reviewed_change, "ta-in")).status_code == 404
    with pytest.raises(PermissionDenied):
        lessons.decline(change=ProposedChange.objects.get(), by=other_coordinator, reason="Nej.")


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_the_steward_has_no_other_page_of_the_change(reviewed_change, as_persona, name):
    client = as_persona("other_coordinator")
    answer = client.get(
        reverse(f"admin:followup_proposedchange_{name}", args=[reviewed_change.pk])
    )
    assert answer.status_code in (302, 403, 404)
    listed = client.get(reverse("admin:followup_proposedchange_changelist"))
    assert "UK-01" not in text_of(listed)


def test_who_sees_the_follow_up_but_does_not_keep_the_module_decides_nothing(
    reviewed_change, as_persona
):
    client = as_persona("coordinator")
    assert WANTED in text_of(client.get(page_of(reviewed_change.requirement.package)))
    assert client.get(decide(reviewed_change, "ta-in")).status_code == 403


@pytest.mark.parametrize("persona", ["reviewer", "analyst", "staff"])
def test_nobody_else_decides(reviewed_change, request, persona):
    with pytest.raises(PermissionDenied):
        lessons.decline(change=reviewed_change, by=request.getfixturevalue(persona), reason="Nej.")


def test_what_one_decides_is_asked_for_as_it_is_checked(
    change, coordinator, other_coordinator, reviewer, analyst
):
    admin = UserFactory(is_superuser=True)
    for _again in ("before the review", "after it"):
        for user in (coordinator, other_coordinator, reviewer, analyst, admin):
            is_decidable = ProposedChange.objects.filter(lessons.decidable(user)).exists()
            assert is_decidable is lessons.may_decide(user, change)
        reviewed(change.lesson, reviewer)


def test_the_steward_is_reminded_once_there_are_words_to_read(
    change, reviewer, module, other_coordinator
):
    people = User.objects.filter(pk=other_coordinator.pk)
    assert due(people)[other_coordinator] == []
    reviewed(change.lesson, reviewer)
    (item,) = due(people)[other_coordinator]
    assert item.address == page_of(module)
    assert (item.due_on - timezone.localdate()).days == 30
