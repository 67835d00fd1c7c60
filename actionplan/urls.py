"""All addresses. Other apps are named in strings, as settings do."""

from django.contrib import admin
from django.urls import include, path

from actionplan import views

urlpatterns = [
    path("", include("requirements_pkg.urls")),
    path("", include("followup.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
