"""Whatever a requirement says, Excel and LibreOffice give it back, and only edits are changes."""

import io
import re
import shutil
import subprocess

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from actionplan import text
from actionplan.excel.formats import SafeXLSX
from actionplan.excel.front import ResourceFront
from actionplan.models import User
from requirements_pkg.excel.columns import REQUIREMENTS
from requirements_pkg.models import Requirement, RequirementSource
from risks.models import RiskStatement
from tests.factories import PackageFactory, RequirementFactory
from tests.properties.test_excel_round_trip import hostile
from tests.requirements_pkg.sheets import NAMES, bring, new_row

# The longest text that fits, of characters that take two units each in Excel.
LONG = "🧪" * 7999 + "="
WORST = ["=cmd()|' /C calc'!A0", "+1", "-x", "@x", "\tx", "'=x", "_x000D_", "a\n\nb", '"x"', LONG]
TEXTS = ("title", "text", "rationale", "verification", "guidance", "law_baseline")
# Square brackets are kept for fill-in places.
without_brackets = hostile.filter(lambda words: not set(words) & set("[]"))
paragraphs = st.lists(without_brackets, min_size=1, max_size=3).map("\n\n".join)


def superuser() -> User:
    return User.objects.create(username=f"u{User.objects.count()}", is_superuser=True)


def a_file(user, package) -> bytes:
    """The requirements of a package as they are downloaded."""
    rows = Requirement.objects.filter(package=package).in_reading_order()
    return SafeXLSX().export_data(ResourceFront(REQUIREMENTS, user).export(rows))


def imported(user, file: bytes):
    return ResourceFront(REQUIREMENTS, user).import_data(
        SafeXLSX().create_dataset(file), user=user
    )


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.tuples(without_brackets, paragraphs), min_size=1, max_size=3))
@example(rows=[(words[:199], words) for words in WORST])
def test_hostile_requirements_come_back_as_they_were(rows):
    user, package = superuser(), PackageFactory()
    cells = [
        # A bar parts the title of a source from its address.
        new_row(
            package, f"SE-{at}", title=title, sources=f"{title.replace('|', '/')} | https://a.se"
        )
        | dict.fromkeys(TEXTS[1:], words)
        for at, (title, words) in enumerate(rows, start=1)
    ]
    result = bring(user, cells)
    assert (result.totals["new"], result.faults, result.refusals) == (len(rows), [], [])
    stored = list(Requirement.objects.filter(package=package).order_by("position").values())
    for row, (title, words) in zip(stored, rows, strict=True):
        assert row["title"] == text.clean(title)
        assert {row[name] for name in TEXTS[1:]} == {text.clean_paragraphs(words)}
    file = a_file(user, package)
    kinds = {
        cell.data_type
        for sheet in openpyxl.load_workbook(io.BytesIO(file))
        for line in sheet.iter_rows()
        for cell in line
    }
    assert kinds <= {"s", "n"}
    result = imported(user, file)
    assert (result.totals["skip"], result.notices) == (len(rows), [])


@pytest.fixture
def package(db):
    """Requirements with everything that a spreadsheet may take for something else."""
    package = PackageFactory()
    risks = list(RiskStatement.objects.all())
    area = package.plan.product_areas.first()
    for at, words in enumerate(WORST):
        requirement = RequirementFactory(
            package=package,
            code=f"SE-{at:02}",
            position=at,
            title=words.strip()[:199].replace("\n", " "),
            rationale=words.strip(),
            guidance="1.10",
            law_baseline="2025-01-01",
            treats=risks[:2],
            areas=[area],
        )
        RequirementSource.objects.create(requirement=requirement, title="=1+1", dated="2017-05-17")
    return package


def by_libreoffice(file: bytes, folder) -> bytes:
    """A workbook opened and saved again by LibreOffice."""
    (folder / "krav.xlsx").write_bytes(file)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    subprocess.run(
        [*command, str(folder / "krav.xlsx")], check=True, capture_output=True, timeout=180
    )
    return (folder / "out/krav.xlsx").read_bytes()


def edited(file: bytes) -> bytes:
    """Three cells written by hand, in three rows."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book.worksheets[0]
    for row, name, value in ((2, "title", "Ny rubrik"), (4, "areas", "2"), (6, "position", 40)):
        sheet.cell(row, NAMES.index(name) + 1).value = value
    # openpyxl, unlike Excel, takes escapes of inline texts for text, and would write text as a
    # formula, and a _x000D_ as a line break.
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                text = cell.value.replace("_x005F_", "_")
                cell.value = re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", text)
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def everything(package) -> dict[tuple[str, str], object]:
    """Every cell of the package, by code and column, as it is stored."""
    user = superuser()
    rows = ResourceFront(REQUIREMENTS, user).export(Requirement.objects.filter(package=package))
    return {
        (row[NAMES.index("code")], name): row[at]
        for row in rows
        for at, name in enumerate(NAMES)
        if name != "fingerprint"
    }


needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")


@pytest.mark.parametrize(
    "through", ["Excel", pytest.param("LibreOffice", marks=needs_libreoffice)]
)
def test_three_edited_cells_are_exactly_three_changes(through, package, tmp_path):
    user = superuser()
    file = edited(a_file(user, package))
    before = everything(package)
    if through == "LibreOffice":
        file = by_libreoffice(file, tmp_path)
    result = imported(user, file)
    assert (result.totals["update"], result.faults, result.refusals) == (3, [], [])
    after = everything(package)
    assert {place: now for place, now in after.items() if before[place] != now} == {
        ("SE-00", "title"): "Ny rubrik",
        ("SE-02", "areas"): "2",
        ("SE-04", "position"): 40,
    }


@needs_libreoffice
def test_a_file_that_libreoffice_saved_changes_nothing(package, tmp_path):
    user = superuser()
    result = imported(user, by_libreoffice(a_file(user, package), tmp_path))
    assert (result.totals["skip"], result.faults, result.notices) == (len(WORST), [], [])
