"""The pages that compare versions and tell a requirement's history."""

import re
from datetime import date
from unittest.mock import patch

import pytest

from actionplan.models import Indicator, IndicatorKind
from actionplan.public import sections
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.document.reading import checksum as sha256
from requirements_pkg.document.reading import read
from requirements_pkg.models import PackageVersion, RequirementState, fields
from requirements_pkg.models.fields import QuickDecoder
from requirements_pkg.published import stored_facts
from tests.factories import RequirementFactory
from tests.factories.contents import a_content, a_requirement, a_treatment
from tests.project.pages.reading import Reader

decode = QuickDecoder.decode


@pytest.fixture
def requirement(plan):
    """A requirement in the plan's package, not yet published."""
    return RequirementFactory(package=package_of(plan), code="SE-01", title="Redovisa smältverk")


@pytest.fixture
def address(plan) -> str:
    return f"/kravpaket/{package_of(plan).slug}/"


@pytest.fixture
def two_versions(requirement, plan, publish_plan):
    """A requirement that was published, reworded, and published again."""
    publish_plan(plan, note="Först.")
    requirement.verification = "Ifylld och granskad förteckning."
    requirement.save()
    return publish_plan(plan, note="Skarpare bevis.")


@pytest.fixture
def store(plan, coordinator, reviewer):
    """A function that stores contents as versions of the plan's package."""

    def store_now(*contents) -> None:
        for number, content in enumerate(contents, start=1):
            PackageVersion.objects.create(
                package=package_of(plan),
                number=number,
                schema=content["schema"],
                content=content,
                sha256=sha256(content),
                note="Ny.",
                published_by=coordinator,
                approved_by=reviewer,
            )

    return store_now


def page_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_newest_version_is_compared_with_the_one_before(client, two_versions, address):
    page = page_of(client, f"{address}jamfor/")
    assert "Det här skiljer version 2 från version 1." in page
    assert '<a href="#krav-1">1 ändrat</a>' in page
    assert "SE-01:2, tidigare SE-01:1" in page
    marked = '<ins><span class="unseen">tillagt: </span>och granskad'
    assert f'Ifylld {marked}<span class="unseen"> (slut på tillagt) </span></ins>' in page
    assert page == page_of(client, f"{address}jamfor/?fran=1&till=2")


def test_the_other_way_round_what_was_added_is_deleted(client, two_versions, address):
    page = page_of(client, f"{address}jamfor/?fran=2&till=1")
    assert '<del><span class="unseen">borttaget: </span>och granskad' in page


def test_a_comparison_is_marked_in_the_visitors_language(client, two_versions, address):
    client.cookies["django_language"] = "en"
    page = page_of(client, f"{address}jamfor/")
    assert '<ins><span class="unseen" lang="en">inserted: </span>och granskad' in page


def test_one_version_has_nothing_to_be_compared_with(client, version, address):
    page = page_of(client, f"{address}jamfor/")
    assert "Det finns bara en version hittills." in page
    assert "<select" not in page


def test_the_same_version_twice_is_no_comparison(client, two_versions, address):
    page = page_of(client, f"{address}jamfor/?fran=2&till=2")
    assert "Du har valt samma version två gånger." in page
    assert page.count("<select") == 2


def test_versions_that_read_the_same_say_so(client, store, address):
    """A risk that was taken away and written anew has another number, and that is all."""
    store(a_content(), a_content(a_requirement(treats=[a_treatment(id=77)])))
    assert "Båda versionerna säger samma sak." in page_of(client, f"{address}jamfor/")


@pytest.mark.parametrize(
    "question",
    ["fran=3", "till=3", "fran=0", "till=01", "fran=x", "fran=", "till=%D9%A1", "fran=9999999999"],
)
def test_a_version_that_is_none_is_not_found(client, two_versions, address, question):
    assert client.get(f"{address}jamfor/?{question}").status_code == 404


def test_pages_lead_to_the_comparison(client, two_versions, address):
    link = f'href="{address}jamfor/?till=2"'
    assert link in page_of(client, address)
    versions = page_of(client, f"{address}versioner/")
    assert link in versions
    # Nothing came before the first.
    assert f'href="{address}jamfor/?till=1"' not in versions
    assert "jamfor" not in page_of(client, f"{address}v1/")


def test_a_requirement_tells_its_history(client, two_versions, address):
    page = page_of(client, f"{address}krav/SE-01/historik/")
    assert page.index("Skarpare bevis.") < page.index("Först.")
    assert "SE-01:2" in page
    assert "SE-01:1" in page
    assert "och granskad" in page
    assert f'href="{address}krav/SE-01/historik/"' in page_of(client, f"{address}krav/SE-01/")


def test_a_withdrawn_requirement_says_why_and_what_to_use(
    client, two_versions, requirement, plan, publish_plan, address
):
    requirement.successor = RequirementFactory(package=requirement.package, code="SE-02")
    requirement.state = RequirementState.WITHDRAWN
    requirement.withdrawn_on, requirement.withdrawn_reason = date(2026, 1, 31), "Lagen räcker."
    requirement.save()
    publish_plan(plan, note="Indraget.")
    page = page_of(client, f"{address}krav/SE-01/historik/")
    assert "Kravet drogs in 2026-01-31." in page
    assert "Lagen räcker." in page
    assert f'<a href="{address}krav/SE-02/historik/">Använd SE-02 i stället.</a>' in page
    assert "Indragna krav" in page_of(client, f"{address}jamfor/")


def test_a_requirement_that_is_gone_keeps_its_history(client, store, address):
    store(a_content(), a_content(requirements=[]))
    page = page_of(client, f"{address}krav/SE-01/historik/")
    assert "Kravet finns inte i version 2, som gäller nu." in page
    comparison = page_of(client, f"{address}jamfor/")
    assert "Borttagna krav" in comparison
    assert f'href="{address}v1/krav/SE-01/"' in comparison


@pytest.mark.parametrize("code", ["XX-99", "se-99"])
def test_a_code_that_never_was_is_not_found(client, two_versions, address, code):
    assert client.get(f"{address}krav/{code}/historik/").status_code == 404


@pytest.mark.parametrize(("page", "queries"), [("jamfor/", 3), ("krav/SE-01/historik/", 4)])
def test_a_page_costs_few_queries_once_and_then_none(
    client, two_versions, address, page, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        page_of(client, address + page)
    with django_assert_num_queries(0):
        page_of(client, address + page)


@pytest.fixture
def many_versions(store, address):
    """A requirement that one version of four left as it was, among many others."""
    texts = ["Ett.", "Två.", "Två.", "Tre."] * 3
    others = [a_requirement(f"SE-{at:02}", text="Annat.") for at in range(2, 40)]
    store(*(a_content(a_requirement("SE-01", text=text), *others) for text in texts))
    stored_facts.catch_up()
    return f"{address}krav/SE-01/historik/"


def version_numbers(client, address: str) -> list[int]:
    return [
        int(number)
        for number in re.findall(r'<h2>\s*<a href="[^"]*/v(\d+)/"', page_of(client, address))
    ]


def test_a_long_history_is_told_some_changes_at_a_time(client, many_versions, monkeypatch):
    monkeypatch.setattr(sections, "PER_PAGE", 4)
    assert version_numbers(client, many_versions) == [12, 10, 9, 8]
    assert version_numbers(client, f"{many_versions}?sida=2") == [6, 5, 4, 2]
    assert version_numbers(client, f"{many_versions}?sida=3") == [1]
    assert "Infört" in page_of(client, f"{many_versions}?sida=3")
    assert "Infört" not in page_of(client, many_versions)


def test_a_history_reads_no_whole_version_however_many_there_are(
    client, many_versions, django_assert_num_queries
):
    with (
        patch.object(QuickDecoder, "decode", autospec=True, side_effect=decode) as parts,
        patch.object(fields, "read", side_effect=read) as wholes,
        django_assert_num_queries(4),
    ):
        page_of(client, many_versions)
    assert wholes.call_count == 0
    assert "Annat." not in "".join(str(call.args[1]) for call in parts.call_args_list)
    # The page that compares whole versions is seen to read them.
    with patch.object(fields, "read", side_effect=read) as wholes:
        page_of(client, many_versions.partition("krav/")[0] + "jamfor/")
    assert wholes.call_count == 2


def test_its_headings_are_in_order_whatever_was_changed(
    client, two_versions, plan, publish_plan, address
):
    """What was changed of figures and lessons stands under no group of its own."""
    indicator = Indicator.objects.filter(sub_goal__goal__plan=plan).first()
    indicator.kind, indicator.unit, indicator.target = IndicatorKind.MEASURE, "procent", 80
    indicator.save()
    publish_plan(plan, note="Siffror.")
    for query in ("?fran=1&till=2", "?fran=2&till=3", "?fran=1&till=3"):
        page = Reader.of(page_of(client, f"{address}jamfor/{query}"))
        assert page.skipped() == [], query
    assert any("Siffror" in words for _level, words in page.headings)
