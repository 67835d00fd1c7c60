"""Each database constraint of what is published: the database refuses, and says why in Swedish."""

import pytest
from django.utils import timezone

from actionplan.models import Organisation, User
from requirements_pkg.models import (
    PackageVersion,
    PublishedText,
    PublishRequest,
    ReadTick,
    RequirementsPackage,
    SearchSynonym,
    WordTemplate,
)
from requirements_pkg.searching import indexing
from tests.factories import ModuleFactory, PlanFactory
from tests.factories.contents import a_content
from tests.project.house.breaking import (
    Break,
    assert_database_refuses,
    assert_sentence_of_form,
    params,
)
from tests.requirements_pkg import comment_cases, requirement_cases, withdrawal_cases
from tests.requirements_pkg.carrying import cases as carried_cases
from tests.requirements_pkg.dialogue import cases as outward_cases
from tests.requirements_pkg.dialogue import consultation_cases

DATE_AGREES = "Ett beslut ska ha ett datum, och ett datum ska ha ett beslut."
TOGETHER = "Ange både vem som beslutade och när."


def package() -> RequirementsPackage:
    return ModuleFactory.build(slug="uppforandekod", title="Uppförandekod")


def coordinator() -> User:
    return User.objects.get(username="coordinator")


def reviewer() -> User:
    return User.objects.get(username="reviewer")


def version_row() -> PackageVersion:
    """A second version; `version` has made the first."""
    return PackageVersion(
        package=RequirementsPackage.objects.get(plan__isnull=False),
        number=2,
        schema=1,
        content=a_content(),
        sha256="0" * 64,
        note="Nytt.",
        published_by=coordinator(),
        approved_by=reviewer(),
    )


def published_text() -> PublishedText:
    """A text of a published version, made findable."""
    indexing.catch_up()
    return PublishedText.objects.first()


def pending() -> PublishRequest:
    return PublishRequest(
        package=RequirementsPackage.objects.get(plan__isnull=False),
        sha256="0" * 64,
        note="Nytt.",
        requested_by=coordinator(),
    )


def template() -> WordTemplate:
    return WordTemplate(
        organisation=Organisation.objects.get(code="stockholm"),
        title="Region Stockholm",
        file_name="brev.docx",
        content=b"x",
        sha256="0" * 64,
        uploaded_by=coordinator(),
    )


def synonym() -> SearchSynonym:
    return SearchSynonym(words="alfa, beta")


def decided(decision: str, **fields: object) -> PublishRequest:
    """A decided request, beside one that waits."""
    if not PublishRequest.objects.exists():
        pending().save()
    row = pending()
    row.decision, row.decided_by, row.decided_at = decision, reviewer(), timezone.now()
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def approved() -> PublishRequest:
    return decided("approved")


def returned() -> PublishRequest:
    return decided("returned", reason="Miljörutan saknar källa.")


def tick() -> ReadTick:
    if not PublishRequest.objects.exists():
        pending().save()
    publish_request = PublishRequest.objects.get()
    if not ReadTick.objects.exists():
        ReadTick.objects.tick(reviewer(), publish_request, {"head": "0" * 64})
    return ReadTick(request=publish_request, person=reviewer(), item="goal/1", digest="0" * 64)


def undone(row: PublishRequest) -> str:
    """Make a decided request wait again, as the one beside it does."""
    row.decided_by = row.decided_at = None
    return "pending"


CASES = [
    Break(
        "requirements_pkg_searchsynonym_several_words",
        synonym,
        {"words": "alfa"},
        "Skriv minst två ord, med komma emellan.",
    ),
    Break(
        "requirements_pkg_searchsynonym_words_once",
        synonym,
        {"words": lambda row: SearchSynonym.objects.earliest("pk").words},
        "De orden är redan synonymer.",
    ),
    Break(
        "requirements_pkg_requirementspackage_title_is_filled",
        package,
        {"title": ""},
        "Ange kravpaketets rubrik.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_packageversion_number_once",
        version_row,
        {"number": 1},
        "Kravpaketet har redan en version med det numret.",
    ),
    Break(
        "requirements_pkg_packageversion_number_from_one",
        version_row,
        {"number": 0},
        "Numrera versionerna från 1.",
    ),
    Break(
        "requirements_pkg_packageversion_two_people",
        version_row,
        {"approved_by": lambda row: row.published_by},
        "Versionen ska godkännas av någon annan än den som publicerar den.",
    ),
    Break(
        "requirements_pkg_packageversion_note_is_filled",
        version_row,
        {"note": ""},
        "Skriv vad som är nytt i versionen.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_publishrequest_one_pending",
        approved,
        {"decision": undone},
        "Kravpaketet väntar redan på godkännande.",
    ),
    Break(
        "requirements_pkg_publishedtext_kind_is_known",
        published_text,
        {"kind": "song"},
        "Texten är av okänd typ.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_publishrequest_decision_is_known",
        approved,
        {"decision": "eaten"},
        "Välj väntar, godkänd eller återlämnad.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_publishrequest_who_and_when", approved, {"decided_by": None}, TOGETHER
    ),
    Break(
        "requirements_pkg_publishrequest_who_and_when",
        pending,
        {"decided_by": lambda row: reviewer()},
        TOGETHER,
    ),
    Break(
        "requirements_pkg_publishrequest_decision_and_date_agree",
        pending,
        {"decision": "approved"},
        DATE_AGREES,
    ),
    Break(
        "requirements_pkg_publishrequest_decision_and_date_agree",
        pending,
        {"decided_by": lambda row: reviewer(), "decided_at": lambda row: timezone.now()},
        DATE_AGREES,
    ),
    Break(
        "requirements_pkg_publishrequest_two_people",
        approved,
        {"decided_by": lambda row: row.requested_by},
        "Du kan inte godkänna din egen begäran. Be en annan granskare.",
    ),
    Break(
        "requirements_pkg_publishrequest_returned_with_reason",
        returned,
        {"reason": ""},
        "Skriv varför begäran lämnas tillbaka.",
    ),
    Break(
        "requirements_pkg_publishrequest_note_is_filled",
        pending,
        {"note": ""},
        "Skriv vad som är nytt i versionen.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_wordtemplate_file_name_is_filled",
        template,
        {"file_name": ""},
        "Ange mallens filnamn.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_readtick_once",
        tick,
        {"item": "head"},
        "Ändringen är redan markerad som läst.",
    ),
    Break(
        "requirements_pkg_readtick_item_is_filled",
        tick,
        {"item": ""},
        "Ange vilken ändring som lästes.",
        is_field_error=True,
    ),
    Break(
        "requirements_pkg_readtick_digest_is_filled",
        tick,
        {"digest": ""},
        "Ange hur ändringen löd.",
        is_field_error=True,
    ),
    *carried_cases.CASES,
    *requirement_cases.CASES,
    *comment_cases.CASES,
    *withdrawal_cases.CASES,
    *outward_cases.CASES,
    *consultation_cases.CASES,
]


@pytest.fixture
def rows(version) -> None:
    """A published package, and a plan that has none yet."""
    PlanFactory()


@pytest.mark.parametrize("case", params(CASES))
def test_the_database_refuses_the_row(rows, case):
    assert_database_refuses(case)


@pytest.mark.parametrize("case", params(CASES))
def test_validation_says_why_in_swedish(rows, case):
    assert_sentence_of_form(case)


def test_whoever_asked_may_take_the_request_back(version):
    row = returned()
    row.decided_by = row.requested_by
    row.full_clean()
    row.save()


def test_two_packages_may_wait_at_once(version):
    first, row, other = pending(), pending(), package()
    first.save()
    other.save()
    row.package = other
    row.full_clean()
    row.save()
