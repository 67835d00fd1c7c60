"""A region's own Word template: what is taken of it, and what is refused."""

import io
import re
import zipfile

import docx
import pytest
from django.utils.translation import override
from docx.oxml.ns import qn

from requirements_pkg.tender.letterhead import letterhead
from requirements_pkg.tender.letterhead.letterhead import UnusableLetterhead, checked
from requirements_pkg.tender.word import write_tender
from tests.requirements_pkg.letterheads import (
    FOOTER,
    FORGOTTEN,
    HEADER,
    a_letterhead,
    related,
    replaced,
    saved,
    under_another_ending,
    with_field,
)
from tests.requirements_pkg.tenders import a_tender

MAIN = b"wordprocessingml.document.main+xml"


@pytest.fixture(autouse=True)
def in_swedish():
    with override("sv"):
        yield


def written(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(write_tender(a_tender(), paper=checked(data))))


def everything(data: bytes) -> str:
    """All parts of a file as one text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def test_a_tender_has_the_header_and_footer_of_the_region():
    word = written(a_letterhead())
    section = word.sections[0]
    assert section.header.paragraphs[0].text == HEADER
    assert section.footer.paragraphs[0].text == FOOTER
    assert section.left_margin.mm == pytest.approx(30, abs=0.1)


def test_the_region_s_own_styles_stand_and_ours_come_where_it_has_none():
    word = written(a_letterhead())
    assert word.styles["Heading 1"].font.name == "Georgia"
    for name in ("Heading 3", "Kravfakta", "Tabellhuvud", "Saknas"):
        assert name in word.styles
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "Kraven i korthet"


def test_tables_are_as_wide_as_the_region_s_page():
    table = written(a_letterhead()).tables[0]
    width = int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))
    assert width == pytest.approx((210 - 60) / 25.4 * 1440, abs=30)


def test_a_template_without_a_footer_gets_ours():
    word = written(saved(docx.Document()))
    assert "version 2, publicerad 2026-01-31" in word.sections[0].footer.paragraphs[0].text


def test_nothing_that_somebody_left_in_the_template_comes_along():
    data = write_tender(a_tender(), paper=checked(a_letterhead()))
    text = everything(data)
    for words in ("Brevets egen text.", FORGOTTEN, "Alva"):
        assert words not in text
        assert words in everything(a_letterhead())


def test_a_word_template_is_taken_as_a_document():
    dotx = replaced(
        a_letterhead(),
        {
            "[Content_Types].xml": lambda old: old.replace(
                MAIN, b"wordprocessingml.template.main+xml"
            )
        },
    )
    assert written(dotx).sections[0].header.paragraphs[0].text == HEADER


def test_a_template_in_which_every_style_is_missing_is_written_on_all_the_same():
    bare = docx.Document()
    styles = bare.styles.element
    for style in list(styles.iter(qn("w:style"))):
        styles.remove(style)
    word = written(saved(bare))
    assert "Kvalificeringskrav" in [p.text for p in word.paragraphs]
    assert word.styles["Heading 2"].font.bold


def test_what_is_kept_is_about_as_small_as_what_was_uploaded():
    assert len(checked(replaced(a_letterhead(), {"word/bild.png": bytes(5 << 20)}))) < 100_000


def test_the_same_template_gives_the_same_bytes():
    data = a_letterhead()
    first, second = (write_tender(a_tender(), paper=checked(data)) for _time in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Filen är tom. Välj en annan fil."),
        (b"%PDF-1.7", "Det här är en pdf, inte ett Worddokument"),
        (b"PK\x03\x04skadad", "skadad"),
        (b"x" * (letterhead.LARGEST + 1), "större än 2 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "varken ett Worddokument"),
    ],
)
def test_what_is_no_template_is_refused(data, sentence):
    with pytest.raises(UnusableLetterhead) as refused:
        checked(data)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: related("attachedTemplate", "file:///C:/mall.dotm"), "bygger på en annan mall"),
        (lambda: related("image", "http://spion.example/1.png"), "hämtar något"),
        (lambda: related("image", "\\\\server\\delad\\1.png"), "hämtar något"),
        (lambda: related("hyperlink", "file:///etc/passwd"), "hämtar något"),
        (lambda: related("oleObject", "embeddings/1.bin", outside=False), "inbäddat objekt"),
        (lambda: related("aFChunk", "annat.html", outside=False), "inbäddat objekt"),
        (lambda: related("subDocument", "annat.docx"), "inbäddat objekt"),
        (lambda: with_field("INCLUDEPICTURE http://spion.example/1.png"), "fält som hämtar"),
        (lambda: with_field(" ddeauto c:\\\\windows\\\\cmd.exe "), "fält som hämtar"),
        (
            lambda: replaced(
                a_letterhead(),
                {
                    "[Content_Types].xml": lambda old: old.replace(
                        b"application/vnd.openxmlformats-officedocument." + MAIN,
                        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
                    )
                },
            ),
            "makron",
        ),
        (lambda: replaced(a_letterhead(), {"word/vbaProject.bin": b"x"}), "makron"),
        (
            lambda: replaced(
                a_letterhead(),
                {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            ),
            "XML-entiteter",
        ),
        (lambda: replaced(a_letterhead(), {"word/x.bin": bytes(11 << 20)}), "större än 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_letterhead_needs_is_refused(data, sentence):
    with pytest.raises(UnusableLetterhead) as refused:
        checked(data())
    assert sentence in str(refused.value)


def test_a_link_that_a_reader_may_click_is_no_danger():
    assert written(related("hyperlink", "https://region.example/"))


def test_a_field_that_only_counts_is_no_danger():
    assert written(with_field("PAGE \\* MERGEFORMAT"))


@pytest.mark.parametrize("is_default", [False, True])
def test_a_part_is_searched_whatever_its_name_ends_in(is_default):
    counting = under_another_ending(with_field("PAGE"), is_default=is_default)
    assert written(counting).sections[0].footer.paragraphs[0].text.startswith(FOOTER)
    fetching = with_field("INCLUDEPICTURE http://spion.example/1.png")
    with pytest.raises(UnusableLetterhead, match="fält som hämtar"):
        checked(under_another_ending(fetching, is_default=is_default))


def test_entities_are_refused_whatever_the_name_of_their_part_ends_in():
    entities = {
        "word/footer1.bin": lambda old: (
            b'<!DOCTYPE a [<!ENTITY b "c">]>' + old[old.index(b"<w:ftr") :]
        )
    }
    data = under_another_ending(a_letterhead(), is_default=False)
    with pytest.raises(UnusableLetterhead, match="XML-entiteter"):
        checked(replaced(data, entities))


def test_a_sound_file_that_our_writer_cannot_read_is_refused_in_words():
    no_styles = replaced(a_letterhead(), {"word/styles.xml": b"<a/>"})
    with pytest.raises(UnusableLetterhead, match="går inte att använda"):
        checked(no_styles)


def strict(part: bytes) -> bytes:
    """The XML of a part as Word's "Strict Open XML" names it."""
    names = re.sub(
        rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/",
        rb"http://purl.oclc.org/ooxml/\1/",
        part,
    )
    return names.replace(b"<w:document ", b'<w:document w:conformance="strict" ')


def test_a_template_in_strict_open_xml_is_taken():
    with zipfile.ZipFile(io.BytesIO(a_letterhead())) as archive:
        changes = {n: strict for n in archive.namelist() if n.endswith((".xml", ".rels"))}
    data = replaced(a_letterhead(), changes)
    assert "purl.oclc.org" in everything(data)
    section = written(data).sections[0]
    assert section.header.paragraphs[0].text == HEADER
    assert "purl.oclc.org" not in everything(checked(data))
    assert "conformance" not in everything(checked(data))


def test_a_template_that_names_a_missing_picture_of_itself_is_taken():
    with zipfile.ZipFile(io.BytesIO(a_letterhead())) as archive:
        root = archive.read("_rels/.rels")
    kind = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    link = b'<Relationship Id="rId77" Type="%s" Target="docProps/saknas.wmf"/>' % kind
    end = b"</Relationships>"
    data = replaced(a_letterhead(), {"_rels/.rels": root.replace(end, link + end)})
    assert written(data).sections[0].header.paragraphs[0].text == HEADER
