"""Forms that anybody may send, bounded without cookies, scripts or third parties.

A page that is sent within seconds, or a day old, was not written on by a person, and a field that
no person sees stays empty. How often somebody sends is bounded by `actionplan.throttling`.
"""

from datetime import timedelta
from typing import Final

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST: Final = timedelta(seconds=3)
MOST: Final = timedelta(hours=24)
SIGNER: Final = Signer(salt="sent without a log-in")


class OpenForm(forms.Form):
    """A form without a log-in, with when its page was made and a trap for programs."""

    # Hidden from people by a style sheet, and called what programs fill in.
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    # In the order of the page, without those of every form.
    order: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="id_%s")

    @property
    def is_trapped(self) -> bool:
        """Whether something was written where no person sees a field."""
        return bool(self.data.get("website"))

    @property
    def stamp(self) -> str:
        """A new mark of when the page was made."""
        return SIGNER.sign(str(timezone.now().timestamp()))

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields that people fill in."""
        return [self[name] for name in self.order]

    def clean_page(self) -> str:
        """Refuse what was sent too soon, or from a page that is too old.

        Raises:
            ValidationError: send it again.
        """
        stamp = str(self.cleaned_data["page"])
        try:
            made = float(SIGNER.unsign(stamp))
        except (BadSignature, ValueError):
            made = 0.0
        age = timezone.now().timestamp() - made
        if age > MOST.total_seconds():
            raise forms.ValidationError(
                _("The page has been open for long. Look through it and send it again.")
            )
        if age < LEAST.total_seconds():
            raise forms.ValidationError(_("That was quick. Wait a few seconds and send it again."))
        return stamp
