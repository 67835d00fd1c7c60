"""The forms of publishing."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RequestForm(forms.Form):
    """What is new in the version."""

    note = forms.CharField(
        label=_("What is new"),
        help_text=_("In words a buyer understands. It is published with the version."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_note_helptext"}),
    )


class DecisionForm(forms.Form):
    """Why a request is returned; approving needs no words."""

    reason = forms.CharField(
        label=_("Reason for returning it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
