"""The admin of plans, goals and organisations; that of people stands in `accounts/`."""

from typing import Any, Final

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy

from actionplan import permissions
from actionplan.accounts.people import admin as accounts_admin
from actionplan.admin.sheets import (
    CATEGORIES,
    GOALS,
    INDICATORS,
    ORGANISATIONS,
    PLANS,
    PROCUREMENT_REGIONS,
    SUB_GOALS,
)
from actionplan.backoffice.excel_admin import ExportAdmin, ImportExportAdmin
from actionplan.backoffice.history import ModelHistory, own_name
from actionplan.backoffice.plan_page import offer
from actionplan.backoffice.scoping import (
    KeyList,
    ReferenceAdmin,
    ScopedAdmin,
    ScopedInline,
)
from actionplan.django_edges import AnyForeignKey, AnyManyToMany, Handed, PageContext
from actionplan.extension_points import PlanTab
from actionplan.merging.merge_forms import (
    ContactForm,
    GoalForm,
    IndicatorForm,
    PlanForm,
    RowFormSet,
    SubGoalForm,
)
from actionplan.models import (
    ActionPlan,
    ChangeLog,
    Contact,
    Goal,
    Indicator,
    Organisation,
    ProcurementRegion,
    ProductArea,
    PurchasingCategory,
    SheetWord,
    SubGoal,
    SubGoalArea,
)
from actionplan.models.counting import number_of
from actionplan.models.plan import ActionPlanQuerySet
from actionplan.text import is_number
from actionplan.workspace import home_panels, plan_panels
from actionplan.workspace.tabs import TITLES, frame, panels, tab_address, tab_urls

# Found by Django here, in the app's own admin module.
__all__ = ["accounts_admin", "home_panels", "plan_panels"]
# Whom a search for events takes into account, of those with such a name.
MOST_PEOPLE: Final = 100
admin.site.unregister(Group)
admin.site.site_title = admin.site.site_header = settings.SITE_NAME
admin.site.index_title = gettext_lazy("Home")


class ContactInline(ScopedInline, admin.StackedInline):  # type: ignore[type-arg]
    """Stacked: a table would not fit a telephone."""

    model = Contact
    form = ContactForm
    formset = RowFormSet


class PlanList(KeyList):
    """The list of plans: each leads to its overview."""

    def url_for_result(self, result: Any) -> str:
        """Return where somebody who chooses a plan goes."""
        return tab_address(result.pk)


@admin.register(ActionPlan)
class PlanAdmin(ExportAdmin, ScopedAdmin):
    """A plan is worked with on its tabs; its head facts and contacts have a form of their own."""

    is_of_draft = True
    form = PlanForm
    sheets = [PLANS]
    change_form_template = "actionplan/admin/plan.html"
    change_list_template = "actionplan/admin/plan_list.html"
    object_history_template = "actionplan/admin/workspace/history.html"
    may_delete = False
    inlines = [ContactInline]
    # Named, since a count leaves out the model's own order.
    ordering = ["category__name", "-first_year"]
    list_display = ["__str__", "procurement_region", "coordinator", "status", "area_count"]
    list_filter = ["status", "procurement_region", "first_year"]
    search_fields = ["category__name", "slug", "introduction"]
    list_select_related = ["category", "procurement_region", "coordinator"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: ActionPlan | None = None
    ) -> list[str]:
        """Make the address of a stored plan read-only: people have linked to it."""
        return ["slug"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActionPlan]:
        plans: ActionPlanQuerySet = super().get_queryset(request)
        return plans.with_head().annotate(area_count=number_of(ProductArea.objects.all(), "plan"))

    @admin.display(description=gettext_lazy("product areas"), ordering="area_count")
    def area_count(self, plan: Any) -> int:
        return int(plan.area_count)

    def formfield_for_foreignkey(
        self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Handed
    ) -> "forms.ModelChoiceField[Any] | None":
        """Limit the choice of region and coordinator to the regions whose plans the user edits."""
        path = {"procurement_region": "pk", "coordinator": "procurement_region"}
        if db_field.name in path:
            rows = db_field.related_model._default_manager.all()
            if not request.user.is_superuser:
                regions = permissions.edited_regions(request.user)
                rows = rows.filter(**{f"{path[db_field.name]}__in": regions})
            kwargs["queryset"] = rows
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        may_import = permissions.may_edit_something(request.user)
        return super().changelist_view(
            request, {"may_import": may_import, **(extra_context or {})}
        )

    def history_of(self, obj: ActionPlan) -> list[ModelHistory]:
        """Return what the log tells of the plan, its areas and goals, removed ones included."""
        parts = [ChangeLog.objects.parts(model, obj.pk) for model in (ProductArea, Goal)]
        return [*super().history_of(obj), *(ModelHistory(changes, own_name) for changes in parts)]

    def get_urls(self) -> list[URLPattern]:
        return [*tab_urls(), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Handed) -> type[PlanList]:
        return PlanList

    def history_view(self, request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponse:
        """Show the history as one of the plan's tabs, with what was done to it."""
        response = super().history_view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            plan, tab = response.context_data["object"], PlanTab.HISTORY
            response.context_data |= {
                **frame(plan, tab),
                "panels": panels(request, plan, tab),
                "title": plan,
                "subtitle": TITLES[tab],
            }
        return response

    def response_post_save_add(
        self, request: HttpRequest, obj: ActionPlan
    ) -> HttpResponseRedirect:
        """Lead on to the new plan: that is what one came for."""
        return HttpResponseRedirect(tab_address(obj.pk))

    def response_post_save_change(
        self, request: HttpRequest, obj: ActionPlan
    ) -> HttpResponseRedirect:
        return HttpResponseRedirect(tab_address(obj.pk))

    def render_change_form(
        self, request: HttpRequest, context: PageContext, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show the form among the tabs, and no button to add another: the list has one."""
        plan = kwargs.get("obj")
        context["show_save_and_add_another"] = False
        if plan is not None:
            user = request.user
            regions = None if user.is_superuser else permissions.edited_regions(user)
            offer(context["adminform"].form, regions)
            context |= {"title": plan, "subtitle": None, **frame(plan, PlanTab.OVERVIEW)}
        return super().render_change_form(request, context, *args, **kwargs)


class SubGoalInline(ScopedInline, admin.StackedInline):  # type: ignore[type-arg]
    model = SubGoal
    form = SubGoalForm
    formset = RowFormSet
    plan_path = "plan"
    show_change_link = True
    fields = ["number", "position", "text"]


@admin.register(Goal)
class GoalAdmin(ExportAdmin, ScopedAdmin):
    is_of_draft = True
    sheets = [GOALS]
    form = GoalForm
    plan_path = "plan"
    change_form_template = "admin/object.html"
    inlines = [SubGoalInline]
    list_display = ["text", "number", "plan"]
    list_display_links = ["text"]
    list_filter = ["plan__procurement_region", "plan__status"]
    search_fields = ["text", "plan__category__name"]
    list_select_related = ["plan__category"]

    def history_of(self, obj: Goal) -> list[ModelHistory]:
        """Return what the log tells of the goal and its sub-goals, removed ones included."""
        changes = ChangeLog.objects.parts(SubGoal, obj.pk)
        return [*super().history_of(obj), ModelHistory(changes, own_name)]


class IndicatorInline(ScopedInline, admin.StackedInline):  # type: ignore[type-arg]
    model = Indicator
    form = IndicatorForm
    formset = RowFormSet
    plan_path = "goal__plan"


@admin.register(SubGoal)
class SubGoalAdmin(ExportAdmin, ScopedAdmin):
    is_of_draft = True
    sheets = [SUB_GOALS]
    form = SubGoalForm
    plan_path = "goal__plan"
    change_form_template = "admin/object.html"
    inlines = [IndicatorInline]
    list_display = ["text", "number", "goal", "plan"]
    list_filter = ["goal__plan__procurement_region", "goal__plan__status"]
    search_fields = ["text", "number", "goal__text", "goal__plan__category__name"]
    list_select_related = ["goal__plan__category"]

    def history_of(self, obj: SubGoal) -> list[ModelHistory]:
        """Return what the log tells of the sub-goal and its indicators, removed ones included."""
        indicators = ModelHistory(ChangeLog.objects.parts(Indicator, obj.pk), own_name)
        names = {area.pk: str(area) for area in obj.goal.plan.product_areas.all()}
        areas = ModelHistory(
            ChangeLog.objects.parts(SubGoalArea, obj.pk),
            lambda past: names.get(past.values["productarea_id"], ""),
            silent=frozenset({"subgoal", "productarea"}),
        )
        return [*super().history_of(obj), indicators, areas]

    def formfield_for_manytomany(
        self, db_field: AnyManyToMany, request: HttpRequest, **kwargs: Handed
    ) -> Any:
        """Offer only the areas of the sub-goal's own plan."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        match = request.resolver_match
        if field is not None and match is not None and "object_id" in match.kwargs:
            pk = match.kwargs["object_id"]
            if is_number(str(pk)):
                field.queryset = field.queryset.filter(plan__goals__sub_goals=pk)
        return field

    @admin.display(description=gettext_lazy("plan"), ordering="goal__plan__category__name")
    def plan(self, sub_goal: SubGoal) -> ActionPlan:
        return sub_goal.goal.plan


@admin.register(Indicator)
class IndicatorAdmin(ImportExportAdmin, ScopedAdmin):
    is_of_draft = True
    sheets = [INDICATORS]
    form = IndicatorForm
    plan_path = "sub_goal__goal__plan"
    list_display = ["text", "number", "kind", "target", "unit", "due_on", "plan"]
    list_filter = ["kind", "sub_goal__goal__plan__procurement_region", "due_on"]
    search_fields = ["text", "number", "sub_goal__text", "sub_goal__goal__plan__category__name"]
    list_select_related = ["sub_goal__goal__plan__category"]

    @admin.display(
        description=gettext_lazy("plan"), ordering="sub_goal__goal__plan__category__name"
    )
    def plan(self, indicator: Indicator) -> ActionPlan:
        return indicator.sub_goal.goal.plan


@admin.register(PurchasingCategory)
class CategoryAdmin(ExportAdmin, ReferenceAdmin):
    sheets = [CATEGORIES]
    ordering = ["name"]
    list_display = ["name", "slug", "plan_count"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[PurchasingCategory]:
        categories: QuerySet[PurchasingCategory] = super().get_queryset(request)
        plans = number_of(ActionPlan.objects.all(), "category")
        return categories.annotate(plan_count=plans)

    @admin.display(description=gettext_lazy("plans"), ordering="plan_count")
    def plan_count(self, category: Any) -> int:
        return int(category.plan_count)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let everybody who may edit a plan add a category, to start the first plan in it."""
        return permissions.may_edit_something(request.user) or self.may_change(request, None)


@admin.register(SheetWord)
class SheetWordAdmin(ReferenceAdmin):
    """What words of Excel files were said to mean: said on a preview, and forgotten here."""

    list_display = ["folded", "list_name", "scope", "meaning_in_words"]
    search_fields = ["folded", "label", "scope"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Lead back to the list, as where rows are changed, too."""
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(reverse("admin:actionplan_sheetword_changelist"))

    @admin.display(description=gettext_lazy("list"), ordering="sheet")
    def list_name(self, word: SheetWord) -> str:
        return str(apps.get_model(word.sheet)._meta.verbose_name_plural)

    @admin.display(description=gettext_lazy("means"), ordering="label")
    def meaning_in_words(self, word: SheetWord) -> str:
        return word.label


@admin.register(ProcurementRegion)
class ProcurementRegionAdmin(ExportAdmin, ReferenceAdmin):
    sheets = [PROCUREMENT_REGIONS]
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


@admin.register(Organisation)
class OrganisationAdmin(ExportAdmin, ReferenceAdmin):
    sheets = [ORGANISATIONS]
    list_display = ["name", "kind", "procurement_region"]
    list_filter = ["kind", "procurement_region"]
    search_fields = ["name", "code"]
    list_select_related = ["procurement_region"]
