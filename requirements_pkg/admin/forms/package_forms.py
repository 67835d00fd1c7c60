"""The forms of packages: their words, publishing, withdrawing, including."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from actionplan.django_edges import CleanedData, FormData, Handed
from actionplan.django_edges.form_fields import form_field
from actionplan.merging.merge_forms import LineField, MergingMixin
from actionplan.models import ActionPlan
from actionplan.text import figure
from requirements_pkg.models import (
    AcceptedProof,
    PackageVersion,
    Requirement,
    RequirementSource,
    RequirementsPackage,
)


class NamesStandField(forms.CharField):
    """Why words that may name somebody may stand."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Why words that may name somebody may stand"),
            help_text=_(
                "Fill in if you are told of such words. Your name and the reason are kept, and "
                "shown to whoever approves. Not published."
            ),
            max_length=2000,
            required=False,
            widget=forms.Textarea(
                attrs={"rows": 2, "aria-describedby": "id_names_stand_helptext"}
            ),
        )


class RequestForm(forms.Form):
    """What is new in the version."""

    note = forms.CharField(
        label=_("What is new"),
        help_text=_("In words a buyer understands. It is published with the version."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_note_helptext"}),
    )
    names_stand = NamesStandField()


class DecisionForm(forms.Form):
    """Why a request is returned; approving needs no words."""

    reason = forms.CharField(
        label=_("Reason for returning"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    with_comments = forms.BooleanField(required=False)
    despite_unread = forms.BooleanField(required=False)

    def __init__(
        self, data: FormData = None, *, unread: int = 0, comments: Sequence[str] = ()
    ) -> None:
        super().__init__(data)
        self.unread, self.comments = unread, comments
        self._ask_of_comments()
        self._ask_of_unread(unread)

    def _ask_of_comments(self) -> None:
        if not self.comments:
            del self.fields["with_comments"]
            return
        label = ngettext(
            "Take your unresolved comment along as a reason",
            "Take your %(number)s unresolved comments along as reasons",
            len(self.comments),
        )
        self.fields["with_comments"].label = label % {"number": figure(len(self.comments))}

    def _ask_of_unread(self, unread: int) -> None:
        if not unread:
            del self.fields["despite_unread"]
            return
        label = ngettext(
            "Approve although %(number)s change is not ticked as read",
            "Approve although %(number)s changes are not ticked as read",
            unread,
        )
        self.fields["despite_unread"].label = label % {"number": figure(unread)}

    def clean(self) -> CleanedData:
        """Ask whoever approves what is not read whether that is meant.

        Raises:
            ValidationError: it was not said.
        """
        if "_approve" in self.data and self.unread and not self.cleaned_data["despite_unread"]:
            sentence = gettext(
                "Not everything is ticked as read. Read the rest, or tick that you approve anyway."
            )
            raise forms.ValidationError(sentence)
        return self.cleaned_data

    @property
    def reasons(self) -> str:
        """Why the request is returned, with the comments that were taken along."""
        comments = self.comments if self.cleaned_data.get("with_comments") else ()
        return "\n\n".join(filter(None, (self.cleaned_data["reason"], *comments)))


class PackageForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The words of a package, and who keeps it if it is shared."""

    class Meta:
        model = RequirementsPackage
        fields = ["title", "steward", "slug", "introduction"]
        field_classes = {"introduction": LineField}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 8})}

    def prepare(self) -> None:
        """Leave out the steward of a plan's package, and require that of a shared module.

        An address that is stored cannot be changed: people have linked to it.
        """
        if self.instance.plan_id is not None:
            self.fields.pop("steward", None)
        elif "steward" in self.fields:
            self.fields["steward"].required = True
        if self.is_of_something_stored() and "slug" in self.fields:
            self.fields["slug"].disabled = True

    def clean_slug(self) -> str:
        """Return the address, unless a plan has it: that plan's package will stand there.

        Raises:
            ValidationError: a plan has it.
        """
        slug: str = self.cleaned_data["slug"]
        is_new = not self.is_of_something_stored()
        if is_new and ActionPlan.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                _("A plan has this address, and its package will get it. Choose another address.")
            )
        return slug


class AddressField(forms.URLField):
    """A web address; one that is written without its scheme is a safe one."""

    def __init__(self, **kwargs: Handed) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class SourceForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Where what a requirement says comes from."""

    class Meta:
        model = RequirementSource
        fields = ["title", "url", "dated", "position"]
        field_classes = {"url": AddressField}


class AcceptedProofForm(MergingMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A label or a certificate that requirements may accept."""

    class Meta:
        model = AcceptedProof
        fields = ["name", "owner", "url", "proves"]
        field_classes = {"url": AddressField}


class WithdrawVersionForm(forms.Form):
    """Why a version is no longer to be used, and which one is."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is shown to everybody."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_reason_helptext"}),
    )
    replaced_by = forms.ModelChoiceField(
        label=_("Use instead"), queryset=PackageVersion.objects.none(), required=False
    )
    names_stand = NamesStandField()

    def __init__(self, data: FormData, *, version: PackageVersion) -> None:
        super().__init__(data)
        others = PackageVersion.objects.filter(package=version.package, withdrawal__isnull=True)
        menu = form_field(self, "replaced_by", forms.ModelChoiceField)
        menu.queryset = others.exclude(pk=version.pk).defer("content").select_related("package")


class WithdrawRequirementForm(forms.Form):
    """From when a requirement is no longer to be used, why, and what is."""

    on = forms.DateField(
        label=_("Withdrawn on"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is shown to everybody when the package is published."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_reason_helptext"}),
    )
    successor = forms.ModelChoiceField(
        label=_("Use instead"), queryset=Requirement.objects.none(), required=False
    )

    def __init__(self, data: FormData, *, requirement: Requirement) -> None:
        super().__init__(data)
        others = Requirement.objects.filter(package=requirement.package_id).active()
        menu = form_field(self, "successor", forms.ModelChoiceField)
        menu.queryset = others.exclude(pk=requirement.pk).in_reading_order()


class IncludeForm(forms.Form):
    """Which shared module, at its newest version in force."""

    version = forms.ModelChoiceField(
        label=_("Shared module"), queryset=PackageVersion.objects.none(), empty_label=None
    )

    def __init__(self, data: FormData, *, package: RequirementsPackage) -> None:
        super().__init__(data)
        rows = PackageVersion.objects.in_force().filter(package__plan__isnull=True)
        self.versions = (
            rows.exclude(package__included_in__package=package)
            .defer("content")
            .select_related("package")
            .order_by("package__title")
        )
        form_field(self, "version", forms.ModelChoiceField).queryset = self.versions
