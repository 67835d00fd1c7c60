"""A field of a form by its name, of the kind that it is declared with."""

from typing import TypeVar

from django import forms

OfKind = TypeVar("OfKind", bound=forms.Field)


def form_field(form: forms.BaseForm, name: str, kind: type[OfKind]) -> OfKind:
    """Return a field of a form.

    Raises:
        TypeError: the form has it as another kind.
    """
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}")
    return field
