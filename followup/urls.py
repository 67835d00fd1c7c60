"""The public addresses of follow-up: Swedish, ASCII, and for ever."""

from django.urls import path

from followup.public import (
    personal_pages,
    report_files,
    status_pages,
    supplier_pages,
    use_pages,
)

urlpatterns = [
    path("uppfoljning/", status_pages.status, name="status"),
    # Before the plans: no package may be called so.
    path("uppfoljning/oversikt/", status_pages.overview, name="status_overview"),
    path("uppfoljning/sa-raknas-laget/", status_pages.status_rules, name="status_rules"),
    path("uppfoljning/<slug:slug>/", status_pages.status_of_package, name="status_of_package"),
    path("uppfoljning/<slug:slug>/r<number:number>/", status_pages.report, name="report"),
    # The newest, and one for ever: a stable address for Excel and scripts.
    path(
        "uppfoljning/<slug:slug>/ladda-ner/<str:extension>",
        report_files.download,
        name="download_newest_report",
    ),
    path(
        "uppfoljning/<slug:slug>/r<number:number>/ladda-ner/<str:extension>",
        report_files.download,
        name="download_report",
    ),
    path("data/uppfoljningsrapport.schema.json", report_files.schema, name="report_schema"),
    path("uppfoljning/<slug:slug>/jamfor/", status_pages.compare_reports, name="compare_reports"),
    # One supplier's, in the same way.
    path("svara/<str:token>/", supplier_pages.supplier_form, name="supplier_form"),
    # That a selection was used: by whoever has it, and then from her mail.
    path("urval/anvant/", use_pages.use, name="use"),
    path("anvandning/<str:token>/", use_pages.use_claim, name="use_claim"),
    # One person's own: whoever has the address may.
    path("paminnelser/<str:token>/", personal_pages.reminders_off, name="reminders_off"),
    path("kalender/<str:token>.ics", personal_pages.calendar_feed, name="calendar"),
]
