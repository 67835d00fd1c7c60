"""The invitations, as who looks after people sees them: who is asked, and what came of it."""

from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions
from actionplan.accounts.entering.proof import proved
from actionplan.accounts.password_links import can_send
from actionplan.accounts.people import invitations
from actionplan.accounts.people.admin import ManagedPeople
from actionplan.accounts.people.invitation_forms import InvitationForm
from actionplan.backoffice.base_admin import BaseAdmin
from actionplan.django_edges import AnyRows, Handed
from actionplan.models import Invitation, InvitationState
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded, refusal

COLUMNS: Final = ["email", "role_names", "state_name", "invited_by", "invited_at", "expires_at"]
WAITING: Final = (InvitationState.OPEN, InvitationState.ENDED)


class StateFilter(admin.SimpleListFilter):
    """How an invitation stands."""

    title = gettext_lazy("state")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return InvitationState.choices

    def queryset(self, request: HttpRequest, queryset: AnyRows) -> AnyRows:
        if self.value() not in InvitationState.values:
            return queryset
        rows = Invitation.objects.in_state(str(self.value()), at=timezone.now())
        return queryset.filter(pk__in=rows.order_by().values("pk"))


@admin.register(Invitation)
class InvitationAdmin(ManagedPeople, BaseAdmin):
    """Invitations are sent, sent again and cancelled; none is changed or removed."""

    change_form_template = "actionplan/invitations/row.html"
    list_display = ["email", "role_names", "state_name", "expires_at", "invited_by", "invited_at"]
    list_filter = [StateFilter]
    search_fields = ["email"]
    list_select_related = ["invited_by"]
    list_per_page = 50
    # All that is shown, and nothing that is typed.
    fields = tuple(COLUMNS)
    readonly_fields = COLUMNS
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_people(request.user)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return permissions.may_manage_people(request.user)
        return permissions.may_manage_invitation(request.user, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        rows: QuerySet[Invitation] = super().get_queryset(request)
        rows = rows.filter(permissions.manageable_invitations(request.user))
        return rows.prefetch_related("roles__organisation")

    @admin.display(description=gettext_lazy("roles"))
    def role_names(self, invitation: Invitation) -> str:
        return "; ".join(str(role) for role in invitation.roles.all())

    @admin.display(description=gettext_lazy("state"))
    def state_name(self, invitation: Invitation) -> str:
        return str(invitation.state.label)

    def get_urls(self) -> list[URLPattern]:
        own = self.admin_site.admin_view
        again = own(bounded(AllowanceKind.PASSWORDS)(self.send_again_view))
        return [
            path("<path:object_id>/skicka-igen/", again, name="actionplan_invitation_again"),
            path(
                "<path:object_id>/avbryt/",
                own(self.cancel_view),
                name="actionplan_invitation_cancel",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        invitation = kwargs["obj"]
        context |= {
            "title": invitation.email,
            "subtitle": None,
            "is_waiting": invitation.state in WAITING,
            "can_send": can_send(),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Ask whom to invite, and send the mail when the invitation is stored."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        refused = refusal(request, AllowanceKind.PASSWORDS) if request.method == "POST" else None
        return refused or proved(self._invite)(request)

    def _invite(self, request: HttpRequest) -> HttpResponse:
        by = permissions.signed_in(request.user)
        form = InvitationForm(request.POST or None, by=by)
        if request.method == "POST" and form.is_valid():
            facts = form.cleaned_data
            roles = [(role, facts["organisation"]) for role in facts["roles"]]
            try:
                sent = invitations.invite(
                    email=facts["email"], roles=roles, days=facts["days"], by=by
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                _send(request, sent)
                return redirect("admin:actionplan_invitation_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Invite somebody"),
            "form": form,
            "opts": self.opts,
            "can_send": can_send(),
        }
        return render(request, "actionplan/invitations/invite.html", context)

    def send_again_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Send a new link, which works as long as the first did."""
        return self._done(request, object_id, self._sent_again)

    def cancel_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """End an invitation now."""
        return self._done(request, object_id, self._cancelled)

    def _done(self, request: HttpRequest, object_id: str, work: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        invitation = self.get_object(request, unquote(object_id))
        if invitation is None:
            raise Http404
        try:
            work(request, invitation)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("admin:actionplan_invitation_change", invitation.pk)

    def _sent_again(self, request: HttpRequest, invitation: Invitation) -> None:
        by = permissions.signed_in(request.user)
        _send(request, invitations.invite_again(invitation=invitation, by=by))

    def _cancelled(self, request: HttpRequest, invitation: Invitation) -> None:
        invitations.cancel(invitation=invitation, by=permissions.signed_in(request.user))
        messages.success(request, _("The invitation is cancelled: its link no longer works."))


def _send(request: HttpRequest, sent: invitations.SentInvitation) -> None:
    """Send the mail, and say what became of it."""
    address = sent.invitation.email
    if invitations.send(sent):
        messages.success(
            request, _("An invitation was sent to %(address)s.") % {"address": address}
        )
    else:
        text = _("No mail was sent to %(address)s. Wait an hour and send the invitation again.")
        messages.error(request, text % {"address": address})
