"""Which admin there is. Read by Django before any model, and so in a module of its own."""

from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    """Makes our site the admin that models are registered with."""

    default_site = "actionplan.admin_site.Site"
