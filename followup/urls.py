"""The public addresses of follow-up: Swedish, ASCII, and for ever."""

from django.urls import path

from followup import personal_views, views

urlpatterns = [
    path("uppfoljning/", views.status, name="status"),
    # Before the plans: no package may be called so.
    path("uppfoljning/oversikt/", views.overview, name="status_overview"),
    path("uppfoljning/sa-raknas-laget/", views.status_rules, name="status_rules"),
    path("uppfoljning/<slug:slug>/", views.status_of_package, name="status_of_package"),
    # One person's own: whoever has the address may.
    path("paminnelser/<str:token>/", personal_views.reminders_off, name="reminders_off"),
    path("kalender/<str:token>.ics", personal_views.calendar_feed, name="calendar"),
]
