"""What a person sees and changes in the admin: the rules of permissions.py, plugged in once."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db import models, transaction
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from actionplan import permissions
from actionplan.backoffice.base_admin import AFTERWARDS, BaseAdmin
from actionplan.backoffice.history import ModelHistory, entries
from actionplan.backoffice.open_links import OpenLinks
from actionplan.backoffice.panels import panels_of_row, tell_links_to_review, tell_notices
from actionplan.database import row_locks
from actionplan.database.key_pages import KeyPaginator, MoreThan
from actionplan.database.list_search import matching
from actionplan.django_edges import AnyForeignKey, AnyManyToMany, AnyRows, Handed, PageContext
from actionplan.models import ActionPlan, ChangeLog, Goal, ProductArea, SubGoal
from actionplan.models.logged import Logged
from actionplan.text import figure, is_number

# From the rows a foreign key offers to their plan.
PATHS: dict[type[models.Model], str] = {
    ActionPlan: "",
    ProductArea: "plan",
    Goal: "plan",
    SubGoal: "goal__plan",
}

# Of a log of half a million lines nobody reads the thousandth page: so many are counted.
MOST_COUNTED: Final = 5_000


@cache
def figure_of(model: type[models.Model], name: str) -> object:
    """Return a column for people who only read a field: a number as every page writes it."""
    field = {column.name: column for column in model._meta.concrete_fields}.get(name)
    if not isinstance(field, models.DecimalField):
        return name

    @admin.display(description=field.verbose_name, ordering=name, empty_value="–")
    def display(row: models.Model) -> str | None:
        value = getattr(row, name)
        return None if value is None else figure(value)

    return display


class KeyList(ChangeList):
    """A list whose rows are looked up by their keys where they are all on one page, too."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the rows to show; Django would look for them anew, with all that stands beside."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class LongListMixin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that may be of a hundred thousand rows."""

    model: type[models.Model]
    list_per_page = 50
    paginator = KeyPaginator
    # Counted once, as filtered; nobody asks how many there would be without.
    show_full_result_count = False
    # The parameters of filters for which every row is looked at, as for a search.
    searching_filters: ClassVar[tuple[str, ...]] = ()
    # How many rows are counted of a list that nobody reads to its end; 0 is all.
    most_counted: ClassVar[int] = 0

    def get_changelist(self, request: HttpRequest, **kwargs: Handed) -> type[ChangeList]:
        return KeyList

    def get_paginator(
        self, request: HttpRequest, queryset: AnyRows, per_page: int, *args: Handed, **kw: Handed
    ) -> "Paginator[Any]":
        """Return the pages of a list; of a search, look up at once the one that is asked for."""
        page = request.GET.get(PAGE_VAR, "1")
        is_searched = any(request.GET.get(name) for name in (SEARCH_VAR, *self.searching_filters))
        page_number = int(page) if is_searched and is_number(page) else 0
        of_list = {"page": page_number, "most": self.most_counted}
        return self.paginator(queryset, per_page, *args, **of_list, **kw)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list, whose number says so where there are more."""
        page = super().get_changelist_instance(request)
        if getattr(page.paginator, "is_cut", False):
            page.result_count = MoreThan(page.result_count)
        return page

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns, with numbers as every page writes them."""
        names = super().get_list_display(request)
        return [
            figure_of(self.model, column) if isinstance(column, str) else column
            for column in names
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: AnyRows, search_term: str
    ) -> tuple[AnyRows, bool]:
        """Find rows that have each word; none of them twice."""
        fields = self.get_search_fields(request)
        if not fields or not search_term:
            return queryset, False
        return matching(queryset, fields, search_term), False


class PlanScopedMixin(BaseModelAdmin):  # type: ignore[type-arg]
    """Rights by the plan that an object belongs to. `plan_path` leads there, "" is the plan."""

    model: type[models.Model]
    plan_path: ClassVar[str] = ""
    # Whether it stands in the plan's draft, which is published as it is.
    is_of_draft: ClassVar[bool] = False
    # Plans and what is published are closed or kept, never deleted.
    may_delete: ClassVar[bool] = True

    def plan_of(self, obj: Any) -> ActionPlan:
        """Return the plan whose region decides who may change the object."""
        for step in filter(None, self.plan_path.split("__")):
            obj = getattr(obj, step)
        plan: ActionPlan = obj
        return plan

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the person edits this object, or anything at all where none is given."""
        if obj is None:
            return permissions.may_edit_something(request.user)
        return permissions.may_edit(request.user, self.plan_of(obj))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields; where they are only read, with numbers as every page writes them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return list(fieldsets)
        return [
            (title, {**options, "fields": [*dict.fromkeys(map(self._read, options["fields"]))]})
            for title, options in fieldsets
        ]

    def _read(self, name: object) -> object:
        return figure_of(self.model, name) if isinstance(name, str) else name

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_read(request.user)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return permissions.may_read(request.user)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.may_change(request, obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows that this person reads, with the questions of their own model."""
        return super().get_queryset(request).filter(permissions.readable(request.user))

    def render_change_form(
        self, request: HttpRequest, context: PageContext, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Link only the rows that the person may open; tell what a change would bring about."""

        def may_open(row: models.Model) -> bool:
            pages = self.admin_site._registry.get(type(row))
            return pages is not None and pages.has_view_permission(request, row)

        context["adminform"] = OpenLinks(context["adminform"], may_open)
        obj = kwargs.get("obj")
        if self.is_of_draft and obj is not None and self.has_change_permission(request, obj):
            tell_notices(request, self.plan_of(obj))
        if obj is not None:
            context["row_panels"] = panels_of_row(request, obj)
        # An inline has no page, and is not asked for one.
        page: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *args, **kwargs
        )
        return page

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Find nothing by what points at it, which may be another's: whose contract it is.

        Nor by a number that no key has, on which a database may break.
        """
        if str(value).isdecimal() and not is_number(str(value)):
            return False
        name = lookup.split("__")[0]
        fields = {field.name: field for field in self.model._meta.get_fields()}
        if name in fields and fields[name].auto_created and not fields[name].concrete:
            return False
        return super().lookup_allowed(lookup, value, request)

    def formfield_for_foreignkey(
        self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Handed
    ) -> "ModelChoiceField[Any] | None":
        """Offer only rows of plans the person edits, so that nothing moves to a foreign plan."""
        path = PATHS.get(db_field.related_model)
        if path is not None:
            rows = db_field.related_model._default_manager.all()
            if db_field.related_model is ActionPlan:
                # Its name is made of its category's, so that a list of choices is one query.
                rows = rows.select_related("category")
            # A predecessor may be anybody's: it is pointed at and stays as it is.
            if db_field.name != "predecessor":
                rows = rows.filter(permissions.editable(request.user, path))
            kwargs["queryset"] = rows
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: AnyManyToMany, request: HttpRequest, **kwargs: Handed
    ) -> Any:
        path = PATHS.get(db_field.related_model)
        if path is not None:
            kwargs["queryset"] = db_field.related_model._default_manager.filter(
                permissions.editable(request.user, path)
            )
        # Django shows no field where a model of one's own stands between two others.
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return field or db_field.formfield(**kwargs)


class ScopedAdmin(LongListMixin, PlanScopedMixin, BaseAdmin):
    """A model admin that obeys the rules, keeps writers apart and tells what happened."""

    save_on_top = True
    object_history_template = "actionplan/admin/history.html"

    # Django's own, which the stubs leave out.
    _get_obj_does_not_exist_redirect: Callable[..., HttpResponse]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request, None)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Hold the plan while a part of it is written: a merge sees what is really stored.

        Publishing holds the same row, so nothing is written between its check and its end.
        """
        obj = super().get_object(request, object_id, from_field)
        if obj is not None and request.method == "POST" and connection_is_atomic():
            self.hold(obj)
            obj.refresh_from_db()
        return obj

    def lock_for(self, request: HttpRequest, stored: Any, sent: Any) -> None:
        """Hold what is written in; a new row is held by whatever makes it."""
        if stored is not None:
            self.hold(stored)

    def hold(self, obj: object) -> None:
        """Keep other writers of the same plan waiting until the transaction ends."""
        row_locks.hold(ActionPlan, self.plan_of(obj).pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write nothing, and no history, when nothing was changed."""
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store the rows below, and tell which links a reworded sub-goal leaves to look at."""
        super().save_related(request, form, formsets, change)
        rows = [form, *(row for formset in formsets for row in formset.forms)]
        reworded = [
            row.instance.pk
            for row in rows
            if isinstance(row.instance, SubGoal) and "text" in row.changed_data
        ]
        keys = [pk for pk in reworded if pk is not None]
        AFTERWARDS.of(request).append(partial(tell_links_to_review, request, SubGoal, keys))

    def log_change(self, request: HttpRequest, obj: object, message: object) -> Any:
        """Leave it to the change log, where that is told: it says more."""
        return None if isinstance(obj, Logged) else super().log_change(request, obj, message)

    def log_addition(self, request: HttpRequest, obj: object, message: object) -> Any:
        """Leave it to the change log, where that is told: it says more."""
        return None if isinstance(obj, Logged) else super().log_addition(request, obj, message)

    def history_of(self, obj: Any) -> list[ModelHistory]:
        """Return what the log tells of an object; a subclass adds what it tells of its parts."""
        return [ModelHistory(ChangeLog.objects.about(obj))] if isinstance(obj, Logged) else []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show who changed what from what to what, newest first."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %(object)s") % {"object": obj},
            "opts": self.opts,
            "object": obj,
            "page": entries(self.history_of(obj)).get_page(request.GET.get("sida")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


class ScopedInline(PlanScopedMixin, InlineModelAdmin):  # type: ignore[type-arg]
    """An inline whose parent decides: `plan_path` leads from the parent to the plan."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_change(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[Any]:
        """Add the numbers that are only read, as every page writes them: no form has these."""
        read_only = list(super().get_readonly_fields(request, obj))
        if obj is None or self.has_change_permission(request, obj):
            return read_only
        names = [field.name for field in self.model._meta.concrete_fields]
        return [*read_only, *(display for name in names if callable(display := self._read(name)))]


class ReadOnlyAdmin(LongListMixin, PlanScopedMixin, BaseAdmin):
    """Rows that the system writes and people read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReferenceAdmin(LongListMixin, PlanScopedMixin, BaseAdmin):
    """Rows that everybody's plans lean on: read by all, changed by administrators."""

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        return permissions.may_edit_reference_data(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request, None)


def connection_is_atomic() -> bool:
    """Tell whether a transaction is open, without which no row can be held."""
    return bool(transaction.get_connection().in_atomic_block)
