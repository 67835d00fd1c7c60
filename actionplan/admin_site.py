"""The admin, with pages of its own that belong to no model: each app adds those it has.

`admin_page` registers one as `admin.register` registers a model; its address is then one of the
admin's, asks for a login, and is named `admin:…`.
"""

from collections.abc import Callable

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

View = Callable[..., HttpResponse]
_pages: list[tuple[str, str, View]] = []


def admin_page(route: str, *, name: str) -> Callable[[View], View]:
    """Add a view to the admin, at a route below it."""

    def register(view: View) -> View:
        _pages.append((route, name, view))
        return view

    return register


class Site(admin.AdminSite):
    """Django's own admin with the pages that were added."""

    login_template = "admin/log_in.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path(route, self.admin_view(view), name=name) for route, name, view in _pages]
        return [*own, *super().get_urls()]


class HouseAdminConfig(AdminConfig):
    """Makes it the admin that models are registered with."""

    default_site = "actionplan.admin_site.Site"
