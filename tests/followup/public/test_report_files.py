"""A follow-up report as CSV and JSON, and what the JSON says, field by field."""

import csv
import json
from io import StringIO

import pytest

from actionplan.models import Indicator
from followup.models import FollowUpReport
from followup.report.json_schema import BESIDE, report_schema
from followup.report.reading import read
from followup.report.schema import Report
from requirements_pkg.document.reading import digest
from requirements_pkg.published import page_cache
from tests.factories import FollowUpFactory, ReadingFactory
from tests.factories.reports import report_on


@pytest.fixture
def report(demanding, coordinator, reviewer) -> FollowUpReport:
    """A report with a reading, and with counts of three suppliers."""
    for name in ("Ett", "Två", "Tre"):
        FollowUpFactory(version=demanding, supplier=name, closed=True)
    ReadingFactory(
        indicator=Indicator.objects.first(),
        author=coordinator,
        approved=True,
        approved_by=reviewer,
        value="12.5",
        comment="=Andelen ökar.",
    )
    return report_on(demanding.package)


def rows(client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_csv_has_a_row_for_each_figure_and_text(client, report):
    slug = report.package.slug
    table = rows(client, f"/uppfoljning/{slug}/r1/ladda-ner/csv")
    whole = {row["Vad som redovisas"]: row for row in table if row["Vad det gäller"] == "Plan"}
    assert whole["Genomförda uppföljningar"]["Siffra"] == "3"
    assert whole["Öppna avvikelser: allvarlig"]["Siffra"] == "0"
    (reading,) = [row for row in table if row["Vad som redovisas"] == "Lägesrapport"]
    assert reading["Siffra"] == "12,5"
    assert reading["Text"].endswith("=Andelen ökar.")
    assert {row["Rapportnummer"] for row in table} == {"1"}
    assert all(None not in row for row in table)


def test_what_is_withheld_is_said_to_be(client, demanding):
    FollowUpFactory(version=demanding, supplier="Ett", closed=True)
    report_on(demanding.package)
    table = rows(client, f"/uppfoljning/{demanding.package.slug}/ladda-ner/csv")
    withheld = [row for row in table if row["Lämnas inte ut"] == "Ja"]
    assert {row["Siffra"] for row in withheld} == {""}
    assert "Plan" in {row["Vad det gäller"] for row in withheld}


def test_json_holds_the_report_and_a_checksum_that_anybody_can_check(client, report):
    slug = report.package.slug
    answer = client.get(f"/uppfoljning/{slug}/r1/ladda-ner/json")
    assert f'filename="{slug}-r1.json"' in answer["Content-Disposition"]
    file = json.loads(answer.content)
    head = {name: file.pop(name) for name in BESIDE}
    assert head["report"] == 1
    assert head["note"] == report.note
    assert head["masked"] == []
    content = json.dumps(file, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert head["sha256"] == report.sha256 == digest(content.encode())
    assert read(content) == read(report.content)
    assert set(file) == set(Report.__struct_fields__)


def test_the_newest_has_an_address_of_its_own(client, report, reviewer, coordinator):
    path = f"/uppfoljning/{report.package.slug}/ladda-ner/json"
    assert json.loads(client.get(path).content)["report"] == 1
    ReadingFactory(
        indicator=Indicator.objects.last(), author=coordinator, approved=True, approved_by=reviewer
    )
    report_on(report.package)
    page_cache.forget()
    assert json.loads(client.get(path).content)["report"] == 2


def test_every_field_has_a_sentence():
    for name, part in report_schema()["$defs"].items():
        for field, schema in part.get("properties", {}).items():
            assert schema["description"].endswith("."), f"{name}.{field}"


def test_the_schema_is_served_and_linked(client, report):
    address = "/data/uppfoljningsrapport.schema.json"
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert json.loads(answer.content) == report_schema()
    page = client.get(f"/uppfoljning/{report.package.slug}/r1/").content.decode()
    assert f'href="{address}"' in page
    assert f"/uppfoljning/{report.package.slug}/r1/ladda-ner/csv" in page
