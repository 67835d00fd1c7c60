"""An earlier text back from the change log: filled in where it is written, and saved there.

Nothing is stored past the form: who may write, what is checked and what is told stays with it.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from actionplan.audit.visibility import seen_changes
from actionplan.models import ChangeKind, ChangeLog
from actionplan.models.events import model_of
from actionplan.models.logged import CONCEALED
from actionplan.text import is_number

# In an address: which line of the log, and which of its columns.
LINE: Final = "aterstall"
COLUMN: Final = "falt"


@dataclass(frozen=True)
class RestoringWay:
    """What an earlier text is called, and the form that it is filled in into."""

    label: str
    address: str


def restorable(request: HttpRequest, change: ChangeLog) -> list[RestoringWay]:
    """Return the ways back to the texts that a change took away, where the person may write."""
    model = model_of(change.model)
    page = None if model is None else _admin_of(model)
    if model is None or page is None or change.kind != ChangeKind.CHANGED:
        return []
    obj = page.get_queryset(request).filter(pk=change.key).first()
    if obj is None or not page.has_change_permission(request, obj):
        return []
    fields = page.get_form(request, obj, change=True).base_fields
    address = f"admin:{page.opts.app_label}_{page.opts.model_name}_change"
    return [
        RestoringWay(
            capfirst(str(field.verbose_name)),
            reverse(address, args=[obj.pk], query={LINE: change.pk, COLUMN: field.attname}),
        )
        for field in _texts(model)
        if field.name in fields
        and change.before.get(field.attname) not in (None, CONCEALED, getattr(obj, field.attname))
    ]


def fill_in(request: HttpRequest, form: BaseForm, obj: models.Model) -> str:
    """Fill a form that is shown in with the text that its address names; return what to do now.

    What is stored stays in the hidden field that a merge starts from.
    """
    change, field = _requested_change(request, obj)
    name = "" if field is None else field.name
    if change is None or field is None or name not in form.fields or form.fields[name].disabled:
        return ""
    hidden = QueryDict(mutable=True)
    hidden[form[name].html_initial_name] = getattr(obj, field.attname)
    form.data, form.initial[name] = hidden, change.before[field.attname]
    # A field that was looked at already has its old value.
    form._bound_fields_cache.pop(name, None)  # type: ignore[attr-defined]
    sentence = _(
        "“%(field)s” is filled in with the text from before %(at)s. Save to restore it; "
        "nothing is changed until then."
    )
    return sentence % {"field": capfirst(str(field.verbose_name)), "at": _moment(change)}


def reason_of(request: HttpRequest, obj: models.Model) -> str:
    """Return why a row is stored, for the log: "" where nothing is restored."""
    change, field = _requested_change(request, obj)
    if change is None or field is None:
        return ""
    text = change.before[field.attname]
    if getattr(obj, field.attname) != text:
        return ""
    return _("Restored from before %(at)s") % {"at": _moment(change)}


def _requested_change(request: HttpRequest, obj: models.Model) -> tuple[ChangeLog | None, Any]:
    """Return the line and the field that an address names, if the person sees that line."""
    line, column = request.GET.get(LINE, ""), request.GET.get(COLUMN, "")
    if not is_number(line):
        return None, None
    rows = ChangeLog.objects.about(obj).filter(seen_changes(request.user), pk=line)
    change = rows.filter(kind=ChangeKind.CHANGED).first()
    fields = {field.attname: field for field in _texts(type(obj))}
    if change is None or column not in fields or column not in change.before:
        return None, None
    return change, fields[column]


def _texts(model: type[models.Model]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]


def _admin_of(model: type[models.Model]) -> Any:
    """Return the admin in which rows of a model are written, maybe as what a proxy shows."""
    concrete = model._meta.concrete_model
    pages = admin.site._registry.items()
    return next((page for own, page in pages if own._meta.concrete_model is concrete), None)


def _moment(change: ChangeLog) -> str:
    return date_format(localtime(change.at), "Y-m-d H:i")
