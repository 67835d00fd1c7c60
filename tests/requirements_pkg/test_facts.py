"""The facts of a version: columns that say what its content says, whoever stores it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from requirements_pkg import facts
from requirements_pkg.models import PackageVersion
from requirements_pkg.publishing import publish
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory

migration = import_module("requirements_pkg.migrations.0008_facts_of_versions")
NAMES = list(facts.Facts.__dataclass_fields__)


@pytest.fixture
def version(plan, coordinator, reviewer):
    package = PackageFactory(plan=plan)
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=package, code="SE-01", treats=[mines])
    return publish(package=package, by=coordinator, approved_by=reviewer, note="Första.")


def stored(version) -> dict:
    return PackageVersion.objects.values(*NAMES).get(pk=version.pk)


def test_a_version_is_stored_with_what_lists_tell_of_it(plan, version):
    found = stored(version)
    content = PackageVersion.objects.get(pk=version.pk).content
    assert found["title"] == content["package"]["title"] == version.package.title
    assert found["listing"] == {
        "period": facts.period_of(content["plan"]),
        "region": content["region_name"],
        "coordinator": plan.coordinator.name,
        "areas": [[area.number, area.name] for area in plan.product_areas.order_by("number")],
        "is_shared": False,
        "requirements": 1,
        "lessons": 0,
    }
    assert found["codes"] == ["SE-01"]
    assert found["outline"] == {
        "goals": content["plan"]["goals"],
        "indicators": content["indicators"],
    }


def test_the_matrix_tells_risks_and_what_treats_them_over_all_areas(version):
    found = stored(version)["matrix"]
    (uid,) = found["uids"]
    assert uid == str(version.package.requirements.get().uid)
    treated = [cell for cell in found["cells"] if cell[4]]
    assert [(cell[0], cell[1], cell[4]) for cell in treated] == [
        ("raw_material", "environment", [0])
    ]
    assert sum(cell[3] for cell in found["cells"]) < sum(cell[2] for cell in found["cells"])


def test_a_shared_module_has_no_plan_to_tell_of(coordinator, reviewer):
    module = ModuleFactory(slug="uppforandekod")
    RequirementFactory(package=module, code="UK-01", source="Kod")
    version = publish(package=module, by=coordinator, approved_by=reviewer, note="Ny.")
    found = stored(version)
    assert (found["listing"]["is_shared"], found["listing"]["areas"]) == (True, [])
    assert (found["outline"], found["matrix"], found["codes"]) == ({}, {}, ["UK-01"])


def test_versions_that_are_stored_many_at_once_have_their_facts(version):
    copy = PackageVersion.objects.get(pk=version.pk)
    copy.pk, copy.number, copy.title = None, 2, "Ett annat namn"
    copy._state.adding = True
    PackageVersion.objects.bulk_create([copy])
    assert stored(PackageVersion.objects.get(number=2)) == stored(version)


@pytest.fixture
def fill(version):
    """The migration of stored versions, as it is run in a transaction of its own."""
    state = MigrationLoader(connection).project_state(
        ("requirements_pkg", "0008_facts_of_versions")
    )

    def execute(sql: str) -> None:
        # What this very test has stored is checked first: PostgreSQL alters no table that waits.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(sql)

    editor = SimpleNamespace(connection=connection, execute=execute)
    return lambda: migration.fill(state.apps, editor)


def test_the_migration_fills_what_was_stored_before_it(version, fill, monkeypatch):
    right = stored(version)
    monkeypatch.setattr(migration, "facts_of", lambda _content: facts.Facts())
    fill()
    assert stored(version)["title"] == ""
    monkeypatch.undo()
    fill()
    assert stored(version) == right


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's")
def test_after_the_migration_the_database_refuses_changes_as_before(fill):
    fill()
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE requirements_pkg_packageversion SET title = ''")
