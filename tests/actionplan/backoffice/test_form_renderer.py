"""What is drawn without a template is what Django's template draws, letter by letter."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from actionplan.backoffice.form_renderer import WIDGETS, FormRenderer

NASTY = "<b a=\"'&å\u00a0'>\n\n{{ x }} 1234"
CHOICES = [
    ("", "---------"),
    (1234, 1234567),
    (NASTY, NASTY),
    ("safe", mark_safe("<i>å</i>")),
    (None, gettext_lazy("Plan")),
    (gettext_lazy("Same as"), [("b", NASTY), ("c", None), (2.5, 2.5)]),
    (NASTY, [("d", date(2026, 1, 2))]),
]
ATTRIBUTES = [
    {},
    {"rows": 1234, "required": True, "disabled": False, "aria-label": NASTY, "x<y": "", "n": None},
    {"id": mark_safe("&amp;"), "title": gettext_lazy("Plan")},
]
WIDGETS_DRAWN = [
    *(forms.Textarea, forms.HiddenInput, forms.TextInput, forms.NumberInput),
    *(forms.EmailInput, forms.URLInput, forms.DateInput),
]


@pytest.mark.parametrize("attributes", ATTRIBUTES)
@pytest.mark.parametrize("value", [None, "", "å", NASTY, 1234567, 1.5, date(2026, 1, 2), "0", 0])
def test_a_box_is_the_same(value, attributes) -> None:
    for kind in WIDGETS_DRAWN:
        same(kind(attributes), value)


@pytest.mark.parametrize("attributes", ATTRIBUTES)
@pytest.mark.parametrize("value", [None, "", 1234, "1234", NASTY, "b", 2.5, "2.5", "nothing"])
def test_a_choice_is_the_same(value, attributes) -> None:
    same(forms.Select(attributes, CHOICES), value)
    same(forms.SelectMultiple(attributes, CHOICES), [value, "d"])
    same(forms.Select(attributes), value)


def same(widget: forms.Widget, value: object) -> None:
    ours = widget.render("a<å", value, renderer=FormRenderer())
    assert ours == widget.render("a<å", value, renderer=DjangoTemplates())
    assert hasattr(ours, "__html__")


def test_errors_are_the_same_and_none_is_nothing() -> None:
    for errors in ([], [NASTY], ["a", gettext_lazy("Plan")]):
        drawn = [
            str(forms.utils.ErrorList(errors, renderer=renderer, field_id="id_a"))
            for renderer in (FormRenderer(), DjangoTemplates())
        ]
        assert drawn[0] == drawn[1]


def test_every_template_that_is_not_used_is_one_of_django() -> None:
    for name in WIDGETS:
        assert DjangoTemplates().get_template(name)
