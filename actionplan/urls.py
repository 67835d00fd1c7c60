"""All addresses. Other apps are named in strings, as settings do."""

from django.contrib import admin
from django.urls import include, path

from actionplan.public import views, well_known

handler400 = "actionplan.public.views.bad_request"
handler500 = "actionplan.public.views.fault"
# Asked by the log-in, where somebody tries too often.
handler429 = "actionplan.accounts.entering.entrance.too_many"

urlpatterns = [
    path("", include("requirements_pkg.urls")),
    path("", include("followup.urls")),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", include("actionplan.accounts.urls")),
    path("admin/", admin.site.urls),
]
