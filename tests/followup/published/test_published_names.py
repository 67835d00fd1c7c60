"""What is published of a package: names in it are removed, or somebody says why they stand."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from followup.models import ClearedName
from followup.report.screening import KnownNames
from requirements_pkg.actions.publishing import approve_request, publish, request_publication
from requirements_pkg.actions.withdrawal import (
    approve_withdrawal,
    request_withdrawal,
    withdraw_version,
)
from requirements_pkg.models import (
    PackageVersion,
    PublishRequest,
    Requirement,
    RequirementsPackage,
    RequirementState,
)
from risks.models import RiskStatement
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


def test_a_name_that_becomes_known_is_met_in_words_that_were_clean(package, coordinator, reviewer):
    """What was looked through before is looked through again when other names are known."""
    note = "Kraven följer Granit Drift."
    publish_request = request_publication(package=package, by=coordinator, note=note)
    FollowUpFactory(version=package.versions.get(), supplier="Granit Drift AB")
    with pytest.raises(ValidationError, match="Granit Drift"):
        approve_request(request=publish_request, by=reviewer)


def test_who_approves_has_nothing_looked_through_again(
    package, coordinator, reviewer, monkeypatch
):
    rows: list[bytes] = []
    may_meet = KnownNames.may_meet
    monkeypatch.setattr(
        KnownNames, "may_meet", lambda self, row: rows.append(row) or may_meet(self, row)
    )
    note = "Kraven är rättade."
    publish_request = request_publication(package=package, by=coordinator, note=note)
    assert rows != []
    del rows[:]
    assert approve_request(request=publish_request, by=reviewer).note == note
    assert rows == []
    # Other words are other words, though the draft is the same.
    withdraw_version(
        version=package.versions.first(), by=coordinator, approved_by=reviewer, reason="Fel."
    )
    publish(package=package, by=coordinator, approved_by=reviewer, note="Igen.")
    assert rows != []


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


@pytest.fixture
def package_with_names(package) -> RequirementsPackage:
    """Its text, the reason of a withdrawn requirement and a risk name the supplier, too."""
    named = Requirement.objects.get(code="SE-09")
    named.text = f"{named.text} Gör som Slite El AB."
    named.save()
    RequirementFactory(
        package=package,
        code="SE-10",
        source="Förordning",
        state=RequirementState.WITHDRAWN,
        withdrawn_on=timezone.localdate(),
        withdrawn_reason="Bara SliteEl klarade det.",
    )
    RiskStatement.objects.update(text="Det gick illa hos Slite El.")
    return package


def test_every_text_that_is_published_is_screened(package_with_names, coordinator):
    with pytest.raises(ValidationError) as refused:
        request_publication(package=package_with_names, by=coordinator, note="Rättat.")
    (sentence,) = refused.value.messages
    area = package_with_names.plan.product_areas.first().name
    for place in ("”Slite El” (SE-09)", "”SliteEl” (SE-10)", f"”Slite El” ({area})"):
        assert place in sentence
    assert "What is new" not in sentence
    publish_request = request_publication(
        package=package_with_names,
        by=coordinator,
        note="Rättat.",
        names_stand="Firman har godkänt det.",
    )
    assert publish_request.pk


def test_the_reviewer_sees_what_may_stand_and_why(package_with_names, coordinator, as_persona):
    publish_request = request_publication(
        package=package_with_names,
        by=coordinator,
        note=NOTE,
        names_stand="Firman har godkänt det.",
    )
    # Words of what is no longer in the draft are of no use.
    RiskStatement.objects.update(text="Det gick illa.")
    address = reverse("admin:requirements_pkg_decide", args=[publish_request.pk])
    page = text_of(as_persona("reviewer").get(address))
    assert "Ord som får stå kvar" in page
    assert "<mark>Slite El</mark> (SE-09): Firman har godkänt det." in page
    assert "<mark>Slite-El</mark> (Nytt i versionen): Firman har godkänt det." in page
    assert page.count("Firman har godkänt det.") == 3


def test_who_becomes_known_after_it_was_sent_is_not_approved(package, coordinator, reviewer):
    named = Requirement.objects.get(code="SE-09")
    named.text = f"{named.text} Gör som Hemliga Hallar."
    named.save()
    publish_request = request_publication(package=package, by=coordinator, note="Rättat.")
    FollowUpFactory(version=package.versions.get(), supplier="Hemliga Hallar AB")
    with pytest.raises(ValidationError, match="Hemliga Hallar"):
        approve_request(request=publish_request, by=reviewer)
    assert package.versions.count() == 1


def test_the_reason_of_a_withdrawn_version_is_screened(package, coordinator, reviewer, as_persona):
    version = package.versions.get()
    details = {"version": version, "by": coordinator, "reason": "Slite El klagade."}
    with pytest.raises(ValidationError, match="Slite"):
        request_withdrawal(**details)
    with pytest.raises(ValidationError, match="Slite"):
        withdraw_version(approved_by=reviewer, **details)
    client = as_persona("coordinator")
    address = reverse("admin:requirements_pkg_withdraw_version", args=[version.pk])
    refused = client.post(address, {"reason": "Slite El klagade."})
    assert "Orden kan peka ut någon: ”Slite El” (Skäl)" in text_of(refused)
    client.post(address, {"reason": "Slite El klagade.", "names_stand": WHY})
    approve_withdrawal(request=version.withdrawal_requests.get(), by=reviewer)
    assert version.withdrawal.reason == "Slite El klagade."
    assert ClearedName.objects.get().reason == WHY
