"""The words that a text is found by."""

import pytest

from requirements_pkg.language.terms import (
    LONGEST_QUESTION,
    MOST_WORDS,
    Splitter,
    plain,
    stem,
    stretches,
    words_of,
    written,
)
from requirements_pkg.searching.question import SearchQuestion

NOTHING_PUBLISHED = Splitter.of_words([])

SAME = [
    "krav kravet kraven kravs KRAV",
    "leverantör leverantören leverantörer leverantörerna leverantörens leverantor",
    "mineral mineraler mineralen mineralerna",
    "hållbarhet hållbarheten hallbarhet HÅLLBARHET",
    "server servern servrar servrarna serverns servrarnas",
    "tilldelningskriterium tilldelningskriteriet tilldelningskriterier tilldelningskriteriernas",
    "köldmedium köldmediet köldmedier köldmedierna",
    "laboratorium laboratoriet laboratorier laboratoriernas",
    "dialysfilter dialysfiltret dialysfiltren dialysfilters",
    "webbserver webbservern webbservrar webbservrarnas",
    "elkabel elkablar elkabeln elkablarna",
    "konserv konserver konserverna",
    "reserv reserver reserverna",
    "kontorsmöbel kontorsmöbler kontorsmöbeln kontorsmöblerna",
    "motorcykel motorcykeln motorcyklar motorcyklarna",
    "hygienhjälpmedel hygienhjälpmedlet hygienhjälpmedlens",
    "risk risker risken riskerna",
    "miljö miljön miljöns miljo",
    "energi energin",
    "industri industrin industrier",
    "leverantörskedja leverantörskedjan leverantörskedjor leverantörskedjorna",
    "leverans leveransen leveranser leveranserna",
    "certifikat certifikatet certifikaten certifikatets",
    "klimat klimatet",
    "kostnad kostnaden kostnader",
    "månad månaden månader",
    "faktor faktorer faktorn",
    "organisation organisationen organisationer",
    "region regioner regionens regionernas",
    "process processen processer",
    "licens licenser licensen",
    "resurs resurser resursen",
    "regel regler reglerna",
    "nyckel nycklar nycklarna",
    "kemikalie kemikalier kemikalierna",
    "vatten vattnet",
    "batteri batterier batteriet batterierna",
    "rättighet rättigheter rättigheterna",
    "myndighet myndigheter myndigheten",
    "människa människor människorna",
    "arbetare arbetaren arbetarna",
    "avtal avtalet avtalen avtalets",
    "område området områden",
    "gruva gruvan gruvor gruvorna",
    "policy policyn",
    "land landet länder länderna",
    "hälsa hälsan",
    "verk verket",
    "dator datorer datorerna",
    "data datan",
    "bevis beviset bevisen",
]
DIFFERENT = [
    ("region", "regering"),
    ("mål", "målning"),
    ("månad", "man"),
    ("verksamhet", "verk"),
    ("krav", "kravla"),
]
COMPOUNDS = {
    "hållbarhetskrav": "hållbarhet krav",
    "hållbarhetskraven": "hållbarhet krav",
    "konfliktmineraler": "konflikt mineral",
    "arbetsmiljö": "arbete miljö",
    "arbetsmiljön": "arbete miljö",
    "leveranskedjan": "leverans kedja",
    "underleverantörer": "leverantör",
    "barnarbete": "barn arbete",
    "kravspecifikation": "krav specifikation",
    "hållbarhetskravspecifikationen": "hållbarhet krav specifikation",
    "delmål": "mål",
    "riskanalys": "risk analys",
    "avfallshantering": "avfall hantering",
    "kvinnofrid": "kvinna",
    "energiförbrukning": "energi förbrukning",
    "servrars": "server",
}
# What looks like a compound and is none.
WHOLE = ["granskad", "organisatoriska", "tillverkare", "säkerställande", "sammanställning"]


@pytest.mark.parametrize("group", SAME)
def test_the_forms_of_a_word_have_one_stem(group):
    assert len({stem(plain(word)) for word in group.split()}) == 1


@pytest.mark.parametrize(("word", "other"), DIFFERENT)
def test_two_words_keep_two_stems(word, other):
    assert stem(plain(word)) != stem(plain(other))


@pytest.mark.parametrize("compound", COMPOUNDS)
def test_a_compound_is_also_found_by_its_parts(compound):
    known = Splitter.of_words(["analysera", "frid"])
    wanted = {stem(plain(word)) for word in COMPOUNDS[compound].split()}
    assert wanted | {stem(plain(compound))} <= set(known.terms_of(compound))


@pytest.mark.parametrize("word", WHOLE)
def test_what_only_looks_like_a_compound_is_left_whole(word):
    known = Splitter.of_words(["gräns", "skada", "risk", "land", "ställa", "anställning", "verk"])
    assert list(known.terms_of(word)) == [stem(plain(word))]


def test_a_compound_is_taken_apart_only_into_words_that_are_known():
    assert "vitriol" not in set(NOTHING_PUBLISHED.terms_of("zinkvitriol"))
    known = Splitter.of_words(words_of(stretches("Zink och vitriol.")))
    assert {"zink", "vitriol"} <= set(known.terms_of("zinkvitriol"))


@pytest.mark.parametrize(
    ("part", "compound"),
    [
        ("handskar", "undersökningshandskar"),
        ("handske", "operationshandskar"),
        ("skor", "säkerhetsskor"),
        ("spruta", "säkerhetssprutor"),
        ("rock", "skyddsrocken"),
        ("post", "e-postsystem"),
        ("förbrukning", "elförbrukning"),
        ("system", "itsystem"),
        ("utrustning", "nitrilutrustning"),
    ],
)
def test_a_part_that_never_stands_alone_is_found_in_its_compound(part, compound):
    assert SearchQuestion.of(part).terms[0] in set(NOTHING_PUBLISHED.terms_of(compound))


@pytest.mark.parametrize(
    ("part", "word"),
    [("port", "transport"), ("sport", "transport"), ("rening", "förorening"), ("ring", "övring")],
)
def test_what_only_ends_like_a_word_is_not_found_by_it(part, word):
    assert SearchQuestion.of(part).terms[0] not in set(NOTHING_PUBLISHED.terms_of(word))


def test_the_branches_of_a_cpv_code_are_among_its_terms():
    terms = set(NOTHING_PUBLISHED.terms_of("CPV 33141420-0"))
    for query in ("33141420", "33141", "33141000", "33141000-0", "33", "33000000", "CPV 33"):
        assert SearchQuestion.of(query).is_answered_by(f" {' '.join(terms)} "), query
    for query in ("33142", "33141421", "34"):
        assert not SearchQuestion.of(query).is_answered_by(f" {' '.join(terms)} "), query


@pytest.mark.parametrize("query", ["33141420-0", "33141420", "33141000", "33141"])
@pytest.mark.parametrize("wide", ["33140000-3", "33100000-1", "33000000-0"])
def test_what_is_for_a_wide_cpv_code_is_for_the_narrow_ones_under_it(query, wide):
    terms = " ".join(NOTHING_PUBLISHED.terms_of(f"CPV {wide}"))
    assert SearchQuestion.of(query).is_answered_by(f" {terms} ")
    assert not SearchQuestion.of("34000000-7").is_answered_by(f" {terms} ")


@pytest.mark.parametrize("form", ["livscykel", "livscykeln", "livscykelns"])
def test_the_article_of_a_word_in_el_says_nothing(form):
    assert SearchQuestion.of(form).terms == SearchQuestion.of("livscykel").terms


def test_one_word_that_was_written_as_two_is_found_first():
    (group,) = SearchQuestion.of("arbets kläder").groups
    assert group[0] == SearchQuestion.of("arbetskläder").terms
    assert group[1] == (*SearchQuestion.of("arbete").terms, *SearchQuestion.of("kläder").terms)


@pytest.mark.parametrize("text", ["e-postsystem", "epostsystem", "it-system", "itsystem"])
@pytest.mark.parametrize("change", [lambda text: text, lambda text: text.replace("-", "")])
def test_a_word_is_the_same_with_a_hyphen_and_without(text, change):
    assert SearchQuestion.of(change(text)).is_answered_by(written(text, "", NOTHING_PUBLISHED))


@pytest.mark.parametrize("query", ["it system", "it-system", "itsystem", "IT-systemen"])
@pytest.mark.parametrize("text", ["Ett it system.", "Ett it-system.", "Ett itsystem."])
def test_a_short_word_may_be_written_apart(query, text):
    terms = written(text, "", NOTHING_PUBLISHED)
    assert SearchQuestion.of(query).is_answered_by(terms)


def test_a_part_stands_where_it_is_written_in_the_word():
    pieces = NOTHING_PUBLISHED.pieces("hallbarhetskraven")
    assert [(piece.start, piece.end) for piece in pieces] == [(0, 10), (11, 17)]


@pytest.mark.parametrize(
    "spelling", ["SE-01", "se-01", "SE-01:2", "se01", "SE-1", "SE‑01", "Se 01"]
)
def test_a_code_is_known_in_any_spelling(spelling):
    question = SearchQuestion.of(spelling)
    assert question.code == "se1"
    assert "se1" in set(NOTHING_PUBLISHED.terms_of("Se krav SE-01:3 i bilagan."))


def test_a_cpv_code_is_found_whole_and_without_its_check_digit():
    terms = set(NOTHING_PUBLISHED.terms_of("CPV 48820000-2"))
    assert {*SearchQuestion.of("48820000-2").terms, *SearchQuestion.of("48820000").terms} <= terms


def test_an_ending_after_a_colon_is_no_word():
    assert SearchQuestion.of("EU:s regler").terms == SearchQuestion.of("EU regel").terms


def test_small_words_are_not_asked_for_unless_there_is_nothing_else():
    assert (
        SearchQuestion.of("krav på en leverantör").terms
        == SearchQuestion.of("krav leverantör").terms
    )
    assert SearchQuestion.of("på en").terms == ("pa", "en")


@pytest.mark.parametrize("empty", ["", "   ", "*", "-- !", "\0", "()"])
def test_a_question_without_words_asks_for_nothing(empty):
    assert SearchQuestion.of(empty).terms == ()


def test_a_question_is_cut_to_what_anybody_means():
    question = SearchQuestion.of(" ".join(f"ord{number}x" for number in range(5000)))
    assert len(question.text) <= LONGEST_QUESTION
    assert len(question.terms) == MOST_WORDS


def test_terms_are_written_once_each_and_those_of_the_heading_first():
    text = written("Krav på vatten", "Vattnet och kravet, vattenbrist.", NOTHING_PUBLISHED)
    assert text == " krav pa vatten | och vattenbrist brist "


def test_the_same_text_gives_the_same_terms_whoever_asked_before():
    text = "Hållbarhetskrav på konfliktmineraler i leveranskedjan."
    known = ["kedja", "leverans", "konflikt"]
    first = written(text, "", Splitter.of_words(known))
    warm = Splitter.of_words(reversed(known))
    list(warm.terms_of("leveranskedjorna kedjekrav kravkedja"))
    assert written(text, "", warm) == first


@pytest.mark.parametrize(
    ("word", "other"), [("producenter", "centrum"), ("försäkra", "säker"), ("slager", "lager")]
)
def test_a_word_that_only_sounds_like_a_compound_is_none(word, other):
    assert not stem(plain(word)).endswith(plain(other))
