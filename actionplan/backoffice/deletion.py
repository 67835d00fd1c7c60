"""What goes with rows that are deleted, as the admin asks about it: few queries, however much.

Django's own goes through everything that goes along, and asks of each row by itself what it is
called and whether the person may delete it. Here what both need is read for all rows of a kind;
and nobody deletes a whole register at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import NestedObjects, quote
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan.django_edges import AnyRows
from actionplan.text import GroupedNumber

# No address of ours has it elsewhere.
KEY: Final = "KEY"
Deleted = tuple[list[Any], dict[Any, int], set[Any], list[Any]]


# A decorator of Django's gives its own the words, which the stubs do not tell.
@admin.action(
    permissions=["delete"],
    description=delete_selected.short_description,  # type: ignore[attr-defined]
)
def delete_few(pages: Any, request: HttpRequest, rows: AnyRows) -> HttpResponse | None:
    """Ask about chosen rows and delete them, as Django does; of too many say so."""
    number, most = rows.count(), pages.most_deleted
    if number <= most:
        return delete_selected(pages, request, rows)
    text = _(
        "You have selected %(number)s rows. Delete at most %(most)s at a time. "
        "Nothing was deleted."
    )
    pages.message_user(
        request,
        text % {"number": GroupedNumber(number), "most": GroupedNumber(most)},
        messages.ERROR,
    )
    return None


# Under the name of Django's own, in every list.
admin.site.add_action(delete_few, "delete_selected")


def deleted_objects(
    rows: Sequence[models.Model] | AnyRows, request: HttpRequest, site: AdminSite
) -> Deleted:
    """Return what goes, nested; how much of each kind; missing rights; what is in the way."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=rows)
    collector.collect(rows)
    # What was asked about stands under None, which the stubs leave out.
    roots = collector.edges.get(None, ())  # type: ignore[call-overload]
    _read_names([*roots, *_all(collector)], site)
    needed: set[Any] = set()
    # Once for each kind: there may be thousands of rows.
    known = cache(partial(_kind, site))

    def entry(row: models.Model) -> str:
        pages, name, address = known(type(row))
        if pages is not None and not pages.has_delete_permission(request, row):
            needed.add(row._meta.verbose_name)
        if not address:
            return f"{name}: {row}"
        page = address.replace(KEY, str(quote(row.pk)))
        return format_html('{}: <a href="{}">{}</a>', name, page, row)

    names = collector.nested(entry)
    by_model: Mapping[Any, Collection[models.Model]] = collector.model_objs
    counts = {model._meta.verbose_name_plural: len(group) for model, group in by_model.items()}
    return names, counts, needed, [entry(row) for row in collector.protected]


def _kind(site: AdminSite, model: type[models.Model]) -> tuple[Any, str, str]:
    """Return the pages of a model, what a row is called, and its address with KEY for its key."""
    pages, name = site._registry.get(model), capfirst(str(model._meta.verbose_name))
    if pages is None:
        return None, name, ""
    label = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_change"
    try:
        return pages, name, reverse(label, args=[KEY])
    except NoReverseMatch:
        return pages, name, ""


def _all(collector: NestedObjects) -> Iterator[models.Model]:
    for rows in collector.model_objs.values():
        yield from rows
    yield from collector.protected


def _read_names(rows: Iterable[models.Model], site: AdminSite) -> None:
    """Read what rows point at, and the plan that each belongs to, for all of a kind at once."""
    kinds: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        kinds[type(row)].append(row)
    for model, group in kinds.items():
        pages = site._registry.get(model)
        plan = getattr(pages, "plan_path", "") or getattr(model, "plan_path", "")
        prefetch_related_objects(group, *filter(None, [plan, *_names(model)]))


def _names(model: type[models.Model]) -> Iterator[str]:
    """Yield the fields that point at other rows, but for rows that hold a whole document."""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is not None and not any(
            isinstance(other, models.JSONField | models.BinaryField)
            for other in target._meta.concrete_fields
        ):
            yield field.name
