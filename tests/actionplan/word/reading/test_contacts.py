"""The people of a plan, however their names, titles, telephones and addresses are written."""

import pytest

from actionplan.word.document import ContactText, WordPlace
from actionplan.word.reading.contacts import contact_lines, read_contacts
from tests.actionplan.word.documents import FACTS, clean_reading, paragraphs, plan, reading

ANNA = ("Anna Ek", "anna.ek@region.example")
BO = ("Bo Alm", "bo.alm@region.example")


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["Anna Ek\nanna.ek@region.example"], [ANNA]),
        (["Anna Ek", "anna.ek@region.example"], [ANNA]),
        (["Anna Ek", "E-post: anna.ek@region.example"], [ANNA]),
        (["Namn: Anna Ek", "Mejl: anna.ek@region.example"], [ANNA]),
        (["Anna Ek <anna.ek@region.example>; Bo Alm (bo.alm@region.example)"], [ANNA, BO]),
        (["Anna Ek", ANNA[1], "Bo Alm", BO[1]], [ANNA, BO]),
        (["Anna Ek", "Bo Alm", ANNA[1], BO[1]], [ANNA, BO]),
        (["Anna Ek och Bo Alm", BO[1], ANNA[1]], [ANNA, BO]),
        (["Anna Ek, \u202aanna.ek@region.example\u202c"], [ANNA]),
        (
            ["Anna Ek", "Namn: inkop@region.example"],
            [("Anna Ek", ""), ("inkop@region.example",) * 2],
        ),
        (["Cia Alm, strateg", "Lisa"], [("Cia Alm, strateg", ""), ("Lisa", "")]),
        (["Upphandlingsenheten"], [("Upphandlingsenheten", "")]),
    ],
)
def test_an_address_belongs_to_the_name_before_it_or_the_one_it_is_made_of(lines, people):
    contacts = read_contacts(lines)
    assert [(person.name, person.email) for person in contacts.people] == people
    assert contacts.left_out == []


@pytest.mark.parametrize(
    "line",
    [
        "hållbarhetsstrateg",
        "Hållbarhetsstrateg",
        "Strategisk Inköpare",
        "inköps- och kategorichef",
        "Region Stockholm",
        "Enheten för inköp",
        "08-123 45 67",
        "Tfn 08-123 45 67",
        "+46 (0)70 123 45 67",
        "Titel: Chef",
        "www.region.example",
    ],
)
def test_what_is_said_of_a_person_is_no_person_and_is_left_out(line):
    contacts = read_contacts(["Anna Ek", line, ANNA[1]])
    assert [(person.name, person.email) for person in contacts.people] == [ANNA]
    assert contacts.left_out == [line]


def test_a_telephone_in_the_line_of_a_name_is_no_part_of_it():
    contacts = read_contacts(["Anna Ek, 08-123 45 67, anna.ek@region.example"])
    assert [(person.name, person.email) for person in contacts.people] == [ANNA]
    assert contacts.left_out == ["08-123 45 67"]


def test_a_contact_may_fill_a_cell_with_paragraphs_and_the_rest_is_reported():
    word = plan()
    cell = word.tables[0].rows[2].cells[1]
    paragraphs(cell, "Anna Ek", "hållbarhetsstrateg", "08-123 45 67", ANNA[1])
    result = reading(word)
    assert result.document.contacts == (ContactText(*ANNA),)
    assert [(problem.words, problem.place) for problem in result.not_understood] == [
        ("hållbarhetsstrateg", WordPlace(table=1, row=3, column=2)),
        ("08-123 45 67", WordPlace(table=1, row=3, column=2)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Kontaktpersoner", "Anna Ek", ANNA[1]], ["", "Bo Alm", BO[1]]],
        [["Kontaktperson", f"Anna Ek, {ANNA[1]}", ""], ["Kontaktperson", f"Bo Alm, {BO[1]}", ""]],
    ],
)
def test_contacts_may_take_several_rows_and_columns(rows):
    facts = [[*fact, ""] for fact in FACTS[:2]]
    document = clean_reading(reading(plan(facts=[*facts, *rows]))).document
    assert document.contacts == (ContactText(*ANNA), ContactText(*BO))


@pytest.mark.parametrize(
    "contacts",
    [
        [ANNA, BO],
        [("Anna Ek", ""), ("inkop@region.example", "inkop@region.example")],
        [("Anna Ek", ""), ("Upphandlingsenheten", "")],
        [("Anna Ek", ""), ("anna ek", ""), ("Vakt 08-123 45 67", "vakt@region.example")],
        [("Bo och Stina Ek", "ek@region.example")],
    ],
)
def test_contacts_are_written_so_that_they_are_read_back(contacts):
    wanted = [ContactText(*contact) for contact in contacts]
    for lines in (contact_lines(wanted), ["; ".join(contact_lines(wanted))]):
        again = read_contacts(lines)
        assert (again.people, again.left_out) == (wanted, [])
