"""What a buyer sees of requirements: the list, the page of one, and what has gone."""

import pytest
from django.test import Client

from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.models import Requirement
from requirements_pkg.published import page_cache
from risks.models import RiskStatement
from tests.factories import ModuleFactory, PackageFactory, RequirementFactory, include


@pytest.fixture
def package(plan):
    return PackageFactory(plan=plan)


@pytest.fixture
def smelters(package) -> Requirement:
    """A requirement for servers that treats a risk and has a source."""
    return RequirementFactory(
        package=package,
        code="SE-01",
        title="Smältverkslista <b>på begäran</b>",
        law_baseline="Lagen gäller importörer.",
        beyond_law="Kravet gäller färdiga servrar.",
        areas=[package.plan.product_areas.get(number=1)],
        treats=RiskStatement.objects.filter(text="Gruvor förorenar vatten."),
        source="Förordning om konfliktmineraler",
    )


@pytest.fixture
def published(smelters, publish_plan):
    RequirementFactory(package=smelters.package, code="SE-02", level="advanced", replaces=smelters)
    return publish_plan(smelters.package.plan)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def page(version, rest: str = "") -> str:
    return f"/kravpaket/{version.package.slug}/{rest}"


def test_the_list_names_every_requirement_and_leads_to_it(client, published):
    page_text = text_of(client, page(published, "krav/"))
    assert "2 krav av 2" in page_text
    assert f'href="{page(published, "krav/SE-01/")}"' in page_text
    assert "Smältverkslista &lt;b&gt;på begäran&lt;/b&gt;" in page_text


def test_the_list_is_filtered_by_the_address(client, published):
    page_text = text_of(client, page(published, "krav/?niva=avancerad"))
    assert "1 krav av 2" in page_text
    assert "SE-02:1" in page_text
    assert 'value="SE-01"' not in page_text


def test_what_is_chosen_outside_the_filter_is_carried_along(client, published):
    page_text = text_of(
        client, page(published, "krav/?niva=avancerad&krav=SE-01&f.SE-01.antal-veckor=6")
    )
    assert '<input type="hidden" name="krav" value="SE-01">' in page_text
    assert '<input type="hidden" name="f.SE-01.antal-veckor" value="6">' in page_text
    assert "1 av dem syns inte i filtreringen" in page_text


def test_what_is_chosen_goes_to_the_selection_pinned_to_the_version(client, published):
    response = client.get(page(published, "v1/valj/?omrade=1&krav=SE-02&krav=XX-1&text=x"))
    assert response.status_code == 302
    wanted = f"/urval/?paket={published.package.slug}&version=1&krav=SE-02"
    assert response.headers["Location"] == wanted


def test_the_page_of_a_requirement_says_everything(client, published):
    page_text = text_of(client, page(published, "krav/SE-01/"))
    for words in (
        "SE-01:1",
        "Lagen kräver redan",
        "Lagen gäller importörer.",
        "Kravet går utöver lagen",
        "Kravet gäller färdiga servrar.",
        "Ifylld förteckning.",
        "Dokumentgranskning varje år.",
        "Gruvor förorenar vatten.",
        "servrar: Råvara, Miljö",
        "Förordning om konfliktmineraler",
        "48820000-2 Servrar",
        "Ersätts på högre nivå av",
        "http://testserver" + page(published, "v1/krav/SE-01/"),
    ):
        assert words in page_text, words
    assert "<b>på begäran" not in page_text


def test_a_fill_in_place_is_told_from_the_words_around_it(client, published):
    page_text = text_of(client, page(published, "krav/SE-01/"))
    assert '<span class="place" title="antal veckor: från begäran">4</span>' in page_text
    # As plain text it is what a buyer would paste.
    assert "inom 4 veckor." in page_text


def test_the_coverage_map_says_what_is_covered_and_what_is_not(client, published):
    page_text = text_of(client, page(published, "risker/"))
    # Of six assessed or named cells: one treated, one not, one without leverage.
    assert "hanteras av krav (1)" in page_text
    assert "inget krav ännu (1)" in page_text
    assert "ingen rådighet (1)" in page_text
    query = "?omrade=1&amp;steg=raw_material&amp;dimension=environment"
    assert f'<a href="{page(published, "krav/")}{query}" data-keep>1 krav</a>' in page_text


def test_a_requirement_that_changed_has_a_new_number_and_the_old_one_stays(
    client, published, smelters, publish_plan
):
    smelters.text = "Leverantören ska lämna listan varje år."
    smelters.save()
    publish_plan(smelters.package.plan)
    assert "SE-01:2" in text_of(client, page(published, "krav/SE-01/"))
    assert "SE-01:1" in text_of(client, page(published, "v1/krav/SE-01/"))
    # The one that did not change kept its number.
    assert "SE-02:1" in text_of(client, page(published, "krav/SE-02/"))


def test_a_renumbered_requirement_keeps_its_number_and_its_old_address(
    client, published, smelters, publish_plan
):
    smelters.code = "SE-11"
    smelters.save()
    publish_plan(smelters.package.plan)
    assert "SE-11:1" in text_of(client, page(published, "krav/SE-11/"))
    page_text = text_of(client, page(published, "krav/SE-01/"))
    assert "Version 1 gäller inte längre." in page_text


def test_a_withdrawn_requirement_answers_and_says_why(client, published, smelters, publish_plan):
    other = Requirement.objects.get(code="SE-02")
    other.replaces = None
    other.save()
    smelters.state, smelters.withdrawn_on = "withdrawn", "2026-01-31"
    smelters.withdrawn_reason, smelters.successor = "Lagen kräver det numera.", other
    smelters.save()
    publish_plan(smelters.package.plan)
    page_text = text_of(client, page(published, "krav/SE-01/"))
    assert "Kravet är indraget." in page_text
    assert "Lagen kräver det numera." in page_text
    assert f'href="{page(published, "krav/SE-02/")}"' in page_text
    assert "Lägg till i ett urval" not in page_text
    listed = text_of(client, page(published, "krav/"))
    assert "1 krav av 1" in listed
    assert "1 indraget krav" in listed


@pytest.mark.parametrize(
    "rest", ["krav/SE-99/", "v1/krav/SE-99/", "v9/krav/SE-01/", "krav/se-99/"]
)
def test_an_unknown_requirement_is_not_found(client, published, rest):
    text_of(client, page(published, rest), 404)


def test_a_withdrawn_version_answers_marked_and_the_one_before_is_in_force(
    client, published, plan, coordinator, publish_plan, django_capture_on_commit_callbacks
):
    plan.introduction = "Ny text."
    plan.save()
    second = publish_plan(plan)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_version(
            version=second,
            by=coordinator,
            approved_by=second.approved_by,
            reason="Fel gräns.",
            replaced_by=published,
        )
    page_text = text_of(client, page(published, "v2/"))
    assert "Version 2 är indragen." in page_text
    assert "Fel gräns." in page_text
    assert "Använd version 1 i stället" in page_text
    assert "Ny text." not in text_of(client, page(published))
    assert "indragen" in text_of(client, page(published, "versioner/"))


def test_where_all_versions_are_withdrawn_the_package_says_so(
    client, published, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_version(
            version=published,
            by=coordinator,
            approved_by=published.approved_by,
            reason="Fel gräns.",
        )
    assert "Version 1 är indragen." in text_of(client, page(published))
    assert published.package.title not in text_of(client, "/kravpaket/")


def test_a_shared_module_has_a_page_and_is_part_of_who_includes_it(
    client, coordinator, reviewer, package, publish_plan
):
    module = ModuleFactory(title="Uppförandekod")
    RequirementFactory(package=module, code="UK-01", title="Följ koden")
    version = publish(package=module, by=coordinator, approved_by=reviewer, note="Första.")
    own = text_of(client, page(version))
    assert "En gemensam modul" in own
    assert "UK-01:1" in text_of(client, page(version, "krav/"))
    # It has neither risks nor goals of its own.
    assert "Risker" not in own
    for part in ("risker/", "risker/1/", "mal/"):
        text_of(client, page(version, part), 404)
    include(package, version)
    including = publish_plan(package.plan)
    page_text = text_of(client, page(including, "krav/"))
    assert "Uppförandekod, version 1" in page_text
    assert f'href="{page(including, "krav/UK-01/")}"' in page_text


# Its versions, what it shows, and of a requirement how often it was followed up, of the overview
# whom to ask.
@pytest.mark.parametrize(
    ("there", "number"),
    [
        *(("", 3), ("krav/", 2), ("risker/", 2), ("risker/1/", 2), ("mal/", 3)),
        *(("krav/SE-01/", 3), ("v1/krav/SE-01/", 3)),
    ],
)
def test_a_page_costs_three_queries_cold_at_most_and_none_warm(
    client, published, django_assert_num_queries, there, number
):
    address = page(published, there)
    # What is the same for all versions is written down at the first visit of a process.
    client.get(address)
    page_cache.forget()
    with django_assert_num_queries(number):
        text_of(client, address)
    with django_assert_num_queries(0):
        text_of(client, address)


# And what can be chosen of the version.
@pytest.mark.parametrize(
    ("there", "number"),
    [("", 4), ("krav/", 3), ("risker/", 3), ("risker/1/", 3), ("mal/", 4), ("krav/SE-01/", 4)],
)
def test_what_is_chosen_costs_a_query_more(
    client, published, django_assert_num_queries, there, number
):
    address = page(published, f"{there}?krav=SE-02")
    client.get(address)
    page_cache.forget()
    with django_assert_num_queries(number):
        text_of(client, address)


def test_another_requirement_of_a_version_costs_a_query(
    client, published, django_assert_num_queries
):
    text_of(client, page(published, "krav/SE-01/"))
    with django_assert_num_queries(1):
        text_of(client, page(published, "krav/SE-02/"))


@pytest.mark.parametrize("number", [1, 50])
def test_a_page_costs_the_same_for_one_requirement_and_for_fifty(
    client, package, publish_plan, django_assert_num_queries, number
):
    RequirementFactory.create_batch(number, package=package)
    version = publish_plan(package.plan)
    page_cache.forget()
    with django_assert_num_queries(2):
        text_of(client, page(version, "krav/"))


def test_the_feed_tells_of_versions_and_withdrawals_newest_first(
    client, published, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_version(
            version=published,
            by=coordinator,
            approved_by=published.approved_by,
            reason="Fel gräns.",
        )
    for address in ("/flode/", page(published, "flode/")):
        response = client.get(address)
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = response.content.decode()
        assert feed.count("<entry>") == 2
        assert feed.index("Indragen: ") < feed.index(", version 1</title><link")
        assert "Fel gräns." in feed
        assert f"http://testserver{page(published, 'v1/')}" in feed
    text_of(client, "/kravpaket/finns-inte/flode/", 404)


@pytest.mark.parametrize("query", ["niva=avancerad&krav=SE-01", "omrade=1&text=el"])
def test_a_change_of_language_stays_at_what_was_chosen(client, published, query):
    page_text = text_of(client, page(published, f"krav/?{query}"))
    assert f'href="?{query.replace("&", "&amp;")}&amp;sprak=en"' in page_text


def test_what_is_ticked_goes_along_to_a_requirement_and_on_to_the_selection(client, published):
    listed = text_of(client, page(published, "krav/?krav=SE-01&f.SE-01.antal-veckor=6"))
    along = "krav=SE-01&amp;f.SE-01.antal-veckor=6"
    assert f'href="{page(published, "krav/SE-02/")}?{along}"' in listed
    page_text = text_of(client, page(published, "krav/SE-02/?krav=SE-01&f.SE-01.antal-veckor=6"))
    assert '<input type="hidden" name="krav" value="SE-01">' in page_text
    assert '<input type="hidden" name="krav" value="SE-02">' in page_text
    assert '<input type="hidden" name="f.SE-01.antal-veckor" value="6">' in page_text


def test_a_place_that_occurs_twice_shows_its_default_both_times(
    client, published, smelters, publish_plan
):
    smelters.text = "Inom [antal veckor: 4] veckor."
    smelters.verification = "Listan, senast efter [antal veckor] veckor."
    smelters.save()
    publish_plan(smelters.package.plan)
    page_text = text_of(client, page(published, "krav/SE-01/"))
    assert page_text.count('<span class="place" title="antal veckor">4</span>') == 2
    assert "Listan, senast efter 4 veckor." in page_text


def test_a_code_is_looked_for_in_all_versions_once(client, published, django_assert_num_queries):
    text_of(client, page(published, "krav/SE-77/"), 404)
    with django_assert_num_queries(0):
        text_of(client, page(published, "krav/SE-78/"), 404)
        text_of(client, page(published, "krav/SE-78/historik/"), 404)
