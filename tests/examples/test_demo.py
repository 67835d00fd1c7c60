"""The demo: a database where every part of a package is to be seen."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from actionplan.models import ChangeLog, User
from examples.demo.versions import NOT_CONFIRMED
from examples.requirements.earlier import EARLIER_WORDING, WITHDRAWN, WRITTEN_LATER
from examples.requirements.module import MODULE_REQUIREMENTS
from examples.requirements.module import SLUG as MODULE
from examples.requirements.shared import REQUIREMENTS
from requirements_pkg.document.schema import Requirement as Wording
from requirements_pkg.models import GoalService, PackageVersion, Requirement, RiskTreatment
from tests.kept import kept
from tests.requirements_pkg.whole_and_parts import differences

SLUG = "it-teknisk-plattform"


def seed(*, debug: bool = True) -> str:
    out = StringIO()
    with override_settings(DEBUG=debug):
        call_command("seed_demo", "--port", "8000", stdout=out)
    return out.getvalue()


@pytest.fixture
@kept
def seeded(db) -> str:
    return seed()


def requirements(slug: str, number: int) -> dict[str, Wording]:
    version = PackageVersion.objects.get(package__slug=slug, number=number)
    return {requirement.code: requirement for requirement in version.content.requirements}


def test_the_module_is_taken_into_the_package_at_its_version(seeded):
    assert len(requirements(MODULE, 1)) == len(MODULE_REQUIREMENTS)
    taken = [requirement for requirement in requirements(SLUG, 3).values() if requirement.module]
    codes = [requirement.code for requirement in taken]
    assert codes == [example.code for example in MODULE_REQUIREMENTS]
    modules = {requirement.module for requirement in taken}
    assert [(module.slug, module.version) for module in modules] == [(MODULE, 1)]


def test_the_package_has_a_history_to_compare(seeded):
    assert requirements(SLUG, 1) == {}
    second, third = requirements(SLUG, 2), requirements(SLUG, 3)
    assert third.keys() - second.keys() == {WRITTEN_LATER}
    assert second.keys() <= third.keys()
    changed = {code for code in second if second[code].revision != third[code].revision}
    assert changed == {*EARLIER_WORDING, WITHDRAWN.code}
    assert (second["SE-01"].revision, third["SE-01"].revision) == (1, 2)
    assert second["SE-01"].text != third["SE-01"].text
    assert third[WITHDRAWN.code].withdrawn.successor == third["SE-11"].uid


def test_the_last_version_reads_as_the_examples_do(seeded):
    stored = requirements(SLUG, 3)
    own = [
        code
        for code, requirement in stored.items()
        if not requirement.module and not requirement.withdrawn
    ]
    assert own == [example.code for example in REQUIREMENTS]
    for example in REQUIREMENTS:
        requirement = stored[example.code]
        assert requirement.text == example.text
        assert requirement.cpv == tuple(example.cpv)
        assert requirement.product_areas == tuple(example.product_areas)
        assert [(s.title, s.url, s.dated) for s in requirement.sources] == [*example.sources]
        assert len(requirement.treats) == len(example.treats)
        assert [served.number for served in requirement.serves] == [*example.serves]
        lower = stored[example.replaces].uid if example.replaces else None
        assert requirement.replaces == lower


def test_every_row_would_pass_the_form_and_has_a_history(seeded):
    for row in Requirement.objects.all():
        row.full_clean()
    rows = Requirement.objects.all()
    histories = {row.code: ChangeLog.objects.about(row).count() for row in rows}
    assert histories["SE-01"] == 2
    assert histories["SE-02"] == 1
    by = ChangeLog.objects.of(Requirement).values_list("by__username", flat=True).distinct()
    assert list(by.order_by()) == ["samordnare"]


def test_the_links_of_one_requirement_ask_to_be_looked_at_again(seeded):
    links = [*RiskTreatment.objects.all(), *GoalService.objects.all()]
    assert {link.requirement.code for link in links if link.is_suspect} == {NOT_CONFIRMED}


def test_a_used_database_stays_as_it_is(seeded):
    versions = PackageVersion.objects.count()
    assert f"/kravpaket/{SLUG}/" in seed()
    assert PackageVersion.objects.count() == versions == 5


def test_it_is_refused_where_real_people_work(db):
    with pytest.raises(CommandError, match="DEBUG=True"):
        seed(debug=False)
    assert not User.objects.exists()


def test_what_was_learnt_can_be_read_all_the_way(seeded, client):
    """Indicator 2.1: two follow-ups, two deviations, two lessons, two requirements, a version."""
    version = PackageVersion.objects.get(package__slug=SLUG, number=4)
    changed = {change.code for lesson in version.content.lessons for change in lesson.changes}
    assert changed == {"DH-04", "DH-13"}
    versions = {change.version for lesson in version.content.lessons for change in lesson.changes}
    assert versions == {4}
    page = client.get(f"/kravpaket/{SLUG}/").content.decode()
    assert "Lärdomar i denna version" in page
    page = client.get(f"/kravpaket/{SLUG}/krav/DH-04/").content.decode()
    assert "Inarbetad i DH-04:2" in page
    page = client.get(f"/uppfoljning/{SLUG}/").content.decode()
    assert "Lärdom inarbetad i DH-13:2" in page
    assert "Två avvikelser hittades" in page
    assert "Norrsken" not in page


def test_the_coordinator_has_something_to_be_reminded_of(seeded):
    out = StringIO()
    call_command("send_reminders", dry_run=True, stdout=out)
    assert "samordnare: " in out.getvalue()
    assert "Would send 1 mail" in out.getvalue()


def test_every_part_of_every_version_says_what_the_whole_says(seeded):
    versions = PackageVersion.objects.select_related("package")
    assert len(versions) > 3
    assert [differences(version) for version in versions] == [[]] * len(versions)
