"""A page's form filled in with what was sent: in its HTML, so that any form of any page can be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import html

from actionplan.text import is_number

Fields = Mapping[str, Sequence[str]]
# What a browser sends of its own accord, or what nobody types.
UNTOUCHED: Final = {"submit", "button", "image", "reset", "file", "password"}
TOTAL: Final = "-TOTAL_FORMS"
# XML knows no other signs below the space.
UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
MOST_ROWS: Final = 1000


def fill(page: str, fields: Fields) -> str | None:
    """Fill in the form of a page that has these fields.

    Returns:
        The page, or None where no form of it takes all that was sent.
    """
    document = html.document_fromstring(page)
    for form in document.iter("form"):
        if form.get("method", "").lower() != "post":
            continue
        _add_rows(form, fields)
        if _takes(form, fields):
            _fill(form, fields)
            # The words are nowhere else, and the page may say so before they are left.
            form.set("data-not-saved", "")
            filled: str = html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
            return filled
    return None


def _takes(form: html.FormElement, fields: Fields) -> bool:
    """Tell whether each field that says something has a control, and each choice is offered."""
    controls: dict[str, list[html.HtmlElement]] = {}
    for control in _controls(form):
        controls.setdefault(control.get("name"), []).append(control)
    filled = {name: values for name, values in fields.items() if any(values)}
    if not any(_is_filled(control) for name in filled for control in controls.get(name, ())):
        return False
    return all(
        name in controls and all(_offers(controls[name][0], value) for value in values)
        for name, values in filled.items()
    )


def _offers(control: html.HtmlElement, value: str) -> bool:
    """Tell whether a control takes a value: a menu has only its own."""
    return control.tag != "select" or value in map(_value, control.iter("option"))


def _fill(form: html.FormElement, fields: Fields) -> None:
    left = {name: list(values) for name, values in fields.items()}
    for control in _controls(form):
        name = control.get("name")
        if not _is_filled(control) or control.get("disabled") is not None:
            continue
        values = [UNWRITABLE.sub("", value) for value in fields.get(name, ())]
        if control.tag == "select":
            for option in control.iter("option"):
                _mark(option, "selected", _value(option) in values)
        elif control.get("type") in ("checkbox", "radio"):
            _mark(control, "checked", control.get("value", "on") in values)
        elif left.get(name):
            value = UNWRITABLE.sub("", left[name].pop(0))
            if control.tag == "textarea":
                # A browser drops the first line end of a text box.
                control.text = "\n" + value
            else:
                control.set("value", value)


def _add_rows(form: html.FormElement, fields: Fields) -> None:
    """Add the rows that were added in the browser, made of the empty one as its script does it."""
    by_id = {element.get("id"): element for element in form.iter() if element.get("id")}
    for name, (total, *_more) in fields.items():
        prefix = name.removesuffix(TOTAL)
        empty = by_id.get(f"{prefix}-empty") if name != prefix else None
        if empty is None or not is_number(total) or int(total) > MOST_ROWS:
            continue
        for number in range(int(total)):
            if f"{prefix}-{number}" not in by_id:
                empty.addprevious(_row(empty, number))


def _row(empty: html.HtmlElement, number: int) -> html.HtmlElement:
    row = deepcopy(empty)
    row.tail = None
    row.set("id", row.get("id").removesuffix("empty") + str(number))
    row.set("class", row.get("class", "").replace("empty-form", "").strip())
    for element in row.iter():
        for name, value in element.attrib.items():
            element.set(name, value.replace("__prefix__", str(number)))
    return row


def _controls(form: html.FormElement) -> Iterator[html.HtmlElement]:
    return (e for e in form.iter("input", "select", "textarea", "button") if e.get("name"))


def _is_filled(control: html.HtmlElement) -> bool:
    is_token = control.get("name") == "csrfmiddlewaretoken"
    return control.tag != "button" and control.get("type") not in UNTOUCHED and not is_token


def _value(option: html.HtmlElement) -> str:
    value: str = option.get("value", option.text_content())
    return value


def _mark(element: html.HtmlElement, name: str, is_so: bool) -> None:
    if is_so:
        element.set(name, name)
    elif element.get(name) is not None:
        del element.attrib[name]
