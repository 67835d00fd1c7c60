"""Where one asks for mails about what is published, confirms it, and leaves with one click."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actionplan.django_edges import Handed
from actionplan.throttling.allowance import AllowanceKind
from actionplan.throttling.bounded import bounded
from requirements_pkg.actions.dialogue import subscriptions
from requirements_pkg.choosing.selection import TooManyCodes, parse
from requirements_pkg.models import RequirementsPackage, Subscription
from requirements_pkg.public import responses
from requirements_pkg.public.dialogue.sent_forms import OpenForm
from requirements_pkg.public.selection_pages import too_many
from requirements_pkg.public.sent_pairs import in_address
from requirements_pkg.published import catalogue
from requirements_pkg.tender.selected.versions import read_selection


class PublishedNames(forms.Select):
    """Names as published: they are Swedish on an English page, too."""

    def create_option(
        self, name: str, value: object, *place: Handed, **rest: Handed
    ) -> dict[str, Handed]:
        """Return an option, marked as Swedish where it names what is published."""
        option = super().create_option(name, value, *place, **rest)
        if value:
            option["attrs"]["lang"] = "sv"
        return option


class SubscriptionForm(OpenForm):
    """An address, and what it is to hear of."""

    email = forms.EmailField(
        label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    order = ("email", "package")

    def __init__(self, data: QueryDict | None = None, *, slug: str = "") -> None:
        super().__init__(data)
        listed = [("", _("All requirements packages")), *_packages()]
        self.fields["package"] = forms.ChoiceField(
            label=_("Requirements package"),
            required=False,
            choices=listed,
            initial=slug,
            widget=PublishedNames,
        )


def _packages() -> list[tuple[str, str]]:
    """Return the packages of which something is in force: addresses, and names as published."""
    listed = catalogue.listed(catalogue.in_force(), timezone.localdate())
    return [(package.slug, f"{package.title} {package.period}".strip()) for package in listed]


def published_name(subscription: Subscription) -> str:
    """Return what a subscription is to, as it was published last; "" for everything."""
    return dict(_packages()).get(subscription.package.slug, "") if subscription.package else ""


@bounded(AllowanceKind.VOICES, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail it how to confirm: the answer is the same for every address."""
    form = SubscriptionForm(request.POST or None, slug=request.GET.get("paket", ""))
    if request.method == "POST" and (form.is_trapped or _is_taken_in(form)):
        return HttpResponseRedirect(f"{request.path}?tack=1")
    context = {"form": form, "is_sent": "tack" in request.GET, "section": "packages"}
    return _page(
        request,
        "requirements_pkg/dialogue/subscribe.html",
        context,
        status=400 if form.is_bound else 200,
    )


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a subscription from its mail: mail programs fetch links, so only a button does."""
    row = _row(token)
    if request.method == "POST":
        subscriptions.confirm(row)
    context = {
        "name": published_name(row),
        "selection": row.selection,
        "token": token,
        "is_confirmed": row.confirmed_at is not None,
    }
    return _page(request, "requirements_pkg/dialogue/subscription.html", context)


@bounded(AllowanceKind.FORMS, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription, also by the POST that mail programs send themselves (RFC 8058)."""
    row = subscriptions.subscription_of(token)
    if request.method == "POST" and row is not None:
        subscriptions.leave(row)
        row = None
    return _page(request, "requirements_pkg/dialogue/unsubscribe.html", {"subscription": row})


class SelectionForm(OpenForm):
    """An address that is to hear of a selection."""

    email = forms.EmailField(
        label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    order = ("email",)


@bounded(AllowanceKind.VOICES, of=("POST",))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe_to_selection(request: HttpRequest) -> HttpResponseBase:
    """Ask for an address that is to hear of the selection in the address of the page.

    Raises:
        Http404: none of its packages and versions exists.
    """
    try:
        wanted = read_selection(parse(in_address(request))).selection.bare
    except TooManyCodes as error:
        return too_many(request, error)
    if not wanted.count or not wanted.fits:
        raise Http404
    form = SelectionForm(request.POST or None)
    if request.method == "POST" and (form.is_trapped or _is_taken_in(form, wanted.query())):
        return HttpResponseRedirect(f"{request.path}?{wanted.query()}&tack=1")
    context = {"form": form, "is_sent": "tack" in request.GET, "selection": wanted}
    response = _page(
        request,
        "requirements_pkg/dialogue/subscribe.html",
        context,
        status=400 if form.is_bound else 200,
    )
    responses.take(request, response)
    return response


def _is_taken_in(form: OpenForm, selection: str = "") -> bool:
    if not form.is_valid():
        return False
    slug = form.cleaned_data.get("package")
    package = RequirementsPackage.objects.get(slug=slug) if slug else None
    email = form.cleaned_data["email"]
    try:
        subscriptions.ask_to_subscribe(email=email, package=package, selection=selection)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()


def _row(token: str) -> Subscription:
    row = subscriptions.subscription_of(token)
    if row is None:
        raise Http404
    return row


def _page(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """Show a page that no cache and no search engine keeps."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
