"""What a person writes who sends a follow-up report, and who approves or returns one."""

from collections.abc import Mapping, Sequence

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import Handed
from actionplan.merging.merge_forms import LineField
from followup.models import FollowUpReport
from followup.report.screening import NameHit

CLEARED = "cleared_"


class ReportForm(forms.Form):
    """The day of the report, what is new, and why words that may name somebody may stand."""

    as_of = forms.DateField(
        label=_("As of"),
        help_text=_(
            "Readings up to this day are in the report. Counts are always those of today."
        ),
        widget=forms.DateInput(attrs={"type": "date", "aria-describedby": "id_as_of_helptext"}),
    )
    note = LineField(
        label=_("What is new in the report"),
        help_text=_("For everybody. It is published with the report."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "aria-describedby": "id_note_helptext"}),
    )

    def __init__(self, *args: Handed, hits: Sequence[NameHit] = (), **kwargs: Handed) -> None:
        super().__init__(*args, **kwargs)
        # The same words in the same text are judged once.
        self._by_key = {hit.key: hit for hit in hits}
        if not self.is_bound:
            self.initial.setdefault("as_of", timezone.localdate())
        for key, hit in self._by_key.items():
            self.fields[f"{CLEARED}{key}"] = forms.CharField(
                label=gettext("Why “%(words)s” may stand") % {"words": hit.words},
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def clearing(self) -> list[tuple[NameHit, BoundField]]:
        """Each hit with the field in which one says why it may stand."""
        return [(hit, self[f"{CLEARED}{key}"]) for key, hit in self._by_key.items()]

    @property
    def cleared(self) -> Mapping[str, str]:
        """By the key of a hit, why it may stand."""
        return {
            name.removeprefix(CLEARED): reason
            for name, reason in self.cleaned_data.items()
            if name.startswith(CLEARED) and reason.strip()
        }


class SecrecyForm(forms.ModelForm):  # type: ignore[type-arg]
    """The secrecy review of a report; a model form asks what the model does."""

    class Meta:
        model = FollowUpReport
        fields = ["ground", "other_ground", "conclusion"]
        widgets = {"conclusion": forms.Textarea(attrs={"rows": 4})}


class ReturnReportForm(forms.Form):
    """Why a report is returned."""

    reason = LineField(
        label=_("Reason for returning"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
