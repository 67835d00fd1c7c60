"""The admin, with pages of its own that belong to no model: each app adds those it has.

`admin_page` registers one as `admin.register` registers a model; its address is then one of the
admin's, asks for a login, and is named `admin:…`.
"""

from collections.abc import Callable
from functools import partial, update_wrapper
from itertools import groupby
from typing import Final, TypeVar, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from actionplan.audit.reading import tell_reading
from actionplan.django_edges import Handed
from actionplan.extension_points import (
    AdminPage,
    AdminPlace,
    PlaceGroup,
    admin_pages,
    admin_places,
    front_panels,
)
from actionplan.kept_forms import pages as kept_pages
from actionplan.kept_forms import senders, sent

View = Callable[..., HttpResponseBase]
AdminView = TypeVar("AdminView", bound=View)
HEADINGS: Final = {PlaceGroup.WORK: _("Work"), PlaceGroup.LOOK_UP: _("Look up")}


def admin_page(route: str, *, name: str) -> Callable[[View], View]:
    """Add a view to the admin, at a route below it."""

    def register(view: View) -> View:
        admin_pages(AdminPage(route, name, view))
        return view

    return register


class Site(admin.AdminSite):
    """Django's own admin with the pages that were added; nothing that is sent to it gets lost."""

    def admin_view(self, view: AdminView, cacheable: bool = False) -> AdminView:
        """Ask for a log-in; what was sent without one comes back in its form after it."""
        inner = super().admin_view(view, cacheable)

        def kept_view(request: HttpRequest, *args: Handed, **kwargs: Handed) -> HttpResponseBase:
            is_sent = request.method == "POST"
            if not request.user.is_authenticated:
                is_leaving = request.path == reverse("admin:logout")
                if is_sent and not is_leaving:
                    return kept_pages.log_in_again(request, sent.SentForm.of(request))
                return inner(request, *args, **kwargs)
            kept = None if is_sent else sent.kept_for(request)
            response: HttpResponseBase
            if kept is None:
                response = inner(request, *args, **kwargs)
            else:
                response = kept_pages.brought_back(
                    request, kept, lambda: inner(request, *args, **kwargs)
                )
            tell_reading(request, response)
            if is_sent and isinstance(response, HttpResponseRedirect):
                sent.forget(request)
            # Whoever has logged out here still sent what stands open in another tab.
            if request.user.is_authenticated:
                senders.remember(request, response)
            if not response.has_header("Cache-Control"):
                # Django lets the pages of one's own password be kept: they show a name.
                add_never_cache_headers(response)
            return response

        # It takes and gives what the view does.
        return update_wrapper(kept_view, inner)  # type: ignore[return-value]

    def index(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> TemplateResponse:
        """Show the first page: what waits for whoever has logged in, and what is theirs."""
        panels = [panel for panels_of in [*front_panels][::-1] for panel in panels_of(request)]
        context = {"title": self.index_title, "panels": panels, **(extra_context or {})}
        return self._page(request, "admin/index.html", context)

    def registers(self, request: HttpRequest) -> TemplateResponse:
        """Show every kind of row that whoever asks has a list of."""
        template = "actionplan/admin/workspace/registers.html"
        return self._page(request, template, {"title": _("Registers")})

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, object]]:
        """Return every kind of row by app, which is worked out only where a page shows it.

        Django puts it into each page; for some ninety addresses that takes longer than the rest.
        """
        work = partial(super().get_app_list, request, app_label)
        return cast("list[dict[str, object]]", SimpleLazyObject(work))

    def each_context(self, request: HttpRequest) -> dict[str, object]:
        """Return what every page has, with the places of its side menu."""
        return {**super().each_context(request), "places": places(request)}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path(page.route, self.admin_view(page.view), name=page.name) for page in admin_pages
        ]
        registers = path("register/", self.admin_view(self.registers), name="registers")
        return [*own, registers, *super().get_urls()]

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, object]
    ) -> TemplateResponse:
        request.current_app = self.name
        return TemplateResponse(request, template, {**self.each_context(request), **context})


def places(request: HttpRequest) -> list[dict[str, object]]:
    """Return the groups of the side menu, each place with whether one is there."""
    home = AdminPlace(str(_("Home")), reverse("admin:index"), PlaceGroup.MINE)
    registers = AdminPlace(str(_("Registers")), reverse("admin:registers"), PlaceGroup.LOOK_UP)
    listed = [home, *(place for of in admin_places for place in of(request)), registers]
    around = [place for place in listed[1:] if request.path.startswith(place.address)]
    here = max(around, key=lambda place: len(place.address), default=None)
    if request.path == home.address:
        here = home
    ordered = sorted(listed, key=lambda place: place.group)
    return [
        {
            "heading": HEADINGS.get(group, ""),
            "places": [(place, place is here) for place in of_group],
        }
        for group, of_group in groupby(ordered, key=lambda place: place.group)
    ]
