"""Words that mean one thing: whoever asks for one finds the others, and is told."""

import pytest
from django.urls import reverse

from requirements_pkg.models import SearchSynonym
from requirements_pkg.published import page_cache
from requirements_pkg.searching.question import SearchQuestion
from requirements_pkg.searching.search import find
from requirements_pkg.searching.synonyms import widened
from tests.requirements_pkg.search_corpus import a_text, publisher

MEANINGS = (("elförbrukning", "energianvändning"), ("CSDDD", "tillbörlig aktsamhet"))


@pytest.fixture
def corpus(coordinator, reviewer):
    publisher(coordinator, reviewer)(
        "energi",
        a_text("XX-01", "Energi", "Ange energianvändningen per år."),
        a_text("XX-02", "El", "Ange elförbrukningen per år."),
        a_text("XX-03", "Kedjan", "Enligt tillbörlig aktsamhet."),
        a_text("XX-04", "Direktivet", "Enligt CSDDD."),
        a_text("XX-05", "Kylning", "Vinterdäck och salt."),
        plan=None,
    )


def places(text: str) -> list[str]:
    return [hit.anchor for hit in find(SearchQuestion.of(text)).texts]


def test_a_synonym_is_found_after_the_word_itself(corpus):
    assert places("elförbrukning") == ["XX-02", "XX-01"]
    assert places("energianvändning") == ["XX-01", "XX-02"]


def test_a_text_titled_by_a_synonym_comes_before_one_that_has_it_far_below(coordinator, reviewer):
    """Of a text only its opening is looked at, and what is not there may be any of the words."""
    far = " ".join(f"kapitel{number}" for number in range(90))
    publisher(coordinator, reviewer)(
        "energi",
        a_text("XX-01", "Kylning", f"{far} energianvändning"),
        a_text("XX-02", "Energianvändning", "Per år."),
        plan=None,
    )
    assert places("elförbrukning") == ["XX-02", "XX-01"]


def test_words_that_go_together_are_a_synonym_of_one(corpus):
    assert places("CSDDD") == ["XX-04", "XX-03"]
    assert places("tillbörlig aktsamhet") == ["XX-03", "XX-04"]
    assert places("kylning aktsamhet") == ["XX-05", "XX-03"]


def test_what_is_looked_for_as_well_is_told():
    assert widened(SearchQuestion.of("elförbrukning per år"), MEANINGS).also == (
        "energianvändning",
    )
    assert widened(SearchQuestion.of("CSDDD"), MEANINGS).also == ("tillbörlig aktsamhet",)
    assert widened(SearchQuestion.of("aktsamhet"), MEANINGS) == SearchQuestion.of("aktsamhet")


def test_the_page_tells_what_it_shows_as_well(client, corpus):
    page = client.get("/sok/?q=elförbrukning").content.decode()
    assert "Visar även" in page
    assert "energianvändning" in page
    assert "Visar även" not in client.get("/sok/?q=kylning").content.decode()


def test_a_synonym_that_no_text_has_is_not_told(client, corpus):
    SearchSynonym.objects.create(words="kylning, ventilation, vinterdäck")
    page_cache.forget()
    page = client.get("/sok/?q=kylning").content.decode()
    assert "vinterdäck" in page.partition("Visar även")[2].partition("</p>")[0]
    assert "ventilation" not in page
    # Neither is any where nothing was found.
    assert "Visar även" not in client.get("/sok/?q=ventilationsaggregat").content.decode()


@pytest.mark.parametrize(
    ("query", "word"),
    [("child labour", "barnarbete"), ("gloves", "handskar"), ("laddstolpar", "laddstation")],
)
def test_what_buyers_ask_for_in_other_words_is_found(coordinator, reviewer, query, word):
    publish = publisher(coordinator, reviewer)
    publish("ord", a_text("XX-01", "Krav", f"Här står {word}."), plan=None)
    assert places(query) == ["XX-01"]


@pytest.mark.parametrize("person", ["coordinator", "region_administrator"])
def test_a_coordinator_and_an_administrator_keep_the_list(
    corpus, as_persona, person, django_capture_on_commit_callbacks
):
    address, keeper = "admin:requirements_pkg_searchsynonym_", as_persona(person)
    assert places("vägsalt") == []
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(reverse(f"{address}add"), {"words": " vägsalt,, salt "})
    added = SearchSynonym.objects.get(words="vägsalt, salt")
    assert places("vägsalt") == ["XX-05"]
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(reverse(f"{address}delete", args=[added.pk]), {"post": "yes"})
    assert places("vägsalt") == []


def test_chosen_synonyms_are_gone_from_the_search_at_once(
    corpus, as_persona, django_capture_on_commit_callbacks
):
    added = SearchSynonym.objects.create(words="vägsalt, salt")
    page_cache.forget()
    assert places("vägsalt") == ["XX-05"]
    form = {"action": "delete_selected", "_selected_action": added.pk, "post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        as_persona("coordinator").post(
            reverse("admin:requirements_pkg_searchsynonym_changelist"), form
        )
    assert places("vägsalt") == []


def test_a_list_begins_with_words_of_the_field(db):
    assert SearchSynonym.objects.filter(words__contains="CSDDD, tillbörlig aktsamhet").exists()


def test_a_word_without_another_is_refused(as_persona):
    page = as_persona("coordinator").post(
        reverse("admin:requirements_pkg_searchsynonym_add"), {"words": "ensam,"}
    )
    assert "Skriv minst två ord, med komma emellan." in page.content.decode()


def test_a_search_with_synonyms_costs_three_queries(corpus, django_assert_num_queries):
    page_cache.forget()
    with django_assert_num_queries(3):
        assert places("elförbrukning")


def test_where_nothing_is_found_nothing_is_said_to_be_shown(client, corpus):
    SearchSynonym.objects.create(words="motorbåt, segelbåt")
    page = client.get("/sok/?q=motorb%C3%A5t").content.decode()
    assert "Visar även" not in page
    assert "segelbåt" in page.partition("Sökte även efter")[2].partition("</p>")[0]
