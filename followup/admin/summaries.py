"""The admin of summaries: the list, and the pages on which one is written and made public."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.extension_points import Button, Panel
from followup import permissions
from followup.actions import summaries
from followup.admin.deviations import DeviationPlanFilter
from followup.admin.pages import words_pages
from followup.backoffice.scoping import FollowUpScopedAdmin
from followup.extension_points import follow_up_panels
from followup.models import FollowUp, Summary


def summary_status(summary: Summary | None) -> str:
    """Tell where a summary stands, in words."""
    if summary is None:
        return _("not written")
    if summary.is_withdrawn:
        return _("withdrawn")
    if summary.is_public:
        return _("published")
    return _("reviewed for secrecy") if summary.is_reviewed else _("draft")


@admin.register(Summary)
class SummaryAdmin(FollowUpScopedAdmin):
    """Summaries of the follow-ups that the person sees; written from the follow-up's page."""

    follow_up_path = "follow_up"
    may_delete = False
    ordering = ["-published_at", "-id"]
    list_display = ["follow_up", "stands", "written_by", "published_at"]
    list_filter = [DeviationPlanFilter]
    search_fields = ["text"]
    fields = [
        *("follow_up", "text", "supplier", "written_by", "review"),
        *("published_by", "published_at", "withdrawn_by", "withdrawn_at", "withdrawn_reason"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Summary]:
        names = ("product_area__plan__category", "organisation", "version__package")
        rows: QuerySet[Summary] = super().get_queryset(request)
        rows = rows.select_related(
            "review", "written_by", *(f"follow_up__{name}" for name in names)
        )
        return rows.defer("follow_up__version__content")

    @admin.display(description=gettext_lazy("state"))
    def stands(self, summary: Summary) -> str:
        return summary_status(summary)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "uppfoljning/<int:pk>/skriv/": ("write", words_pages.write_summary_page),
            "<int:pk>/prova/": ("review", words_pages.review_summary_page),
            "<int:pk>/publicera/": ("publish", words_pages.publish_page),
            "<int:pk>/dra-in/": ("withdraw", words_pages.withdraw_page),
        }
        own = [
            path(route, wrap(view), name=f"followup_summary_{name}")
            for route, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]


@follow_up_panels
def summary_panel(request: HttpRequest, follow_up: FollowUp) -> Panel:
    """Show what the public reads, or will, of this follow-up."""
    rows = Summary.objects.select_related("review__reviewed_by", "written_by", "published_by")
    summary = rows.filter(follow_up=follow_up).first()
    missing: tuple[str, ...] = ()
    if summary is not None and not summary.is_public:
        hinder = summaries.unpublishable(summary, follow_up)
        missing = (hinder,) if hinder else ()
    return Panel(
        title=_("Summary"),
        template="followup/admin/panels/follow_up_summary.html",
        context={"summary": summary, "status_mark": summary_status(summary)},
        buttons=tuple(_buttons(request, follow_up, summary)),
        missing=missing,
    )


def _buttons(request: HttpRequest, follow_up: FollowUp, summary: Summary | None) -> list[Button]:
    """Return the buttons for what this person may do with the summary now."""
    writes = permissions.may_write(request.user, follow_up)
    buttons = []
    if writes and (summary is None or not summary.is_public):
        address = reverse("admin:followup_summary_write", args=[follow_up.pk])
        label = _("Write the summary") if summary is None else _("Change the summary")
        buttons.append(Button(label, address))
    if summary is None:
        return buttons
    seconds = permissions.may_second(request.user, follow_up, first=summary.written_by)
    if seconds and not summaries.unreviewable(summary):
        address = reverse("admin:followup_summary_review", args=[summary.pk])
        buttons.append(Button(_("Secrecy review"), address, is_main=not summary.is_reviewed))
    if writes and not summaries.unpublishable(summary, follow_up):
        address = reverse("admin:followup_summary_publish", args=[summary.pk])
        buttons.append(Button(_("Publish"), address, is_main=True))
    if writes and summary.is_public:
        address = reverse("admin:followup_summary_withdraw", args=[summary.pk])
        buttons.append(Button(_("Withdraw"), address))
    return buttons
