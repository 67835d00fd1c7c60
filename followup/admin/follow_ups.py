"""The admin of follow-ups: the list, the form, and the page that is made of panels."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from operator import itemgetter
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.backoffice.base_admin import RequestValue
from actionplan.backoffice.history import ModelHistory
from actionplan.django_edges import AnyRows, Handed
from actionplan.models import ActionPlan, ChangeLog, Organisation, ProductArea
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.follow_ups import plan_follow_up
from followup.admin.answering import send_pages
from followup.admin.forms.follow_up_forms import FollowUpForm
from followup.admin.pages import calendar, deviation_pages, follow_up_pages, questionnaires
from followup.backoffice.history import code_of
from followup.backoffice.scoping import FollowUpScopedAdmin, key_in
from followup.extension_points import follow_up_panels
from followup.models import Contract, FollowUp, Question, ReusedAudit, Sanction
from followup.models.follow_ups import FollowUpQuerySet, supplier_of
from requirements_pkg.backoffice.pages import page

DAYS_AHEAD = 30
# Of a new follow-up.
AREA: Final = RequestValue[ProductArea]("product_area")


class SituationFilter(admin.SimpleListFilter):
    """How a follow-up stands to the calendar."""

    title = gettext_lazy("in time")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("forsenade", _("overdue")),
            ("kommande", _("the next 30 days")),
            ("klara", _("carried out")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> FollowUpQuerySet:
        rows: FollowUpQuerySet = queryset
        today = timezone.localdate()
        match self.value():
            case "forsenade":
                return rows.overdue(today)
            case "kommande":
                return rows.upcoming(today, today + timedelta(days=DAYS_AHEAD))
            case "klara":
                return rows.done()
        return rows


class VisibleChoicesFilter(admin.SimpleListFilter):
    """A filter by something of the follow-ups that the person sees, and of no others.

    There is little to choose among, and there are many follow-ups: each choice is looked up among
    these, instead of all of them being gathered.
    """

    path: ClassVar[str]
    to_follow_up: ClassVar[str] = ""

    def choices_of(self, rows: QuerySet[FollowUp]) -> Iterable[tuple[int, str]]:
        """Return what to choose among, each with its key and its name."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        rows = FollowUp.objects.filter(permissions.visible(request.user))
        # As text, as the address has it: the admin counts what each choice finds.
        return [(str(pk), name) for pk, name in self.choices_of(rows.order_by())]

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        if (value := self.value()) is None:
            return queryset
        # What is not offered may not even be a number.
        if value not in dict(self.lookup_choices):
            return queryset.none()
        return queryset.filter(**{self.to_follow_up + self.path: value})


class FollowUpPlanFilter(VisibleChoicesFilter):
    title = gettext_lazy("plan")
    parameter_name = "plan"
    path = "product_area__plan"

    def choices_of(self, rows: QuerySet[FollowUp]) -> Iterable[tuple[int, str]]:
        names = ("pk", "category__name", "first_year", "last_year")
        of_plan = rows.filter(**{self.path: OuterRef("pk")})
        plans = ActionPlan.objects.filter(Exists(of_plan)).order_by().values_list(*names)
        for pk, name, first, last in sorted(plans, key=lambda row: row[1:]):
            yield pk, f"{name} {first}–{last}"


class OrganisationFilter(VisibleChoicesFilter):
    title = gettext_lazy("contract owner")
    parameter_name = "avtalsagare"
    path = "organisation"

    def choices_of(self, rows: QuerySet[FollowUp]) -> Iterable[tuple[int, str]]:
        of_organisation = rows.filter(organisation=OuterRef("pk"))
        organisations = Organisation.objects.filter(Exists(of_organisation)).order_by()
        return sorted(organisations.values_list("pk", "name"), key=itemgetter(1))


@admin.register(FollowUp)
class FollowUpAdmin(FollowUpScopedAdmin):
    """A follow-up's page is its workspace: panels first, then its facts. It is never deleted."""

    form = FollowUpForm
    change_form_template = "followup/admin/follow_ups/follow_up.html"
    change_list_template = "followup/admin/follow_ups/list.html"
    may_delete = False
    ordering = ["planned_for", "id"]
    list_display = [
        "product_area",
        "supplier_named",
        "method",
        "organisation",
        "responsible",
        "planned_for",
        "done_on",
        "status",
    ]
    list_filter = [SituationFilter, "status", "method", FollowUpPlanFilter, OrganisationFilter]
    search_fields = [
        "contract_reference",
        "supplier",
        "product_area__name",
        "contract__reference",
        "contract__supplier__name",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        follow_ups: FollowUpQuerySet = super().get_queryset(request)
        return follow_ups.with_names()

    @admin.display(description=gettext_lazy("supplier"), ordering=supplier_of())
    def supplier_named(self, follow_up: FollowUp) -> str:
        return follow_up.supplier_name

    def may_change(self, request: HttpRequest, obj: FollowUp | None) -> bool:
        """Tell whether the person writes in it, and it goes on: what has ended is only read."""
        if obj is not None and obj.has_ended:
            return False
        return super().may_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages: dict[str, tuple[str, Callable[..., HttpResponseBase]]] = {
            "<int:pk>/steg/<str:to>/": ("step", follow_up_pages.step_page),
            "<int:pk>/fragor/": ("questions", follow_up_pages.questions_page),
            "<int:pk>/svar/": ("answers", follow_up_pages.answers_page),
            "<int:pk>/ateranvand/": ("reuse", follow_up_pages.reuse_page),
            "<int:pk>/sanktion/": ("sanction", deviation_pages.sanction_page),
            "<int:pk>/sanktion/<int:sanction>/": ("lift_sanction", deviation_pages.lift_page),
            "plan/<int:pk>/kalender/": ("calendar", calendar.calendar_page),
            "<int:pk>/enkat.xlsx": ("questionnaire", questionnaires.questionnaire),
            "<int:pk>/enkat/": ("read_answers", questionnaires.read_answers),
            "<int:pk>/skicka/": ("send", send_pages.send_page),
            "skicka/": ("send_many", send_pages.send_many_page),
        }
        own = [
            path(route, wrap(view), name=f"followup_{name}")
            for route, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def get_form(
        self,
        request: HttpRequest,
        obj: FollowUp | None = None,
        change: bool = False,
        **kwargs: Handed,
    ) -> type[FollowUpForm]:
        """Return the form of one area and person: what it offers depends on them."""
        form: type[FollowUpForm] = super().get_form(request, obj, change, **kwargs)
        form.by = signed_in(request.user)
        if obj is None:
            form.area = AREA.of(request)
        return form

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Plan a follow-up of the area that the address names; without one, choose."""
        if self.has_add_permission(request):
            area = _named_area(request)
            if area is None:
                return self._choose(request)
            AREA.keep(request, area)
        return super().add_view(request, form_url, extra_context)

    def _choose(self, request: HttpRequest) -> HttpResponse:
        address = reverse("admin:followup_followup_add")
        areas = _areas().order_by("plan__category__name", "plan__first_year", "number")
        contract, along = _named_contract(request), ""
        if contract is not None:
            along = f"&contract={contract.pk}"
            if contract.product_areas.exists():
                areas = areas.filter(contracts=contract)
        if plan := key_in(request, "plan"):
            areas = areas.filter(plan=plan)
        links = [(f"{area.plan}: {area}", f"{address}?omrade={area.pk}{along}") for area in areas]
        context = {
            "title": _("Plan a follow-up"),
            "opts": self.opts,
            "lead": _("Which product area is followed up?"),
            "links": links,
            "nothing": _("No plan has a published version to follow up. Publish one first."),
        }
        return page(request, "admin/choose.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Fill in the contract that the address names, with its owner and version."""
        contract = _named_contract(request)
        if contract is None:
            return {}
        stands = contract.requirements.filter(
            version__package__plan__product_areas=AREA.of(request)
        )
        version = stands.values_list("version", flat=True).order_by("-version__number").first()
        keys = {"contract": contract.pk, "organisation": contract.organisation_id}
        keys |= {"version": version} if version else {}
        return {name: str(key) for name, key in keys.items()}

    def save_model(
        self, request: HttpRequest, obj: FollowUp, form: FollowUpForm, change: bool
    ) -> None:
        """Save a changed follow-up; plan a new one, with its event."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            plan_follow_up(follow_up=obj, by=signed_in(request.user))

    def history_of(self, obj: FollowUp) -> list[ModelHistory]:
        """Return what the log tells of it, its questions, a reused audit and sanctions."""
        log = ChangeLog.objects
        questions = log.parts(Question, obj.pk)
        return [
            *super().history_of(obj),
            ModelHistory(questions, code_of(questions, with_revision=True)),
            ModelHistory(log.parts(ReusedAudit, obj.pk), lambda past: past.values["organisation"]),
            ModelHistory(log.parts(Sanction, obj.pk), lambda past: past.values["reference"]),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show the panels above the form."""
        follow_up = kwargs.get("obj")
        # Saving stays, or leads on to the page where one works with it.
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if follow_up is None:
            area = AREA.of(request)
            context |= {"title": _("Plan a follow-up"), "subtitle": f"{area.plan}: {area}"}
        else:
            context |= {"title": follow_up, "subtitle": None}
            context["panels"] = [provide(request, follow_up) for provide in follow_up_panels]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: FollowUp) -> HttpResponseRedirect:
        """Lead on to the new follow-up's page, where its questions are chosen."""
        return HttpResponseRedirect(follow_up_pages.address_of(obj))

    def response_post_save_change(
        self, request: HttpRequest, obj: FollowUp
    ) -> HttpResponseRedirect:
        """Stay: the page is where one works with it."""
        return HttpResponseRedirect(follow_up_pages.address_of(obj))


def _areas() -> QuerySet[ProductArea]:
    """Return the product areas whose plan has something to follow up against."""
    rows = ProductArea.objects.filter(plan__package__versions__isnull=False).distinct()
    return rows.select_related("plan__category", "plan__procurement_region")


def _named_area(request: HttpRequest) -> ProductArea | None:
    """Return the area that the address names, if its plan has a published version."""
    named = key_in(request, "omrade")
    return _areas().filter(pk=named).first() if named else None


def _named_contract(request: HttpRequest) -> Contract | None:
    """Return the contract that the address names, if the person sees it."""
    named = key_in(request, "contract")
    rows = Contract.objects.filter(permissions.visible_contracts(request.user))
    return rows.filter(pk=named).first() if named else None
