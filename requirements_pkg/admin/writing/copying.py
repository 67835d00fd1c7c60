"""The page on which a requirement is copied into a package: its own or another."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from actionplan.django_edges import FormData
from actionplan.django_edges.form_fields import form_field
from actionplan.models import ActionPlan, User
from actionplan.permissions import editable as editable_plans
from actionplan.permissions import may_edit_something, signed_in
from requirements_pkg import permissions
from requirements_pkg.actions.publishing import package_or_new
from requirements_pkg.actions.requirements import copy_requirement
from requirements_pkg.backoffice.pages import package_at, page, requirement_address
from requirements_pkg.models import Requirement, RequirementsPackage


class CopyForm(forms.Form):
    """Which package gets the copy: those that the person edits, the requirement's own first."""

    package = forms.ChoiceField(label=gettext_lazy("Copy to"))

    def __init__(self, data: FormData, *, own: RequirementsPackage, by: User) -> None:
        super().__init__(data)
        rows = RequirementsPackage.objects.with_owner().filter(permissions.editable(by))
        packages = sorted(rows, key=lambda package: (package.pk != own.pk, package.dated))
        # A plan gets its package with its first requirement.
        plans = ActionPlan.objects.with_head().filter(editable_plans(by), package__isnull=True)
        self.packages = {f"paket-{package.pk}": package for package in packages}
        self.packages |= {f"plan-{plan.pk}": package_or_new(plan) for plan in plans}
        field = form_field(self, "package", forms.ChoiceField)
        field.choices = [
            (key, package.dated if package.pk else str(package.plan))
            for key, package in self.packages.items()
        ]

    @property
    def target(self) -> RequirementsPackage:
        """The package that was chosen, not stored yet where it is a plan's first."""
        return self.packages[self.cleaned_data["package"]]


@require_http_methods(["GET", "POST"])
def copy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a requirement into a package that this person edits, and lead to the copy."""
    requirement = get_object_or_404(Requirement, pk=pk)
    own = package_at(request, requirement.package_id)
    by = signed_in(request.user)
    if not may_edit_something(by):
        raise PermissionDenied
    form = CopyForm(request.POST or None, own=own, by=by)
    if not form.packages:
        nothing = _("There is no package that you can edit.")
        context = {"title": _("Copy a requirement"), "opts": Requirement._meta, "nothing": nothing}
        return page(request, "admin/choose.html", context)
    if request.method == "POST" and form.is_valid():
        try:
            copy = copy_requirement(requirement=requirement, package=form.target, by=by)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = _("%(code)s is a copy of %(original)s. Look through it and save what differs.")
            messages.success(request, text % {"code": copy.code, "original": requirement.code})
            return HttpResponseRedirect(requirement_address(copy))
    lead = _(
        "Words, points, CPV codes and sources come along. Risks, sub-goals and product areas "
        "do so within the same package. The copy is a draft until its package is published."
    )
    context = {
        "title": _("Copy a requirement"),
        "what": requirement,
        "home": requirement_address(requirement),
        "lead": lead,
        "form": form,
        "send": _("Copy"),
    }
    return page(request, "requirements_pkg/admin/writing/one_form.html", context)
