"""What a person writes who asks that words are masked."""

from django import forms

from followup.models import Masking


class MaskingForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words, the provision and the reason; a model form asks what the model does."""

    class Meta:
        model = Masking
        fields = ["words", "ground", "other_ground", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
