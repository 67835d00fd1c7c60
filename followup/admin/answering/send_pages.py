"""Send suppliers the questions of a follow-up, or of many at once."""

from collections.abc import Sequence
from typing import Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actionplan import permissions as plan_permissions
from actionplan.models import User
from actionplan.permissions import signed_in
from actionplan.text import figure
from followup import permissions
from followup.actions.answering.supplier_forms import WEEKS, FormFacts, send_form, token_of
from followup.admin.answering.forms import RecipientForm, SendForm, SendManyForm
from followup.admin.pages.follow_up_pages import address_of, written
from followup.models import FollowUp, FollowUpStatus, Method, SupplierForm
from requirements_pkg.backoffice.pages import page

# Of a batch; the rest comes in the next one.
MOST: Final = 50


@require_http_methods(["GET", "POST"])
def send_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say until when the supplier answers, and give the address; mail it where there is one."""
    follow_up = written(request, pk)
    there = SupplierForm.objects.filter(follow_up=follow_up).first()
    by = signed_in(request.user)
    form = SendForm(
        request.POST if request.method == "POST" else None,
        instance=there,
        initial=None if there else _proposed(follow_up, by),
    )
    if request.method == "POST" and form.is_valid():
        is_new_address = form.cleaned_data.pop("is_new_address", False)
        try:
            send_form(
                follow_up=follow_up,
                facts=cast(FormFacts, form.cleaned_data),
                by=by,
                is_new_address=is_new_address,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The questions can be answered on the supplier's page."))
            return HttpResponseRedirect(reverse("admin:followup_send", args=[pk]))
    context = {
        "title": _("Send to the supplier"),
        "follow_up": follow_up,
        "home": address_of(follow_up),
        "form": form,
        "sent": there,
        "address": request.build_absolute_uri(reverse("supplier_form", args=[token_of(there)]))
        if there is not None and there.is_open
        else "",
    }
    return page(request, "followup/admin/answering/send.html", context)


def _proposed(follow_up: FollowUp, by: User) -> dict[str, object]:
    """Return what a new form says first."""
    return {
        **_proposed_to_many(by),
        "sender": follow_up.organisation.name,
        "email": known_addresses([follow_up], by)[follow_up.pk],
    }


def known_addresses(follow_ups: Sequence[FollowUp], by: User) -> dict[int, str]:
    """Return where the questions of the same contracts were sent last, by follow-up: one query.

    Only what this person sees is looked at.
    """
    contracts = {row.contract_id for row in follow_ups if row.contract_id is not None}
    references = {row.contract_reference for row in follow_ups if row.contract_id is None}
    rows = SupplierForm.objects.filter(
        Q(follow_up__contract__in=contracts) | Q(follow_up__contract_reference__in=references),
        permissions.visible(by, "follow_up"),
    ).exclude(email="")
    names = ("contract", "organisation", "contract_reference")
    # The newest of each counts.
    known: dict[tuple[int | str, ...], str] = {
        (contract,) if contract is not None else (owner, reference): email
        for contract, owner, reference, email in rows.order_by("sent_at").values_list(
            *(f"follow_up__{name}" for name in names), "email"
        )
    }
    return {row.pk: known.get(_contract_key(row), "") for row in follow_ups}


def _contract_key(follow_up: FollowUp) -> tuple[int | str, ...]:
    if follow_up.contract_id is not None:
        return (follow_up.contract_id,)
    return (follow_up.organisation_id, follow_up.contract_reference)


@require_http_methods(["GET", "POST"])
def send_many_page(request: HttpRequest) -> HttpResponse:
    """Send the questions of many planned follow-ups at once, each to its own supplier.

    Raises:
        PermissionDenied: the person follows up nothing.
    """
    by = signed_in(request.user)
    if not plan_permissions.may_follow_up_something(by):
        raise PermissionDenied
    rows = _waiting(by)
    known = known_addresses(rows, by)
    data = request.POST if request.method == "POST" else None
    form = SendManyForm(data, initial=_proposed_to_many(by))
    recipients = [
        (
            follow_up,
            RecipientForm(data, prefix=f"f{follow_up.pk}", initial={"email": known[follow_up.pk]}),
        )
        for follow_up in rows
    ]
    are_valid = [form.is_valid(), *(recipient.is_valid() for _row, recipient in recipients)]
    if data is not None and all(are_valid):
        wanted = [
            (row, recipient) for row, recipient in recipients if recipient.cleaned_data["is_sent"]
        ]
        if not wanted:
            form.add_error(None, _("Tick at least one follow-up to send."))
        elif not (unsent := _send_all(request, wanted, form, by)):
            return HttpResponseRedirect(reverse("admin:followup_send_many"))
        else:
            recipients = [(row, recipient) for row, recipient in wanted if row.pk in unsent]
    context = {"title": _("Send to several suppliers"), "form": form, "recipients": recipients}
    return page(request, "followup/admin/answering/send_many.html", context)


def _waiting(by: User) -> list[FollowUp]:
    """Return the planned follow-ups by questions whose supplier has been sent nothing."""
    rows = FollowUp.objects.filter(
        permissions.writable(by),
        status=FollowUpStatus.PLANNED,
        method__in=(Method.SELF_ASSESSMENT, Method.TRANSPARENCY),
        questions__isnull=False,
        supplier_form__isnull=True,
    )
    return list(rows.with_names().distinct().order_by("planned_for", "pk")[:MOST])


def _proposed_to_many(by: User) -> dict[str, object]:
    contact = ", ".join(filter(None, (by.get_full_name() or by.get_username(), by.email)))
    return {"reply_by": timezone.localdate() + WEEKS, "contact": contact}


def _send_all(
    request: HttpRequest,
    wanted: Sequence[tuple[FollowUp, RecipientForm]],
    form: SendManyForm,
    by: User,
) -> set[int]:
    """Send each by itself, and return the keys of those that could not be: the form says why."""
    unsent: dict[int, str] = {}
    for follow_up, recipient in wanted:
        facts = cast(FormFacts, {**form.cleaned_data, "email": recipient.cleaned_data["email"]})
        try:
            send_form(follow_up=follow_up, facts=facts, by=by)
        except ValidationError as error:
            unsent[follow_up.pk] = f"{follow_up}: {' '.join(error.messages)}"
    for sentence in unsent.values():
        form.add_error(None, sentence)
    if number := len(wanted) - len(unsent):
        text = ngettext(
            "%(number)s supplier can answer now.", "%(number)s suppliers can answer now.", number
        )
        messages.success(request, text % {"number": figure(number)})
    return set(unsent)
