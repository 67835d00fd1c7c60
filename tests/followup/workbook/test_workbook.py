"""The analysts' workbook: what is in it, and what is refused."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from python_calamine import CalamineWorkbook

from actionplan.models import Organisation
from followup.models import ChangeState, ProposedChange
from followup.workbook import SHEETS, WorkbookFilters
from followup.workbook.writing import row_counts, workbook
from requirements_pkg.actions.publishing import package_of
from requirements_pkg.models import PackageVersion, Requirement
from tests.factories import PlanFactory, RequirementFactory
from tests.factories.followup import (
    ActionFactory,
    ChangeFactory,
    DeviationFactory,
    FollowUpFactory,
    LessonFactory,
    QuestionFactory,
    ReadingFactory,
    reviewed,
)
from tests.factories.reports import report_on

SECRETS = [
    "Hemliga Hallar",
    "Dolda Delar",
    "Revisor &",
    "Dnr 2026-17",
    "RS-2025",
    "svarar sent",
    "två smältverk",
    "Komplettera",
    "förstod inte",
    "Räkna upp",
]


@pytest.fixture
def requirement(version) -> Requirement:
    return RequirementFactory(package=version.package)


@pytest.fixture
def followed(version, requirement, coordinator, reviewer):
    """A follow-up that was done, one deviation of two closed, a lesson that was taken in."""
    follow_up = FollowUpFactory(version=version, reviewed=True)
    FollowUpFactory(version=version, planned_for=date(2027, 3, 1))
    FollowUpFactory(version=version, status="cancelled")
    deviation = DeviationFactory(follow_up=follow_up, requirement=requirement)
    ActionFactory(deviation=deviation)
    DeviationFactory(
        follow_up=follow_up,
        requirement=requirement,
        state="closed",
        closed_on=date(2026, 5, 1),
        closed_by=coordinator,
    )
    lesson = LessonFactory(follow_up=follow_up, written_by=coordinator)
    reviewed(lesson, reviewer)
    ChangeFactory(lesson=lesson, requirement=requirement, state=ChangeState.PROPOSED)
    return follow_up


def pages(filters: WorkbookFilters | None = None, **options) -> dict[str, list[dict[str, object]]]:
    """Each sheet as rows by heading."""
    options = {"by": None, **options}
    data = b"".join(workbook(filters or WorkbookFilters(), **options))
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    sheets = {}
    for name in book.sheet_names:
        head, *rows = book.get_sheet_by_name(name).to_python()
        sheets[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return sheets


def test_it_has_every_sheet_of_the_chain(followed) -> None:
    assert list(pages()) == [
        "Läs mig",
        "Diagram",
        "Planer",
        "Produktområden",
        "Riskmatris",
        "Risker",
        "Mål",
        "Lägesrapporter",
        "Krav",
        "Krav×Risk",
        "Versioner",
        "Lärdomar",
    ]


def test_who_sees_the_contracts_has_their_sheets_too(followed, coordinator) -> None:
    names = list(pages(by=coordinator, confidential=True))
    assert names[-4:] == ["Uppföljningar", "Avvikelser", "Lärdomar", "Åtgärder enligt åtgärdsplan"]


def test_numerators_and_denominators_stand_beside_every_share(followed, plan, coordinator) -> None:
    (row,) = pages(by=coordinator, confidential=True)["Planer"]
    assert row["Plan"] == plan.slug
    headings = ["Genomförda uppföljningar", "Planerade uppföljningar", "Andel genomförda"]
    assert [row[heading] for heading in headings] == [1, 2, 0.5]
    headings = ["Stängda avvikelser", "Konstaterade avvikelser", "Andel stängda"]
    assert [row[heading] for heading in headings] == [1, 2, 0.5]


@pytest.mark.parametrize(
    "sheet", SHEETS, ids=lambda sheet: str(sheet.rows.__code__.co_firstlineno)
)
def test_headings_are_unique_and_every_share_follows_its_parts(sheet) -> None:
    columns = [field.column for field in sheet.fields]
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    for at, column in enumerate(columns):
        if column.kind == "share":
            assert column.of == (names[at - 2], names[at - 1])


def test_a_sheet_is_one_query(followed, plan, coordinator, django_assert_num_queries) -> None:
    ordinary = [sheet for sheet in SHEETS if not sheet.confidential]
    # And the risks that are treated, and what the newest reports tell.
    with django_assert_num_queries(len(ordinary) + 2):
        pages()


def test_choices_are_in_swedish_and_dates_are_dates(followed, coordinator) -> None:
    sheets = pages(by=coordinator, confidential=True)
    row = sheets["Avvikelser"][0]
    assert row["Allvarlighetsgrad"] == "mindre"
    assert row["Konstaterad"] == date(2026, 3, 16)
    assert sheets["Uppföljningar"][0]["Metod"] == "självskattning"


def test_others_get_what_the_newest_report_tells(
    version, requirement, coordinator, analyst
) -> None:
    """Whose contract it was, when, and how it went is for who sees the contract."""
    for supplier in "ABC":
        follow_up = FollowUpFactory(version=version, supplier=supplier, closed=True)
        QuestionFactory(follow_up=follow_up, requirement=requirement)
        DeviationFactory(follow_up=follow_up, requirement=requirement)
    headings = [
        f"Publicerat: {name}"
        for name in (
            "genomförda uppföljningar",
            "planerade uppföljningar",
            "stängda avvikelser",
            "öppna avvikelser",
        )
    ]
    before = pages(by=analyst)
    assert [before["Planer"][0][heading] for heading in headings] == [""] * 4
    report_on(version.package)
    # What is registered later is in the next report.
    FollowUpFactory(version=version, supplier="D", closed=True)
    sheets = pages(by=analyst)
    for name in ("Planer", "Produktområden"):
        assert [sheets[name][0][heading] for heading in headings] == [3, 3, 0, 3], name
        assert not any("Planerade uppföljningar" in heading for heading in sheets[name][0])
    rows = {row["Kod"]: row for row in sheets["Krav"]}
    row = rows[requirement.code]
    assert (row["Publicerat: uppföljningar"], row["Publicerat: öppna avvikelser"]) == (3, 3)
    every = str(sheets)
    assert "Avtalets region" not in every
    assert "Uppföljning nr" not in every
    assert "Avtalets region" in str(pages(by=coordinator, confidential=True))


def test_the_ordinary_workbook_has_nothing_confidential(followed, analyst) -> None:
    data = b"".join(workbook(WorkbookFilters(), by=analyst))
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert [secret for secret in SECRETS if secret in text] == []
    assert "vilka metaller som avses" in text


def test_who_sees_every_follow_up_gets_all_of_it(followed, coordinator) -> None:
    text = str(pages(by=coordinator, confidential=True))
    assert [secret for secret in SECRETS if secret not in text] == []


def test_public_words_wait_for_a_secrecy_review(followed, coordinator) -> None:
    unseen = LessonFactory(
        follow_up=followed, written_by=coordinator, public_text="Ingen har prövat."
    )
    sheets = pages()
    assert "Ingen har prövat." not in str(sheets)
    assert unseen.pk not in [row["Lärdomsnr"] for row in sheets["Lärdomar"]]
    everything = pages(by=coordinator, confidential=True)["Lärdomar"]
    assert unseen.pk in [row["Lärdomsnr"] for row in everything]
    # The number of rows is told before the file is made.
    assert row_counts(WorkbookFilters())["Lärdomar"] == len(sheets["Lärdomar"])


def test_of_a_lesson_analysts_read_what_may_be_told(followed, requirement, coordinator) -> None:
    (row,) = pages()["Lärdomar"]
    assert "vilka metaller som avses" in row["Offentlig text"]
    assert row["Inarbetad i"] == ""
    # Neither the follow-up, its area and days, nor what is only proposed.
    assert set(row) == {
        *("Lärdomsnr", "Plan", "Inköpskategori", "Upphandlingsregion", "Metod"),
        *("Offentlig text", "Inarbetad i", "Inarbetad i lydelse"),
    }
    ProposedChange.objects.update(
        state=ChangeState.TAKEN_IN,
        revision=1,
        decided_at=timezone.now(),
        decided_by=coordinator,
    )
    (row,) = pages()["Lärdomar"]
    assert (row["Inarbetad i"], row["Inarbetad i lydelse"]) == (requirement.code, 1)


def test_an_analyst_is_refused_what_is_confidential(followed, analyst) -> None:
    with pytest.raises(PermissionDenied):
        workbook(WorkbookFilters(), by=analyst, confidential=True)


def test_a_refusal_says_which_plans_to_leave_out(followed, plan, coordinator, reviewer) -> None:
    skane = Organisation.objects.get(code="skane")
    other = PlanFactory(
        slug="livsmedel", coordinator=skane, procurement_region=skane.procurement_region
    )
    version = PackageVersion.objects.create(
        package=package_of(other),
        number=1,
        schema=3,
        content={},
        sha256="0" * 64,
        note="Första.",
        published_by=coordinator,
        approved_by=reviewer,
    )
    other.product_areas.create(number=1, name="Kött")
    FollowUpFactory(version=version, organisation=skane)
    with pytest.raises(PermissionDenied, match="livsmedel"):
        workbook(WorkbookFilters(), by=coordinator, confidential=True)
    assert workbook(WorkbookFilters(slugs=(plan.slug,)), by=coordinator, confidential=True)


def test_who_has_no_role_gets_nothing(followed, staff) -> None:
    with pytest.raises(PermissionDenied):
        workbook(WorkbookFilters(), by=staff)


def test_plans_region_and_period_choose_the_rows(followed, plan, coordinator) -> None:
    indicator = plan.goals.first().sub_goals.first().indicators.first()
    ReadingFactory(indicator=indicator, author=coordinator)
    everything = row_counts(WorkbookFilters(), confidential=True)
    assert everything["Lägesrapporter"] == 1
    assert everything["Uppföljningar"] == 3
    of_plan = WorkbookFilters(slugs=(plan.slug,))
    assert row_counts(of_plan, confidential=True) == everything
    assert row_counts(WorkbookFilters(region="C"), confidential=True) == everything
    assert set(row_counts(WorkbookFilters(region="H")).values()) == {0}
    late = row_counts(WorkbookFilters(first_day=date(2026, 7, 1)), confidential=True)
    assert (late["Uppföljningar"], late["Avvikelser"], late["Lägesrapporter"]) == (1, 0, 0)
    assert late["Riskmatris"] == everything["Riskmatris"]


def test_the_row_counts_are_those_of_the_file(followed) -> None:
    sheets = pages()
    for name, rows in row_counts(WorkbookFilters()).items():
        assert len(sheets[name]) == rows, name


def test_the_command_writes_a_file_and_tells_its_progress(
    followed, plan, tmp_path, capsys
) -> None:
    target = tmp_path / "bok.xlsx"
    call_command("export_workbook", output=target, plan=[plan.slug], region="c")
    assert CalamineWorkbook.from_path(target).sheet_names[0] == "Läs mig"
    assert "Planer: 1" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"plan": ["okänd"]}, "There is no plan “okänd”"),
        ({"region": "X"}, "There is no procurement region “X”"),
        ({"confidential": True}, "needs --as"),
        ({"confidential": True, "username": "analyst"}, "uppföljningar"),
        ({"username": "ingen"}, "There is no active user"),
        ({"first_day": date(2026, 2, 1), "last_day": date(2026, 1, 1)}, "ends before"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    options, sentence, followed, analyst, tmp_path
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("export_workbook", output=tmp_path / "bok.xlsx", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_confidential_file_is_its_owners_and_no_link_leads_it_elsewhere(
    followed, coordinator, tmp_path
) -> None:
    target, elsewhere = tmp_path / "bok.xlsx", tmp_path / "annan"
    (tmp_path / "bok.xlsx.part").symlink_to(elsewhere)
    call_command("export_workbook", output=target)
    assert target.stat().st_mode & 0o777 == 0o644
    call_command("export_workbook", output=target, confidential=True, username="coordinator")
    assert target.stat().st_mode & 0o777 == 0o600
    assert not elsewhere.exists()


@pytest.mark.parametrize("name", ["", ".."])
def test_what_is_no_file_is_refused(name, followed, tmp_path) -> None:
    with pytest.raises(CommandError, match="name a file"):
        call_command("export_workbook", output=tmp_path / name)


def test_a_number_that_leads_from_sheet_to_sheet_is_explained_alike():
    """Whoever joins two sheets by it reads in both what it is the number of."""
    explanations: dict[str, set[str]] = {}
    for table in SHEETS:
        for field in table.fields:
            if field.column.name in ("follow_up_no", "deviation_no"):
                explanations.setdefault(field.column.name, set()).add(str(field.column.help))
    assert explanations == {
        "follow_up_no": {"Uppföljningens nummer; detsamma i alla blad."},
        "deviation_no": {"Avvikelsens nummer; detsamma i alla blad."},
    }
