"""The forms of invitations: whom to ask, and who it is that comes."""

from typing import Final

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import SetPasswordMixin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan import permissions
from actionplan.django_edges import CleanedData, Handed
from actionplan.models import Invitation, Organisation, User
from actionplan.text import figure

DAYS: Final = (3, 7, 14, 30)
USUAL_DAYS: Final = 7


class InvitationForm(forms.Form):
    """Whom to invite, as what, and how long the link works."""

    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=User._meta.get_field("email").max_length,
        help_text=gettext_lazy("The link is sent here. Only who reads this mail can join."),
    )

    def __init__(self, *args: Handed, by: User, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(
            Organisation.objects.filter(permissions.manageable_at(by)), label=_("Organisation")
        )
        self.fields["roles"] = forms.MultipleChoiceField(
            choices=[(role, role.label) for role in permissions.given_roles(by)],
            label=_("Roles"),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["days"] = forms.TypedChoiceField(
            choices=[(days, _days(days)) for days in DAYS],
            coerce=int,
            initial=USUAL_DAYS,
            label=_("The link works for"),
        )


def _days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": figure(days)}


class JoinForm(SetPasswordMixin, forms.Form):  # type: ignore[type-arg]
    """Who somebody is who was invited, and the password that only they know."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=User._meta.get_field("first_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=User._meta.get_field("last_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=gettext_lazy("Password"), label2=gettext_lazy("The password again")
    )

    def __init__(self, *args: Handed, invitation: Invitation, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        rules = password_validation.password_validators_help_text_html()
        self.fields["password1"].help_text = rules
        self.fields["password2"].help_text = ""

    def clean(self) -> CleanedData:
        """Refuse a password that is short, common, or built of who somebody is."""
        self.validate_passwords()
        cleaned: CleanedData = super().clean() or self.cleaned_data
        person = User(
            username=self.invitation.email,
            email=self.invitation.email,
            first_name=cleaned.get("first_name", ""),
            last_name=cleaned.get("last_name", ""),
        )
        self.validate_password_for_user(person)
        return cleaned
