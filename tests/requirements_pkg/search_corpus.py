"""A small world of published packages, and what a search of it answers on any database."""

from collections.abc import Callable
from typing import Any

import msgspec

from actionplan.models import ProcurementRegion, User
from requirements_pkg.document.reading import digest
from requirements_pkg.models import PackageVersion, RequirementsPackage
from requirements_pkg.published import page_cache, stored_facts
from requirements_pkg.searching import indexing
from tests.factories.contents import a_content, a_requirement

Publish = Callable[..., PackageVersion]
EMPTY = dict.fromkeys(
    (
        *("text", "rationale", "verification", "follow_up_method", "guidance"),
        *("law_baseline", "beyond_law"),
    ),
    "",
)


def a_text(code: str, title: str, text: str, **fields: Any) -> dict[str, Any]:
    """A requirement that says this and nothing else."""
    bare = {**EMPTY, "cpv": [], "sources": [], "treats": [], "serves": []}
    return a_requirement(code, **{**bare, "title": title, "text": text, **fields})


REQUIREMENTS = (
    a_text("SE-01", "Ursprung för metaller", "Ange konfliktmineraler i alla servrar."),
    a_text("SE-02", "Spårbara mineral", "Mineralens väg följs, se SE-01.", guidance="Hållbarhet."),
    a_text("SE-03", "Arbetsmiljön i fabriken", "Leverantören ska följa lagen i landet."),
    a_text(
        "SE-10",
        "Hållbarhetskrav på leverantörer",
        "Servern drar [antal watt: 40] watt.",
        cpv=["48820000-2"],
        sources=[{"title": "Förordning om batterier", "url": "https://x.example", "dated": ""}],
    ),
    a_text("SE-11", "Återvinn förpackningar", "Kartong och e-post återvinns.", product_areas=[]),
    a_text("GE-01", "Indraget om asbest", "Asbest.", state="withdrawn"),
    a_text("UK-01", "Från en modul", "Nolltolerans.", module={"slug": "kod", "version": 1}),
)

# A question, and where its answers stand, the best first.
ANSWERS: dict[str, list[str]] = {
    # Any form of a word, any case, with or without diacritics.
    "mineral": ["SE-02", "SE-01"],
    "MINERALERNA": ["SE-02", "SE-01"],
    "leverantör": ["SE-10", "SE-03"],
    "leverantorer": ["SE-10", "SE-03"],
    "hallbarhet": ["SE-10", "SE-02"],
    "server": [
        *("SE-10", "SE-01", ""),
        *("o2-raw_material-environment", "o2-use-environment", "introduktion"),
    ],
    # Part of a compound, and the compound itself.
    "krav": ["SE-10", "delmal-1.1", "mal-1"],
    "konfliktmineral": ["SE-01"],
    "miljö": ["SE-03", "o2-raw_material-environment", "o2-use-environment"],
    "arbetsmiljö": ["SE-03"],
    "förorenat vatten": ["o2-raw_material-environment"],
    # Codes, in any spelling; the requirement itself before what mentions it.
    "SE-01": ["SE-01", "SE-02"],
    "se01": ["SE-01", "SE-02"],
    "se 1": ["SE-01", "SE-02"],
    "SE-01:2": ["SE-01", "SE-02"],
    "SE-1": ["SE-01", "SE-02"],
    "48820000-2": ["SE-10"],
    "48820000": ["SE-10"],
    # Several words: a text has all of them.
    "krav på leverantörer": ["SE-10"],
    "mineral servrar": ["SE-01"],
    "40 watt": ["SE-10"],
    "batteriförordning": [],
    "förordning batteri": ["SE-10"],
    "epost": ["SE-11"],
    "e-post": ["SE-11"],
    # Whole words only, nothing that is withdrawn, nothing that a module says.
    "miner": [],
    "asbest": [],
    "nolltolerans": [],
    "IT-teknisk plattform": ["", "introduktion"],
}

HOSTILE = (
    "NEAR(",
    "NEAR(krav mineral, 2)",
    "*",
    "kra*",
    '"; drop table requirements_pkg_publishedtext; --',
    "' OR '1'='1",
    "krav:*",
    "terms:krav",
    "krav & ! | <-> mineral",
    "krav AND NOT mineral OR",
    "{krav}",
    "\\",
    "'",
    '"',
    "%00",
    "a\0b",
    "%s %(x)s {kind}",
    "krav" * 2500,
    "ord " * 5000,
    "\ud800",
    "-- - --- -1 1- ---",
    "٣٤ ½ ① ﬁ ß İ Å",
    "🦊",
    "日本語 мир",
)


def publisher(by: User, approved_by: User) -> Publish:
    """A function that publishes a content by hand and indexes it, as publishing would."""

    def publish(slug: str, *requirements: dict[str, Any], **fields: Any) -> PackageVersion:
        package, _made = RequirementsPackage.objects.get_or_create(
            slug=slug, defaults={"title": slug, "steward": ProcurementRegion.objects.get(code="C")}
        )
        modules = [{"slug": "kod", "title": "Kod", "version": 1}]
        content = a_content(*requirements, **{"modules": modules, **fields})
        content["package"]["slug"] = slug
        version = PackageVersion.objects.create(
            package=package,
            number=package.versions.count() + 1,
            schema=content["schema"],
            content=content,
            sha256=digest(msgspec.json.encode(content, order="sorted")),
            note="Ny.",
            published_by=by,
            approved_by=approved_by,
        )
        version.refresh_from_db()
        stored_facts.store([version])
        page_cache.forget()
        indexing.catch_up()
        return version

    return publish
