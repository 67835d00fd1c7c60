"""The admin of lessons: the list, the form, what they ask of requirements, their review."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.backoffice.history import ModelHistory
from actionplan.django_edges import Handed, PageContext
from actionplan.extension_points import Button, Panel
from actionplan.models import ChangeLog
from actionplan.models.counting import number_of
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions import summaries
from followup.actions.lessons import write_lesson
from followup.admin.deviations import DeviationPlanFilter
from followup.admin.forms.lesson_forms import LessonForm
from followup.admin.pages import change_pages, words_pages
from followup.admin.pages.follow_up_pages import address_of
from followup.admin.pages.words_pages import lesson_address
from followup.backoffice.history import code_of
from followup.backoffice.scoping import FOLLOW_UP, FollowUpScopedAdmin, choices, follow_up_named
from followup.extension_points import follow_up_panels
from followup.models import ChangeState, FollowUp, FollowUpStatus, Lesson, ProposedChange
from followup.models.follow_ups import FollowUpQuerySet
from requirements_pkg.backoffice.pages import page


@admin.register(Lesson)
class LessonAdmin(FollowUpScopedAdmin):
    """Lessons of the follow-ups that the person sees. What was learnt is not deleted."""

    follow_up_path = "follow_up"
    form = LessonForm
    change_form_template = "followup/admin/lessons/lesson.html"
    may_delete = False
    # Named, since a count leaves out the model's own order.
    ordering = ["-written_at", "-id"]
    fields = ["text", "public_text"]
    list_display = ["__str__", "follow_up", "stands", "proposals", "taken", "written_at"]
    list_filter = [DeviationPlanFilter]
    search_fields = ["text", "public_text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lesson]:
        names = ("product_area__plan__category", "organisation", "version__package")
        rows: QuerySet[Lesson] = super().get_queryset(request)
        rows = rows.select_related("review", *(f"follow_up__{name}" for name in names))
        changes = ProposedChange.objects.all()
        taken = changes.filter(state=ChangeState.TAKEN_IN)
        rows = rows.annotate(
            changes_asked=number_of(changes, "lesson"), changes_taken=number_of(taken, "lesson")
        )
        return rows.defer("follow_up__version__content")

    @admin.display(description=gettext_lazy("secrecy review"))
    def stands(self, lesson: Lesson) -> str:
        return lesson_status(lesson)

    @admin.display(description=gettext_lazy("proposed changes"))
    def proposals(self, lesson: Any) -> int:
        return int(lesson.changes_asked)

    @admin.display(description=gettext_lazy("incorporated"))
    def taken(self, lesson: Any) -> int:
        return int(lesson.changes_taken)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path(
                "<int:pk>/prova/",
                wrap(words_pages.review_lesson_page),
                name="followup_lesson_review",
            ),
            path("<int:pk>/foresla/", wrap(change_pages.propose_page), name="followup_propose"),
        ]
        return [*own, *super().get_urls()]

    def get_form(
        self,
        request: HttpRequest,
        obj: Lesson | None = None,
        change: bool = False,
        **kwargs: Handed,
    ) -> type[LessonForm]:
        """Return the form of one follow-up."""
        form: type[LessonForm] = super().get_form(request, obj, change, **kwargs)
        form.follow_up = FOLLOW_UP.of(request) if obj is None else obj.follow_up
        return form

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: PageContext | None = None,
    ) -> HttpResponse:
        """Add a lesson to the follow-up that the address names; without one, choose."""
        if self.has_add_permission(request):
            rows = FollowUp.objects.exclude(status=FollowUpStatus.CANCELLED)
            rows = rows.filter(permissions.writable(request.user)).with_names()
            if not request.GET.get("uppfoljning"):
                return self._choose(request, rows)
            FOLLOW_UP.keep(request, follow_up_named(request, rows))
        return super().add_view(request, form_url, extra_context)

    def _choose(self, request: HttpRequest, rows: FollowUpQuerySet) -> HttpResponse:
        context = {
            "title": _("New lesson"),
            "opts": self.opts,
            "lead": _("Which follow-up gave the lesson?"),
            **choices(rows, reverse("admin:followup_lesson_add")),
            "nothing": _("There is no follow-up that you can edit."),
        }
        return page(request, "admin/choose.html", context)

    def save_model(
        self, request: HttpRequest, obj: Lesson, form: LessonForm, change: bool
    ) -> None:
        """Drop the review where the public words are others."""
        if not change or form.has_changed():
            write_lesson(lesson=obj, by=signed_in(request.user))

    def history_of(self, obj: Lesson) -> list[ModelHistory]:
        """Return what the log tells of the lesson, and of the changes that it asks for."""
        changes = ChangeLog.objects.parts(ProposedChange, obj.pk)
        return [*super().history_of(obj), ModelHistory(changes, code_of(changes))]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Show its review and its changes above the form."""
        lesson = kwargs.get("obj")
        # Saving stays, or leads on to the page where one works with it.
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        follow_up = FOLLOW_UP.of(request) if lesson is None else lesson.follow_up
        context |= {"follow_up": follow_up, "follow_up_address": address_of(follow_up)}
        if lesson is None:
            context |= {"title": _("New lesson"), "subtitle": None}
        else:
            context |= {"title": _("Lesson"), "subtitle": None, **_status(request, lesson)}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Lesson) -> HttpResponseRedirect:
        """Lead on to the new lesson, which asks for changes."""
        return HttpResponseRedirect(lesson_address(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Lesson) -> HttpResponseRedirect:
        """Stay: the page is where one works with it."""
        return HttpResponseRedirect(lesson_address(obj))


def lesson_status(lesson: Lesson) -> str:
    """Tell how a lesson's public words stand, in words."""
    if not lesson.public_text:
        return _("no public text")
    return _("reviewed for secrecy") if lesson.is_reviewed else _("not reviewed")


def _status(request: HttpRequest, lesson: Lesson) -> dict[str, object]:
    buttons = []
    if permissions.may_write(request.user, lesson.follow_up):
        address = reverse("admin:followup_propose", args=[lesson.pk])
        buttons.append(Button(_("Propose a change"), address))
    seconds = permissions.may_second(request.user, lesson.follow_up, first=lesson.written_by)
    if seconds and not lesson.is_reviewed and not summaries.unreviewable(lesson):
        address = reverse("admin:followup_lesson_review", args=[lesson.pk])
        buttons.append(Button(_("Secrecy review"), address, is_main=True))
    return {
        "status_mark": lesson_status(lesson),
        "changes": lesson.changes.select_related("requirement").order_by("pk"),
        "buttons": buttons,
    }


def _new_address(follow_up: FollowUp) -> str:
    return reverse("admin:followup_lesson_add", query={"uppfoljning": follow_up.pk})


@follow_up_panels
def lessons_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Show what was learnt, and what became of it."""
    rows = follow_up.lessons.select_related("review").prefetch_related("changes__requirement")
    writes = permissions.may_write(request.user, follow_up)
    may_add = writes and follow_up.status != FollowUpStatus.CANCELLED
    return Panel(
        title=capfirst(str(Lesson._meta.verbose_name_plural)),
        template="followup/admin/panels/follow_up_lessons.html",
        context={"rows": [(lesson, lesson_status(lesson)) for lesson in rows]},
        buttons=(Button(_("New lesson"), _new_address(follow_up)),) if may_add else (),
    )
