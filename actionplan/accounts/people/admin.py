"""The people and their roles: for superusers, and for the administrators of their region."""

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions
from actionplan.accounts.entering import notices
from actionplan.accounts.entering.proof import needs_proof, proved
from actionplan.accounts.entering.removing import remove_factors
from actionplan.accounts.password_links import (
    MOST_AN_HOUR,
    PasswordLinksOutcome,
    can_send,
    send_links,
)
from actionplan.accounts.people.forms import NewPersonForm, PersonForm, RolesFormSet
from actionplan.accounts.people.recording import recent_events, record_changes, record_roles
from actionplan.backoffice.base_admin import BaseAdmin, RequestValue
from actionplan.backoffice.scoping import PlanScopedMixin
from actionplan.django_edges import AnyField, AnyForeignKey, AnyRows, Handed
from actionplan.models import ChangeEvent, EventKind, Membership, Role, User
from actionplan.text import figure

MOST_AT_ONCE: Final = 50
MOST_EVENTS: Final = 20
OWN_RIGHTS: Final = ("is_active", "is_superuser")
# Whom a form has just stored, and who is sent a link.
ADDED: Final = RequestValue[User]("added_person")


class ManagedPeople(PlanScopedMixin):
    """Rights over people, who belong to no plan but to the regions of their roles."""

    may_delete = False

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the person asking manages this person, or anybody at all."""
        if obj is None:
            return permissions.may_manage_people(request.user)
        return permissions.may_manage(request.user, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_people(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request, obj)


class RoleInline(ManagedPeople, admin.StackedInline):  # type: ignore[type-arg]
    """The roles in the regions of whoever asks; those elsewhere are told, not offered."""

    model = Membership
    formset = RolesFormSet
    extra = 1
    fields = ["role", "organisation"]
    verbose_name = gettext_lazy("role")
    verbose_name_plural = gettext_lazy("roles")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        rows: QuerySet[Membership] = super().get_queryset(request)
        mine = permissions.given_memberships(request.user)
        return rows.filter(mine).select_related("organisation", "user")

    def get_formset(self, request: HttpRequest, obj: object = None, **kwargs: Handed) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = permissions.signed_in(request.user)
        return formset

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may_change(request, obj)

    def formfield_for_choice_field(
        self, db_field: AnyField, request: HttpRequest, **kwargs: Handed
    ) -> Any:
        """Offer the roles that reach no further than one's own."""
        if db_field.name == "role":
            given = permissions.given_roles(request.user)
            kwargs["choices"] = [("", "---------"), *((role, role.label) for role in given)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: AnyForeignKey, request: HttpRequest, **kwargs: Handed
    ) -> "ModelChoiceField[Any] | None":
        """Offer the organisations of one's own procurement regions."""
        if db_field.name == "organisation":
            kwargs["queryset"] = db_field.related_model._default_manager.filter(
                permissions.manageable_at(request.user)
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RoleFilter(admin.SimpleListFilter):
    """People who have a role somewhere."""

    title = gettext_lazy("role")
    parameter_name = "roll"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return Role.choices

    def queryset(self, request: HttpRequest, people: QuerySet[User]) -> QuerySet[User]:
        if self.value() not in Role.values:
            return people
        return people.filter(pk__in=Membership.objects.filter(role=self.value()).values("user"))


@admin.register(User)
class PersonAdmin(ManagedPeople, BaseAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """People: who they are, whether they may log in, their roles, and the link to a password."""

    form = PersonForm
    add_form = NewPersonForm
    add_form_template = change_form_template = "actionplan/admin/person.html"
    inlines = [RoleInline]
    actions = ["send_links"]
    list_per_page = 50
    list_display = ["username", "full_name", "email", "role_names", "is_active", "last_login"]
    list_filter = ["is_active", RoleFilter]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "password_state", "roles_elsewhere"]

    # Django's own, which the stubs leave out.
    _add_view: Callable[..., HttpResponse]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        """Keep what only a superuser decides out of everybody else's form."""
        is_superuser = permissions.is_everything(request.user)
        person = ["first_name", "last_name", "email", "username"]
        rights = ["is_superuser"] if is_superuser else []
        sections = [(gettext_lazy("Person"), {"fields": person})]
        if obj is not None:
            rights = ["is_active", *rights]
            if not permissions.may_manage_wholly(request.user, obj):
                rights.append("roles_elsewhere")
            known = ["password_state", "last_login", "date_joined"]
            sections.append((gettext_lazy("Log-in"), {"fields": known}))
        if rights:
            sections.insert(1, (gettext_lazy("Rights"), {"fields": rights}))
        return sections

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Lock one's own way in, and who somebody of two regions is."""
        fields = list(super().get_readonly_fields(request, obj))
        if obj is not None and not permissions.may_manage_wholly(request.user, obj):
            fields += PersonForm.Meta.fields
        elif obj is not None and obj.pk == request.user.pk:
            fields += OWN_RIGHTS
        return fields

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        is_superuser = permissions.is_everything(request.user)
        return [*self.list_filter, "is_superuser"] if is_superuser else self.list_filter

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people: QuerySet[User] = super().get_queryset(request)
        people = people.filter(permissions.manageable(request.user))
        return people.prefetch_related("memberships__organisation")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_people(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Let nobody remove a person, a superuser included: they are deactivated.

        Whoever did anything goes on being a name behind it.
        """
        return False

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def full_name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description=gettext_lazy("roles"))
    def role_names(self, person: User) -> str:
        return _named(person.memberships.all())

    @admin.display(description=gettext_lazy("all roles"))
    def roles_elsewhere(self, person: User) -> str:
        """Say why the person cannot be changed."""
        text = _(
            "%(roles)s. The person has roles in other regions or in all of them: only a site "
            "administrator can change the name, address and log-in."
        )
        return text % {"roles": _named(person.memberships.select_related("organisation"))}

    @admin.display(description=gettext_lazy("password"))
    def password_state(self, person: User) -> str:
        return _("chosen") if person.has_usable_password() else _("not chosen yet")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Store the facts; a new person cannot log in until they choose a password."""
        if not change:
            obj.set_unusable_password()
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)
        by = permissions.signed_in(request.user)
        if change:
            record_changes(obj, form.changed_data, by=by)
            if "email" in form.changed_data:
                notices.send(notices.ADDRESS_CHANGED, obj)
        else:
            ChangeEvent.objects.record(EventKind.PERSON_ADDED, obj, by=by, detail={})
            ADDED.keep(request, obj)

    def save_formset(self, request: HttpRequest, form: object, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        by = permissions.signed_in(request.user)
        record_roles(formset, by=by)
        if formset.instance.pk == by.pk and not permissions.is_everything(by):
            # Asked for before: where one is led now depends on what one has left.
            del by.roles

    def changeform_view(
        self, request: HttpRequest, *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        """Have whoever gives or takes rights confirm that it is them."""
        answer: HttpResponse = proved(super().changeform_view)(request, *args, **kwargs)
        return answer

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Send the link when the person is stored: no mail server is waited for with a lock."""
        # Not Django's own, which has all of the form in a transaction.
        answer = self._add_view(request, form_url, extra_context)
        person = ADDED.get(request)
        if person is not None and answer.status_code == 302:
            _tell(request, send_links([person], by=permissions.signed_in(request.user)))
        return answer

    def render_change_form(
        self, request: HttpRequest, context: dict[str, object], *args: Handed, **kwargs: Handed
    ) -> HttpResponse:
        person = kwargs.get("obj")
        context["can_send"] = can_send()
        if person is not None:
            is_superuser = permissions.is_everything(request.user)
            context |= {
                "title": person.get_full_name() or person.get_username(),
                "subtitle": None,
                "events": recent_events(person, most=MOST_EVENTS),
                "is_superuser": is_superuser,
                "has_factors": is_mfa_enabled(person),
                "may_remove_factors": permissions.may_manage_wholly(request.user, person),
                "may_resign": person.pk == request.user.pk and not is_superuser,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        own = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/losenordslank/",
                own(self.send_link_view),
                name="actionplan_user_send_link",
            ),
            path(
                "<path:object_id>/ta-bort-andra-steget/",
                own(proved(self.remove_factors_view)),
                name="actionplan_user_remove_factors",
            ),
            *super().get_urls(),
        ]

    def send_link_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Send one person a link to choose a new password."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        person = self.get_object(request, unquote(object_id))
        if person is None:
            raise Http404
        _tell(request, send_links([person], by=permissions.signed_in(request.user)))
        return redirect("admin:actionplan_user_change", person.pk)

    def remove_factors_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Help somebody who has lost what their second step needs."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        person = self.get_object(request, unquote(object_id))
        if person is None:
            raise Http404
        if not permissions.may_manage_wholly(request.user, person):
            raise PermissionDenied
        remove_factors(person, by=permissions.signed_in(request.user))
        messages.success(request, _("The second step is removed. The person is told by mail."))
        return redirect("admin:actionplan_user_change", person.pk)

    @admin.action(
        description=gettext_lazy("Send a link for a new password"), permissions=["change"]
    )
    def send_links(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Send those who are chosen a link each."""
        people = list(queryset[: MOST_AT_ONCE + 1])
        if len(people) > MOST_AT_ONCE:
            text = _("Choose at most %(most)s people at a time.") % {"most": figure(MOST_AT_ONCE)}
            messages.error(request, text)
            return
        _tell(request, send_links(people, by=permissions.signed_in(request.user)))

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Let a superuser type a password for somebody else, where no mail can be sent."""
        if not permissions.is_everything(request.user):
            raise PermissionDenied
        answer: HttpResponse = proved(super().user_change_password)(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            person = self.get_object(request, unquote(id))
            by = permissions.signed_in(request.user)
            if person is not None and not needs_proof(answer):
                ChangeEvent.objects.record(EventKind.PASSWORD_SET, person, by=by, detail={})
                notices.send(notices.PASSWORD_CHANGED, person)
        return answer


def _named(memberships: AnyRows) -> str:
    return ", ".join(f"{row.get_role_display()}, {row.organisation}" for row in memberships)


def _tell(request: HttpRequest, outcome: PasswordLinksOutcome) -> None:
    """Say of each person what became of the link."""
    sentences = (
        (
            messages.success,
            outcome.sent,
            _("A link to choose a password has been sent to: %(people)s."),
        ),
        (
            messages.error,
            outcome.failed,
            _("The mail could not be sent to: %(people)s. Try again in a while."),
        ),
        (
            messages.warning,
            outcome.too_many,
            _("Has already been sent %(most)s links within an hour: %(people)s. Try again later."),
        ),
        (messages.warning, outcome.unreachable, _unreachable()),
    )
    for tell, people, sentence in sentences:
        if people:
            names = "; ".join(person.get_full_name() or str(person) for person in people)
            tell(request, sentence % {"people": names, "most": figure(MOST_AN_HOUR)})


def _unreachable() -> str:
    if not can_send():
        return _("No link was sent to %(people)s: the site cannot send mail yet.")
    return _("No link was sent to %(people)s: the person is inactive or has no e-mail address.")
