"""The forms of asking suppliers: one, or many at once."""

from typing import ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.django_edges import Handed
from actionplan.merging.merge_forms import LineField
from followup.actions.answering.supplier_forms import FACTS
from followup.admin.forms.follow_up_forms import date_input
from followup.models import SupplierForm

# What each of many is told alike.
COMMON: Final = ("reply_by", "sender", "contact", "message")


class SendForm(forms.ModelForm):  # type: ignore[type-arg]
    """Until when a supplier answers, who asks, and where the link is sent."""

    is_new_address = forms.BooleanField(
        label=gettext_lazy("Make a new address: the former one stops working"),
        required=False,
    )

    class Meta:
        model = SupplierForm
        fields: ClassVar[tuple[str, ...]] = FACTS
        field_classes = {"message": LineField}
        widgets = {
            "reply_by": date_input(),
            "message": forms.Textarea(attrs={"rows": 4}),
            **{name: forms.TextInput(attrs={"size": 60}) for name in ("sender", "contact")},
        }

    def __init__(self, *args: Handed, **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_new_address"]

    def clean_reply_by(self) -> object:
        """Refuse a day that has passed.

        Raises:
            ValidationError: nobody can reply by it.
        """
        day = self.cleaned_data["reply_by"]
        if day < timezone.localdate():
            raise ValidationError(_("The last day to reply has passed."))
        return day


class SendManyForm(SendForm):
    """What all suppliers of a batch are told alike."""

    class Meta(SendForm.Meta):
        fields = COMMON


class RecipientForm(forms.Form):
    """One follow-up of a batch: whether it is sent, and where."""

    is_sent = forms.BooleanField(label=gettext_lazy("Send"), required=False)
    email = forms.EmailField(label=gettext_lazy("The supplier's email address"), required=False)
