"""The one admin that all of ours are: nothing that is sent to it, and no two at once, break it.

A form is built and checked while nobody waits; the transaction that stores it begins late.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import Any, Final, Generic, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import BadRequest
from django.db import DataError, IntegrityError
from django.db.models import Model
from django.forms import ModelForm, all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan.audit.restoring import fill_in, reason_of
from actionplan.backoffice.deletion import Deleted, deleted_objects
from actionplan.database.broken_rules import BrokenRule, refusal, tell
from actionplan.database.list_search import MOST_WORDS, is_too_long, shortened
from actionplan.database.optimistic import LateTransaction, optimistically
from actionplan.django_edges import AnyRows, Handed, PageContext
from actionplan.models.logged import Logged
from actionplan.permissions import signed_in
from actionplan.text import GroupedNumber, figure, is_number

# What comes of a question to the database that is none: a key of words, a year 0.
UNASKABLE: Final = (IncorrectLookupParameters, ValueError, TypeError, OverflowError, DataError)
REFUSED: Final = (IntegrityError, BrokenRule)
# More than any list has filters.
MOST_PARAMETERS: Final = 100
Value = TypeVar("Value")


class RequestValue(Generic[Value]):
    """A value that one method of an admin finds, and another needs: it is kept on the request."""

    def __init__(self, name: str) -> None:
        self._name = name

    def keep(self, request: HttpRequest, value: Value | None) -> None:
        setattr(request, self._name, value)

    def get(self, request: HttpRequest) -> Value | None:
        return getattr(request, self._name, None)

    def value_of(self, request: HttpRequest, find: Callable[[], Value]) -> Value:
        """Return the value of a request, and find it where it has none yet."""
        value = self.get(request)
        if value is None:
            value = find()
            self.keep(request, value)
        return value

    def of(self, request: HttpRequest) -> Value:
        """Return the value of a request that has one.

        Raises:
            LookupError: this one has none.
        """
        value = self.get(request)
        if value is None:
            raise LookupError(self._name)
        return value


LATE: Final = RequestValue[LateTransaction]("late")
# What is said when all is stored.
AFTERWARDS: Final = RequestValue[list[Callable[[], None]]]("afterwards")
FORMSETS: Final = RequestValue[list[Any]]("formsets")
# The row as it was before the form wrote to it.
STORED: Final = RequestValue[Model]("stored")
REFUSAL: Final = RequestValue[BrokenRule]("refusal")


@contextmanager
def understood() -> Iterator[None]:
    """Ask the database by what an address says.

    Raises:
        BadRequest: that is no question to it.
    """
    try:
        yield
    except UNASKABLE as error:
        raise BadRequest from error


class BaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the database refuses is an error of the form, with everything that was typed.

    An address may name an earlier text to fill the form in with (`actionplan.audit.restoring`).
    """

    # So many rows are deleted at a time: what goes with them is shown first, row by row.
    most_deleted = 100

    # What Django does in the transaction that it opens at once; the stubs leave it out.
    _changeform_view: Callable[..., HttpResponse]
    _delete_view: Callable[..., HttpResponse]

    def render_change_form(
        self, request: HttpRequest, context: PageContext, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show the form, with an earlier text in it where the address names one."""
        obj = kwargs.get("obj")
        if request.method == "GET" and obj is not None:
            sentence = fill_in(request, context["adminform"].form, obj)
            if sentence:
                messages.info(request, sentence)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the row; the log is told where its text is restored from."""
        if change and isinstance(obj, Logged) and (reason := reason_of(request, obj)):
            obj.signed_by(signed_in(request.user), reason)
        super().save_model(request, obj, form, change)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show or store the form; where the database refuses it, show it again with the reason.

        Raises:
            BadRequest: it asks to be stored as another row; no form of ours has that button.
        """
        if "_saveasnew" in request.POST and not self.save_as:
            raise BadRequest

        def answer(late: LateTransaction | None = None) -> HttpResponse:
            LATE.keep(request, late)
            AFTERWARDS.keep(request, [])
            _rewind(request)
            return self._changeform_view(request, object_id, form_url, extra_context)

        if request.method != "POST":
            return answer()
        try:
            response = optimistically(answer)
            for say in AFTERWARDS.of(request):
                say()
            return response
        except REFUSED as error:
            REFUSAL.keep(request, refusal(error))
        return answer()

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Return the row of a key, or of another field where the address names one."""
        row = super().get_object(request, object_id, from_field or None)
        # As it is stored: the form writes to the other one.
        STORED.keep(request, copy(row))
        return row

    def lock_for(self, request: HttpRequest, stored: Any, sent: Any) -> None:
        """Keep others from writing what a form is about, until it is stored; here nobody.

        Args:
            stored: the row as it is stored, None for a new one.
            sent: the row as the form would store it, None where it is deleted.
        """

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Begin the transaction: if the rows below are right, nothing but writing is left."""
        if all_valid(FORMSETS.of(request)):
            stored = STORED.of(request) if change else None
            # It is remembered, and may ask the database: not while others wait.
            form.has_changed()
            LATE.of(request).begin(partial(self.lock_for, request, stored, form.instance))
        return super().save_form(request, form, change)

    def _create_formsets(
        self, request: HttpRequest, obj: object, change: bool
    ) -> tuple[list[object], list[object]]:
        # The stubs leave it out.
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        FORMSETS.keep(request, formsets)
        return formsets, inlines

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Handed
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        refused = REFUSAL.get(request)
        return form if refused is None else _refusing(form, refused)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Deleted:
        """Find what goes with these rows, in a number of queries that does not grow with it."""
        return deleted_objects(objs, request, self.admin_site)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Ask before deleting, then delete; where something new stands in the way, ask again."""

        def answer(late: LateTransaction | None = None) -> HttpResponse:
            LATE.keep(request, late)
            return self._delete_view(request, object_id, extra_context)

        if request.method != "POST":
            return answer()
        try:
            return optimistically(answer)
        except REFUSED as error:
            return self._again(request, error)

    def log_deletions(self, request: HttpRequest, queryset: AnyRows) -> Any:
        """Begin the transaction: what goes with a row, and may not, has been looked for."""
        if late := LATE.get(request):
            late.begin(partial(self.lock_for, request, STORED.of(request), None))
        return super().log_deletions(request, queryset)

    def changelist_view(
        self, request: HttpRequest, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show the list, and do what is asked with its chosen rows."""
        try:
            response = super().changelist_view(request, *args, **kwargs)
        except REFUSED as error:
            return self._again(request, error)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context and not context["cl"].is_popup:
            # A list is headed by what it lists: most come to read, and not to choose.
            context["title"] = capfirst(self.opts.verbose_name_plural)
        if "selection_note" in context:
            rows = GroupedNumber(len(context["cl"].result_list))
            # Django's own words have the plural for one row too.
            context["selection_note"] = _("Selected: 0 of %(rows)s") % {"rows": rows}
        return response

    def response_action(
        self, request: HttpRequest, queryset: AnyRows, *args: Handed, **kwargs: Handed
    ) -> HttpResponse | None:
        """Do something with chosen rows.

        Raises:
            BadRequest: what was chosen is no row's key.
        """
        if not all(map(is_number, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest
        return super().response_action(request, queryset, *args, **kwargs)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Return the list that an address asks for.

        Raises:
            BadRequest: it asks for nothing that a list of these rows can tell; Django would show
                all of them, or say that its database is not set up. Or it asks for more at once
                than any list offers: each value would be a condition of its own.
        """
        if sum(len(values) for _name, values in request.GET.lists()) > MOST_PARAMETERS:
            raise BadRequest
        if self.search_fields and is_too_long(request.GET.get(SEARCH_VAR, "")):
            text = _("The list was searched for the first %(most)s words only.")
            messages.warning(request, text % {"most": figure(MOST_WORDS)})
        with understood():
            page = super().get_changelist_instance(request)
        page.result_count = GroupedNumber(page.result_count)
        # Of no rows none is chosen.
        page.show_admin_actions = page.show_admin_actions and bool(page.result_count)
        return page

    def get_search_results(
        self, request: HttpRequest, queryset: AnyRows, search_term: str
    ) -> tuple[AnyRows, bool]:
        """Find the rows that have the first words of a question."""
        return super().get_search_results(request, queryset, shortened(search_term))

    def _again(self, request: HttpRequest, error: Exception) -> HttpResponse:
        messages.error(request, " ".join(refusal(error).messages))
        return HttpResponseRedirect(request.get_full_path())


def _rewind(request: HttpRequest) -> None:
    """Let the files that were sent be read anew."""
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            file.seek(0)


def _refusing(form: "type[ModelForm[Any]]", refused: BrokenRule) -> "type[ModelForm[Any]]":
    """Return a form that is never valid, since the database has refused what was sent."""

    # No checker follows a base that is made at run time.
    class Refusing(form):  # type: ignore[valid-type,misc]
        def full_clean(self) -> None:
            super().full_clean()
            if self.is_bound:
                tell(self, refused)

    return Refusing
