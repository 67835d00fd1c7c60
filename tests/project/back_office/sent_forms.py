"""What a person sends from each page of the admin, filled in by what its form asks for."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

# In every text that is typed, so that a page is seen to keep it.
TYPED = "Skrivet för hand"


def forms_of(page: HttpResponse) -> Iterator[forms.BaseForm]:
    """Every form of a page, those of its rows and their bookkeeping included."""
    context = page.context
    if "adminform" in context:
        yield context["adminform"].form
        for inline in context["inline_admin_formsets"]:
            yield inline.formset.management_form
            yield from inline.formset.forms
    elif "matrix" in context:
        # The cells stay as they are.
        yield context["head"]
    else:
        named = [*(context.get("forms") or ()), context.get("form")]
        yield from (form for form in named if isinstance(form, forms.BaseForm))


def filled_in(page: HttpResponse) -> dict[str, Any]:
    """What a browser would send when the person has written something in every text."""
    sent: dict[str, Any] = {}
    for form in forms_of(page):
        for bound in form:
            value = bound.value()
            initial = value.pk if hasattr(value, "pk") else value
            if _has_value(initial):
                sent[bound.html_initial_name] = initial
            given = _given(bound.field, initial)
            if _has_value(given):
                sent[bound.html_name] = given
    return sent


def _given(field: forms.Field, initial: Any) -> Any:
    """A value that a field takes, or the one it has; texts are written anew."""
    if isinstance(field.widget, forms.HiddenInput) or field.disabled:
        return initial
    if isinstance(field, forms.FileField):
        return None
    if isinstance(field.widget, forms.Textarea):
        return TYPED
    if _has_value(initial):
        return initial
    if not field.required:
        return None
    return _first(field)


def _first(field: forms.Field) -> Any:
    match field:
        case forms.ModelMultipleChoiceField():
            return [row.pk for row in field.queryset[:1]]
        case forms.ModelChoiceField():
            row = field.queryset.first()
            return None if row is None else row.pk
        case forms.TypedChoiceField() | forms.ChoiceField():
            return next((value for value, _label in field.choices if value), None)
        case forms.DateField():
            return timezone.localdate().isoformat()
        case forms.IntegerField():
            return 7
        case forms.DecimalField():
            return "7"
        case forms.BooleanField():
            return "on"
        case forms.EmailField():
            return "ny@region.example"
        case forms.SlugField():
            return "ny-adress"
    return TYPED[: getattr(field, "max_length", None)]


def _has_value(value: Any) -> bool:
    """Whether a browser sends it: 0 is a value, and an empty box is none."""
    return value is not None and value is not False and value not in ("", [])
