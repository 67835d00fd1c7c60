"""The lot of a notice that a selection gives, read back as a program reads eForms."""

import pytest
from lxml import etree

from requirements_pkg.tender.notice.eforms import LONGEST, NAMES
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.tenders import HOSTILE, content

SLUG = "it-teknisk-plattform"
QUERY = f"paket={SLUG}&version=1&krav=SV-04&krav=TK-03&krav=KK-01"
PROJECT = "/cac:ProcurementProjectLot[cbc:ID/@schemeName='Lot']/cac:ProcurementProject"
TERMS = "/cac:ProcurementProjectLot[cbc:ID/@schemeName='Lot']/cac:TenderingTerms"
CRITERION = f"{TERMS}/cac:AwardingTerms/cac:AwardingCriterion/cac:SubordinateAwardingCriterion"
POINTS = "ext:UBLExtensions//efac:AwardCriterionParameter"


@pytest.fixture(autouse=True)
def stored(store_content):
    return store_content(content())


def values_at(client, path: str, query: str = QUERY) -> list[str]:
    response = client.get(f"/urval/ladda-ner/xml?{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(response.content)
    return [str(value) for value in root.xpath(path, namespaces=NAMES)]


def test_the_green_criteria_are_national(client):
    """Of the codes eu, national, other and none: the regions' own are of the whole country."""
    code = f"{PROJECT}/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode"
    assert values_at(client, f"{code}[@listName='gpp-criteria']/text()") == ["national"]


def test_the_reference_is_the_buyers_own(client):
    internal = f"{PROJECT}/cbc:ID[@schemeName='InternalID']/text()"
    assert values_at(client, internal, f"{QUERY}&dnr=2026-7") == ["2026-7"]
    assert values_at(client, internal) == []


def test_award_criteria_have_their_type_name_words_and_points(client):
    assert values_at(client, f"{CRITERION}/cbc:AwardingCriterionTypeCode/text()") == ["quality"]
    assert values_at(client, f"{CRITERION}/cbc:Name/text()") == ["TK-03:1 Krav TK-03"]
    assert "5: hälften." in values_at(client, f"{CRITERION}/cbc:Description/text()")[0]
    assert values_at(client, f"{CRITERION}/{POINTS}/efbc:ParameterNumeric/text()") == ["10"]
    weight = f"{CRITERION}/{POINTS}/efbc:ParameterCode[@listName='number-weight']/text()"
    assert values_at(client, weight) == ["poi-exa"]


def test_points_are_those_of_the_buyer_and_a_deduction_is_no_weight(client):
    points = f"{CRITERION}/{POINTS}/efbc:ParameterNumeric/text()"
    assert values_at(client, points, f"{QUERY}&e.TK-03.poang=40") == ["40"]
    assert values_at(client, points, f"{QUERY}&varde=avdrag") == []


def test_terms_of_performance_are_named(client):
    requirement = f"{TERMS}/cac:ContractExecutionRequirement"
    code = f"{requirement}/cbc:ExecutionRequirementCode[@listName='conditions']/text()"
    assert values_at(client, code) == ["performance"]
    (words,) = values_at(client, f"{requirement}/cbc:Description[@languageID='SWE']/text()")
    assert words == "SV-04:1 Förteckning över smältverk"
    assert values_at(client, code, f"paket={SLUG}&version=1&krav=KK-01") == []


def test_several_packages_are_one_lot(client, store_content):
    head = {"slug": "livsmedel", "title": "Livsmedel", "introduction": ""}
    fish = a_requirement("LM-01", kind="award", max_points=30, scale="30: allt.")
    store_content(a_content(fish, package=head))
    query = f"{QUERY}&paket=livsmedel&version=1&krav=LM-01"
    points = f"{CRITERION}/{POINTS}/efbc:ParameterNumeric/text()"
    assert values_at(client, points, query) == ["10", "30"]


def test_hostile_and_endless_words_are_words(client, store_content):
    long = a_requirement("TK-09", kind="award", title=HOSTILE, text="x" * 9000, max_points=1)
    store_content(a_content(long))
    query = f"paket={SLUG}&version=2&krav=TK-09&dnr=%3C%21DOCTYPE+x%3E"
    assert values_at(client, f"{PROJECT}/cbc:ID/text()", query) == ["<!DOCTYPE x>"]
    (name,) = values_at(client, f"{CRITERION}/cbc:Name/text()", query)
    assert name == f"TK-09:1 {HOSTILE}"
    (words,) = values_at(client, f"{CRITERION}/cbc:Description/text()", query)
    assert len(words) == LONGEST


def test_a_whole_version_has_no_lot(client):
    assert client.get(f"/kravpaket/{SLUG}/v1/ladda-ner/xml").status_code == 404
