"""Our addresses, and the two that they are measured against."""

from django.urls import include, path

from benchmarks import views

urlpatterns = [
    path("benchmark/trivial/", views.trivial),
    path("benchmark/live/<slug:slug>/", views.live),
    path("", include("actionplan.urls")),
]
