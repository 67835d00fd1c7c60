"""What every page made of a published document is drawn with."""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

# What a template is given, by name.
TemplateValues = dict[str, object]


def languages() -> dict[str, str]:
    """Return the `lang` attributes on a page in another language: of Swedish words, of our own.

    The words of a plan are Swedish on an English page too, and its labels are not.
    """
    language = get_language() or "sv"
    if language == "sv":
        return {"lang": "", "own": ""}
    return {"lang": mark_safe(' lang="sv"'), "own": format_html(' lang="{}"', language)}


def html_of(template: str, context: TemplateValues) -> str:
    """Return a page as HTML."""
    # Without the request: a page that is kept for everybody cannot depend on anybody.
    return render_to_string(template, context)
