"""The list of what was done: by whom, to what, when, in the words of the pages it is about."""

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from actionplan.admin.sheets import EVENTS
from actionplan.audit.moments import local_moment
from actionplan.audit.names import names_of
from actionplan.audit.visibility import seen_events
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import MOST_COUNTED, KeyList, ReadOnlyAdmin
from actionplan.database.list_search import words_of
from actionplan.django_edges import AnyRows, Handed
from actionplan.models import ChangeEvent, User
from actionplan.models.counting import values_of
from actionplan.models.events import kind_in_words, model_of

# Whom a search for events takes into account, of those with such a name.
MOST_PEOPLE: Final = 100
# What a line of the list shows of a name.
LONGEST_NAME: Final = 60
# What an event may tell, by the name that it is stored under; checksums are for programs.
DETAILS: Final = {
    "answers": _("answers"),
    "approved_by": _("approved by"),
    "as_of": _("as of"),
    "changes": _("changes"),
    "created": _("new plan"),
    "fields": _("fields"),
    "file": _("file"),
    "first_day": _("first day"),
    "follow_up": _("follow-up"),
    "from": _("from"),
    "indicator": _("indicator"),
    "last_day": _("last day"),
    "module": _("module"),
    "not_understood": _("not understood"),
    "note": _("note"),
    "organisation": _("organisation"),
    "plan": _("plan"),
    "product_area": _("product area"),
    "questions": _("questions"),
    "reason": _("reason"),
    "report": _("report"),
    "requirement": _("requirement"),
    "role": _("role"),
    "severity": _("severity"),
    "sheet": _("sheet"),
    "source": _("source"),
    "status": _("status"),
    "target": _("risk or sub-goal"),
    "to": _("to"),
    "version": _("version"),
}
YES_OR_NO: Final = {True: _("yes"), False: _("no")}


class TargetFilter(admin.SimpleListFilter):
    """The kinds of rows that there are events of, found without looking at each event."""

    title = gettext_lazy("kind of object")
    parameter_name = "target"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return sorted(
            ((target, kind_in_words(target)) for target in values_of(ChangeEvent, "target")),
            key=lambda pair: pair[1],
        )

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        return queryset.filter(target=self.value()) if self.value() else queryset


class NamedEvents(KeyList):
    """The events of a page, with what they were done to is called."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the events to show, and the names that are on them, each kind at once."""
        super().get_results(request)
        events = list(self.result_list)
        names = names_of((event.target, event.target_id) for event in events)
        for event in events:
            event.called = names[event.target, event.target_id]
        self.result_list = events


@admin.register(ChangeEvent)
class EventAdmin(ExportAdmin, ReadOnlyAdmin):
    sheets = [EVENTS]
    list_display = ["at", "kind", "kind_of_object", "object_name", "actor"]
    # What else it could be in order of has a filter: all events would be looked at.
    sortable_by = ["at", "kind_of_object", "actor"]
    most_counted = MOST_COUNTED
    list_filter = ["kind", TargetFilter, "at"]
    search_fields = ["actor", "target"]
    date_hierarchy = "at"
    fields = ["kind", "object_itself", "actor", "at", "detail_in_words"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeEvent]:
        rows: QuerySet[ChangeEvent] = super().get_queryset(request)
        return rows.filter(seen_events(request.user))

    def get_changelist(self, request: HttpRequest, **kwargs: Handed) -> type[ChangeList]:
        return NamedEvents

    def get_object(self, request: HttpRequest, *args: Handed, **kwargs: Handed) -> object:
        """Return an event with what it was done to is called."""
        event = super().get_object(request, *args, **kwargs)
        if event is not None:
            subject = (event.target, event.target_id)
            event.called = names_of([subject])[subject]
        return event

    @admin.display(description=_("object"), ordering="target_id")
    def object_name(self, event: ChangeEvent) -> str:
        return Truncator(event.called).chars(LONGEST_NAME)

    @admin.display(description=_("type of object"), ordering="target")
    def kind_of_object(self, event: ChangeEvent) -> str:
        return kind_in_words(event.target)

    @admin.display(description=_("object"))
    def object_itself(self, event: ChangeEvent) -> str:
        """Return the name of the target, with a link to its page if it has one."""
        model, name = model_of(event.target), event.subject
        if model is None or not model._base_manager.filter(pk=event.target_id).exists():
            return name
        try:
            place = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            return format_html('<a href="{}">{}</a>', reverse(place, args=[event.target_id]), name)
        except NoReverseMatch:
            return name

    @admin.display(description=_("detail"))
    def detail_in_words(self, event: ChangeEvent) -> SafeString | str:
        """Return the details of the event, one a line; checksums, for programs, are left out."""
        lines = [(str(what), words) for what, words in _details(event)]
        return format_html_join(SafeString("<br>"), "{}: {}", lines) if lines else "–"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ChangeEvent], search_term: str
    ) -> tuple[QuerySet[ChangeEvent], bool]:
        """Look for a word among people and kinds of rows, which are few, not in all events.

        A person is found by what they did, and by what was done to them.
        """
        called = {
            model._meta.label: f"{model._meta.label} {model._meta.verbose_name}".lower()
            for model in apps.get_models()
        }
        for word in words_of(search_term):
            people = User.objects.filter(username__icontains=word)
            # Also somebody who has another name by now, or is gone.
            known = dict(people.values_list("pk", "username")[:MOST_PEOPLE])
            names = [word, *known.values()]
            targets = [label for label, names_of in called.items() if word.lower() in names_of]
            about = Q(target=User._meta.label, target_id__in=list(known))
            queryset = queryset.filter(Q(actor__in=names) | Q(target__in=targets) | about)
        return queryset, False


def _details(event: ChangeEvent) -> Iterator[tuple[object, str]]:
    model = model_of(event.target)
    labels = _labels(model) if model else {}
    # In the order of the words above: PostgreSQL keeps the names of JSON in one of its own.
    places = {name: place for place, name in enumerate(DETAILS)}
    for name, value in sorted(event.detail.items(), key=lambda entry: places.get(entry[0], 99)):
        if name == "sha256" or value is None:
            continue
        values = value if isinstance(value, list) else [value]
        yield DETAILS.get(name, name), ", ".join(_words(part, labels) for part in values)


def _words(value: object, labels: dict[str, str]) -> str:
    if isinstance(value, bool):
        return str(YES_OR_NO[value])
    return labels.get(value, local_moment(value)) if isinstance(value, str) else str(value)


def _labels(model: type[models.Model]) -> dict[str, str]:
    """Return what the codes of a model's own choices are called."""
    return {
        code: str(label)
        for field in model._meta.concrete_fields
        for code, label in field.flatchoices
        if isinstance(code, str)
    }
