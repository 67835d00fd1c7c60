"""Which admin there is. Read by Django before any model, and so in a module of its own."""

import gc
from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule


class HouseAdminConfig(SimpleAdminConfig):
    """Makes our site the admin that models are registered with."""

    default_site = "actionplan.admin_site.Site"

    def ready(self) -> None:
        """Read what every app offers in the admin, but for the log-in's: nobody edits its rows."""
        super().ready()
        for app in apps.get_app_configs():
            if not app.name.startswith("allauth") and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")
        # Everything is loaded now, and stays: see the settings.
        gc.freeze()
        gc.enable()
