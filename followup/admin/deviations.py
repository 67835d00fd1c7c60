"""The admin of deviations: the list, the form with the supplier's actions, and the steps."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.backoffice.base_admin import AFTERWARDS
from actionplan.backoffice.history import ModelHistory
from actionplan.backoffice.scoping import ScopedInline
from actionplan.database.broken_rules import BrokenRule
from actionplan.django_edges import ColumnValues, FieldNames, Handed
from actionplan.merging.merge_forms import RowFormSet
from actionplan.models import ChangeLog
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.amendments import amend
from followup.actions.deviations import KEPT, lack, may_take, record_deviation, steps_from
from followup.admin.answering.attachment_pages import (
    attachment_file,
    attachments_page,
    files_of,
    remove_attachment,
)
from followup.admin.follow_ups import FollowUpPlanFilter
from followup.admin.forms.deviation_forms import (
    ActionForm,
    DeviationForm,
    RemedyStepForm,
    from_answer,
)
from followup.admin.pages.deviation_pages import (
    STEP_LABELS,
    deviation_address,
    step_page,
    write_off_page,
)
from followup.admin.pages.follow_up_pages import address_of
from followup.backoffice.scoping import (
    FOLLOW_UP,
    FollowUpScopedAdmin,
    FollowUpScopedMixin,
    choices,
    follow_up_named,
    key_in,
)
from followup.models import CorrectiveAction, Deviation, DeviationState, FollowUp
from followup.models.deviations import DeviationQuerySet
from followup.models.follow_ups import FollowUpQuerySet, supplier_of
from requirements_pkg.backoffice.pages import page

FACTS = ("severity", "finding", "found_on", "due_on")
# The plan that was agreed to loses no action.
AGREED = (*KEPT, DeviationState.PLAN_APPROVED)


class DeviationScopedMixin(FollowUpScopedMixin):
    """Rights by a deviation's follow-up, and by its state."""

    follow_up_path = "follow_up"

    def may_change(self, request: HttpRequest, obj: Deviation | None) -> bool:
        """Tell whether the person writes in the follow-up, and the deviation can be changed."""
        if obj is not None and (obj.state in KEPT or obj.follow_up.has_ended):
            return False
        return super().may_change(request, obj)


class ActionInline(DeviationScopedMixin, ScopedInline, admin.StackedInline):  # type: ignore[type-arg]
    model = CorrectiveAction
    form = ActionForm
    formset = RowFormSet

    def get_queryset(self, request: HttpRequest) -> QuerySet[CorrectiveAction]:
        """Return the actions this person sees; the page takes those of its deviation."""
        return CorrectiveAction.objects.filter(
            permissions.visible(request.user, "deviation__follow_up")
        )

    def has_delete_permission(self, request: HttpRequest, obj: Deviation | None = None) -> bool:
        """Let a deviation be removed until the plan is agreed to."""
        return super().has_delete_permission(request, obj) and (
            obj is None or obj.state not in AGREED
        )


class OverdueFilter(admin.SimpleListFilter):
    title = gettext_lazy("in time")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("forsenade", _("overdue")), ("oppna", _("open")), ("stangda", _("closed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> DeviationQuerySet:
        rows: DeviationQuerySet = queryset
        match self.value():
            case "forsenade":
                return rows.overdue(timezone.localdate())
            case "oppna":
                return rows.open()
            case "stangda":
                return rows.closed()
        return rows


class DeviationPlanFilter(FollowUpPlanFilter):
    """The plan of a deviation's follow-up, among those the person sees."""

    to_follow_up = "follow_up__"


@dataclass(frozen=True)
class DeviationAction:
    """A step that the person may take now; without words to write it is taken at once."""

    label: str | Promise
    address: str
    asks: bool


@admin.register(Deviation)
class DeviationAdmin(DeviationScopedMixin, FollowUpScopedAdmin):
    """Deviations of the follow-ups that the person sees. They are closed, never deleted."""

    form = DeviationForm
    change_form_template = "followup/admin/follow_ups/deviation.html"
    inlines = [ActionInline]
    may_delete = False
    ordering = ["due_on", "id"]
    list_display = ["wording", "severity", "state", "due", "supplier_named", "follow_up"]
    list_filter = [OverdueFilter, "severity", "state", DeviationPlanFilter]
    search_fields = ["requirement__code", "requirement__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deviation]:
        deviations: DeviationQuerySet = super().get_queryset(request)
        return deviations.with_names()

    @admin.display(description=gettext_lazy("requirement"), ordering="requirement__code")
    def wording(self, deviation: Deviation) -> str:
        return f"{deviation.requirement.code}:{deviation.revision}"

    @admin.display(description=gettext_lazy("supplier"), ordering=supplier_of("follow_up"))
    def supplier_named(self, deviation: Deviation) -> str:
        return deviation.follow_up.supplier_name

    @admin.display(description=gettext_lazy("to be remedied by"), ordering="due_on")
    def due(self, deviation: Deviation) -> str:
        day = f"{deviation.due_on:%Y-%m-%d}"
        if deviation.is_overdue(timezone.localdate()):
            return _("%(day)s, overdue") % {"day": day}
        return day

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        step, off = wrap(step_page), wrap(write_off_page)
        return [
            path("<int:pk>/steg/<str:to>/", step, name="followup_deviation_step"),
            path("<int:pk>/skriv-av/", off, name="followup_write_off"),
            path("<int:pk>/filer/", wrap(attachments_page), name="followup_attachments"),
            path("fil/<int:pk>/", wrap(attachment_file), name="followup_attachment"),
            path(
                "fil/<int:pk>/ta-bort/", wrap(remove_attachment), name="followup_remove_attachment"
            ),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Deviation | None = None) -> FieldNames:
        if obj is None:
            return ["demand", *FACTS]
        # Who only reads is shown what the database has.
        reason = ["change_reason"] if self.has_change_permission(request, obj) else []
        return [*FACTS, *reason]

    def get_form(
        self,
        request: HttpRequest,
        obj: Deviation | None = None,
        change: bool = False,
        **kwargs: Handed,
    ) -> type[DeviationForm]:
        """Return the form of one follow-up: what can deviate is what its version demands."""
        form: type[DeviationForm] = super().get_form(request, obj, change, **kwargs)
        form.follow_up = FOLLOW_UP.of(request) if obj is None else obj.follow_up
        return form

    def get_inlines(self, request: HttpRequest, obj: Deviation | None) -> list[type]:
        """Return the inlines, none for a new deviation: the supplier has no plan yet."""
        return self.inlines if obj is not None else []

    def get_changeform_initial_data(self, request: HttpRequest) -> ColumnValues:
        """Fill in the requirement, or the answer, that the address names, found today."""
        facts = {"demand": request.GET.get("krav", ""), "found_on": timezone.localdate()}
        answered = key_in(request, "fraga")
        rows = FOLLOW_UP.of(request).questions.select_related("requirement")
        question = rows.filter(pk=answered).first() if answered else None
        return facts if question is None else {**facts, **from_answer(question)}

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Add a deviation to the follow-up that the address names; without one, choose."""
        if self.has_add_permission(request):
            rows = FollowUp.objects.open().filter(permissions.writable(request.user))
            if not request.GET.get("uppfoljning"):
                return self._choose(request, rows)
            FOLLOW_UP.keep(request, follow_up_named(request, rows))
        return super().add_view(request, form_url, extra_context)

    def _choose(self, request: HttpRequest, rows: FollowUpQuerySet) -> HttpResponse:
        context = {
            "title": _("New deviation"),
            "opts": self.opts,
            "lead": _("In which follow-up was it found?"),
            **choices(rows, reverse("admin:followup_deviation_add")),
            "nothing": _("There is no ongoing follow-up that you can edit."),
        }
        return page(request, "admin/choose.html", context)

    def save_form(self, request: HttpRequest, form: DeviationForm, change: bool) -> Deviation:
        """Record a new deviation, with its event; leave a changed one to be saved."""
        unsaved: Deviation = super().save_form(request, form, change)
        if change:
            return unsaved
        facts = {name: form.cleaned_data[name] for name in FACTS}
        return record_deviation(
            follow_up=FOLLOW_UP.of(request),
            requirement_uid=form.cleaned_data["demand"],
            by=signed_in(request.user),
            **facts,
        )

    def save_model(
        self, request: HttpRequest, obj: Deviation, form: DeviationForm, change: bool
    ) -> None:
        """Save a changed deviation, or ask a second person; a new one is stored already."""
        if not change or not form.has_changed():
            return
        try:
            reason = form.cleaned_data["change_reason"]
            requests = amend(deviation=obj, by=signed_in(request.user), reason=reason)
        except ValidationError as error:
            # Told by the form, which keeps what was typed.
            raise BrokenRule(" ".join(error.messages)) from error
        if requests:
            text = _("Somebody else has to approve that: %(changes)s. The rest is saved.")
            changes = ", ".join(row.get_kind_display() for row in requests)
            message = partial(messages.warning, request, text % {"changes": changes})
            AFTERWARDS.of(request).append(message)

    def history_of(self, obj: Deviation) -> list[ModelHistory]:
        """Return what the log tells of the deviation, and of the supplier's actions."""
        actions = ChangeLog.objects.parts(CorrectiveAction, obj.pk)
        return [
            *super().history_of(obj),
            ModelHistory(actions, lambda past: str(past.values["due_on"])),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Tell where it stands and what leads on, above the form."""
        deviation = kwargs.get("obj")
        # Saving what is there already stays.
        context |= {"show_save_and_add_another": False}
        context["show_save_and_continue"] = deviation is None
        follow_up = FOLLOW_UP.of(request) if deviation is None else deviation.follow_up
        context |= {"follow_up": follow_up, "follow_up_address": address_of(follow_up)}
        if deviation is None:
            context |= {"title": _("New deviation"), "subtitle": None}
        else:
            context |= {
                "title": deviation,
                "subtitle": None,
                **_status(request, deviation),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Deviation) -> HttpResponseRedirect:
        """Lead back to the follow-up, which may have more that deviates."""
        return HttpResponseRedirect(address_of(obj.follow_up))

    def response_post_save_change(
        self, request: HttpRequest, obj: Deviation
    ) -> HttpResponseRedirect:
        """Stay: the page is where one works with it."""
        return HttpResponseRedirect(deviation_address(obj))


def _status(request: HttpRequest, deviation: Deviation) -> dict[str, object]:
    """Return what can be done with it now, what is missing, and why it was opened again."""
    steps = [to for to in steps_from(deviation) if may_take(request.user, deviation, to)]
    hinders = {to: lack(deviation, to) for to in steps}
    step_actions = [_action(deviation, to) for to in steps if not hinders[to]]
    writes = permissions.may_write(request.user, deviation.follow_up)
    if writes and deviation.state != DeviationState.CLOSED:
        off = reverse("admin:followup_write_off", args=[deviation.pk])
        step_actions.append(DeviationAction(_("Write off"), off, asks=True))
        files = reverse("admin:followup_attachments", args=[deviation.pk])
        step_actions.append(DeviationAction(_("Attach files"), files, asks=True))
    return {
        "overdue": deviation.is_overdue(timezone.localdate()),
        "step_actions": step_actions,
        "requests": deviation.requests.pending().select_related("requested_by"),
        "missing": [f"{STEP_LABELS[to]}: {text}" for to, text in hinders.items() if text],
        "notes": _notes(deviation),
        "files": files_of(deviation),
    }


def _action(deviation: Deviation, to: DeviationState) -> DeviationAction:
    address = reverse("admin:followup_deviation_step", args=[deviation.pk, to.value])
    return DeviationAction(STEP_LABELS[to], address, asks=to in RemedyStepForm.QUESTIONS)


def _notes(deviation: Deviation) -> models.QuerySet[ChangeLog]:
    """Tell why it was opened again or judged anew, each time."""
    changes = ChangeLog.objects.about(deviation).exclude(reason="")
    return changes.select_related("by").order_by("id")
