"""Every public address, and what it answers a visitor: the table that the tests walk.

A new public address is a row here, or the tests fail.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from actionplan.accounts import urls
from requirements_pkg.tender.downloads import FORMS


@dataclass(frozen=True)
class Address:
    """One address of a pattern. {slug} is the published package's, {code} its requirement's."""

    path: str
    status: int = 200
    # Whether it says what the plan says, and would show a marker in it.
    tells_the_plan: bool = False


# A selection that is too long for an address comes in a form; it is answered and not stored.
SELECTS = {
    *("selection", "selection_file", "packages", "pick", "package", "version"),
    *("download", "download_in_force"),
} | {
    f"{whole}_{part}"
    for whole in ("package", "version")
    for part in ("requirements", "risks", "area", "goals")
}
TABLE: dict[str, list[Address]] = {
    "start": [Address("/", tells_the_plan=True)],
    "packages": [Address("/kravpaket/", tells_the_plan=True)],
    "package": [
        Address("/kravpaket/{slug}/", tells_the_plan=True),
        Address("/kravpaket/finns-inte/", 404),
        Address("/kravpaket/{draft}/", 404),
    ],
    "package_requirements": [
        Address("/kravpaket/{slug}/krav/", tells_the_plan=True),
        Address("/kravpaket/{draft}/krav/", 404),
    ],
    "package_risks": [
        Address("/kravpaket/{slug}/risker/", tells_the_plan=True),
        Address("/kravpaket/{draft}/risker/", 404),
    ],
    "package_area": [
        Address("/kravpaket/{slug}/risker/1/", tells_the_plan=True),
        Address("/kravpaket/{slug}/risker/99/", 404),
        Address("/kravpaket/{slug}/risker/01/", 404),
        Address("/kravpaket/{draft}/risker/1/", 404),
    ],
    "package_goals": [
        Address("/kravpaket/{slug}/mal/", tells_the_plan=True),
        Address("/kravpaket/{draft}/mal/", 404),
    ],
    "version_requirements": [
        Address("/kravpaket/{slug}/v{number}/krav/", tells_the_plan=True),
        Address("/kravpaket/{slug}/v99/krav/", 404),
    ],
    "version_risks": [
        Address("/kravpaket/{slug}/v{number}/risker/", tells_the_plan=True),
        Address("/kravpaket/{slug}/v99/risker/", 404),
    ],
    "version_area": [
        Address("/kravpaket/{slug}/v{number}/risker/1/", tells_the_plan=True),
        Address("/kravpaket/{slug}/v{number}/risker/99/", 404),
        Address("/kravpaket/{slug}/v99/risker/1/", 404),
    ],
    "version_goals": [
        Address("/kravpaket/{slug}/v{number}/mal/", tells_the_plan=True),
        Address("/kravpaket/{slug}/v99/mal/", 404),
    ],
    "versions": [
        Address("/kravpaket/{slug}/versioner/", tells_the_plan=True),
        Address("/kravpaket/{draft}/versioner/", 404),
    ],
    "compare": [
        Address("/kravpaket/{slug}/jamfor/", tells_the_plan=True),
        Address("/kravpaket/{slug}/jamfor/?fran={number}&till={number}", tells_the_plan=True),
        Address("/kravpaket/{slug}/jamfor/?till=99", 404),
        Address("/kravpaket/{slug}/jamfor/?fran=01", 404),
        Address("/kravpaket/{slug}/jamfor/?fran=&till=", 404),
        Address("/kravpaket/{draft}/jamfor/", 404),
    ],
    "requirement_history": [
        Address("/kravpaket/{slug}/krav/{code}/historik/", tells_the_plan=True),
        Address("/kravpaket/{slug}/krav/XX-99/historik/", 404),
        Address("/kravpaket/{draft}/krav/{code}/historik/", 404),
    ],
    "version": [
        Address("/kravpaket/{slug}/v{number}/", tells_the_plan=True),
        Address("/kravpaket/{slug}/v99/", 404),
        Address("/kravpaket/{slug}/v0/", 404),
        Address("/kravpaket/{slug}/v01/", 404),
        Address("/kravpaket/{draft}/v1/", 404),
    ],
    "requirement": [
        Address("/kravpaket/{slug}/krav/{code}/", tells_the_plan=True),
        Address("/kravpaket/{slug}/krav/XX-99/", 404),
        Address("/kravpaket/{draft}/krav/{code}/", 404),
    ],
    "feedback": [
        Address("/kravpaket/{slug}/krav/{code}/synpunkt/", tells_the_plan=True),
        Address("/kravpaket/{slug}/krav/{code}/synpunkt/?tack=1", tells_the_plan=True),
        Address("/kravpaket/{slug}/krav/XX-99/synpunkt/", 404),
        Address("/kravpaket/{draft}/krav/{code}/synpunkt/", 404),
    ],
    "requirement_version": [
        Address("/kravpaket/{slug}/v{number}/krav/{code}/", tells_the_plan=True),
        Address("/kravpaket/{slug}/v{number}/krav/XX-99/", 404),
        Address("/kravpaket/{slug}/v99/krav/{code}/", 404),
    ],
    "cited": [
        Address("/kravpaket/{slug}/krav/{code}:1/", 302),
        Address("/kravpaket/{slug}/krav/{code}:99/", 404),
        Address("/kravpaket/{slug}/krav/xx-99/", 404),
        Address("/kravpaket/{draft}/krav/{code}:1/", 404),
    ],
    "cited_history": [
        Address("/kravpaket/{slug}/krav/{code}:1/historik/", 302),
        Address("/kravpaket/{slug}/krav/xx-99/historik/", 404),
    ],
    "cited_version": [
        Address("/kravpaket/{slug}/v{number}/krav/{code}:1/", 302),
        Address("/kravpaket/{slug}/v{number}/krav/xx-99/", 404),
    ],
    "pick": [
        Address("/kravpaket/{slug}/v{number}/valj/?krav={code}", 302),
        Address("/kravpaket/{slug}/v99/valj/", 404),
    ],
    "feed": [Address("/flode/", tells_the_plan=True)],
    "package_feed": [
        Address("/kravpaket/{slug}/flode/", tells_the_plan=True),
        Address("/kravpaket/{draft}/flode/", 404),
    ],
    "download": [
        *(
            Address(f"/kravpaket/{{slug}}/v{{number}}/ladda-ner/{form}", tells_the_plan=True)
            for form in FORMS
        ),
        *(
            Address(
                f"/kravpaket/{{slug}}/v{{number}}/ladda-ner/{form}?krav={{code}}",
                tells_the_plan=True,
            )
            for form in FORMS
        ),
        Address("/kravpaket/{slug}/v{number}/ladda-ner/exe", 404),
        Address("/kravpaket/{slug}/v{number}/ladda-ner/docx?krav=XX-99", 404),
        Address("/kravpaket/{draft}/v1/ladda-ner/docx?krav={code}", 404),
        Address("/kravpaket/{slug}/v99/ladda-ner/docx", 404),
        Address("/kravpaket/{draft}/v1/ladda-ner/docx", 404),
    ],
    "search": [
        # The one word of a requirement that is not its own: before each CPV code.
        Address("/sok/?q=cpv", tells_the_plan=True),
        Address("/sok/"),
        # Its filters offer the packages by their titles.
        Address("/sok/?q=finns-inte&sida=99&typ=x", tells_the_plan=True),
    ],
    "selection": [
        Address("/urval/"),
        Address("/urval/?paket={slug}&version={number}&krav={code}", tells_the_plan=True),
        Address("/urval/?paket={slug}&krav={code}", 302),
        Address("/urval/?paket={slug}&version=99", 404),
        Address("/urval/?paket={draft}", 404),
    ],
    "selection_file": [
        *(
            Address(
                f"/urval/ladda-ner/{form}?paket={{slug}}&version={{number}}&krav={{code}}",
                tells_the_plan=True,
            )
            for form in FORMS
        ),
        Address("/urval/ladda-ner/csv?paket={slug}&krav={code}", tells_the_plan=True),
        Address("/urval/ladda-ner/csv?paket={slug}&krav=XX-9", 404),
        Address("/urval/ladda-ner/csv?paket={draft}&krav={code}", 404),
        Address("/urval/ladda-ner/exe?paket={slug}&krav={code}", 404),
        Address("/urval/ladda-ner/csv", 404),
    ],
    "guide": [
        Address("/vagledning/"),
        Address("/vagledning/?steg=2&b.vad=Servrar"),
        Address("/vagledning/?steg=5&b.utomlands=ja&b.risk=ja", tells_the_plan=True),
    ],
    "watch_selection": [
        Address("/urval/bevaka/?paket={slug}&version={number}&krav={code}"),
        Address("/urval/bevaka/?paket={draft}&krav={code}", 404),
        Address("/urval/bevaka/", 404),
    ],
    "selection_feed": [
        Address("/urval/flode/?paket={slug}&version={number}&krav={code}", tells_the_plan=True),
        Address("/urval/flode/?paket={draft}&krav={code}", 404),
        Address("/urval/flode/", 404),
    ],
    "download_in_force": [
        *(Address(f"/kravpaket/{{slug}}/ladda-ner/{form}", tells_the_plan=True) for form in FORMS),
        Address("/kravpaket/{slug}/ladda-ner/csv?krav={code}", tells_the_plan=True),
        Address("/kravpaket/{slug}/ladda-ner/exe", 404),
        Address("/kravpaket/{draft}/ladda-ner/csv", 404),
        Address("/kravpaket/finns-inte/ladda-ner/csv", 404),
    ],
    "document_schema": [Address("/data/kravpaket.schema.json")],
    "status": [Address("/uppfoljning/", tells_the_plan=True)],
    "status_overview": [
        Address("/uppfoljning/oversikt/", tells_the_plan=True),
        Address("/uppfoljning/oversikt/?dimension=environment", tells_the_plan=True),
        Address("/uppfoljning/oversikt/?dimension=x", 404),
    ],
    "status_rules": [Address("/uppfoljning/sa-raknas-laget/")],
    "status_of_package": [
        Address("/uppfoljning/{slug}/", tells_the_plan=True),
        Address("/uppfoljning/{slug}/?handelser=alla", tells_the_plan=True),
        Address("/uppfoljning/{slug}/?sammanfattningar=alla", tells_the_plan=True),
        Address("/uppfoljning/finns-inte/", 404),
        Address("/uppfoljning/{draft}/", 404),
    ],
    # A report stands as it was published.
    "report": [
        Address("/uppfoljning/{slug}/r1/"),
        Address("/uppfoljning/{slug}/r1/?lagesrapporter=alla"),
        Address("/uppfoljning/{slug}/r99/", 404),
        Address("/uppfoljning/{slug}/r0/", 404),
        Address("/uppfoljning/{draft}/r1/", 404),
    ],
    "download_report": [
        Address("/uppfoljning/{slug}/r1/ladda-ner/csv"),
        Address("/uppfoljning/{slug}/r1/ladda-ner/json"),
        Address("/uppfoljning/{slug}/r1/ladda-ner/exe", 404),
        Address("/uppfoljning/{slug}/r99/ladda-ner/csv", 404),
        Address("/uppfoljning/{draft}/r1/ladda-ner/csv", 404),
    ],
    "download_newest_report": [
        Address("/uppfoljning/{slug}/ladda-ner/csv"),
        Address("/uppfoljning/{slug}/ladda-ner/json"),
        Address("/uppfoljning/{slug}/ladda-ner/exe", 404),
        Address("/uppfoljning/{draft}/ladda-ner/csv", 404),
    ],
    "report_schema": [Address("/data/uppfoljningsrapport.schema.json")],
    "compare_reports": [
        Address("/uppfoljning/{slug}/jamfor/"),
        Address("/uppfoljning/{slug}/jamfor/?fran=1&till=1"),
        Address("/uppfoljning/{slug}/jamfor/?fran=99", 404),
        Address("/uppfoljning/{draft}/jamfor/", 404),
    ],
    # Only whoever was given the secret knows an address that answers.
    "reminders_off": [Address("/paminnelser/{off}/"), Address("/paminnelser/gissning/", 404)],
    "calendar": [Address("/kalender/{calendar}.ics"), Address("/kalender/gissning.ics", 404)],
    "subscribe": [
        Address("/prenumerera/", tells_the_plan=True),
        Address("/prenumerera/?paket={slug}", tells_the_plan=True),
        Address("/prenumerera/?tack=1"),
    ],
    "subscription": [
        Address("/prenumerera/{subscription}/", tells_the_plan=True),
        Address("/prenumerera/gissning/", 404),
    ],
    "use": [
        Address("/urval/anvant/?paket={slug}&version={number}&krav={code}", tells_the_plan=True),
        Address("/urval/anvant/?paket={slug}&version={number}&krav={code}&tack=1"),
        Address("/urval/anvant/?paket={slug}&version={number}&krav=XX-99", 404),
        Address("/urval/anvant/?paket={draft}&krav={code}", 404),
        Address("/urval/anvant/", 404),
    ],
    "use_claim": [Address("/anvandning/{use_claim}/"), Address("/anvandning/gissning/", 404)],
    # Whoever has left is told so, and so is whoever guesses.
    "unsubscribe": [
        Address("/prenumerera/{subscription}/avsluta/"),
        Address("/prenumerera/gissning/avsluta/"),
    ],
    "consultations": [Address("/remiss/")],
    "consultation": [
        Address("/remiss/{consultation}/"),
        Address("/remiss/gissning/", 404),
        Address("/remiss/{draft}-1/", 404),
    ],
    "consultation_draft": [
        Address("/remiss/{consultation}/forslag/"),
        Address("/remiss/gissning/forslag/", 404),
    ],
    "consultation_changes": [
        Address("/remiss/{consultation}/andringar/"),
        Address("/remiss/gissning/andringar/", 404),
    ],
    "consultation_file": [
        Address("/remiss/{consultation}/ladda-ner/docx"),
        Address("/remiss/{consultation}/ladda-ner/pdf"),
        Address("/remiss/{consultation}/ladda-ner/exe", 404),
        Address("/remiss/gissning/ladda-ner/pdf", 404),
    ],
    "consultation_requirement": [
        Address("/remiss/{consultation}/krav/{consulted_code}/"),
        Address("/remiss/{consultation}/krav/XX-99/", 404),
        Address("/remiss/gissning/krav/{code}/", 404),
    ],
    # Only whoever was given the secret knows an address that answers.
    "version_consultations": [
        Address("/kravpaket/{consulted}/v1/remiss/"),
        Address("/kravpaket/{slug}/v{number}/remiss/", 404),
        Address("/kravpaket/{draft}/v1/remiss/", 404),
    ],
    "reply": [Address("/remiss/svar/{reply}/"), Address("/remiss/svar/gissning/", 404)],
    "reply_requirement": [
        Address("/remiss/svar/{reply}/krav/{consulted_code}/"),
        Address("/remiss/svar/{reply}/krav/XX-99/", 404),
        Address("/remiss/svar/gissning/krav/{code}/", 404),
    ],
    "send_reply": [
        Address("/remiss/svar/{reply}/skicka/"),
        Address("/remiss/svar/gissning/skicka/", 404),
    ],
    "supplier_form": [Address("/svara/{questions}/"), Address("/svara/gissning/", 404)],
    "privacy": [Address("/integritet/")],
    "about": [Address("/om/")],
    "accessibility": [Address("/tillganglighet/")],
    "password_forgotten": [Address("/admin/losenord/glomt/")],
    "password_sent": [Address("/admin/losenord/skickat/")],
    # A link that is guessed says that it does not work, whoever it names.
    "invitation": [Address("/admin/inbjudan/gissning/")],
    "password_choose": [Address("/admin/losenord/valj/MQ/gissning/")],
    "security_txt": [Address("/.well-known/security.txt")],
    "change_password": [Address("/.well-known/change-password", 302)],
    "healthz": [Address("/healthz")],
    "readyz": [Address("/readyz")],
}
# What no pattern answers.
UNKNOWN = [Address("/finns-inte/", 404), Address("/kravpaket/Å/", 404), Address("/om", 301)]


def public_patterns() -> Iterator[str]:
    """The names of all patterns but those of the admin and the log-in, which have own tables."""
    others = {pattern.name for pattern in urls.urlpatterns} - TABLE.keys()
    yield from (name for name in _names(get_resolver()) if name not in others)


def _names(under: URLResolver) -> Iterator[str]:
    for entry in under.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern)
        elif entry.namespace != "admin":
            yield from _names(entry)


def addresses() -> list[Address]:
    """Every address of the table."""
    return [address for rows in TABLE.values() for address in rows] + UNKNOWN
