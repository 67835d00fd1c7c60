"""Publishing: two people, an exact content, and a version that stands."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from actionplan.models import ChangeEvent, PlanStatus, ProductArea
from requirements_pkg.actions import publishing
from requirements_pkg.actions.publishing import (
    approve_request,
    draft_content,
    package_of,
    publish,
    request_publication,
    return_request,
)
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.document.reading import checksum, written
from requirements_pkg.document.schema import Statement
from requirements_pkg.models import Decision, ImmutableError, PackageVersion, PublishRequest
from risks.models import Assessment, RiskCell
from tests.factories import PlanFactory


def edit(plan) -> None:
    """Change something that is published."""
    area = plan.product_areas.get(number=1)
    area.name = "servrar och lagring"
    area.save()


def test_a_version_holds_the_plan_as_it_was(version, plan):
    edit(plan)
    stored = PackageVersion.objects.get(pk=version.pk)
    assert stored.content.plan.product_areas[0].name == "servrar"
    assert stored.sha256 == checksum(stored.content)
    assert stored.number == 1
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ADOPTED


def test_a_version_holds_no_contacts(version):
    text = written(version.content).decode()
    assert "Alva" not in text
    assert "region.example" not in text


def test_the_next_version_gets_the_next_number(version, plan, coordinator, reviewer):
    edit(plan)
    second = publish(
        package=version.package, by=coordinator, approved_by=reviewer, note="Lagring är med."
    )
    assert second.number == 2
    assert list(PackageVersion.objects.in_force()) == [second]


def test_publishing_the_same_again_is_refused(version, coordinator, reviewer):
    with pytest.raises(ValidationError, match="Inget har ändrats"):
        publish(package=version.package, by=coordinator, approved_by=reviewer, note="Igen.")


@pytest.mark.parametrize(
    ("by", "approved_by"),
    [
        pytest.param("coordinator", "coordinator", id="nobody approves their own"),
        pytest.param("other_coordinator", "reviewer", id="another region's coordinator"),
        pytest.param("analyst", "reviewer", id="an analyst"),
        pytest.param("staff", "reviewer", id="someone without a role"),
        pytest.param("coordinator", "analyst", id="approved by an analyst"),
        pytest.param("coordinator", "other_coordinator", id="approved from another region"),
        pytest.param("superuser", "superuser", id="not even a superuser approves their own"),
    ],
)
def test_publishing_needs_two_people_with_the_right_roles(plan, request, by, approved_by):
    with pytest.raises(PermissionDenied):
        publish(
            package=package_of(plan),
            by=request.getfixturevalue(by),
            approved_by=request.getfixturevalue(approved_by),
            note="Ny.",
        )
    assert not PackageVersion.objects.exists()


def test_an_empty_note_is_refused(plan, coordinator, reviewer):
    with pytest.raises(ValidationError):
        publish(package=package_of(plan), by=coordinator, approved_by=reviewer, note="  ")


def test_a_version_is_never_changed_or_deleted(version):
    version.note = "En annan."
    with pytest.raises(ImmutableError):
        version.save()
    with pytest.raises(ImmutableError):
        version.delete()
    with pytest.raises(ImmutableError):
        PackageVersion.objects.update(note="En annan.")
    with pytest.raises(ImmutableError):
        PackageVersion.objects.filter(pk=version.pk).delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE requirements_pkg_packageversion SET note = 'En annan.'",
        "DELETE FROM requirements_pkg_packageversion",
    ],
)
def test_postgresql_itself_refuses_a_change(version, statement):
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_request_is_approved_and_published(plan, coordinator, reviewer):
    request = request_publication(package=package_of(plan), by=coordinator, note="Första.")
    plan.refresh_from_db()
    assert plan.status == PlanStatus.REVIEW
    version = approve_request(request=request, by=reviewer)
    assert version.sha256 == request.sha256
    assert (version.published_by, version.approved_by) == (coordinator, reviewer)
    request.refresh_from_db()
    assert request.decision == Decision.APPROVED
    kinds = ChangeEvent.objects.about(plan).values_list("kind", flat=True)
    assert set(kinds) == {"requested", "published"}


def test_an_approval_is_for_exactly_the_content_that_was_sent(plan, coordinator, reviewer):
    request = request_publication(package=package_of(plan), by=coordinator, note="Första.")
    edit(plan)
    with pytest.raises(ValidationError, match="har ändrats"):
        approve_request(request=request, by=reviewer)
    assert not PackageVersion.objects.exists()


def test_nobody_approves_their_own_request(plan, superuser):
    request = request_publication(package=package_of(plan), by=superuser, note="Första.")
    with pytest.raises(PermissionDenied):
        approve_request(request=request, by=superuser)
    assert not PackageVersion.objects.exists()


@pytest.mark.parametrize(
    "persona", ["analyst", "other_coordinator", "region_administrator", "staff"]
)
def test_only_a_reviewer_of_the_region_answers_a_request(plan, coordinator, request, persona):
    publish_request = request_publication(package=package_of(plan), by=coordinator, note="Första.")
    somebody = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        approve_request(request=publish_request, by=somebody)
    with pytest.raises(PermissionDenied):
        return_request(request=publish_request, by=somebody, reason="Miljörutan saknar källa.")
    publish_request.refresh_from_db()
    assert publish_request.decision == Decision.PENDING
    assert not PackageVersion.objects.exists()


def test_a_request_is_returned_with_a_reason(plan, coordinator, reviewer):
    request = request_publication(package=package_of(plan), by=coordinator, note="Första.")
    with pytest.raises(ValidationError):
        return_request(request=request, by=reviewer, reason=" ")
    return_request(request=request, by=reviewer, reason="Miljörutan saknar källa.")
    request.refresh_from_db()
    plan.refresh_from_db()
    assert (request.decision, request.reason) == (Decision.RETURNED, "Miljörutan saknar källa.")
    assert plan.status == PlanStatus.DRAFT
    with pytest.raises(ValidationError, match="redan"):
        approve_request(request=request, by=reviewer)


@pytest.mark.parametrize(
    "persona", ["reviewer", "other_coordinator", "region_administrator", "staff"]
)
def test_others_neither_ask_for_a_publication_nor_withdraw_one(version, plan, request, persona):
    edit(plan)
    somebody = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        request_publication(package=version.package, by=somebody, note="Andra.")
    with pytest.raises(PermissionDenied):
        withdraw_version(
            version=version, by=somebody, approved_by=version.approved_by, reason="Fel."
        )
    assert not PublishRequest.objects.exists()
    assert list(PackageVersion.objects.in_force()) == [version]


def test_a_version_is_replaced_by_one_of_its_package(version, coordinator, reviewer):
    other = PlanFactory(with_matrix=True)
    foreign = publish(
        package=package_of(other), by=coordinator, approved_by=reviewer, note="En annan."
    )
    with pytest.raises(ValidationError, match="samma"):
        withdraw_version(
            version=version,
            by=coordinator,
            approved_by=version.approved_by,
            reason="Fel.",
            replaced_by=foreign,
        )
    assert version in PackageVersion.objects.in_force()


def test_a_package_waits_for_one_answer_at_a_time(plan, coordinator):
    request_publication(package=package_of(plan), by=coordinator, note="Första.")
    with pytest.raises(ValidationError, match="väntar redan"):
        request_publication(package=package_of(plan), by=coordinator, note="Igen.")


def test_a_reference_is_published_with_the_words_it_points_at(plan):
    area: ProductArea = plan.product_areas.get(number=1)
    cells = RiskCell.objects.filter(product_area=area, dimension__code="environment")
    first, second, third = (
        cells.get(stage__code=code)
        for code in ("raw_material", "component_manufacturing", "final_manufacturing")
    )
    for cell, to in ((second, first), (third, second)):
        cell.assessment, cell.same_as_cell = Assessment.SAME_AS, to
        cell.save()
    content = draft_content(package_of(plan))
    published = {
        cell.stage: cell for cell in content.areas[0].cells if cell.dimension == "environment"
    }
    wanted = (Statement("risk", "Gruvor förorenar vatten."),)
    assert published["component_manufacturing"].resolved == wanted
    assert published["final_manufacturing"].resolved == wanted


def test_taking_a_request_back_does_not_open_a_closed_plan(plan, coordinator):
    request = request_publication(package=package_of(plan), by=coordinator, note="Första.")
    plan.refresh_from_db()
    plan.status = PlanStatus.CLOSED
    plan.save()
    return_request(request=request, by=coordinator, reason="Planen är avslutad.")
    plan.refresh_from_db()
    assert plan.status == PlanStatus.CLOSED


def test_a_returned_plan_that_was_published_before_stays_adopted(
    version, plan, coordinator, reviewer
):
    edit(plan)
    request = request_publication(package=version.package, by=coordinator, note="Andra.")
    return_request(request=request, by=reviewer, reason="Mer behövs.")
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ADOPTED


def test_what_is_published_is_what_was_compared(plan, coordinator, reviewer, monkeypatch):
    """Not what can be read a moment later, should somebody write without holding the plan."""
    request = request_publication(package=package_of(plan), by=coordinator, note="Första.")
    real = publishing._decide

    def decide(*given, **named):
        edit(plan)
        real(*given, **named)

    monkeypatch.setattr(publishing, "_decide", decide)
    assert approve_request(request=request, by=reviewer).sha256 == request.sha256


@pytest.mark.parametrize("again", ["approve", "return"])
@pytest.mark.parametrize("first", ["approve", "return"])
def test_a_request_is_decided_on_once(plan, coordinator, reviewer, first, again):
    """What was decided stands, whoever has the page with both buttons still open."""
    sent = request_publication(package=package_of(plan), by=coordinator, note="Första versionen.")
    opened = PublishRequest.objects.get(pk=sent.pk)

    def decide(request: PublishRequest, how: str) -> None:
        if how == "approve":
            approve_request(request=request, by=reviewer)
        else:
            return_request(request=request, by=reviewer, reason="Källan saknas.")

    decide(sent, first)
    decided = PublishRequest.objects.values().get(pk=sent.pk)
    number = PackageVersion.objects.count()
    with pytest.raises(ValidationError, match="redan beslutat"):
        decide(opened, again)
    assert PublishRequest.objects.values().get(pk=sent.pk) == decided
    assert PackageVersion.objects.count() == number
