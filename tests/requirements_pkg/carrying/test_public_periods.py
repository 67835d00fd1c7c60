"""The public reads two periods of a category as one story: compared, and each requirement's."""

import pytest
from django.core.exceptions import ValidationError

from actionplan.models import ActionPlan
from requirements_pkg.actions.next_period.parts import drop_parts
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.models import CarriedKind, CarriedPart, Requirement
from tests.factories import RequirementFactory
from tests.requirements_pkg.admin_forms import text_of
from tests.requirements_pkg.carrying.periods import YEARS, published_plan


@pytest.fixture
def old(plan, coordinator, reviewer) -> ActionPlan:
    return published_plan(plan, coordinator, reviewer)


@pytest.fixture
def new(old, coordinator, reviewer) -> ActionPlan:
    """The next period: a requirement says something else, one is dropped, one is new."""
    plan = start_next_period(plan=old, by=coordinator, **YEARS)
    package = package_of(plan)
    changed = Requirement.objects.get(package=package, code="SE-01")
    changed.text = "Leverantören ska lämna en förteckning varje år."
    changed.save()
    dropped = Requirement.objects.get(package=package, code="SE-02")
    parts = [CarriedPart.objects.get(kind=CarriedKind.REQUIREMENT, key=dropped.pk).pk]
    reason = "Lagen kräver det redan."
    drop_parts(plan=plan, kind=CarriedKind.REQUIREMENT, parts=parts, reason=reason, by=coordinator)
    RequirementFactory(package=package, code="SE-04", source="Lag")
    publish(package=package, by=coordinator, approved_by=reviewer, note="Ny period.")
    return plan


def slug(plan: ActionPlan) -> str:
    return package_of(plan).slug


def test_the_first_version_is_compared_with_the_period_before(client, old, new):
    page = text_of(client.get(f"/kravpaket/{slug(new)}/jamfor/"))
    assert "från version 1 av planen 2023–2025" in page
    assert "varje år" in page
    assert "SE-04" in page
    assert "Lagen kräver det redan." in page
    # What goes on as it was is no difference.
    assert "UK-01" not in page
    comparison = client.get(
        f"/kravpaket/{slug(new)}/jamfor/", {"fran": f"{slug(old)}/1", "till": 1}
    )
    assert "från version 1 av planen 2023–2025" in text_of(comparison)
    assert f'value="{slug(old)}/1" selected' in text_of(comparison)


@pytest.mark.parametrize("wanted", ["{old}/9", "{old}/", "{old}/x", "annat/1", "{new}/1", "/1"])
def test_a_version_that_is_none_of_the_period_before_is_not_found(client, old, new, wanted):
    link = wanted.format(old=slug(old), new=slug(new))
    address = f"/kravpaket/{slug(new)}/jamfor/"
    assert client.get(address, {"fran": link, "till": 1}).status_code == 404


def test_a_later_version_is_compared_within_its_period(client, old, new, coordinator, reviewer):
    package = package_of(new)
    RequirementFactory(package=package, code="SE-05", source="Lag")
    publish(package=package, by=coordinator, approved_by=reviewer, note="Mer.")
    page = text_of(client.get(f"/kravpaket/{slug(new)}/jamfor/"))
    assert "Det här skiljer version 2 från version 1." in page
    assert "Planen 2023–2025" in page


def test_the_period_before_is_not_compared_with_the_one_after(client, old, new):
    page = text_of(client.get(f"/kravpaket/{slug(old)}/jamfor/"))
    assert "2026–2028" not in page.split("<h1>")[1].split("Sammanfattning")[0]
    address = f"/kravpaket/{slug(old)}/jamfor/"
    assert client.get(address, {"fran": f"{slug(new)}/1", "till": 1}).status_code == 404


def test_the_history_of_a_requirement_goes_through_both(client, old, new):
    later = f"/kravpaket/{slug(new)}/krav/SE-01/historik/"
    earlier = f"/kravpaket/{slug(old)}/krav/SE-01/historik/"
    page = text_of(client.get(later))
    assert "Från förra perioden" in page
    assert "Infört" not in page
    assert earlier in page
    page = text_of(client.get(earlier))
    assert "Infört" in page
    assert later in page
    # A new one has no history before, and one of old has none after it was dropped.
    page = text_of(client.get(f"/kravpaket/{slug(new)}/krav/SE-04/historik/"))
    assert "I andra perioder" not in page
    assert "Infört" in page


def test_every_page_of_both_packages_answers(client, old, new):
    for plan, codes in ((old, ("SE-01", "SE-02")), (new, ("SE-01", "SE-02", "SE-04"))):
        home = f"/kravpaket/{slug(plan)}/"
        parts = ("", "v1/", "versioner/", "jamfor/", "ladda-ner/csv", "ladda-ner/json")
        of_codes = [f"krav/{code}/{part}" for code in codes for part in ("", "historik/")]
        for part in (*parts, *of_codes):
            assert client.get(home + part).status_code == 200, home + part
    answer = text_of(client.get("/sok/", {"q": "förteckning varje år"}))
    assert "SE-01" in answer


def test_a_period_is_not_started_twice_after_it_was_published(old, new, coordinator):
    with pytest.raises(ValidationError, match="2026–2028"):
        start_next_period(plan=old, by=coordinator, **YEARS)
