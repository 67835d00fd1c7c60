"""What a second person writes who returns a request."""

from django import forms
from django.utils.translation import gettext_lazy

from actionplan.merging.merge_forms import LineField


class AnswerRequestForm(forms.Form):
    """Why a request is returned; whoever approves need not write anything."""

    answer = LineField(
        label=gettext_lazy("Why it is returned"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only needed if you return the request. Confidential."),
    )
