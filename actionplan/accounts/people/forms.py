"""The forms of people: a new one, one that is known, and the roles below either."""

from typing import Any, Final

from django import forms
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import permissions
from actionplan.django_edges import CleanedData, Handed
from actionplan.merging.merge_forms import MergingMixin, RowFormSet
from actionplan.models import Membership, Role, User

# The box with which an administrator confirms that she gives up her own last such role.
RESIGN: Final = "resign"
ADMINISTRATORS: Final = (Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR)


class PersonFacts(forms.ModelForm):  # type: ignore[type-arg]
    """Who somebody is, with names and addresses that are told apart from everybody else's."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "username", "is_active", "is_superuser"]
        field_classes = {"username": UsernameField}
        help_texts = {
            "is_active": gettext_lazy(
                "Untick when somebody leaves: the person can no longer log in, but what "
                "they did is kept."
            ),
            "is_superuser": gettext_lazy("May do everything, in all procurement regions."),
        }

    def clean_email(self) -> str:
        """Return the address in small letters, as it is compared."""
        return (self.cleaned_data.get("email") or "").lower()

    def clean(self) -> CleanedData:
        """Refuse a user name or an address that is another's, in whatever case."""
        cleaned = super().clean() or self.cleaned_data
        self._check_name(cleaned.get("username"), own_address=cleaned.get("email"))
        # Of somebody new no form asks whether they are active, so the constraint is not asked.
        address = cleaned.get("email", self.instance.email)
        is_active = cleaned.get("is_active", self.instance.is_active)
        if is_active and User.objects.at_address(address).exclude(pk=self.instance.pk).exists():
            self.add_error(
                "email", _("Another active person has this e-mail address. Enter another address.")
            )
        return cleaned

    def _check_name(self, name: str | None, *, own_address: str | None) -> None:
        if not name:
            return
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=name).exists():
            self.add_error("username", _("Another person has this user name. Choose another."))
        elif name != own_address and (
            User.objects.at_address(name).exclude(pk=self.instance.pk).exists()
        ):
            text = _("This is another person's e-mail address. Choose another user name.")
            self.add_error("username", text)


class PersonForm(MergingMixin, PersonFacts):
    """Somebody who is known."""


class NewPersonForm(PersonFacts):
    """Somebody new, who gets a mail and chooses a password."""

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "email"):
            self.fields[name].required = True
        self.fields["email"].help_text = _("A link to choose a password is sent here.")
        self.fields["username"].required = False
        self.fields["username"].help_text = _("Leave empty to use the e-mail address.")

    def clean(self) -> CleanedData:
        """Name the person by their address where no name is given."""
        self.cleaned_data["username"] = self.cleaned_data.get("username") or (
            self.cleaned_data.get("email") or ""
        )
        return super().clean()


class RolesFormSet(RowFormSet):
    """The roles of a person that the one who asks may give and take."""

    # Set by the admin, which knows who asks.
    by: User

    def clean(self) -> None:
        """Refuse to leave somebody where the one who asks finds them no more, or oneself.

        Raises:
            ValidationError: no role is left, or one's own last right to manage people goes.
        """
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if self._is_kept(form)]
        self._check_some_role(kept)
        self._check_own_role(kept)

    def _is_kept(self, form: "forms.ModelForm[Any]") -> bool:
        is_given = bool(form.cleaned_data.get("role") and form.cleaned_data.get("organisation"))
        return is_given and form not in self.deleted_forms

    def _check_some_role(self, kept: list[dict[str, object]]) -> None:
        person, is_new = self.instance, self.instance.pk is None
        if kept or person.is_superuser:
            return
        if is_new:
            raise ValidationError(_("Choose at least one role. Nobody can log in without a role."))
        may_be_left = permissions.finds_without_role(self.by)
        elsewhere = Membership.objects.filter(user=person).exclude(
            permissions.given_memberships(self.by)
        )
        if not may_be_left and not elsewhere.exists():
            raise ValidationError(
                _(
                    "The last role cannot be removed, because you would not find the "
                    "person again. Untick “Active” instead, and the person can no longer "
                    "log in."
                )
            )

    def _check_own_role(self, kept: list[dict[str, object]]) -> None:
        if self.instance.pk != self.by.pk or permissions.is_everything(self.by):
            return
        is_still = any(row["role"] in ADMINISTRATORS for row in kept)
        if not is_still and RESIGN not in self.data:
            raise ValidationError(
                _(
                    "This removes your own last role as administrator, and you cannot "
                    "give it back to yourself. Tick “I give up my role as administrator” "
                    "if that is what you want."
                )
            )
