"""Our addresses, and the two that they are measured against."""

from django.urls import include, path

from benchmarks.sites import views

urlpatterns = [
    path("benchmark/trivial/", views.trivial),
    path("benchmark/live/<slug:slug>/krav/", views.live_requirements),
    path("benchmark/live/<slug:slug>/risker/<int:number>/", views.live_area),
    path("", include("actionplan.urls")),
]
