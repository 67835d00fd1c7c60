"""What became of the requirements of a contract since they were taken in, and what it means."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan.admin_site import admin_page
from actionplan.permissions import signed_in
from followup import permissions
from followup.actions.contracts.changes import note_changes
from followup.models import Contract, ContractRequirement
from requirements_pkg.backoffice.pages import page
from requirements_pkg.comparing.since import RequirementThenAndNow, changed_since
from requirements_pkg.document.schema import Document
from requirements_pkg.models import RequirementRevision
from requirements_pkg.published import catalogue

TICK = "krav"


@dataclass(frozen=True, slots=True)
class ChangedRequirement:
    """A requirement of a contract, the number of its newest wording, and both in words."""

    row: ContractRequirement
    newest: int
    since: RequirementThenAndNow | None

    @property
    def value(self) -> str:
        """What a tick sends: which row, and which wording was looked at."""
        return f"{self.row.pk}-{self.newest}"


class ChangeNoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What we do about it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Such as: the contract keeps its wording until the option, or is changed by agreement."
        ),
        error_messages={"required": gettext_lazy("Write what the change means for the contract.")},
    )


@admin_page("avtal/<int:pk>/andrade-krav/", name="followup_contract_changes")
@require_http_methods(["GET", "POST"])
def contract_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed of a contract's requirements, and keep what it means for the contract."""
    rows = Contract.objects.with_names().filter(permissions.visible_contracts(request.user))
    if not permissions.may_see_any(request.user):
        raise PermissionDenied
    contract = get_object_or_404(rows, pk=pk)
    may_write = permissions.may_write_contract(request.user, contract)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = ChangeNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_changes(
                contract=contract,
                looked_at=_ticked(request.POST.getlist(TICK)),
                note=form.cleaned_data["note"],
                by=signed_in(request.user),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("It is noted what the changes mean for the contract."))
            return HttpResponseRedirect(reverse("admin:followup_contract_change", args=[pk]))
    context = {
        "title": _("Changed requirements"),
        "contract": contract,
        "changes": list(_changed(contract)),
        "ticked": set(request.POST.getlist(TICK)),
        "form": form,
        "may_write": may_write,
    }
    return page(request, "followup/admin/contracts/changes.html", context)


def _ticked(values: list[str]) -> dict[int, int]:
    """Read which rows were ticked, with the wording that was shown of each."""
    pairs = (value.partition("-") for value in values)
    return {
        int(row): int(number)
        for row, _dash, number in pairs
        if row.isdecimal() and number.isdecimal() and len(row) < 10 and len(number) < 5
    }


def _changed(contract: Contract) -> Iterator[ChangedRequirement]:
    """Yield what changed, in the order of the contract."""
    rows = contract.requirements.changed().annotate(newest=Max("requirement__revisions__number"))
    known = list(rows.select_related("version__package", "requirement").defer("version__content"))
    revisions = RequirementRevision.objects.filter(
        requirement__in=[r.requirement_id for r in known]
    )
    first_in = {
        (key, number): (slug, version)
        for key, number, slug, version in revisions.values_list(
            "requirement", "number", "version__package__slug", "version__number"
        )
    }
    contents: dict[tuple[str, int], Document] = {}

    def content(slug: str, number: int) -> Document:
        if (slug, number) not in contents:
            version = catalogue.versions_of(slug).get(number)
            contents[slug, number] = catalogue.content_of(version)
        return contents[slug, number]

    for row in known:
        newest: int = vars(row)["newest"]
        then = content(row.version.package.slug, row.version.number)
        now = content(*first_in[row.requirement_id, newest])
        yield ChangedRequirement(
            row, newest, next(iter(changed_since(then, now, [row.code])), None)
        )
