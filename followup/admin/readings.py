"""The admin of readings: write a draft, send it, answer it, correct it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions as plan_permissions
from actionplan.backoffice.base_admin import LATE
from actionplan.backoffice.excel_admin import ExportAdmin
from actionplan.backoffice.scoping import ScopedAdmin
from actionplan.backoffice.upload_admin import UploadAdmin
from actionplan.database import row_locks
from actionplan.database.broken_rules import BrokenRule
from actionplan.django_edges import AnyForeignKey, FieldNames, Handed, PageContext
from actionplan.models import ActionPlan, Indicator
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions import evidence
from followup.actions.readings import OPEN, refuse_locked
from followup.admin.forms.reading_forms import ReadingForm
from followup.admin.pages import reading_pages
from followup.admin.pages.reading_pages import address_of
from followup.excel.reading_sheets import READINGS
from followup.models import IndicatorReading, ReadingState
from followup.published import comment_suggestions

PLAN = "indicator__sub_goal__goal__plan"
LONGEST_OFFER = 500


class ReadingPlanFilter(admin.SimpleListFilter):
    """The plan whose indicators are read; its name is made in the one query that finds it."""

    title = gettext_lazy("plan")
    parameter_name = "plan"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        # Asked of each plan: to join all readings and throw the doubles away takes them all.
        read = IndicatorReading.objects.filter(**{PLAN: OuterRef("pk")})
        plans = ActionPlan.objects.filter(Exists(read)).select_related("category")
        return [
            (str(plan.pk), str(plan)) for plan in plans.order_by("category__name", "first_year")
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[IndicatorReading]
    ) -> QuerySet[IndicatorReading]:
        value = self.value()
        return queryset.filter(**{PLAN: value}) if value in dict(self.lookup_choices) else queryset


@admin.register(IndicatorReading)
class IndicatorReadingAdmin(ExportAdmin, UploadAdmin, ScopedAdmin):
    """Everybody with a role reads them; a coordinator writes what she reports while it is open."""

    form = ReadingForm
    take = staticmethod(evidence.taken)
    sheets = [READINGS]
    plan_path = PLAN
    change_form_template = "followup/admin/readings/reading.html"
    list_display = ["indicator", "plan", "where", "as_of", "status", "state", "author"]
    list_filter = ["state", "status", ReadingPlanFilter]
    search_fields = ["indicator__text", "indicator__number", "comment"]
    list_select_related = [f"{PLAN}__category", "organisation", "author"]
    date_hierarchy = "as_of"

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndicatorReading]:
        # A list of readings must not fetch their files.
        rows: QuerySet[IndicatorReading] = super().get_queryset(request)
        related = (f"{PLAN}__category", "organisation", "author", "decided_by", "evidence")
        return rows.select_related(*related).defer("evidence__content")

    @admin.display(description=gettext_lazy("plan"), ordering=f"{PLAN}__category__name")
    def plan(self, reading: IndicatorReading) -> ActionPlan:
        return reading.plan

    @admin.display(description=gettext_lazy("organisation"), ordering="organisation__name")
    def where(self, reading: IndicatorReading) -> str:
        return reading.organisation.name if reading.organisation else _("The whole country")

    @admin.display(description=gettext_lazy("File as evidence"))
    def kept_file(self, reading: IndicatorReading) -> str:
        """Return a link to the file, or a dash where there is none."""
        if not hasattr(reading, "evidence"):
            return "–"
        address = reverse("admin:followup_evidence", args=[reading.evidence.pk])
        return format_html('<a href="{}">{}</a>', address, reading.evidence.file_name)

    def may_change(self, request: HttpRequest, obj: IndicatorReading | None) -> bool:
        """Tell whether it is a draft, or was returned, of what the person reports."""
        if obj is None:
            return plan_permissions.may_follow_up_something(request.user)
        mine = permissions.may_report(request.user, obj.plan, obj.organisation)
        return mine and obj.state in OPEN

    def has_delete_permission(
        self, request: HttpRequest, obj: IndicatorReading | None = None
    ) -> bool:
        """Tell whether it is a draft never sent; one at a time: each is asked about its state."""
        return (
            obj is not None and obj.state == ReadingState.DRAFT and self.may_change(request, obj)
        )

    def get_fields(self, request: HttpRequest, obj: IndicatorReading | None = None) -> FieldNames:
        fields = [*ReadingForm.Meta.fields]
        if obj is None:
            return [*fields, "file"]
        if not self.may_change(request, obj):
            return [*fields, "kept_file"]
        has_file = hasattr(obj, "evidence")
        return [*fields, *(["kept_file"] if has_file else []), "file", *["drop_file"] * has_file]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["kept_file"]

    def get_form(
        self, request: HttpRequest, obj: object = None, change: bool = False, **kwargs: Handed
    ) -> type[ReadingForm]:
        """Return the form of one person: what it offers is what they report."""
        form: type[ReadingForm] = super().get_form(request, obj, change, **kwargs)
        form.by = signed_in(request.user)
        # A new reading's initial values come from the address anyway.
        form.suggestions = request.GET.get("comment", "")[:LONGEST_OFFER] if change else ""
        return form

    def formfield_for_foreignkey(
        self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Handed
    ) -> "ModelChoiceField[Any] | None":
        if db_field.name == "indicator":
            kwargs["queryset"] = Indicator.objects.select_related("sub_goal__goal__plan__category")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "<int:pk>/skicka-in/": ("reading_submit", reading_pages.submit_page),
            "<int:pk>/svara/": ("reading_decide", reading_pages.decide_page),
            "<int:pk>/ratta/": ("reading_correct", reading_pages.correct_page),
            "underlag/<int:pk>/": ("evidence", reading_pages.evidence_file),
        }
        own = [
            path(route, wrap(view), name=f"followup_{name}")
            for route, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def lock_for(
        self,
        request: HttpRequest,
        stored: IndicatorReading | None,
        sent: IndicatorReading | None,
    ) -> None:
        """Hold the plans that the reading is and was of: nobody locks a period of theirs.

        Raises:
            BrokenRule: somebody has.
        """
        row_locks.hold(ActionPlan, *(row.plan.pk for row in (stored, sent) if row is not None))
        # The form has asked already, and is asked anew where somebody has written since.
        if sent is None or LATE.of(request).sees_others:
            return
        try:
            refuse_locked(sent.plan, sent.as_of)
        except ValidationError as error:
            raise BrokenRule(
                str(error.message), model=IndicatorReading, fields=("as_of",)
            ) from error

    def save_model(
        self, request: HttpRequest, obj: IndicatorReading, form: Any, change: bool
    ) -> None:
        """Make whoever wrote last the author, and so not the one who approves."""
        if not change or form.has_changed():
            obj.author = signed_in(request.user)
        super().save_model(request, obj, form, change)
        file = form.cleaned_data.get("file")
        if file:
            evidence.store(
                reading=obj, by=signed_in(request.user), file_name=file.name, content=form.content
            )
        elif form.cleaned_data.get("drop_file"):
            evidence.remove(reading=obj, by=signed_in(request.user))

    def render_change_form(
        self, request: HttpRequest, context: PageContext, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show above the form what one may do, and beside it what the system knows."""
        obj = kwargs.get("obj")
        may_write = self.may_change(request, obj)
        context |= {
            "plan": obj.plan if obj is not None else _named_plan(request),
            "may_submit": obj is not None and may_write,
            "may_decide": obj is not None
            and obj.state == ReadingState.SUBMITTED
            and permissions.may_approve_reading(request.user, obj),
            "may_correct": obj is not None
            and obj.state == ReadingState.APPROVED
            and permissions.may_report(request.user, obj.plan, obj.organisation)
            and not hasattr(obj, "corrected_by"),
            "show_save_and_add_another": False,
        }
        if may_write and context["plan"] is not None:
            context["offers"] = _offers(request, context["plan"])
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(
        self, request: HttpRequest, obj: IndicatorReading
    ) -> HttpResponseRedirect:
        """Lead on to the draft's own page, where it is sent."""
        return HttpResponseRedirect(address_of(obj))

    def response_post_save_change(
        self, request: HttpRequest, obj: IndicatorReading
    ) -> HttpResponseRedirect:
        return HttpResponseRedirect(address_of(obj))


def _named_plan(request: HttpRequest) -> ActionPlan | None:
    """Return the plan of the indicator that the address of a new reading names."""
    named = request.GET.get("indicator", "")
    if not named.isdecimal() or len(named) > 18:
        return None
    rows = ActionPlan.objects.select_related("category")
    return rows.filter(goals__sub_goals__indicators=int(named)).first()


def _offers(request: HttpRequest, plan: ActionPlan) -> list[tuple[str, str]]:
    """Return the comment suggestions, each with the address that puts it into the comment."""
    kept = {name: request.GET[name] for name in ("indicator",) if name in request.GET}
    before = request.GET.get("comment", "")[:LONGEST_OFFER]
    suggestions = []
    for sentence in comment_suggestions.sentences(plan):
        if sentence not in before:
            comment = "\n".join(filter(None, (before, sentence)))
            suggestions.append((sentence, _this(request, {**kept, "comment": comment})))
    return suggestions


def _this(request: HttpRequest, query: dict[str, str]) -> str:
    """Return the address of this very page, with another query."""
    return f"{request.path}?{urlencode(query)}"
