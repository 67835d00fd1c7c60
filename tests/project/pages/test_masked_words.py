"""Words that two persons have masked are read on no public surface, whatever text said them."""

import json

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from followup.actions.masking import approve_masking, request_masking
from requirements_pkg.actions import publishing
from requirements_pkg.actions.dialogue import announcements
from requirements_pkg.actions.dialogue.consultations import close_consultation
from requirements_pkg.actions.dialogue.deciding import decide_remark, sum_up
from requirements_pkg.actions.dialogue.invitations import invite, send_invitations
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import withdraw_version
from requirements_pkg.document.reading import checksum
from requirements_pkg.models import (
    Consultation,
    ConsultationInvitee,
    ConsultationRemark,
    PackageVersion,
    PublishedText,
    Requirement,
    RequirementsPackage,
    RequirementState,
    Subscription,
    VersionFacts,
    VersionWords,
)
from requirements_pkg.published import stored_facts
from requirements_pkg.searching import indexing
from tests.factories import RequirementFactory, answered, consult
from tests.factories.reports import report_on
from tests.project.pages.public import addresses
from tests.project.pages.test_draft_leak import PUBLISHED, page_text
from tests.unguarded import unguarded

WORDS = "Granitius Drift"
# What programs look up holds no words.
CODES = {
    "actionplan.Indicator.number",
    "actionplan.SubGoal.number",
    "requirements_pkg.Requirement.cpv",
    "requirements_pkg.RequirementSource.url",
}
REASONS = {"ground": "osl_31_16", "reason": "Leverantören skulle inte ha namngetts."}


@pytest.fixture(autouse=True)
def no_quality_rule(monkeypatch) -> None:
    """What a text says is another question."""
    monkeypatch.setattr(publishing, "refuse_errors", lambda problems: None)


def name_somebody() -> None:
    """Let every text that is published with a plan name a supplier."""
    with unguarded():
        for label in PUBLISHED - CODES:
            model_label, _dot, name = label.rpartition(".")
            model = apps.get_model(model_label)
            for pk, text in model._base_manager.exclude(**{name: ""}).values_list("pk", name):
                named = {name: f"{text} {WORDS}"}
                models.QuerySet(model).filter(pk=pk).update(**named)


@pytest.fixture
def named(names, version, coordinator, reviewer) -> dict[str, object]:
    """A plan that names somebody in all that it has published, a withdrawn version included."""
    name_somebody()
    package = RequirementsPackage.objects.with_owner().get(pk=version.package_id)
    people = {"by": coordinator, "approved_by": reviewer}
    RequirementFactory(
        package=package,
        code="SE-77",
        source="Förordning",
        title=f"Om {WORDS}",
        state=RequirementState.WITHDRAWN,
        withdrawn_on=timezone.localdate(),
        withdrawn_reason=f"Bara {WORDS} klarade det.",
    )
    withdrawn = publish(package=package, **people, note=f"{WORDS} ingår.")
    withdraw_version(
        version=withdrawn,
        by=coordinator,
        approved_by=withdrawn.approved_by,
        reason=f"{WORDS} namngavs.",
    )
    questioned(package, **people)
    package = RequirementsPackage.objects.with_owner().get(pk=version.package_id)
    package.introduction = f"Ny inledning om {WORDS.upper()}."
    package.save()
    newest = publish(package=package, **people, note=f"Nytt om {WORDS}.")
    opened = consult(package, **people, introduction=f"Klarar bara {WORDS} det?")
    report_on(package, note=f"Läget hos {WORDS}.")
    indexing.catch_up()
    consulted = {"consultation": opened.key, "consulted_code": "SE-01"}
    return {**names, "number": newest.number, **consulted}


def questioned(package: RequirementsPackage, by, approved_by) -> None:
    """Send the draft out and sum up what was decided, with the words in all of it."""
    row = consult(package, by, approved_by, introduction=f"Duger {WORDS}?")
    answered(row, {"": f"{WORDS} får ensamt."}, organisation=WORDS, has_consented=True)
    close_consultation(consultation=row, by=by)
    for remark in ConsultationRemark.objects.of(row):
        remark.decision, remark.summary = "partly", f"{WORDS} får ensamt."
        remark.reason = f"Fler än {WORDS} klarar det."
        decide_remark(remark=remark, by=by)
    sum_up(consultation=row, by=by, names_stand="Det är ett exempel.")


@pytest.fixture
def mask(coordinator, reviewer, named, django_capture_on_commit_callbacks):
    """A function that has two persons mask words."""

    def mask_now(words: str = WORDS) -> None:
        package = PackageVersion.objects.first().package
        masking = request_masking(package=package, words=words, by=coordinator, **REASONS)
        with django_capture_on_commit_callbacks(execute=True):
            approve_masking(masking=masking, by=reviewer)

    return mask_now


def leaking_paths(names: dict[str, object]) -> set[str]:
    """The public addresses that say the words, in the pages' languages."""
    paths = {address.path.format(**names) for address in addresses()}
    paths |= {path.replace("/v3/", "/v2/") for path in paths} | {
        f"/sok/?q={WORDS.split()[0].lower()}",
        f"/sok/?q={WORDS.split()[0].lower()}x",
        *searches(),
    }
    leaks = set()
    for language in ("sv", "en"):
        client = Client()
        client.cookies["django_language"] = language
        leaks |= {path for path in paths if WORDS.split()[0].casefold() in answer(client, path)}
    return leaks


def searches() -> set[str]:
    """Where whoever looks for a withdrawn requirement reads what it was."""
    rows = Requirement.objects.filter(state=RequirementState.WITHDRAWN)
    return {f"/sok/?q={code}" for code in rows.values_list("code", flat=True)}


def as_stored() -> list[tuple[str, str, str]]:
    """What is kept of every version, with the checksum that is taken of it now."""
    versions = PackageVersion.objects.order_by("pk")
    return [(version.sha256, checksum(version.content), version.note) for version in versions]


def answer(client: Client, path: str) -> str:
    """What an address says but for the question itself."""
    text = page_text(client, path).casefold()
    _before, _q, word = path.partition("?q=")
    return text.replace(word, "") if word else text


def test_masked_words_are_read_on_no_public_surface(named, mask):
    before = leaking_paths(named)
    by_table = {a.path.format(**named) for a in addresses() if a.tells_the_plan}
    assert by_table | searches() <= before
    assert searches()
    mask()
    assert leaking_paths(named) == set()


def test_no_mail_to_those_outside_tells_masked_words(named, mask, coordinator, mailoutbox):
    opened = Consultation.objects.select_related("package").get(key=named["consultation"])
    invite(consultation=opened, by=coordinator, addresses=["kim@tenn.example"])
    reader = Subscription.objects.get(package=opened.package)
    version = opened.package.versions.get(number=named["number"])

    def mails() -> str:
        """What those who are invited and those who subscribe are sent now."""
        ConsultationInvitee.objects.update(mailed_at=None)
        mailoutbox.clear()
        assert send_invitations() == (1, 0)
        sent = [*mailoutbox, announcements.mail(version, reader)]
        return "".join(f"{mail.subject} {mail.body}" for mail in sent).casefold()

    assert mails().count("granitius") >= 2
    mask()
    assert "granitius" not in mails()


def test_what_is_kept_beside_a_version_is_made_without_the_words_and_the_version_stays(
    named, mask
):
    stored = as_stored()
    mask()
    assert as_stored() == stored
    assert all(sha256 == taken for sha256, taken, _note in stored)
    # One column keeps which words they are.
    facts = [field.name for field in VersionFacts._meta.fields if field.name != "masked"]
    beside = [
        *PublishedText.objects.values(),
        *VersionWords.objects.values(),
        *VersionFacts.objects.values(*facts),
    ]
    assert "granitius" not in str(beside).casefold()
    VersionFacts.objects.all().delete()
    stored_facts.catch_up()
    own = VersionFacts.objects.filter(version__package__slug=named["slug"])
    assert all(row.masked for row in own)


def test_a_version_published_later_is_read_without_the_words_too(
    named, mask, coordinator, reviewer
):
    mask()
    package = RequirementsPackage.objects.with_owner().get(slug=named["slug"])
    package.introduction = f"En senare inledning om {WORDS}."
    package.save()
    version = publish(package=package, by=coordinator, approved_by=reviewer, note=f"Om {WORDS}.")
    indexing.catch_up(version)
    assert WORDS in version.content.package.introduction
    assert leaking_paths({**named, "number": version.number}) == set()


def test_pages_and_files_say_that_words_were_masked_and_on_which_provision(named, mask, client):
    mask()
    page = page_text(client, f"/kravpaket/{named['slug']}/v3/")
    assert "Ord i det som är publicerat här maskerades" in page
    assert "31 kap. 16 §" in page
    file = json.loads(client.get(f"/kravpaket/{named['slug']}/v3/ladda-ner/json").content)
    assert file["sha256"] == PackageVersion.objects.get(number=3).sha256
    assert "31 kap. 16 §" in file["masked"][0]
    for form in ("docx", "pdf", "xlsx"):
        assert "31 kap. 16 §" in page_text(
            client, f"/kravpaket/{named['slug']}/v3/ladda-ner/{form}"
        )
    # Nobody is told the reason.
    assert REASONS["reason"] not in page
