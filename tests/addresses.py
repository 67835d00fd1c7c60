"""Every public address, for the tests that walk all of them."""

from requirements_pkg.models import PackageVersion
from requirements_pkg.tender.downloads import FORMS

# Of a plan with one product area, or more.
PARTS = ("krav/", "risker/", "risker/1/", "mal/")


def public_pages(version: PackageVersion) -> list[str]:
    """The pages that exist when one version is published."""
    package = f"/kravpaket/{version.package.slug}/"
    return [
        "/",
        "/kravpaket/",
        package,
        f"{package}v{version.number}/",
        *parts_of(version),
        *(f"{package}v{version.number}/{part}" for part in PARTS),
        f"{package}versioner/",
        "/urval/",
        f"/urval/?paket={version.package.slug}&version={version.number}",
        f"{package}jamfor/",
        "/sok/?q=risk",
        "/sok/?q=finns-inte",
        "/uppfoljning/",
        "/uppfoljning/oversikt/",
        "/uppfoljning/sa-raknas-laget/",
        f"/uppfoljning/{version.package.slug}/",
        "/om/",
        "/tillganglighet/",
        "/integritet/",
    ]


def parts_of(version: PackageVersion) -> list[str]:
    """The parts of a package's page, beside its overview."""
    return [f"/kravpaket/{version.package.slug}/{part}" for part in PARTS]


def public_files(version: PackageVersion) -> list[str]:
    """The files of a version."""
    folder = f"/kravpaket/{version.package.slug}/v{version.number}/ladda-ner/"
    return [folder + extension for extension in FORMS]


def public_addresses(version: PackageVersion) -> list[str]:
    """Pages and files."""
    return public_pages(version) + public_files(version)
