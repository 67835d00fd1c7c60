"""What a search finds: the same on every database, and nothing that is not in force."""

from io import StringIO
from itertools import chain, repeat

import pytest
from django.core.management import call_command
from django.db import connection

from requirements_pkg.actions.publishing import package_of
from requirements_pkg.language.terms import written_of
from requirements_pkg.models import PackageVersion, PublishedText, VersionWithdrawal, VersionWords
from requirements_pkg.published import page_cache
from requirements_pkg.searching import indexing, search
from requirements_pkg.searching.question import SearchQuestion
from requirements_pkg.searching.search import find
from requirements_pkg.searching.staleness import outdated
from tests.factories import PackageFactory, PlanFactory, RequirementFactory
from tests.factories.contents import a_content
from tests.requirements_pkg.search_corpus import (
    ANSWERS,
    HOSTILE,
    REQUIREMENTS,
    a_text,
    publisher,
)


@pytest.fixture
def publish_content(coordinator, reviewer):
    return publisher(coordinator, reviewer)


@pytest.fixture
def corpus(publish_content) -> PackageVersion:
    return publish_content("it-teknisk-plattform", *REQUIREMENTS)


def places(text: str, **filters) -> list[str]:
    return [hit.anchor for hit in find(SearchQuestion.of(text), **filters).texts]


@pytest.mark.parametrize("text", ANSWERS)
def test_a_question_has_the_same_answers_in_the_same_order_on_every_database(corpus, text):
    assert places(text) == ANSWERS[text]


def test_a_bare_index_holds_what_the_table_holds(corpus):
    """The triggers of SQLite, and the stored column of PostgreSQL, follow every change."""
    text = PublishedText.objects.get(anchor="SE-11")
    text.terms = " asbest | "
    text.save()
    assert places("asbest") == ["SE-11"]
    assert places("epost") == []
    text.delete()
    assert places("asbest") == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_whatever_is_asked_is_only_words(corpus, text):
    before = PublishedText.objects.count()
    results = find(SearchQuestion.of(text))
    assert results.total == len(results.texts) <= before
    assert PublishedText.objects.count() == before


def test_operators_of_a_database_mean_nothing(corpus):
    assert places("krav NOT leverantör") == places("krav not leverantör")
    assert places("kra*") == []


def test_if_no_text_has_all_words_those_with_most_of_them_come_first(corpus):
    results = find(SearchQuestion.of("mineral servrar zebra"))
    assert results.is_partial
    assert results.texts[0].anchor == "SE-01"
    assert not find(SearchQuestion.of("mineral servrar")).is_partial


def test_an_empty_question_asks_no_database(corpus, django_assert_num_queries):
    search.catalogue.in_force()
    with django_assert_num_queries(0):
        assert find(SearchQuestion.of(" * ")).total == 0


def test_only_the_newest_version_is_found(corpus, publish_content):
    assert places("konfliktmineral") == ["SE-01"]
    publish_content("it-teknisk-plattform", a_text("SE-05", "Nytt", "Helt annat, om kylning."))
    assert places("konfliktmineral") == []
    assert places("kylning") == ["SE-05"]


def test_a_withdrawn_version_is_not_found_and_the_one_before_it_is_again(
    corpus, publish_content, coordinator
):
    newest = publish_content("it-teknisk-plattform", a_text("SE-05", "Nytt", "Om kylning."))
    VersionWithdrawal.objects.create(version=newest, reason="Fel.", withdrawn_by=coordinator)
    page_cache.forget()
    assert places("kylning") == []
    assert places("konfliktmineral") == ["SE-01"]


def test_a_search_knows_exactly_the_versions_in_force(corpus, publish_content, reviewer):
    """They are found in plain SQL, which neither a withdrawal nor a newer version must fool."""

    def known() -> list[int]:
        page_cache.forget()
        return sorted(search.in_force())

    def expected() -> list[int]:
        return sorted(PackageVersion.objects.in_force().values_list("pk", flat=True))

    newer = publish_content("it-teknisk-plattform", a_text("SE-05", "Nytt", "Om kylning."))
    assert known() == expected() == [newer.pk]
    for version, left in ((newer, [corpus.pk]), (corpus, [])):
        VersionWithdrawal.objects.create(version=version, reason="Fel.", withdrawn_by=reviewer)
        assert known() == expected() == left


def test_publishing_makes_a_plan_findable_and_a_draft_is_not(plan, publish_plan):
    package = PackageFactory(plan=plan)
    RequirementFactory(package=package, code="SE-07", text="Om zinkvitriol.")
    assert places("zinkvitriol") == []
    publish_plan(plan)
    assert places("zinkvitriol") == ["SE-07"]
    RequirementFactory(package=package, code="SE-08", text="Om kalomel.")
    assert places("kalomel") == []


def test_a_search_leaves_out_what_is_not_indexed_and_writes_nothing(
    corpus, django_assert_max_num_queries
):
    PublishedText.objects.all().delete()
    VersionWords.objects.all().delete()
    page_cache.forget()
    with django_assert_max_num_queries(8) as statements:
        assert places("konfliktmineral") == []
    verbs = {query["sql"].split()[0] for query in statements}
    assert verbs <= {"SELECT", "WITH"}
    call_command("catch_up", stdout=StringIO())
    page_cache.forget()
    assert places("konfliktmineral") == ["SE-01"]


def test_two_processes_that_index_at_once_leave_one_index(corpus, monkeypatch):
    """The slower of them finds the version taken, and lets it be."""
    texts, words = PublishedText.objects.count(), VersionWords.objects.count()
    everything = PackageVersion.objects.all()
    # What is asked first is what is missing; the words that are known are asked for after it.
    answers = chain([Everything(everything)], repeat(everything))
    monkeypatch.setattr(PackageVersion.objects, "in_force", lambda: next(answers))
    indexing.catch_up()
    assert (PublishedText.objects.count(), VersionWords.objects.count()) == (texts, words)


def test_terms_are_made_while_nobody_waits(corpus, monkeypatch):
    """In no transaction: on SQLite it would hold the one write lock for seconds."""
    depths = []

    def noted(*arguments) -> str:
        depths.append(len(connection.savepoint_ids))
        return written_of(*arguments)

    monkeypatch.setattr(indexing, "written_of", noted)
    number = PublishedText.objects.count()
    PublishedText.objects.all().delete()
    VersionWords.objects.all().delete()
    indexing.catch_up()
    call_command("rebuild_search_index", stdout=StringIO())
    assert depths == [len(connection.savepoint_ids)] * 2 * number


class Everything:
    """Versions asked for before another process had indexed them."""

    def __init__(self, versions) -> None:
        self.versions = versions

    def filter(self, **_conditions):
        return self.versions


def test_a_version_of_the_first_schema_is_found_too(store_content):
    content = a_content() | {"schema": 1}
    del content["requirements"], content["modules"], content["package"]["introduction"]
    store_content(content)
    indexing.catch_up()
    assert "o2-raw_material-environment" in places("gruvor")


def test_a_shared_module_without_a_plan_is_found(publish_content):
    publish_content("kod", a_text("UK-01", "Nolltolerans", "Mot mutor."), plan=None)
    assert places("mutor") == ["UK-01"]


def test_a_text_with_the_very_word_comes_before_one_that_differs_in_diacritics(publish_content):
    publish_content(
        "ord",
        a_text("XX-01", "Om mål", "Det är en låg nivå."),
        a_text("XX-02", "Om mal", "Lagen gäller."),
        a_text("XX-03", "Annat", "Låga krav, och en lag."),
        plan=None,
    )
    assert places("låg") == ["XX-03", "XX-01", "XX-02"]
    assert places("lag") == ["XX-02", "XX-03", "XX-01"]
    assert places("mål") == ["XX-01", "XX-02"]
    assert places("mal") == ["XX-02", "XX-01"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("33141", ["XX-01"]),
        ("33141000-0", ["XX-01"]),
        ("33", ["XX-01"]),
        ("medicinsk utrustning", ["XX-01"]),
        ("operationshandske", ["XX-01"]),
        ("handskar", ["XX-01"]),
        ("34", []),
        ("tilldelningskriterium", ["XX-01"]),
        ("kvalificeringskrav", ["XX-02"]),
        ("basnivå", ["XX-02"]),
        ("spjutspets", ["XX-01"]),
        ("avancerad nivå", []),
    ],
)
def test_a_requirement_is_found_by_what_its_words_do_not_say(publish_content, text, codes):
    """By its CPV code's branches and their names, by its kind and by its level."""
    award = {"kind": "award", "level": "spearhead", "cpv": ["33141420-0"]}
    qualification = {"kind": "qualification", "level": "basic"}
    publish_content(
        "vard",
        a_text("XX-01", "Skydd", "Vid vård.", **award),
        a_text("XX-02", "Ledning", "Alltid.", **qualification),
        plan=None,
    )
    assert places(text) == codes


def test_one_kind_of_text_can_be_asked_for(corpus):
    assert places("server", kind="requirement") == ["SE-10", "SE-01"]
    results = find(SearchQuestion.of("server"), kind="goal")
    assert results.total == 0
    assert results.kinds["risk"] == 2


@pytest.fixture
def many(publish_content) -> None:
    texts = [a_text(f"AA-{n:03}", f"Vindkraft {n}", "Om vindkraft.") for n in range(1, 46)]
    publish_content("vind", *texts, plan=None)


def test_answers_are_told_page_by_page_and_a_page_that_is_not_there_is_the_nearest(many):
    pages = [places("vindkraft", page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({anchor for page in pages for anchor in page}) == 45
    assert places("vindkraft", page=99) == pages[2]
    assert places("vindkraft", page=-1) == pages[0]


def test_more_matches_than_are_put_in_order_are_said_to_be_more(many, monkeypatch):
    assert not find(SearchQuestion.of("vindkraft")).is_cut
    monkeypatch.setattr(search, "MOST", 30)
    results = find(SearchQuestion.of("vindkraft"))
    assert (results.is_cut, results.total, results.pages) == (True, 30, 2)
    assert find(SearchQuestion.of("vindkraft"), kind="requirement").total == 30


def test_a_misspelt_word_is_answered_with_words_that_find_something(corpus):
    suggestions = find(SearchQuestion.of("leverantr")).suggestions
    assert "leverantören" in suggestions
    assert all(find(SearchQuestion.of(word)).total for word in suggestions)


def test_words_of_what_is_no_longer_in_force_are_not_suggested(corpus, publish_content):
    assert find(SearchQuestion.of("kartng")).suggestions == ("kartong",)
    publish_content("it-teknisk-plattform", a_text("SE-05", "Nytt", "Helt annat."))
    assert find(SearchQuestion.of("kartng")).suggestions == ()


@pytest.mark.parametrize("text", ["mineral", "mineral servrar zebra", "leverantr"])
def test_a_search_costs_the_same_for_one_package_and_for_many(
    corpus, publish_content, text, django_assert_max_num_queries
):
    def cost() -> int:
        page_cache.forget()
        with django_assert_max_num_queries(8) as captured:
            find(SearchQuestion.of(text))
        return len(captured)

    few = cost()
    for number in range(9):
        publish_content(f"paket-{number}", *REQUIREMENTS)
    assert cost() == few


def test_the_index_can_be_made_again(corpus, publish_content):
    publish_content("annat", a_text("XX-01", "Alunit", "Alunit."), plan=None)
    publish_content("tredje", a_text("XX-02", "Alunitprov", "Provtagning."), plan=None)
    before = list(PublishedText.objects.values_list("version", "anchor", "terms"))
    PublishedText.objects.update(terms=" | ")
    assert places("alunit") == []
    output = StringIO()
    call_command("rebuild_search_index", stdout=output)
    page_cache.forget()
    assert output.getvalue() == f"{len(before)} texts of 3 versions\n"
    assert list(PublishedText.objects.values_list("version", "anchor", "terms")) == before
    assert places("alunit") == ["XX-01", "XX-02"]


def test_an_index_by_the_rules_of_an_older_release_is_made_anew(publish_content):
    version = publish_content("filter", a_text("XX-01", "Dialysfilter", "Byts ut."), plan=None)
    publish_content("annat", a_text("XX-02", "Alunit", "Alunit."), plan=None)
    assert list(outdated()) == []
    older = PublishedText.objects.get(anchor="XX-01")
    terms = older.terms
    PublishedText.objects.filter(pk=older.pk).update(
        terms=terms.replace("dialysfilter", "dialysfilt")
    )
    assert list(outdated()) == [version]
    call_command("catch_up", stdout=StringIO())
    assert PublishedText.objects.get(anchor="XX-01").terms == terms
    assert list(outdated()) == []


def test_words_of_one_package_take_the_compounds_of_an_older_one_apart_when_made_again(
    publish_content,
):
    publish_content("forst", a_text("XX-01", "Alunitkvarn", "Provtagning."), plan=None)
    publish_content("sedan", a_text("XX-02", "Alunit", "Ett mineral, en kvarn."), plan=None)
    assert places("alunit") == ["XX-02"]
    call_command("rebuild_search_index", stdout=StringIO())
    assert places("alunit") == ["XX-02", "XX-01"]


def test_what_is_deleted_leaves_the_index_too(coordinator, reviewer):
    """As a flush between tests deletes: a trigger keeps SQLite's own table in step."""
    publish = publisher(coordinator, reviewer)
    publish("vind", a_text("AA-01", "Vind", "Om vindkraft."), plan=None)
    assert places("vindkraft") == ["AA-01"]
    if connection.vendor == "sqlite":
        assert left_in_the_index() != []
    PublishedText.objects.all().delete()
    page_cache.forget()
    if connection.vendor == "sqlite":
        assert left_in_the_index() == []


def left_in_the_index() -> list[tuple[int]]:
    """What SQLite's own table of terms still finds."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT rowid FROM requirements_pkg_publishedtext_terms
            WHERE requirements_pkg_publishedtext_terms MATCH 'vindkraft'
            """
        )
        return cursor.fetchall()


def test_a_plan_that_was_never_published_has_nothing_to_find(db):
    package_of(PlanFactory(with_matrix=True))
    assert PublishedText.objects.count() == 0


def test_a_package_comes_first_where_it_is_called_what_is_asked_for(publish_content):
    package = {"slug": "", "title": "Energi och drivmedel", "introduction": ""}
    publish_content("drift", a_text("XX-01", "Energi i drift", "Energi."), plan=None)
    publish_content("energi", a_text("XX-02", "Mätning", "Energi."), plan=None, package=package)
    kinds = [hit.kind for hit in find(SearchQuestion.of("energi")).texts]
    assert kinds[:2] == ["package", "requirement"]


def test_a_number_that_only_measures_finds_nothing_alone(publish_content):
    publish_content("tal", a_text("XX-01", "Andel", "Minst 3 procent."), plan=None)
    assert find(SearchQuestion.of("scope 3")).texts == ()
    assert len(find(SearchQuestion.of("3")).texts) == 1
    assert find(SearchQuestion.of("andel 7")).is_partial
