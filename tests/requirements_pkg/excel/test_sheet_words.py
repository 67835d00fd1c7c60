"""Numbers and words of a sheet of requirements that mean nothing here, settled on its preview."""

import pytest

from actionplan.excel.importing.settling import SettledWords
from actionplan.excel.lists import LEFT_OUT
from requirements_pkg.models import Requirement, RequirementsPackage
from tests.factories import PackageFactory
from tests.requirements_pkg.sheets import bring, new_row


@pytest.fixture
def package(plan) -> RequirementsPackage:
    return PackageFactory(plan=plan)


def test_numbers_that_the_plan_lacks_are_settled_one_by_one(package, coordinator):
    area = package.plan.product_areas.first()
    row = new_row(package, areas=f"{area.number}, 98, 99", level="Avancerat krav")
    result = bring(coordinator, [row])
    keys = {question.word.words: question.word.key for question in result.questions}
    assert set(keys) == {"98", "99", "Avancerat krav"}
    meanings = {keys["98"]: LEFT_OUT, keys["99"]: str(area.number)}
    meanings[keys["Avancerat krav"]] = "advanced"
    result = bring(coordinator, [row], settled=SettledWords(meanings))
    assert not result.has_validation_errors()
    requirement = Requirement.objects.get(code="SE-90")
    assert requirement.level == "advanced"
    assert [link.product_area for link in requirement.area_links.all()] == [area]


def test_a_package_that_is_named_in_words_is_chosen(package, coordinator):
    row = new_row(package) | {"package": "Vårt paket"}
    (question,) = bring(coordinator, [row]).questions
    bring(coordinator, [row], settled=SettledWords({question.word.key: package.slug}))
    assert Requirement.objects.get(code="SE-90").package == package
