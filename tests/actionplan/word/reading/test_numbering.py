"""Lists: who is an item, and which number Word writes in front of it."""

import itertools

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from actionplan.word.document import ProblemKind, WordPlace
from actionplan.word.file.numbering import ListLabel, Numbering, number_words
from tests.actionplan.word.documents import (
    W,
    add_list,
    area_of,
    cell_of,
    clean_reading,
    matrix_cell,
    paragraphs,
    plan,
    put_in_list,
    reading,
)


def numbering(levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return Numbering(parse_xml(f"<w:numbering {W}>{lists}{nums}</w:numbering>"))


def level(at, text, form="decimal", start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def labels(counted, *levels, number="1"):
    """The labels of items on these levels, in their order."""
    return [counted.next(number, at).text for at in levels]


THREE = level(0, "%1.") + level(1, "%1.%2") + level(2, "%1.%2.%3")


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "upperRoman", "XIV"),
        (1994, "lowerRoman", "mcmxciv"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (4, "none", ""),
        (4, "chicago", None),
        (0, "upperRoman", None),
        (10**6, "lowerLetter", None),
    ],
)
def test_numbers_have_the_formats_of_word(number, form, words):
    assert number_words(number, form) == words


def test_a_lower_level_begins_anew_under_each_item_above():
    visible = labels(numbering(THREE), 0, 1, 1, 2, 0, 1, 2, 2)
    assert visible == ["1.", "1.1", "1.2", "1.2.1", "2.", "2.1", "2.1.1", "2.1.2"]


def test_a_level_above_that_has_no_item_yet_counts_as_its_first():
    assert labels(numbering(THREE), 1, 1) == ["1.1", "1.2"]


@pytest.mark.parametrize(("restart", "last"), [("0", "3)"), ("1", "1)"), ("2", "1)")])
def test_a_level_says_after_which_level_it_begins_anew(restart, last):
    own = level(2, "%3)", more=f'<w:lvlRestart w:val="{restart}"/>')
    counted = numbering(level(0, "%1") + level(1, "%2") + own)
    assert labels(counted, 0, 1, 2, 2, 0, 2)[-1] == last


def test_a_level_that_begins_anew_only_under_the_first_counts_on_under_the_second():
    own = level(2, "%3)", more='<w:lvlRestart w:val="1"/>')
    counted = numbering(level(0, "%1") + level(1, "%2") + own)
    assert labels(counted, 0, 1, 2, 1, 2) == ["1", "1", "1)", "2", "2)"]


def test_a_legal_level_tells_all_its_numbers_as_figures():
    counted = numbering(level(0, "%1.", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>"))
    assert labels(counted, 0, 0, 1) == ["I.", "II.", "2.1"]


TWO_LISTS = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
)


def test_lists_of_one_definition_count_on_and_one_may_begin_anew():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    together = numbering(level(0, "%1."), TWO_LISTS.format(""))
    assert labels(together, 0, 0) + labels(together, 0, number="2") == ["1.", "2.", "3."]
    apart = numbering(level(0, "%1."), TWO_LISTS.format(override))
    assert labels(apart, 0, 0) + labels(apart, 0, 0, number="2") == ["1.", "2.", "5.", "6."]


def test_a_list_may_have_a_level_of_its_own():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "lowerLetter")}</w:lvlOverride>'
    assert labels(numbering(level(0, "%1."), TWO_LISTS.format(own)), 0, number="2") == ["a)"]


def test_a_list_of_a_list_style_has_the_levels_of_the_style():
    styled = f'<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="S"/>{THREE}</w:abstractNum>'
    counted = numbering('<w:numStyleLink w:val="S"/></w:abstractNum>' + styled[:-16])
    assert labels(counted, 0, 1) == ["1.", "1.1"]


def test_what_cannot_be_told_is_no_number_and_what_shows_nothing_no_list():
    counted = numbering(
        level(0, "%1.", "chicago") + level(1, "", "none") + level(2, "•", "bullet")
    )
    assert counted.next("1", 0) == ListLabel("", count=1)
    assert counted.next("1", 1) is None
    assert counted.next("1", 2) == ListLabel("•", is_bullet=True)
    assert counted.next("7", 0) is None


@pytest.fixture
def bullets():
    """A plan, a list of bullets, and a style that puts its paragraphs into it."""
    word = plan()
    number = add_list(word, ("bullet", "•"))
    style = word.styles.add_style("RS Punktlista", WD_STYLE_TYPE.PARAGRAPH)
    put_in_list(style.element, number, None)
    word.styles.add_style("RS Punktlista 2", WD_STYLE_TYPE.PARAGRAPH).base_style = style
    return word


def kinds(word):
    return [s.kind for s in cell_of(clean_reading(reading(word))).statements]


@pytest.mark.parametrize("style", ["RS Punktlista", "RS Punktlista 2"])
def test_items_of_a_style_s_list_keep_the_kind_of_their_label(bullets, style):
    texts = ("Möjligheter:", "Återtag.", "Märkning.")
    paragraphs(matrix_cell(bullets, 2, 1), *texts, styles=[None, style, style])
    assert kinds(bullets) == ["opportunity"] * 3


def test_a_paragraph_that_has_left_the_list_of_its_style_is_no_item(bullets):
    cell = matrix_cell(bullets, 2, 1)
    styles = [None, *["RS Punktlista"] * 2]
    paragraphs(cell, "Möjligheter:", "Återtag.", "Barnarbete.", styles=styles)
    put_in_list(cell.paragraphs[2]._p, "0")
    assert kinds(bullets) == ["opportunity", "opportunity", "risk"]


def test_the_look_of_a_list_alone_makes_no_item(bullets):
    styles = [None, "List Paragraph", "List Paragraph"]
    texts = ("Möjligheter:", "Återtag.", "Barnarbete.")
    paragraphs(matrix_cell(bullets, 2, 1), *texts, styles=styles)
    assert kinds(bullets) == ["opportunity", "opportunity", "risk"]


def listed(cell, *texts_and_lists):
    """Make these the paragraphs of a cell, each an item of a list."""
    paragraphs(cell, *(text for text, *_list in texts_and_lists))
    for paragraph, (_text, *place) in zip(cell.paragraphs, texts_and_lists, strict=True):
        put_in_list(paragraph._p, *place)


@pytest.fixture
def goals():
    """A plan, and the cells of its goal, sub-goals and indicators."""
    word = plan()
    return word, [row.cells[1] for row in word.tables[2].rows]


def goals_of(word):
    return [
        (sub.number, sub.title, [(i.number, i.title) for i in sub.indicators])
        for goal in clean_reading(reading(word)).document.goals
        for sub in goal.sub_goals
    ]


WANTED = [
    ("1.1", "Ett", [("1.1.1", "A"), ("1.1.2", "B")]),
    ("1.2", "Två", [("1.2.1", "C"), ("1.2.2", "D")]),
]


def test_indicators_belong_to_the_sub_goal_that_their_number_tells(goals):
    word, cells = goals
    subs = add_list(word, ("decimal", "1.%1"), key=71)
    first = add_list(word, ("decimal", "1.1.%1"), key=72)
    second = add_list(word, ("decimal", "1.2.%1"), key=73)
    listed(cells[1], ("Ett", subs), ("Två", subs))
    listed(cells[2], ("A", first), ("B", first), ("C", second), ("D", second))
    assert goals_of(word) == WANTED


def test_one_list_of_several_levels_numbers_a_whole_goal(goals):
    word, cells = goals
    levels = [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]
    subs = add_list(word, *levels, key=74)
    indicators = add_list(word, *levels, key=75)
    listed(cells[1], ("Ett", subs, 1), ("Två", subs, 1))
    items = [("A", 2), ("B", 2), ("C", 2), ("D", 2)]
    listed(cells[2], *((text, indicators, at) for text, at in items))
    hidden = parse_xml(f"<w:p {W}/>")
    cells[2].paragraphs[2]._p.addprevious(hidden)
    put_in_list(cells[2].paragraphs[2]._p, indicators, 1)
    # An empty item is counted, as in Word, though it shows nothing but its number.
    cells[2].paragraphs[0]._p.addprevious(parse_xml(f"<w:p {W}/>"))
    put_in_list(cells[2].paragraphs[0]._p, indicators, 1)
    assert goals_of(word) == WANTED


@pytest.mark.parametrize("text", ["%1.", "(%1)", "Delmål 1.%1:", "1.%1)"])
def test_sub_goals_have_the_number_that_word_writes(goals, text):
    word, cells = goals
    number = add_list(word, ("decimal", text))
    listed(cells[1], ("Krav finns", number), ("Minst 1.2 ton 1.3 x", number))
    paragraphs(cells[2], "1.2 Antal")
    assert goals_of(word) == [
        ("1.1", "Krav finns", []),
        ("1.2", "Minst 1.2 ton 1.3 x", [("1.2", "Antal")]),
    ]


def test_letters_count_the_sub_goals_and_their_indicators(goals):
    word, cells = goals
    subs = add_list(word, ("lowerLetter", "%1)"), key=71)
    indicators = add_list(word, ("lowerLetter", "%1)"), key=72)
    listed(cells[1], ("Ett", subs), ("Två", subs))
    listed(cells[2], ("A", indicators), ("B", indicators))
    assert goals_of(word) == [("1.1", "Ett", [("1.1", "A")]), ("1.2", "Två", [("1.2", "B")])]


def test_an_indicator_that_is_only_counted_tells_no_sub_goal(goals):
    word, cells = goals
    listed(cells[2], *itertools.product(["A", "B"], [add_list(word, ("decimal", "%1."))]))
    result = reading(word)
    what, place = ProblemKind.INDICATOR_WITHOUT_NUMBER, WordPlace(table=3, row=3, column=2)
    assert [(p.what, p.words, p.place) for p in result.not_understood] == [
        (what, "A", place),
        (what, "B", place),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [("Övergripande mål", "%1"), ("Minska utsläppen", "Övergripande mål %1:")],
)
def test_a_goal_has_the_number_that_word_writes(goals, text, label):
    word, _cells = goals
    number = add_list(word, ("decimal", label), l0=3)
    head = word.tables[2].rows[0].cells[0]
    listed(head, (text, number))
    paragraphs(word.tables[2].rows[1].cells[1], "3.1 Krav finns")
    word.tables[2]._tbl.remove(word.tables[2].rows[2]._tr)
    (goal,) = clean_reading(reading(word)).document.goals
    assert goal.number == 3


@pytest.mark.parametrize(
    ("text", "label"), [("Produktområde: servrar", "%1."), ("servrar", "Produktområde %1:")]
)
def test_an_area_has_the_number_that_word_writes(text, label):
    word = plan()
    number = add_list(word, ("decimal", label), l0=4)
    listed(matrix_cell(word, 0, 1), (text, number))
    assert area_of(clean_reading(reading(word)), 4).name == "servrar"


def test_an_area_s_caption_has_the_number_that_word_writes():
    word = plan()
    table = word.tables[1]
    table._tbl.remove(table.rows[0]._tr)
    caption = word.add_paragraph("Produktområde: servrar")
    table._tbl.addprevious(caption._p)
    put_in_list(caption._p, add_list(word, ("decimal", "%1."), l0=2))
    assert area_of(clean_reading(reading(word)), 2).name == "servrar"
