"""How many authorities have used requirements: in contracts, as reported, and on public pages."""

from datetime import date

import pytest
from django.utils import timezone

from actionplan.models import Organisation
from followup.actions.contracts.use_claims import decide_on_claim
from followup.drafting.uses import uses_of
from followup.models import JointOwner, UseClaim
from followup.published.comment_suggestions import sentences
from requirements_pkg.models import PackageVersion
from requirements_pkg.published import page_cache
from tests.factories import ContractFactory, ContractRequirementFactory, UseClaimFactory
from tests.factories.reports import report_on

REGIONS = ["stockholm", "uppsala", "skane", "halland"]


def contract(demanding: PackageVersion, code: str, *, year: int = 2025, requirement: int = 0):
    """A contract of a region with one requirement of the package."""
    made = ContractFactory(
        organisation=Organisation.objects.get(code=code), starts_on=date(year, 1, 1)
    )
    wording = list(demanding.package.requirements.order_by("code"))[requirement]
    ContractRequirementFactory(contract=made, version=demanding, requirement=wording)
    return made


def claim(demanding: PackageVersion, by, *, is_accepted: bool = True, **facts: object) -> UseClaim:
    made = UseClaimFactory(package=demanding.package, **facts)
    if is_accepted:
        decide_on_claim(
            key=made.pk, decision="accepted", reason="", organisation=made.organisation, by=by
        )
    return made


@pytest.fixture
def used(demanding) -> PackageVersion:
    """A package with contracts of four regions, one of which has it together with another."""
    for code in REGIONS:
        made = contract(demanding, code)
    made.kind = "joint"
    made.save()
    JointOwner.objects.create(contract=made, organisation=Organisation.objects.get(code="uppsala"))
    return demanding


def page(client, path: str) -> str:
    page_cache.forget()
    return " ".join(client.get(path).content.decode().split())


def test_contracts_of_all_owners_and_confirmed_reports_count(used, coordinator):
    claim(used, coordinator, organisation=None, authority="Myndigheten för stickprov")
    claim(used, coordinator, organisation=None, authority="Myndigheten  för Stickprov")
    claim(used, coordinator, is_accepted=False, organisation=None, authority="Ingen")
    contract(used, "skane", year=timezone.localdate().year + 1)
    uses = uses_of(used.package, timezone.localdate())
    authorities = {use.authority for use in uses}
    assert len(authorities) == 5
    assert sum(use.is_region for use in uses) == 5
    assert {use.year for use in uses} == {2025, timezone.localdate().year}
    assert {use.level for use in uses} == {"basic"}


def test_what_counts_is_the_level_as_published(used, coordinator):
    used.package.requirements.update(level="spearhead")
    assert {use.level for use in uses_of(used.package, timezone.localdate())} == {"basic"}


def test_public_pages_tell_what_the_newest_report_does_and_no_live_row(client, used):
    slug = used.package.slug
    paths = {
        "status": f"/uppfoljning/{slug}/",
        "goals": f"/kravpaket/{slug}/mal/",
        "requirement": f"/kravpaket/{slug}/krav/SE-01/",
    }
    assert not any("yndigheter" in page(client, path) for path in paths.values())
    report_on(used.package)
    assert "4 myndigheter" in page(client, paths["requirement"])
    for name in ("status", "goals"):
        assert "<dt>Myndigheter</dt> <dd> 4 </dd>" in page(client, paths[name]), name
    before = {name: page(client, path) for name, path in paths.items()}
    for code in ("gotland", "varmland", "vastmanland"):
        contract(used, code)
    assert {name: page(client, path) for name, path in paths.items()} == before
    report_on(used.package, note="Fler använder kraven.")
    assert "7 myndigheter" in page(client, paths["requirement"])
    assert "<dt>Myndigheter</dt> <dd> 4 </dd>" in page(client, f"/uppfoljning/{slug}/r1/")


def test_few_authorities_are_told_nowhere(client, demanding):
    contract(demanding, "stockholm")
    report_on(demanding.package)
    slug = demanding.package.slug
    for path in (f"/uppfoljning/{slug}/", f"/kravpaket/{slug}/mal/"):
        assert "så länge de är färre än tre" in page(client, path)
    assert "1 myndighet" not in page(client, f"/kravpaket/{slug}/krav/SE-01/")
    rows = client.get(f"/uppfoljning/{slug}/ladda-ner/csv").content.decode()
    assert "Myndigheter som har använt krav" in rows


def test_it_is_offered_as_evidence_for_readings_from_the_report_alone(used):
    assert not any("myndigheter" in line for line in sentences(used.package.plan))
    report_on(used.package)
    lines = sentences(used.package.plan)
    assert any("4 myndigheter" in line for line in lines)
    assert "4 regioner har tagit in krav ur kravpaketet." in lines


def test_a_requirement_that_few_have_used_is_withheld(client, used):
    contract(used, "gotland", requirement=1)
    report_on(used.package)
    slug = used.package.slug
    assert "Antalet lämnas inte ut" in page(client, f"/kravpaket/{slug}/krav/SE-02/")
