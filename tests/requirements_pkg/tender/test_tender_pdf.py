"""The PDF of a selection, read back: tagged, in Swedish, with every word as it was written."""

import io

import pypdf
import pytest

from requirements_pkg.tender import document as tender
from requirements_pkg.tender import pdf as tender_pdf
from tests.factories.contents import a_requirement
from tests.requirements_pkg.tenders import HOSTILE, SOURCE, a_tender, content, of


def opened(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(body))


def text_of(body: bytes) -> str:
    """All words, one space between them: where lines break is the page's own business."""
    return " ".join(" ".join(page.extract_text() for page in opened(body).pages).split())


def tags_of(body: bytes) -> list[str]:
    """The structure of a document, in reading order."""
    tags = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                tags.append(str(node["/S"]).lstrip("/"))
            walk(node.get("/K"))

    walk(opened(body).trailer["/Root"]["/StructTreeRoot"])
    return tags


@pytest.fixture(scope="module")
def written() -> bytes:
    return tender_pdf.write_pdf(a_tender(weeks="6"))


def test_it_is_tagged_titled_and_swedish(written):
    root = opened(written).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("sv")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert opened(written).metadata.title == "Krav: IT-teknisk plattform"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_headings_tables_and_links_are_told_as_such(written):
    tags = tags_of(written)
    assert tags.count("H1") == 5
    assert tags.count("H2") == 4
    assert {"Table", "THead", "TH", "TD", "Link", "P"} <= set(tags)


def test_the_address_of_a_source_leads_there():
    body = tender_pdf.write_pdf(tender.tender_of(content(), SOURCE))
    notes = [
        annotation.get_object()
        for page in opened(body).pages
        for annotation in page.get("/Annots", None) or ()
    ]
    assert "https://eur-lex.example/1" in {
        str(annotation.get("/A", {}).get("/URI")) for annotation in notes
    }


def test_it_says_all_that_the_tender_says(written):
    text = text_of(written)
    for requirement in a_tender(weeks="6").items:
        assert requirement.citation in text
        assert requirement.title in text
    for words in (
        "Leverantören ska redovisa inom 6 veckor.",
        "[effekt i watt]",
        "Högst 10 poäng.",
        "Indraget 2026-01-30: Lagen kräver det numera.",
        "Uppfylls kravet?",
        "Anbudsgivarens svar",
        "version 2, publicerad 2026-01-31",
        "Sida 1 av",
    ):
        assert words in text


def test_each_requirement_links_to_its_permanent_address(written):
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in opened(written).pages
        for annotation in page.get("/Annots", [])
    }
    assert links == {requirement.address for requirement in a_tender().items}


def test_hostile_words_stay_words():
    made = of(a_requirement("SE-01", title=HOSTILE, text=f"{HOSTILE} [a: {HOSTILE}]"))
    text = text_of(tender_pdf.write_pdf(made)).replace(" ", "")
    assert text.count(HOSTILE.replace(" ", "")) >= 4


def test_a_sign_without_a_glyph_is_shown_as_a_box():
    """PDF/UA refuses a file with such a sign: nobody's download fails for an emoji."""
    made = of(a_requirement("SE-01", title="Sol 🙂 漢 \x07 å é ﬁ – € ≥ →"))
    assert "Sol □ □ □ å é □ – € ≥ →" in text_of(tender_pdf.write_pdf(made))


def test_every_sign_that_is_let_through_has_a_glyph():
    signs = "".join(chr(c) for c in range(0x20, 0x3000) if not tender_pdf.UNSHOWN.match(chr(c)))
    assert "".join(s for s in "åäöÅÄÖéüß€–”…·×≤≥→☐✓" if s in signs) == "åäöÅÄÖéüß€–”…·×≤≥→☐✓"
    pieces = [signs[at : at + 100] for at in range(0, len(signs), 100)]
    tender_pdf.write_pdf(of(*(a_requirement(f"SE-{n}", title=p) for n, p in enumerate(pieces))))


def test_a_whole_version_begins_with_its_plan():
    whole = tender_pdf.write_pdf(tender.tender_of(content(), SOURCE), content())
    text = text_of(whole)
    for words in (
        "Kravpaket: IT-teknisk plattform",
        "Så används paketet.",
        "Servrar prioriteras.",
        "Gruvor förorenar vatten.",
        "Hög energianvändning.",
        "Övergripande mål 1: Ett gemensamt kravpaket",
        "1.1 Krav är framtagna",
        "Lagen gäller importörer av mineral.",
    ):
        assert words in text
    assert "Anbudsgivarens svar" not in text
    # Its open places are for whoever takes it into a tender.
    assert "inte ifyllt" not in text
    # First it stands among the contents.
    assert text.index("Servrar prioriteras.") < text.rindex("SV-04:1 Förteckning")


def test_a_whole_version_has_a_page_of_contents_that_leads_on():
    whole = tender_pdf.write_pdf(tender.tender_of(content(), SOURCE), content())
    first, *rest = opened(whole).pages
    text = " ".join(first.extract_text().split())
    assert "Innehåll" in text
    for words in ("Introduktion", "Produktområde 2: servrar", "Tilldelningskriterier", "SV-04:1"):
        assert words in text[text.index("Innehåll") :]
    annotations = [annotation.get_object() for annotation in first["/Annots"]]
    assert len([note for note in annotations if "/URI" not in note.get("/A", {})]) > 8
    # It stands by itself.
    assert "Servrar prioriteras." not in text
    assert "Servrar prioriteras." in rest[0].extract_text()
    assert "TOCI" in tags_of(whole)


def test_a_selection_has_its_table_and_no_contents(written):
    assert "Innehåll" not in text_of(written)


def test_a_shared_module_has_no_plan_to_begin_with():
    module = content(plan=None)
    text = text_of(tender_pdf.write_pdf(tender.tender_of(module, SOURCE), module))
    assert "SV-04:1 Förteckning över smältverk" in text
    assert "Livscykelsteg" not in text


def test_a_version_without_requirements_is_its_plan():
    old = content(requirements=[])
    text = text_of(tender_pdf.write_pdf(tender.tender_of(old, SOURCE), old))
    assert "Gruvor förorenar vatten." in text


def test_the_same_selection_gives_the_same_bytes(written):
    assert tender_pdf.write_pdf(a_tender(weeks="6")) == written
