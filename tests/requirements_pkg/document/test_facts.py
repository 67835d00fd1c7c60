"""The facts of a version: a row that says what its content says, whoever stored it."""

from io import StringIO

import msgspec
import pytest
from django.core.management import call_command
from django.db.models import TextField
from django.db.models.functions import Cast

from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.document import facts
from requirements_pkg.document.reading import digest, put_together, written, written_requirements
from requirements_pkg.models import PackageVersion, VersionFacts
from requirements_pkg.models.fields import document_of
from requirements_pkg.published import page_cache, stored_facts
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory

NAMES = list(facts.DocumentFacts.__dataclass_fields__)
# Every list that tells of versions, and a page of one.
LISTS = ("/", "/kravpaket/", "/flode/", "/uppfoljning/", "/uppfoljning/oversikt/")


def plain(part):
    """As the database gives it back."""
    return msgspec.json.decode(msgspec.json.encode(part))


@pytest.fixture
def version(plan, coordinator, reviewer):
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")


def stored(version) -> dict:
    return plain(VersionFacts.objects.values(*NAMES).get(pk=version.pk))


def test_a_version_is_stored_with_what_lists_tell_of_it(plan, version):
    row = stored(version)
    content = PackageVersion.objects.get(pk=version.pk).content
    assert row["title"] == content.package.title == version.package.title
    assert row["listing"] == {
        "period": facts.period_of(content.plan),
        "region": content.region_name,
        "coordinator": plan.coordinator.name,
        "areas": [[area.number, area.name] for area in plan.product_areas.order_by("number")],
        "is_shared": False,
        "stages": [[stage.code, stage.name] for stage in content.stages],
        "dimensions": [[dimension.code, dimension.name] for dimension in content.dimensions],
        "modules": [],
        "requirements": 1,
        "lessons": 0,
    }
    ((uid, (place, code, mark)),) = row["requirements"].items()
    assert (uid, place, code) == (content.requirements[0].uid, 0, "SE-01")
    assert len(mark) == facts.MARK
    assert row["entries"] == [[uid, "SE-01", content.requirements[0].title, True, False, "", ""]]
    assert row["outline"] == {
        "goals": plain(content.plan.goals),
        "indicators": plain(content.indicators),
    }


def test_the_matrix_tells_risks_and_what_treats_them_over_all_areas(version):
    matrix = stored(version)["matrix"]
    (uid,) = matrix["uids"]
    assert uid == str(version.package.requirements.get().uid)
    treated = [cell for cell in matrix["cells"] if cell[6]]
    assert [(*cell[:3], cell[6]) for cell in treated] == [
        ("raw_material", "environment", "treated", [0])
    ]
    assert sum(cell[4] for cell in matrix["cells"]) < sum(cell[3] for cell in matrix["cells"])


def test_a_shared_module_has_no_plan_to_tell_of(coordinator, reviewer):
    module = ModuleFactory(slug="uppforandekod")
    RequirementFactory(package=module, code="UK-01", source="Kod")
    version = publish(package=module, by=coordinator, approved_by=reviewer, note="Ny.")
    row = stored(version)
    assert (row["listing"]["is_shared"], row["listing"]["areas"]) == (True, [])
    assert (row["outline"], row["matrix"]) == ({}, {})
    assert [code for _place, code, _mark in row["requirements"].values()] == ["UK-01"]


@pytest.fixture
def upgraded(version, publish_package, coordinator):
    """Two versions of before there were facts, the newer one withdrawn; and what was known."""
    RequirementFactory(package=version.package, code="SE-02")
    second = publish_package(version.package, "Andra.")
    withdraw_version(version=second, by=coordinator, approved_by=second.approved_by, reason="Fel.")
    known = [stored(each_version) for each_version in (version, second)]
    VersionFacts.objects.all().delete()
    page_cache.forget()
    return (version, second), known


def test_the_text_of_a_content_is_that_of_the_document(version):
    """PostgreSQL keeps it in a column of its own, which it fills itself."""
    (text,) = PackageVersion.objects.filter(pk=version.pk).texts().values()
    assert document_of(text) == PackageVersion.objects.get(pk=version.pk).content
    stored = PackageVersion.objects.annotate(text=Cast("content", TextField()))
    (column_text,) = stored.filter(pk=version.pk).values_list("text", flat=True)
    assert text in (column_text, column_text.encode())
    assert PackageVersion.objects.none().texts() == {}


def test_versions_of_before_get_the_facts_that_their_contents_have(upgraded):
    versions, known = upgraded
    output = StringIO()
    call_command("catch_up", stdout=output)
    assert output.getvalue() == "2 versions lacked facts.\n"
    assert [stored(version) for version in versions] == known
    assert known == [plain(facts.facts_of(version.content)) for version in versions]
    assert stored_facts.catch_up() == 0


@pytest.mark.parametrize(
    "address",
    [
        *LISTS,
        "/kravpaket/{0}/",
        "/uppfoljning/{0}/",
        "/kravpaket/{0}/krav/SE-02/",
        "/kravpaket/{0}/flode/",
    ],
)
def test_a_page_that_meets_a_version_without_facts_makes_them(client, upgraded, address):
    versions, known = upgraded
    there = address.format(versions[0].package.slug)
    answer = client.get(there)
    assert answer.status_code == 200
    assert [stored(version) for version in versions] == known
    page_cache.forget()
    assert client.get(there).content == answer.content


def test_two_processes_that_catch_up_at_once_leave_one_row_of_each(upgraded, monkeypatch):
    """The slower of them finds what it has made stored already, and lets it be."""
    versions, known = upgraded
    made = []

    def slowly(content):
        version_facts = facts.facts_of(content)
        if len(made) == 0:
            made.append(version_facts)
            stored_facts.catch_up()
        return version_facts

    monkeypatch.setattr(stored_facts, "facts_of", slowly)
    stored_facts.catch_up()
    assert [stored(version) for version in versions] == known


def test_facts_are_stored_with_their_version_or_not_at_all(plan, version, monkeypatch):
    def broken(_version, _facts):
        raise ValueError("Broken.")

    RequirementFactory(package=version.package, code="SE-02")
    monkeypatch.setattr(stored_facts, "keep", broken)
    people = {"by": version.published_by, "approved_by": version.approved_by}
    with pytest.raises(ValueError, match="Broken"):
        publish(package=version.package, note="Andra.", **people)
    assert PackageVersion.objects.get() == version


def test_a_content_is_the_same_written_at_once_and_piece_by_piece(version, coordinator, reviewer):
    RequirementFactory(package=version.package, title="Åäö “citat”")
    version = publish(package=version.package, by=coordinator, approved_by=reviewer, note="Andra.")
    content = PackageVersion.objects.get(pk=version.pk).content
    pieces = written_requirements(content)
    together = put_together(content, pieces)
    assert together == written(content)
    assert digest(together) == version.sha256
    assert facts.facts_of(content, pieces) == facts.facts_of(content)
