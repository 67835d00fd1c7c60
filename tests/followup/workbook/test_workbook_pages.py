"""The page where the workbook is chosen, counted and taken out."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from followup.workbook import WorkbookFilters
from followup.workbook.writing import row_counts
from tests.factories import FollowUpFactory

PAGE = "/admin/followup/arbetsbok/"
FILE = f"{PAGE}hamta/"
READERS = ["coordinator", "other_coordinator", "reviewer", "analyst", "superuser"]


@pytest.fixture(autouse=True)
def planned(version):
    return FollowUpFactory(version=version)


@pytest.mark.parametrize("persona", READERS)
def test_whoever_exports_plans_takes_the_workbook_out(as_persona, persona) -> None:
    client = as_persona(persona)
    assert PAGE in client.get("/admin/").content.decode()
    assert client.get(PAGE).status_code == 200
    response = client.get(FILE)
    assert response.streaming
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith('attachment; filename="arbetsbok')
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    assert book.sheet_names[0] == "Läs mig"


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_whoever_has_no_role_is_refused(as_persona, address) -> None:
    for persona in ("staff", "visitor"):
        assert as_persona(persona).get(address).status_code == 302
    assert as_persona("coordinator").post(address).status_code == 405


def test_the_rows_to_come_are_counted_in_one_query(
    as_persona, plan, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        counts = row_counts(WorkbookFilters())
    assert "Uppföljningar" not in counts
    assert row_counts(WorkbookFilters(), confidential=True)["Uppföljningar"] == 1
    page = as_persona("analyst").get(PAGE, {"plan": plan.slug}).content.decode()
    assert f"<td>{counts['Riskmatris']}</td>" in page
    assert f"<td>{sum(counts.values())}</td>" in page


def test_an_english_reader_gets_the_same_headings(as_persona) -> None:
    client = as_persona("analyst")
    client.get(PAGE, {"sprak": "en"}, follow=True)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(client.get(FILE).streaming_content)))
    assert book.sheet_names[0] == "Läs mig"
    assert book.get_sheet_by_name("Lärdomar").to_python()[0][0] == "Lärdomsnr"


def test_what_is_confidential_is_refused_to_whoever_sees_no_follow_up(as_persona) -> None:
    query = {"confidential": "on"}
    assert "ser inga uppföljningar" in as_persona("analyst").get(PAGE, query).content.decode()
    assert as_persona("analyst").get(FILE, query).status_code == 403
    assert as_persona("other_coordinator").get(FILE, query).status_code == 403
    response = as_persona("coordinator").get(FILE, query)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    assert "Hemliga Hallar AB" in str(book.get_sheet_by_name("Uppföljningar").to_python())


def test_the_refusal_says_which_plans_to_leave_out(as_persona, plan) -> None:
    page = as_persona("other_coordinator").get(PAGE, {"confidential": "on"}).content.decode()
    assert "inte får se. Utelämna de här planerna" in page
    assert plan.slug in page


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_filters_that_cannot_be_are_told(as_persona, address) -> None:
    query = {"first_day": "2026-02-01", "last_day": "2026-01-01"}
    response = as_persona("analyst").get(address, query)
    assert response.status_code == 400
    assert "Perioden slutar innan den börjar. Rätta ett av datumen." in response.content.decode()


def test_a_plan_leads_to_its_own_workbook(as_persona, plan) -> None:
    address = reverse("admin:actionplan_actionplan_follow_up", args=[plan.pk])
    page = as_persona("analyst").get(address).content.decode()
    assert f"{PAGE}?plan={plan.slug}" in page
