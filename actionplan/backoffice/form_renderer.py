"""Draws the widgets of forms: those that a page has hundreds of without a template.

A Django template looks up every name anew, and includes another one for each option and each list
of attributes; of the page of a risk matrix that was half. What is drawn here is what those
templates draw, letter by letter.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize

from actionplan.django_edges import PageContext

Drawn = dict[str, Any]


class FormRenderer(DjangoTemplates):
    """Django's own, but for the widgets that are drawn in Python."""

    def render(self, template_name: str, context: PageContext, request: Any = None) -> str:
        """Draw a widget, a form, a part of one, or a list of its errors."""
        if (draw := WIDGETS.get(template_name)) is not None:
            return draw(context["widget"])
        if template_name == ERRORS and not context["errors"]:
            return ""
        return super().render(template_name, context, request)


def _escaped(value: object) -> str:
    """Escape as a template does: what is safe already stays as it is."""
    if hasattr(value, "__html__"):
        safe: str = value.__html__()
        return safe
    return escape(str(value))


def _attributes(given: Mapping[str, object]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_text(value)}"'
        for name, value in given.items()
        if value is not False
    )


def _text(value: object) -> str:
    """Write a value escaped and never in the form of a language, since a browser sends it back."""
    return _escaped(value if isinstance(value, str) else str(value))


def _input(widget: Drawn) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    name, attributes = _escaped(widget["name"]), _attributes(widget["attrs"])
    return f'<input type="{_escaped(widget["type"])}" name="{name}"{value}{attributes}>'


def _textarea(widget: Drawn) -> str:
    name, attributes = _escaped(widget["name"]), _attributes(widget["attrs"])
    value = _escaped(localize(widget["value"])) if widget["value"] else ""
    return f'<textarea name="{name}"{attributes}>\n{value}</textarea>'


def _select(widget: Drawn) -> str:
    parts = [f'<select name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_escaped(group)}">')
        parts += [f"\n  {_option(option)}\n" for option in options]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _option(option: Drawn) -> str:
    attributes, label = _attributes(option["attrs"]), _escaped(localize(option["label"]))
    return f'<option value="{_text(option["value"])}"{attributes}>{label}</option>'


ERRORS: Final = "django/forms/errors/list/default.html"
WIDGETS: Final[dict[str, Callable[[Drawn], str]]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
    **{
        f"django/forms/widgets/{name}.html": _input
        for name in ("hidden", "text", "number", "email", "url", "date")
    },
}
