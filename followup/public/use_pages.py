"""Where a buyer says that a selection was used, confirms it from her mail, and takes it back."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplan.text import swedish_key
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from followup.actions.contracts import use_claims
from followup.models import UseClaim, UseKind, ValueClass
from requirements_pkg.choosing import selection
from requirements_pkg.document.schema import Requirement
from requirements_pkg.models import PackageVersion, RequirementLevel, RequirementsPackage
from requirements_pkg.public.dialogue.consultation_pages import unkept
from requirements_pkg.public.dialogue.sent_forms import OpenForm
from requirements_pkg.public.selection_pages import too_many
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import stored_facts
from requirements_pkg.tender.selected.versions import ReadSelection, read_selection


def _named(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), capfirst(str(label))) for value, label in choices.choices]


class UseForm(OpenForm):
    """Who has used a selection, and in what."""

    authority = forms.CharField(
        label=_("Your authority"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "myndigheter"}),
        error_messages={"required": _("State which authority has used the selection.")},
    )
    reference = forms.CharField(
        label=_("Your reference"),
        max_length=100,
        help_text=_("Such as the registration number of the procurement. It is not published."),
    )
    kind = forms.ChoiceField(
        label=_("What were the requirements used in?"),
        choices=lambda: _named(UseKind),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the requirements were used in.")},
    )
    value_class = forms.ChoiceField(
        label=_("What is it worth?"),
        choices=lambda: _named(ValueClass),
        initial=ValueClass.UNSTATED,
        help_text=_("It is not published."),
    )
    level = forms.ChoiceField(
        label=_("Highest level that you used"), choices=lambda: _named(RequirementLevel)
    )
    email = forms.EmailField(
        label=_("Your email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We mail you a link. Nothing counts until you have confirmed with it."),
    )
    has_consented = forms.BooleanField(
        label=_("You may keep my address to be able to ask me about it"),
        error_messages={"required": _("Tick that we may keep your address.")},
    )
    order = (
        *("authority", "reference", "kind", "value_class", "level"),
        *("email", "has_consented"),
    )

    def __init__(self, data: QueryDict | None = None, *, level: str = "") -> None:
        super().__init__(data)
        self.fields["level"].initial = level


@bounded(AllowanceKind.VOICES, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest) -> HttpResponseBase:
    """Ask who has used the selection of the address, and take the answer in.

    Raises:
        Http404: none of its packages and versions exists, or nothing is chosen.
    """
    try:
        selected = selection.parse(in_address(request)).bare
    except selection.TooManyCodes as error:
        return too_many(request, error)
    read = read_selection(selected)
    requirements = [row for part in read.parts for row in part.picked.requirements]
    if not requirements or read.missing:
        raise Http404
    form = UseForm(request.POST or None, level=_highest(requirements))
    here = f"{request.path}?{read.selection.query()}"
    if request.method == "POST" and (form.is_trapped or _is_taken_in(form, read)):
        # A program that fell into the trap is told what everybody is.
        return HttpResponseRedirect(f"{here}&tack=1")
    context = {
        "form": form,
        "authorities": _known_names(),
        "parts": read.parts,
        "here": here,
        "back": f"{reverse('selection')}?{read.selection.query()}",
        "count": len(requirements),
        "is_sent": "tack" in request.GET,
        "section": "selection",
    }
    return unkept(request, "followup/use/use.html", context, 400 if form.is_bound else 200)


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def use_claim(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a use from its mail, or take it back: mail programs fetch links, so buttons do."""
    claim = use_claims.claim_of(token)
    if claim is None:
        raise Http404
    if request.method == "POST":
        if "_ta-tillbaka" in request.POST:
            use_claims.take_back_claim(claim)
            return unkept(request, "followup/use/taken_back.html", {"section": "selection"})
        use_claims.confirm_claim(claim)
        return HttpResponseRedirect(request.path)
    context = {"claim": claim, "back": f"{reverse('selection')}?{claim.selection}"}
    return unkept(request, "followup/use/claim.html", {**context, "section": "selection"})


def _known_names() -> list[str]:
    """Return the regions that published plans name, to choose from."""
    versions = PackageVersion.objects.in_force()
    rows = stored_facts.rows(versions, "facts__listing")
    names = {listing.coordinator for (listing,) in rows if not listing.is_shared}
    return sorted(names, key=swedish_key)


def _highest(requirements: list[Requirement]) -> str:
    """Return the highest level of some requirements."""
    levels = RequirementLevel.values
    return max((row.level for row in requirements), key=levels.index)


def _is_taken_in(form: UseForm, read: ReadSelection) -> bool:
    """Store what was sent; what cannot be is said in the form."""
    if not form.is_valid():
        return False
    claim = UseClaim(
        package=RequirementsPackage.objects.get(slug=read.selection.slug),
        selection=read.selection.query(),
        **{name: form.cleaned_data[name] for name in form.order},
    )
    try:
        use_claims.take_in_claim(claim)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()
