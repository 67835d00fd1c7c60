"""The note of a version is public: names in it are removed, or somebody says why they stand."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from followup.models import ClearedName
from requirements_pkg.actions.publishing import publish, request_publication
from requirements_pkg.models import PackageVersion, PublishRequest
from tests.factories import FollowUpFactory, RequirementFactory
from tests.requirements_pkg.admin_forms import text_of

NOTE = "Kraven är rättade efter granskningen av Slite-El."
WHY = "Orten, inte firman."


@pytest.fixture
def package(demanding):
    """A package that has changed since it was published, of a plan with a known supplier."""
    FollowUpFactory(version=demanding, supplier="Slite El AB")
    RequirementFactory(package=demanding.package, code="SE-09", source="Förordning")
    return demanding.package


def test_a_name_in_a_note_is_refused_until_somebody_says_why_it_stands(package, coordinator):
    with pytest.raises(ValidationError, match="”Slite-El”"):
        request_publication(package=package, by=coordinator, note=NOTE)
    assert not PublishRequest.objects.exists()
    request_publication(package=package, by=coordinator, note=NOTE, names_stand=f" {WHY} ")
    cleared = ClearedName.objects.get()
    assert (cleared.words, cleared.reason, cleared.cleared_by) == ("Slite-El", WHY, coordinator)


def test_what_was_cleared_once_is_not_asked_again(package, coordinator, reviewer):
    request_publication(package=package, by=coordinator, note=NOTE, names_stand=WHY)
    version = publish(package=package, by=coordinator, approved_by=reviewer, note=NOTE)
    assert version.note == NOTE


def test_publishing_at_once_screens_too(package, coordinator, reviewer):
    with pytest.raises(ValidationError, match="Slite-El"):
        publish(package=package, by=coordinator, approved_by=reviewer, note=NOTE)
    people = ["--by", "coordinator", "--approved-by", "reviewer", "--note", NOTE]
    with pytest.raises(CommandError, match="Slite-El"):
        call_command("publish_package", package.slug, *people)
    call_command("publish_package", package.slug, *people, "--names-stand", WHY)
    assert PackageVersion.objects.get(package=package, number=2).note == NOTE


def test_the_page_asks_why_and_keeps_what_was_typed(package, as_persona):
    client = as_persona("coordinator")
    address = reverse("admin:requirements_pkg_ask", args=[package.plan_id])
    assert 'name="names_stand"' not in client.get(address).content.decode()
    refused = client.post(address, {"note": NOTE})
    assert refused.status_code == 400
    assert NOTE in text_of(refused)
    assert 'name="names_stand"' in refused.content.decode()
    client.post(address, {"note": NOTE, "names_stand": WHY})
    assert PublishRequest.objects.get().note == NOTE


def test_whoever_approves_sees_which_words_stand_and_why(package, as_persona, coordinator):
    asked = request_publication(package=package, by=coordinator, note=NOTE, names_stand=WHY)
    page = as_persona("reviewer").get(reverse("admin:requirements_pkg_decide", args=[asked.pk]))
    assert page.context["cleared"] == [("Slite-El", WHY)]
    assert WHY in text_of(page)
