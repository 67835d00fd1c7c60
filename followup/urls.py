"""The public addresses of follow-up: Swedish, ASCII, and for ever."""

from django.urls import path

from followup import views

urlpatterns = [
    path("uppfoljning/", views.status, name="status"),
    # Before the plans: no package may be called so.
    path("uppfoljning/oversikt/", views.overview, name="status_overview"),
    path("uppfoljning/<slug:slug>/", views.status_of_package, name="status_of_package"),
]
