"""A requirement that nobody has looked over for long asks for it, until somebody says so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ChangeLog, User
from actionplan.workspace.tabs import PlanTab, tab_address
from followup.models import ReminderKind
from followup.reminders.due import due
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.requirements import look_over
from requirements_pkg.drafting.looking_over import to_look_over
from requirements_pkg.models import LinkCheck, PackageVersion, Requirement, RequirementLook
from requirements_pkg.models.dialogue.months import months_before
from tests.factories import PackageFactory, RequirementFactory
from tests.unguarded import unguarded

ADDRESS = "https://eur-lex.example/1"


@pytest.fixture
def package(plan, coordinator, reviewer):
    made = PackageFactory(plan=plan)
    RequirementFactory(package=made, code="SE-01")
    publish(package=made, by=coordinator, approved_by=reviewer, note="Ny.")
    return made


@pytest.fixture
def old(package, coordinator) -> Requirement:
    """A requirement that was looked over nineteen months ago, beside one that is being written."""
    RequirementFactory(package=package, code="SE-02", source="Förordning")
    requirement = Requirement.objects.get(code="SE-01")
    then = months_before(timezone.now(), 19)
    with unguarded():
        QuerySet(PackageVersion).update(published_at=then - timedelta(days=100))
    RequirementLook.objects.create(requirement=requirement, by=coordinator, at=then)
    return requirement


def asking() -> list[str]:
    rows = to_look_over(Requirement.objects.order_by("code"), timezone.now())
    return list(rows.values_list("code", flat=True))


def check(tmp_path: Path, *addresses: str) -> None:
    answering = tmp_path / "svarar.txt"
    answering.write_text("\n".join(addresses))
    call_command("check_links", str(answering))


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (datetime(2026, 8, 31, tzinfo=UTC), 18, datetime(2025, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 1, datetime(2025, 12, 15, tzinfo=UTC)),
        (datetime(2025, 2, 28, tzinfo=UTC), -18, datetime(2026, 8, 28, tzinfo=UTC)),
    ],
)
def test_months_are_counted_back_to_a_day_that_there_is(moment, months, before):
    assert months_before(moment, months) == before


def test_a_requirement_asks_when_the_months_of_the_setting_have_passed(old, settings):
    assert asking() == ["SE-01"]
    settings.LOOK_OVER_MONTHS = 20
    assert asking() == []


def test_looking_over_is_an_act_with_a_day_and_a_person(old, coordinator):
    look_over(package=old.package, keys=[old.pk], by=coordinator)
    assert asking() == []
    look = old.looks.first()
    assert (look.by, timezone.localdate(look.at)) == (coordinator, timezone.localdate())
    assert ChangeLog.objects.about(look).get().by == coordinator


def test_publishing_a_wording_counts_as_a_look(old):
    with unguarded():
        QuerySet(PackageVersion).update(published_at=timezone.now())
    assert asking() == []


def test_only_who_edits_the_package_looks_over(old, other_coordinator, coordinator):
    with pytest.raises(PermissionDenied):
        look_over(package=old.package, keys=[old.pk], by=other_coordinator)
    with pytest.raises(ValidationError):
        look_over(package=old.package, keys=[], by=coordinator)
    assert asking() == ["SE-01"]


def test_a_source_whose_address_is_gone_asks_until_somebody_has_looked(
    old, package, coordinator, tmp_path
):
    other = Requirement.objects.get(code="SE-02")
    other.sources.create(title="En annan", url="https://kvar.example/")
    check(tmp_path, "https://kvar.example/", ADDRESS)
    assert asking() == ["SE-01"]
    check(tmp_path, "https://kvar.example/")
    since = LinkCheck.objects.failing().get().failing_since
    assert asking() == ["SE-01", "SE-02"]
    look_over(package=package, keys=[other.pk], by=coordinator)
    check(tmp_path, "https://kvar.example/")
    assert LinkCheck.objects.failing().get().failing_since == since
    assert asking() == ["SE-01"]


def test_the_command_writes_the_addresses_and_refuses_a_file_of_nothing(old, capsys, tmp_path):
    call_command("check_links")
    assert capsys.readouterr().out.split() == [ADDRESS]
    with pytest.raises(CommandError):
        check(tmp_path, "https://fel.example/")
    with pytest.raises(CommandError):
        call_command("check_links", str(tmp_path / "finns-inte.txt"))
    assert not LinkCheck.objects.exists()


def test_the_coordinator_is_told_of_the_package_and_nobody_else(old, coordinator, reviewer):
    people = due(User.objects.all())
    (item,) = (row for row in people[coordinator] if row.kind is ReminderKind.LOOK_OVER)
    assert (item.target_id, item.due_on < timezone.localdate()) == (old.package_id, True)
    assert item.address.endswith("?oversyn=dags#kraven")
    assert all(row.kind is not ReminderKind.LOOK_OVER for row in people[reviewer])
    RequirementLook.objects.update(at=timezone.now() - timedelta(days=400))
    again = due(User.objects.filter(pk=coordinator.pk))[coordinator]
    assert all(row.kind is not ReminderKind.LOOK_OVER for row in again)


def test_the_list_shows_what_asks_and_lets_it_be_looked_over(client, old, coordinator):
    client.force_login(coordinator)
    address = tab_address(old.package.plan_id, PlanTab.REQUIREMENTS)
    page = client.get(f"{address}?oversyn=dags").content.decode()
    assert "SE-01" in page
    assert f'id="krav-{old.pk}"' in page
    assert f'id="krav-{Requirement.objects.get(code="SE-02").pk}"' not in page
    sent = {"krav": old.pk, "do": "look", "visa_oversyn": "dags"}
    many = reverse("admin:requirements_pkg_change_many", args=[old.package_id])
    answer = client.post(many, sent, follow=True)
    assert "1 krav är sett över." in answer.content.decode()
    assert answer.redirect_chain[0][0] == f"{address}?oversyn=dags#kraven"
    assert asking() == []


def test_the_page_of_a_requirement_says_when_and_leads_back_to_it(client, old, coordinator):
    client.force_login(coordinator)
    own = reverse("admin:requirements_pkg_requirement_change", args=[old.pk])
    assert "Senast sett över" in client.get(own).content.decode()
    many = reverse("admin:requirements_pkg_change_many", args=[old.package_id])
    answer = client.post(many, {"krav": old.pk, "do": "look", "fran": "krav"})
    assert answer.headers["Location"] == own
    listed = reverse("admin:requirements_pkg_requirement_changelist")
    assert "SE-01" not in client.get(f"{listed}?saknar=oversyn").content.decode()
