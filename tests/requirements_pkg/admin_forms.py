"""What a browser would send of the admin's forms."""

from django.urls import reverse


def address(name: str, *args: int, **query: object) -> str:
    """A page of this app in the admin."""
    return reverse(f"admin:requirements_pkg_{name}", args=args, query=query)


def untouched(response) -> dict[str, object]:
    """Everything that the page of a form would send if nobody touched it."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, object] = {}
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        if value is None or value is False:
            continue
        data[bound.html_name] = value
        data[bound.html_initial_name] = value
    return data


def text_of(response) -> str:
    """A page's text, its white space as single spaces."""
    return " ".join(response.content.decode().split())
