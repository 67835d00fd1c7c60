"""What the pages of a version and of a requirement tell of follow-ups and lessons."""

import pytest
from django.utils import timezone

from followup.models import ChangeState, Method, Severity
from requirements_pkg.actions.publishing import package_of, publish
from requirements_pkg.backoffice.pages import publishing_address
from requirements_pkg.published import page_cache
from risks.models import RiskStatement
from tests.factories import (
    ModuleFactory,
    PlanFactory,
    RequirementFactory,
    include,
)
from tests.factories.followup import (
    DONE,
    ChangeFactory,
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    QuestionFactory,
    reviewed,
)
from tests.factories.reports import newly_reported, report_on

LEARNT = "Frågan om smältverk behöver säga vilka metaller som avses."
WITHHELD = "Antalet lämnas inte ut"


@pytest.fixture
def requirement(plan):
    mines = RiskStatement.objects.filter(text="Gruvor förorenar vatten.")
    return RequirementFactory(package=package_of(plan), code="SE-01", treats=mines)


@pytest.fixture
def publish_now(requirement, coordinator, reviewer):
    """A function that publishes the package as it stands."""

    def now():
        package = requirement.package
        return publish(package=package, by=coordinator, approved_by=reviewer, note="Ny.")

    return now


@pytest.fixture
def version(publish_now):
    return publish_now()


@pytest.fixture
def follow_up(version, requirement):
    """A function that makes a follow-up of a contract that asked about the requirement."""

    def make(contract: str, questioned=requirement, **fields):
        supplier = f"Hemliga Hallar {contract.strip().upper()}"
        fields = {"status": "closed", "done_on": DONE, "supplier": supplier, **fields}
        made = FollowUpFactory(version=version, contract_reference=contract, **fields)
        if questioned:
            QuestionFactory(follow_up=made, requirement=questioned)
        return made

    return make


@pytest.fixture
def learnt(follow_up, requirement, coordinator, reviewer):
    """A lesson of an audit, reviewed and taken into the requirement's second wording."""
    audit = follow_up("RS-1", method=Method.AUDIT)
    lesson = LessonFactory(follow_up=audit, written_by=coordinator)
    reviewed(lesson, reviewer)
    requirement.text = "Leverantören ska räkna upp metallerna."
    requirement.save()
    return ChangeFactory(
        lesson=lesson,
        requirement=requirement,
        state=ChangeState.TAKEN_IN,
        revision=2,
        decided_by=coordinator,
        decided_at=timezone.now(),
    )


@pytest.fixture
def look(client, requirement):
    """A function that gives the text of a page of the package, white space as single spaces."""

    def text(rest: str = "krav/SE-01/") -> str:
        newly_reported(requirement.package)
        response = client.get(f"/kravpaket/{requirement.package.slug}/{rest}", follow=True)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return text


def close(deviation, by, second):
    deviation.state, deviation.closed_on, deviation.closed_by = "closed", DONE, by
    deviation.remedied_by, deviation.evidence = second, "Bilaga"
    deviation.save()


def test_the_chain_counts_from_the_risk_to_the_deviations(
    look, follow_up, requirement, coordinator, reviewer
):
    for contract in ("A", "B", "C", "C"):
        last = follow_up(contract)
    for severity in (Severity.MINOR, Severity.MAJOR, Severity.MINOR):
        deviation = DeviationFactory(follow_up=last, requirement=requirement, severity=severity)
    close(deviation, coordinator, reviewer)
    page_text = look()
    for words in (
        "1 risk</a>",
        "SE-01:1, 1 lydelse hittills",
        "Ingår i 4 uppföljningar",
        "2 öppna, 1 stängd",
        "Ingen lärdom har lett till en ny lydelse ännu",
        f'href="/uppfoljning/{requirement.package.slug}/#uppfoljningar"',
    ):
        assert words in page_text, words
    assert WITHHELD not in page_text
    assert 'id="lardomar"' not in page_text


def test_nothing_is_counted_before_a_follow_up_is_done(look, follow_up):
    for contract in "ABC":
        follow_up(contract, status="planned", done_on=None)
        follow_up(contract, status="cancelled")
    page_text = look()
    assert "Ingår inte i någon uppföljning ännu" in page_text
    assert "Inga har hittats" in page_text


@pytest.mark.parametrize(
    ("contracts", "is_withheld"), [(["A", "B"], True), (["A", "b ", "B"], True), ("ABC", False)]
)
def test_counts_of_fewer_than_three_suppliers_are_withheld(
    look, follow_up, requirement, contracts, is_withheld
):
    for contract in contracts:
        last = follow_up(contract)
    DeviationFactory(follow_up=last, requirement=requirement)
    page_text = look()
    assert (page_text.count(WITHHELD) == 2) == is_withheld
    assert ("1 öppen" in page_text) != is_withheld
    assert ("färre än tre leverantörer" in page_text) == is_withheld


def test_a_deviation_that_was_found_without_asking_is_withheld_too(look, follow_up, requirement):
    DeviationFactory(follow_up=follow_up("A", questioned=None), requirement=requirement)
    assert look().count(WITHHELD) == 2


def test_a_withheld_count_does_not_follow_from_those_of_the_other_requirements(
    look, follow_up, requirement, publish_now
):
    """The plan's own counts are public: all but one requirement's would tell of that one."""
    other = RequirementFactory(package=requirement.package, code="SE-02")
    publish_now()
    for contract in "ABC":
        follow_up(contract)
    follow_up("A", questioned=other)
    assert look("krav/SE-02/").count(WITHHELD) == 2
    # Four follow-ups in all, and three that asked about this one: one would be left for the other.
    assert look().count(WITHHELD) == 2


def test_the_overview_withholds_what_pages_of_requirements_do(
    look, follow_up, requirement, publish_now, client
):
    """A rare requirement hides behind the next rarest on both, and behind others where it can."""
    mines = RiskStatement.objects.get(text="Gruvor förorenar vatten.")
    RequirementFactory(package=requirement.package, code="SE-02", treats=[mines])
    rare = RequirementFactory(package=requirement.package, code="SE-03")
    publish_now()
    for contract in "ABC":
        follow_up(contract)
    follow_up("A", questioned=rare)
    place = f"/uppfoljning/oversikt/?dimension={mines.cell.dimension.code}"
    newly_reported(requirement.package)
    assert "uppföljningar lämnas inte ut" in client.get(place).content.decode()
    for contract in "BCDE":
        follow_up(contract, questioned=rare)
    for contract in "FGH":
        follow_up(contract)
    newly_reported(requirement.package)
    assert "uppföljningar lämnas inte ut" not in client.get(place).content.decode()
    assert WITHHELD not in look()


def test_a_plan_with_one_deviation_does_not_say_which_requirement_has_none(
    look, follow_up, requirement, publish_now
):
    """Its page tells of one: were it the first's, the others would have none."""
    for code in ("SE-05", "SE-14"):
        questioned = RequirementFactory(package=requirement.package, code=code)
        follow_up("A", questioned=questioned)
        follow_up("B", questioned=questioned)
    RequirementFactory(package=requirement.package, code="SE-20")
    publish_now()
    for contract in "ABC":
        last = follow_up(contract)
    DeviationFactory(follow_up=last, requirement=requirement)
    for code, withheld in (("SE-01", 2), ("SE-05", 2), ("SE-14", 2), ("SE-20", 1)):
        page_text = look(f"krav/{code}/")
        assert page_text.count(WITHHELD) == withheld, code
        assert "öppen" not in page_text
        assert "Inga har hittats" not in page_text


def test_a_version_lists_the_lessons_that_it_is_the_first_to_have(look, learnt, publish_now):
    publish_now()
    page_text = look("v2/")
    assert "Lärdomar i denna version" in page_text
    assert f'<p class="learnt" lang="sv">{LEARNT}</p>' in page_text
    assert "Från en revision 2026." in page_text
    slug = learnt.requirement.package.slug
    assert f'<a href="/kravpaket/{slug}/v2/krav/SE-01/">SE-01:2</a>' in page_text
    assert "Lärdomar i denna version" not in look("v1/")
    learnt.requirement.title = "Nytt namn"
    learnt.requirement.save()
    publish_now()
    assert "Lärdomar i denna version" not in look("v3/")
    assert "Hemliga Hallar" not in page_text


def test_a_draft_shows_the_lessons_that_will_be_new(learnt, as_persona):
    address = publishing_address("preview", learnt.requirement.package)
    page_text = as_persona("coordinator").get(address).content.decode()
    assert "Lärdomar som blir nya i version 2" in page_text
    assert LEARNT in page_text


def test_a_requirement_tells_its_lessons_and_the_version_that_has_them(look, learnt, publish_now):
    publish_now()
    page_text, slug = look(), learnt.requirement.package.slug
    assert LEARNT in page_text
    assert (
        f'Inarbetad i SE-01:2, <a href="/kravpaket/{slug}/v2/#lardomar">version 2</a>' in page_text
    )
    assert '<a href="#lardomar">1 lärdom</a>' in page_text
    assert f'<a href="/kravpaket/{slug}/v2/">SE-01:2, i version 2</a>' in page_text
    assert "Hemliga Hallar" not in page_text
    before = look("v1/krav/SE-01/")
    assert LEARNT not in before
    assert "Inga hittills" in before


def test_the_english_pages_say_the_same_in_english(look, learnt, publish_now):
    publish_now()
    assert "Lessons in this version" in look("v2/?sprak=en")
    page_text = look("krav/SE-01/?sprak=en")
    assert "From an audit in 2026. Incorporated in SE-01:2," in page_text
    assert "From risk to lesson" in page_text


def test_counts_are_asked_once_for_all_requirements_of_a_package(
    client, version, requirement, follow_up, django_assert_num_queries
):
    address = f"/kravpaket/{requirement.package.slug}/krav/SE-01/"
    for contract in "ABC":
        follow_up(contract)
    newly_reported(requirement.package)
    with django_assert_num_queries(3):
        assert "i 3 uppföljningar" in client.get(address).content.decode()
    with django_assert_num_queries(0):
        client.get(f"/kravpaket/{requirement.package.slug}/v1/krav/SE-01/")


def test_the_page_of_a_requirement_follows_the_counts(client, requirement, follow_up):
    address = f"/kravpaket/{requirement.package.slug}/krav/SE-01/"
    for contract in "ABCD":
        follow_up(contract)
    report_on(requirement.package)
    first = client.get(address)
    for contract in "EFG":
        follow_up(contract)
    report_on(requirement.package)
    # Only what was asked of the database is thrown away; finished pages stay.
    page_cache._answers.clear()
    second = client.get(address)
    assert "i 4 uppföljningar" in first.content.decode()
    assert "i 7 uppföljningar" in second.content.decode()
    assert first["ETag"] != second["ETag"]


def test_a_requirement_of_a_module_leads_to_the_module_for_its_lessons(
    client, version, publish_now, coordinator, reviewer, follow_up
):
    module = ModuleFactory(slug="uppforandekod")
    shared = RequirementFactory(package=module, code="UK-01", source="Kod")
    published = publish(package=module, by=coordinator, approved_by=reviewer, note="Ny.")
    include(version.package, published)
    publish_now()
    for contract in "ABC":
        follow_up(contract, questioned=shared)
    newly_reported(version.package)
    address = f"/kravpaket/{version.package.slug}/krav/UK-01/"
    page_text = client.get(address).content.decode()
    assert "Ingår i 3 uppföljningar" in page_text
    assert 'href="/kravpaket/uppforandekod/v1/krav/UK-01/"' in page_text
    own = client.get("/kravpaket/uppforandekod/krav/UK-01/").content.decode()
    assert "Ingår i 3 uppföljningar" in own
    assert "/uppfoljning/uppforandekod/" not in own


def test_a_module_tells_only_what_plans_tell_themselves(
    client, version, coordinator, reviewer, follow_up
):
    """The others' own counts are public: what is left over would be of those few."""
    module = ModuleFactory(slug="uppforandekod")
    shared = RequirementFactory(package=module, code="UK-01", source="Kod")
    publish(package=module, by=coordinator, approved_by=reviewer, note="Ny.")
    address = "/kravpaket/uppforandekod/krav/UK-01/"
    assert "Ingen uppföljningsrapport" in client.get(address).content.decode()
    for contract in "ABC":
        follow_up(contract, questioned=shared)
    newly_reported(version.package)
    assert "Ingår i 3 uppföljningar" in client.get(address).content.decode()
    other = package_of(PlanFactory(with_matrix=True))
    publish(package=other, by=coordinator, approved_by=reviewer, note="Ny.")
    follow_up("D", questioned=shared, product_area=other.plan.product_areas.first())
    newly_reported(other)
    assert "Ingår i 3 uppföljningar" in client.get(address).content.decode()
