"""On paper: what a reader needs, and neither buttons nor empty pages."""

import io

import pypdf
import pytest
from django.urls import reverse

from risks.models import Assessment, RiskStatement
from tests.factories.contents import a_content, a_requirement
from tests.requirements_pkg.stored import store
from tests.requirements_pkg.tenders import content

FOLDER = "/kravpaket/it-teknisk-plattform/"
SELECTION = (
    "/urval/?paket=it-teknisk-plattform&version=1&krav=SV-04&krav=TS-02&krav=TK-03&krav=KK-01"
    "&namn=kommunen"
)
# What can be pressed or typed into is of no use on paper.
CONTROLS = (
    "Ta bort",
    "Uppdatera texterna",
    "Fyll i",
    "Ladda ner",
    "Kopiera adressen",
    "Välj fler krav",
    "Er organisations namn",
    "Ta med det som bara är för internt bruk",
    "Till urvalet",
    "Läs kravtexten",
    "Filtrera",
)


@pytest.fixture
def printed(page, site, coordinator, reviewer):
    """A function that prints an address of a package of all kinds, and reads the pages."""
    store(content(), coordinator, reviewer)

    def pages_of(address: str) -> list[str]:
        page.goto(site + address)
        read = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        return [" ".join(sheet.extract_text().split()) for sheet in read.pages]

    return pages_of


def test_a_package_is_printed_with_the_texts_of_its_requirements(printed):
    pages = printed(f"{FOLDER}krav/")
    text = " ".join(pages)
    for code in ("KK-01", "TK-03", "SV-04"):
        assert text.count(code) >= 1
    assert text.count("Leverantören ska redovisa inom 4 veckor.") == 3
    for words in CONTROLS:
        assert words not in text
    assert all(len(page) > 60 for page in pages), [len(page) for page in pages]


def test_a_selection_is_printed_without_buttons_and_empty_pages(printed):
    pages = printed(SELECTION)
    text = " ".join(pages)
    for words in ("Leverantören ska redovisa inom 4 veckor.", "KK-01:1", "Högst 10 poäng."):
        assert words in text
    # Where it comes from stands before the requirements.
    assert text.index("Version 1") < text.index("KK-01:1")
    for words in CONTROLS:
        assert words not in text
    assert all(len(page) > 60 for page in pages), [len(page) for page in pages]
    assert len(pages) <= 2


def test_long_requirements_leave_no_page_empty(printed, coordinator, reviewer):
    long = "Leverantören ska redovisa hur effekten mäts i varje hall och under hela året. " * 60
    codes = [f"LA-{number:02}" for number in range(1, 6)]
    store(a_content(*(a_requirement(code, text=long) for code in codes)), coordinator, reviewer)
    choices = "".join(f"&krav={code}" for code in codes)
    selection = f"/urval/?paket=it-teknisk-plattform&version=2{choices}"
    # A requirement begins where the one before it ends, not on a page of its own.
    for address, most in ((selection, 9), (f"{FOLDER}krav/", 15)):
        pages = printed(address)
        assert len(pages) <= most
        assert " ".join(pages).count("i varje hall") == 60 * len(codes)
        assert all(len(page) > 60 for page in pages), [len(page) for page in pages]


def test_a_risk_matrix_is_printed_whole_and_without_buttons(page, site, plan, context, log_in):
    log_in(context)
    area = plan.product_areas.get(number=1)
    for cell in area.cells.exclude(assessment=Assessment.NO_LEVERAGE):
        RiskStatement.objects.create(cell=cell, text=f"Text i ruta {cell.pk}. " * 12)
    page.goto(site + reverse("admin:risks_riskmatrix_change", args=[area.pk]))
    read = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    pages = [" ".join(sheet.extract_text().split()) for sheet in read.pages]
    text = " ".join(pages)
    for cell in area.cells.exclude(assessment=Assessment.NO_LEVERAGE):
        assert text.count(f"Text i ruta {cell.pk}.") == 12
    for words in ("Spara", "Logga ut", "Gå vidare från en ruta", "Ta bort produktområdet"):
        assert words not in text
    assert all(len(page) > 60 for page in pages), [len(page) for page in pages]


def test_the_address_of_a_requirement_is_printed_once(printed):
    text = " ".join(printed(f"{FOLDER}krav/KK-01/"))
    assert text.replace(" ", "").count("/v1/krav/KK-01/") == 1
