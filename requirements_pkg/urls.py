"""The public addresses: Swedish, ASCII, and for ever."""

from django.urls import path, register_converter

from requirements_pkg.document.codes import WRITTEN
from requirements_pkg.models.requirements import CODE
from requirements_pkg.public import (
    citations,
    feeds,
    guide_pages,
    package_pages,
    selection_feed,
    site_pages,
)
from requirements_pkg.public import comparison_pages as compare_views
from requirements_pkg.public import search_pages as search_views
from requirements_pkg.public import selection_pages as tender_views
from requirements_pkg.public.dialogue import (
    consultation_files,
    consultation_pages,
    feedback_pages,
    reply_pages,
    subscription_pages,
)


class NumberConverter:
    """A version's number has one spelling, so that a version has one address."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class CodeConverter:
    """A requirement's code, in capitals only: one requirement has one address."""

    regex = CODE.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CitedConverter(CodeConverter):
    """A requirement as people cite it, which leads to its one address."""

    regex = WRITTEN


register_converter(NumberConverter, "number")
register_converter(CodeConverter, "code")
register_converter(CitedConverter, "cited")

urlpatterns = [
    path("", package_pages.start, name="start"),
    path("kravpaket/", package_pages.packages, name="packages"),
    path("kravpaket/<slug:slug>/", package_pages.package, name="package"),
    path("kravpaket/<slug:slug>/krav/", package_pages.requirements, name="package_requirements"),
    path("kravpaket/<slug:slug>/risker/", package_pages.risks, name="package_risks"),
    path("kravpaket/<slug:slug>/risker/<number:area>/", package_pages.area, name="package_area"),
    path("kravpaket/<slug:slug>/mal/", package_pages.goals, name="package_goals"),
    path("kravpaket/<slug:slug>/versioner/", package_pages.versions, name="versions"),
    path("kravpaket/<slug:slug>/flode/", feeds.package_feed, name="package_feed"),
    path("flode/", feeds.feed, name="feed"),
    path("data/kravpaket.schema.json", site_pages.document_schema, name="document_schema"),
    path("kravpaket/<slug:slug>/krav/<code:code>/", package_pages.requirement, name="requirement"),
    path("kravpaket/<slug:slug>/jamfor/", compare_views.compare, name="compare"),
    path(
        "kravpaket/<slug:slug>/krav/<code:code>/synpunkt/",
        feedback_pages.feedback,
        name="feedback",
    ),
    path(
        "kravpaket/<slug:slug>/krav/<code:code>/historik/",
        compare_views.requirement_history,
        name="requirement_history",
    ),
    path("kravpaket/<slug:slug>/v<number:number>/", package_pages.package, name="version"),
    path(
        "kravpaket/<slug:slug>/v<number:number>/krav/",
        package_pages.requirements,
        name="version_requirements",
    ),
    path(
        "kravpaket/<slug:slug>/v<number:number>/risker/",
        package_pages.risks,
        name="version_risks",
    ),
    path(
        "kravpaket/<slug:slug>/v<number:number>/risker/<number:area>/",
        package_pages.area,
        name="version_area",
    ),
    path("kravpaket/<slug:slug>/v<number:number>/mal/", package_pages.goals, name="version_goals"),
    path("kravpaket/<slug:slug>/v<number:number>/valj/", package_pages.pick, name="pick"),
    path(
        "kravpaket/<slug:slug>/v<number:number>/krav/<code:code>/",
        package_pages.requirement,
        name="requirement_version",
    ),
    path("kravpaket/<slug:slug>/krav/<cited:cited>/", citations.lead, name="cited"),
    path(
        "kravpaket/<slug:slug>/krav/<cited:cited>/historik/",
        citations.lead_to_history,
        name="cited_history",
    ),
    path(
        "kravpaket/<slug:slug>/v<number:number>/krav/<cited:cited>/",
        citations.lead,
        name="cited_version",
    ),
    path(
        "kravpaket/<slug:slug>/v<number:number>/ladda-ner/<str:extension>",
        tender_views.download,
        name="download",
    ),
    # Of the version in force: a stable address for Excel and scripts.
    path(
        "kravpaket/<slug:slug>/ladda-ner/<str:extension>",
        tender_views.download,
        name="download_in_force",
    ),
    path("sok/", search_views.search, name="search"),
    path("vagledning/", guide_pages.guide, name="guide"),
    path("urval/", tender_views.select, name="selection"),
    path("urval/ladda-ner/<str:extension>", tender_views.selection_file, name="selection_file"),
    path("urval/bevaka/", subscription_pages.subscribe_to_selection, name="watch_selection"),
    path("urval/flode/", selection_feed.selection_feed, name="selection_feed"),
    path("prenumerera/", subscription_pages.subscribe, name="subscribe"),
    path(
        "prenumerera/<str:token>/",
        subscription_pages.subscription,
        name="subscription",
    ),
    path(
        "prenumerera/<str:token>/avsluta/",
        subscription_pages.unsubscribe,
        name="unsubscribe",
    ),
    path(
        "kravpaket/<slug:slug>/v<number:number>/remiss/",
        consultation_pages.version_consultations,
        name="version_consultations",
    ),
    path("remiss/", consultation_pages.consultations, name="consultations"),
    # Only whoever was given the secret knows an address under "svar".
    path("remiss/svar/<str:token>/", reply_pages.reply, name="reply"),
    path(
        "remiss/svar/<str:token>/krav/<code:code>/",
        reply_pages.reply_requirement,
        name="reply_requirement",
    ),
    path("remiss/svar/<str:token>/skicka/", reply_pages.send_reply, name="send_reply"),
    path("remiss/<str:key>/", consultation_pages.consultation, name="consultation"),
    path(
        "remiss/<str:key>/forslag/",
        consultation_pages.consultation_draft,
        name="consultation_draft",
    ),
    path(
        "remiss/<str:key>/andringar/",
        consultation_pages.consultation_changes,
        name="consultation_changes",
    ),
    path(
        "remiss/<str:key>/ladda-ner/<str:extension>",
        consultation_files.consultation_file,
        name="consultation_file",
    ),
    path(
        "remiss/<str:key>/krav/<code:code>/",
        consultation_pages.consultation_requirement,
        name="consultation_requirement",
    ),
    path("integritet/", site_pages.privacy, name="privacy"),
    path("om/", site_pages.about, name="about"),
    path("tillganglighet/", site_pages.accessibility, name="accessibility"),
]
