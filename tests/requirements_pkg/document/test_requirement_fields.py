"""The table of a requirement's fields is whole, and what it says of a field is what happens."""

from operator import attrgetter

import msgspec
import pytest
from django.utils.translation import override

from requirements_pkg.admin.forms.requirement_form import RequirementForm
from requirements_pkg.comparing.differences import requirement_differences
from requirements_pkg.comparing.lines import ContentNames, requirement_lines
from requirements_pkg.document import fill_in, wording
from requirements_pkg.document.requirement_fields import FIELDS, NAMED, WORDING, TextAudience
from requirements_pkg.document.schema import Requirement as Published
from requirements_pkg.document.wording import wording_hash
from requirements_pkg.models import Requirement
from requirements_pkg.searching.indexing import requirement_text
from requirements_pkg.tender import sample
from requirements_pkg.tender.requirement import TenderRequirement, background_of, parts_of

MARK = "Zirkoniumfilter [antal: 4]"
NAMES = ContentNames({}, {}, {}, {}, {})
TEXTS = [field for field in FIELDS if field.is_text]
# What tells one from another, and which wording it is.
IDENTITY = {"uid", "revision"}


def plain(**changes) -> Published:
    (item, *_more) = sample.sample_tender().items
    return msgspec.structs.replace(item.requirement, **changes)


def test_every_field_of_the_document_is_in_the_table_once():
    assert {*NAMED} == {*Published.__struct_fields__} - IDENTITY
    assert len(NAMED) == len(FIELDS)


def test_what_is_stored_is_a_column_of_the_model():
    columns = {field.name for field in Requirement._meta.concrete_fields}
    assert {field.name for field in FIELDS if field.is_stored} <= columns


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_text_is_compared_and_is_wording(field):
    old, new = plain(), plain(**{field.name: MARK})
    (line,) = requirement_lines(requirement_differences(old, new), (old, new), (NAMES, NAMES))
    assert line.name == field.name
    assert "Zirkoniumfilter" in line.after
    assert field.name in WORDING
    assert wording_hash(old) != wording_hash(new)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_text_is_found_as_the_table_says(field):
    index_text = requirement_text(plain(**{field.name: MARK}), ())
    # The title is a heading, and ranks above all texts.
    is_indexed = "Zirkoniumfilter" in f"{index_text.heading} {index_text.body}"
    assert is_indexed == (field.weight > 0 or field.name == "title")


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_text_has_the_fill_in_places_that_the_table_says(field):
    places = fill_in.places_of(plain(**{field.name: MARK}))
    assert ("antal" in [place.name for place in places]) == (field.places > 0)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_text_stands_in_files_for_those_whom_the_table_names(field):
    item = TenderRequirement(plain(**{field.name: "Zirkoniumfilter"}), "https://exempel.se/")
    with override("sv"):
        for_bidders = [part.name for part in parts_of(item)]
        for_buyers = [part.name for part in background_of(item, NAMES)]
    assert (field.name in for_bidders) == (field.reader is TextAudience.BIDDER)
    assert (field.name in for_buyers) == (field.reader is TextAudience.BUYER)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_text_has_a_box_in_the_form(field):
    box = RequirementForm.base_fields[field.name].widget
    assert int(box.attrs.get("rows", 1)) == field.lines


def test_a_new_field_that_is_empty_makes_no_new_wording(monkeypatch):
    """Every requirement of every package would else have another number after its code."""
    with_it = wording_hash(plain(guidance=""))
    before = tuple(name for name in WORDING if name != "guidance")
    monkeypatch.setattr(wording, "WORDING", before)
    monkeypatch.setattr(wording, "_words", attrgetter(*before[:-4]))
    assert wording_hash(plain(guidance="")) == with_it
