"""The change log, as people look for something in it: by plan, person, object and time."""

from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import CHANGES
from actionplan.audit.names import PLAN, names_of, rows_called
from actionplan.audit.restoring import restorable
from actionplan.audit.visibility import READING, may_export_log, parts_of_people, seen_changes
from actionplan.backoffice.base_admin import RequestValue
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.history import ModelHistory, entries
from actionplan.backoffice.scoping import MOST_COUNTED, KeyList, ReadOnlyAdmin
from actionplan.database.list_search import words_of
from actionplan.django_edges import AnyRows, Handed
from actionplan.extension_points import confidential_pages
from actionplan.models import ActionPlan, ChangeLog, User
from actionplan.models.counting import values_of
from actionplan.models.events import kind_in_words, model_of
from actionplan.text import is_number

# Who takes the log out is told in it.
confidential_pages({"actionplan_changelog_export": ChangeLog})
# Whom a search takes into account, of those with such a name; and plans.
MOST_NAMED: Final = 100
# What a line of the list shows of a name, and how many fields it names.
LONGEST_NAME: Final = 60
MOST_FIELDS: Final = 3
LABELS: Final = RequestValue[list[str]]("labels_of_the_log")
PLANS: Final = RequestValue[list[ActionPlan]]("plans_of_the_log")


class NamedChanges(KeyList):
    """The lines of a page, with what their rows and plans are called."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the lines to show, and the names that are on them, each kind at once."""
        super().get_results(request)
        changes = list(self.result_list)
        rows = [(change.model, change.key) for change in changes]
        plans = [(PLAN, change.plan or 0) for change in changes]
        names = names_of([*rows, *plans], _plans(request))
        for change in changes:
            change.called = names[change.model, change.key]
            change.plan_called = names[PLAN, change.plan or 0]
        self.result_list = changes


class ModelFilter(admin.SimpleListFilter):
    """The kinds of rows that the log tells of, found without looking at each line."""

    title = gettext_lazy("kind of object")
    parameter_name = "model"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        kinds = ((label, kind_in_words(label)) for label in _labels(request))
        return sorted(kinds, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        return queryset.filter(model=self.value()) if self.value() else queryset


class PlanFilter(admin.SimpleListFilter):
    """What belongs to one plan."""

    title = gettext_lazy("plan")
    parameter_name = "plan"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return sorted(
            ((str(plan.pk), str(plan)) for plan in _plans(request)),
            key=lambda pair: pair[1],
        )

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        value = self.value() or ""
        return queryset.filter(plan=int(value)) if is_number(value) else queryset


@admin.register(ChangeLog)
class ChangeLogAdmin(ExportAdmin, ReadOnlyAdmin):
    """Nobody changes it, an administrator included."""

    sheets = [CHANGES]
    list_display = [
        "at",
        "person",
        "kind",
        "kind_of_object",
        "object_name",
        "plan_name",
        "columns",
    ]
    list_display_links = ["at", "object_name"]
    list_filter = ["kind", ModelFilter, PlanFilter, "at"]
    # A kind has a filter: in order of it all lines would be looked at.
    sortable_by = ["at", "person", "kind_of_object"]
    most_counted = MOST_COUNTED
    search_fields = ["by_name"]
    search_help_text = _(
        "A person, who did it or to whom it was done; an object by name, code or kind; or a plan."
    )
    date_hierarchy = "at"
    ordering = ["-id"]
    list_select_related = ["by"]
    fields = [
        "at",
        "person",
        "kind",
        "object_itself",
        "plan_name",
        "reason",
        "same_request",
        "changed_words",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeLog]:
        rows: QuerySet[ChangeLog] = super().get_queryset(request)
        return rows.filter(seen_changes(request.user))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return may_export_log(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs: Handed) -> type[ChangeList]:
        return NamedChanges

    def get_object(self, request: HttpRequest, *args: Handed, **kwargs: Handed) -> object:
        """Return a line with the request, which says what the person may restore."""
        change = super().get_object(request, *args, **kwargs)
        if change is not None:
            change.reader_request, subject = request, (change.model, change.key)
            change.called = names_of([subject])[subject]
        return change

    @admin.display(description=_("who"), ordering="by_name")
    def person(self, change: ChangeLog) -> str:
        return change.who or gettext("the command line")

    @admin.display(description=_("kind of object"), ordering="model")
    def kind_of_object(self, change: ChangeLog) -> str:
        return kind_in_words(change.model)

    @admin.display(description=_("object"))
    def object_name(self, change: ChangeLog) -> str:
        return Truncator(change.called).chars(LONGEST_NAME) or gettext("the list")

    @admin.display(description=_("plan"))
    def plan_name(self, change: Any) -> str:
        if not hasattr(change, "plan_called"):
            subject = (PLAN, change.plan or 0)
            change.plan_called = names_of([subject])[subject]
        return change.plan_called or "–"

    @admin.display(description=_("fields"))
    def columns(self, change: ChangeLog) -> str:
        """Return which fields were changed, in the words of their forms."""
        model = model_of(change.model)
        if model is None or change.kind != "changed":
            return "–"
        labels = {f.attname: str(f.verbose_name) for f in model._meta.concrete_fields}
        names = [labels.get(name, name) for name in change.after]
        more = len(names) - MOST_FIELDS
        first_names = ", ".join(names[:MOST_FIELDS])
        return f"{first_names} +{more}" if more > 0 else first_names

    @admin.display(description=_("object"))
    def object_itself(self, change: ChangeLog) -> SafeString | str:
        """Return what the row is called, with a link to its page if it has one."""
        called = change.called or gettext("the list")
        words = f"{kind_in_words(change.model)}: {called}"
        model = model_of(change.model)
        if model is None or not model._base_manager.filter(pk=change.key).exists():
            return words
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        try:
            return format_html('<a href="{}">{}</a>', reverse(place, args=[change.key]), words)
        except NoReverseMatch:
            return words

    @admin.display(description=_("in the same request"))
    def same_request(self, change: ChangeLog) -> SafeString | str:
        """Lead to all that was changed by the same press of a button."""
        if not change.request:
            return "–"
        address = reverse(
            "admin:actionplan_changelog_changelist", query={"request": change.request}
        )
        words = gettext("Everything that was changed at the same time")
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=_("from and to"))
    def changed_words(self, change: Any) -> SafeString | str:
        """Return what was changed, with the way to restore a text; or what was read."""
        if change.kind in READING:
            return ", ".join(str(value) for value in change.after.values())
        lines = ChangeLog.objects.filter(pk=change.pk)
        page_entries = entries([ModelHistory(lines)]).get_page(1).object_list
        ways = restorable(change.reader_request, change)
        context = {"entries": page_entries, "ways": ways}
        return render_to_string("actionplan/admin/log_entry.html", context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ChangeLog], search_term: str
    ) -> tuple[QuerySet[ChangeLog], bool]:
        """Look for a word among people, kinds and names of rows, and plans, not in all lines.

        A person is found by what they did, and by what was done to them.
        """
        labels = _labels(request) if search_term else []
        for word in words_of(search_term):
            people = User.objects.filter(
                Q(username__icontains=word)
                | Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
            )
            # Also somebody who has another name by now, or is gone.
            known = dict(people.values_list("pk", "username")[:MOST_NAMED])
            names = [word, *known.values()]
            plans = [
                plan.pk for plan in _plans(request) if word.lower() in plan.category.name.lower()
            ]
            kinds = [
                label
                for label in labels
                if word.lower() in f"{label} {kind_in_words(label)}".lower()
            ]
            rule = (
                Q(by_name__in=names)
                | Q(model__in=kinds)
                | Q(plan__in=plans[:MOST_NAMED])
                | Q(model=User._meta.label, key__in=list(known))
                | Q(model__in=parts_of_people(), part_of__in=list(known))
            )
            for label, keys in rows_called(word, labels, most=MOST_NAMED).items():
                rule |= Q(model=label, key__in=keys)
            queryset = queryset.filter(rule)
        return queryset, False


def _labels(request: HttpRequest) -> list[str]:
    """Return the kinds of rows that the log tells of; asked for once a request."""
    return LABELS.value_of(request, lambda: list(values_of(ChangeLog, "model")))


def _plans(request: HttpRequest) -> list[ActionPlan]:
    """Return all plans; asked for once a request."""
    return PLANS.value_of(request, lambda: list(ActionPlan.objects.with_head()))
