"""Nothing of a draft is public: a marker in every live text is found on no public surface."""

import dataclasses
import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pypdf
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from actionplan.accounts.people.invitations import invite
from actionplan.models import ActionPlan, Contact, Role, SubGoal
from followup.models import Summary
from followup.report.facts import ReportFacts
from requirements_pkg.actions import publishing
from requirements_pkg.actions.dialogue.announcements import note_announcement
from requirements_pkg.actions.dialogue.deciding import decide_remark
from requirements_pkg.actions.dialogue.feedback import decide_on_feedback
from requirements_pkg.actions.dialogue.invitations import invite as invite_to_answer
from requirements_pkg.actions.letterheads import keep_template
from requirements_pkg.actions.publishing import package_of, publish, request_publication
from requirements_pkg.actions.reviewing.comments import start_thread
from requirements_pkg.actions.withdrawal import request_withdrawal, withdraw_version
from requirements_pkg.document.facts import DocumentFacts
from requirements_pkg.models import (
    CarriedDecision,
    CarriedKind,
    CarriedPart,
    Consultation,
    ConsultationRemark,
    ConsultationReply,
    GoalService,
    LinkCheck,
    PackageVersion,
    ReadTick,
    RequirementRevision,
    WordTemplate,
)
from requirements_pkg.published import page_cache
from requirements_pkg.searching import indexing
from risks.models import PlanUpload, RiskStatement
from risks.models.answers import remember
from tests.factories import FeedbackFactory, ModuleFactory, RequirementFactory, answered
from tests.project.house.breaking import APPS
from tests.project.pages.followed_up import add_follow_up, add_personal, add_readings, add_reports
from tests.project.pages.growth import add_levels
from tests.project.pages.public import addresses
from tests.requirements_pkg.letterheads import a_letterhead
from tests.unguarded import unguarded

MARKER = "smygtext"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# What is public the moment it is stored, and why.
PUBLIC = {
    # What was published.
    "requirements_pkg.PackageVersion": {"content", "sha256", "note"},
    # What lists need of what was published.
    "requirements_pkg.VersionFacts": {
        *("masked", *(field.name for field in dataclasses.fields(DocumentFacts)))
    },
    # The address of the package.
    "requirements_pkg.RequirementsPackage": {"slug"},
    # What was published of follow-up, and what lists need of it.
    "followup.FollowUpReport": {
        *("content", "sha256", "note"),
        *(field.name for field in dataclasses.fields(ReportFacts)),
    },
    # What a search finds of what was published.
    "requirements_pkg.PublishedText": {"anchor", "heading", "body", "terms", "opening"},
    "requirements_pkg.VersionWords": {"words"},
    # Whoever withdraws a version tells everybody why.
    "requirements_pkg.VersionWithdrawal": {"reason"},
    # Every search that uses them tells of them.
    "requirements_pkg.SearchSynonym": {"words"},
    # What two people have let out for consultation, just as it was frozen.
    "requirements_pkg.Consultation": {"title", "introduction", "key"},
    "requirements_pkg.ConsultedDraft": {"content", "sha256"},
    # Whoever writes a reply reads it at a secret address of their own.
    "requirements_pkg.ConsultationReply": {"texts"},
    # Whoever has reported a use reads it, and what came of it, at a secret address of their own.
    "followup.UseClaim": {"authority", "reference", "reason", "selection"},
    # A region makes its letterhead public for the downloads, with its name to choose it by.
    "requirements_pkg.WordTemplate": {"title", "content"},
}
# Texts that a constraint forbids unless the row is of a certain kind.
WHERE_GIVEN = {
    *("level_source", "scale", "withdrawn_reason", "other_ground"),
    *("written_off_reason", "explanation", "baseline_source"),
    # Chosen for a measure, and published with the plan.
    "unit",
    # Of a consultation whose answers are summed up.
    "summary",
    # Of a requirement in a contract, once somebody has looked at what changed.
    "seen_note",
    # Of a subscription to what a buyer chose.
    *("selection", "digest"),
}
# Live texts that are published with a plan; everything else never is.
PUBLISHED = {
    "actionplan.ActionPlan.introduction",
    "actionplan.Goal.text",
    "actionplan.Indicator.number",
    "actionplan.Indicator.text",
    "actionplan.Organisation.name",
    "actionplan.ProcurementRegion.name",
    "actionplan.ProductArea.name",
    "actionplan.PurchasingCategory.name",
    "actionplan.SubGoal.number",
    "actionplan.SubGoal.text",
    *(f"requirements_pkg.AcceptedProof.{name}" for name in ("name", "owner", "url", "proves")),
    "requirements_pkg.Requirement.beyond_law",
    "requirements_pkg.Requirement.cpv",
    "requirements_pkg.Requirement.follow_up_method",
    "requirements_pkg.Requirement.guidance",
    "requirements_pkg.Requirement.law_baseline",
    "requirements_pkg.Requirement.rationale",
    "requirements_pkg.Requirement.scale",
    "requirements_pkg.Requirement.supplier_question",
    "requirements_pkg.Requirement.text",
    "requirements_pkg.Requirement.title",
    "requirements_pkg.Requirement.verification",
    "requirements_pkg.Requirement.withdrawn_reason",
    "requirements_pkg.RequirementSource.title",
    "requirements_pkg.RequirementSource.url",
    "requirements_pkg.RequirementsPackage.introduction",
    "requirements_pkg.RequirementsPackage.title",
    "risks.Dimension.name",
    "risks.LifecycleStage.name",
    "risks.RiskStatement.text",
}


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """The fields in which somebody may write something."""
    public = PUBLIC.get(model._meta.label, set())
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS)
        and not field.choices
        # A code is what programs look up; it never changes.
        and field.name not in public | {"code"}
    ]


def live_models() -> list[type[models.Model]]:
    """Every table of the four apps with a text in it, the change log included."""
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy and texts_of(model)
    ]


def sign(field: models.Field) -> str:
    """The marker of one field, short enough for the shortest of them."""
    names = [f"{m._meta.label}.{f.name}" for m in live_models() for f in texts_of(m)]
    return f"{MARKER}{names.index(f'{field.model._meta.label}.{field.name}')}z"


def marked(field: models.Field, number: int) -> object:
    """A marker that fits into the field; numbered, since some texts are unique."""
    text = f"{sign(field)}{number}"
    if isinstance(field, models.JSONField):
        return {"text": text}
    if isinstance(field, models.BinaryField):
        return text.encode()
    if isinstance(field, models.EmailField):
        return f"{text}@region.example"
    # A few characters, as a kind of row, hold no text.
    return text if field.max_length is None or field.max_length >= len(text) else None


def mark_everything() -> set[str]:
    """Write a marker into every live text of every row; returns which fields were marked."""
    done = set()
    # What stands for ever is marked as well: none of it is public by being there.
    with unguarded():
        for model in live_models():
            rows = model._base_manager.order_by("pk")
            if model is Contact:
                rows = rows.filter(is_public=False)
            for number, pk in enumerate(rows.values_list("pk", flat=True)):
                values = {field.name: marked(field, number) for field in texts_of(model)}
                given = dict(zip(values, rows.values_list(*values).get(pk=pk), strict=True))
                values = {
                    name: value
                    for name, value in values.items()
                    if value is not None and (given[name] or name not in WHERE_GIVEN)
                }
                models.QuerySet(model).filter(pk=pk).update(**values)
                done |= {f"{model._meta.label}.{name}" for name in values}
    return done


def unpacked(body: bytes) -> str:
    """What a body says, also inside a PDF and the archives that Word and Excel files are."""
    # What people attach in a test begins as a file does, and ends there.
    if body.startswith(b"%PDF") and b"%%EOF" in body:
        read = pypdf.PdfReader(io.BytesIO(body))
        return f"{read.metadata}" + "".join(page.extract_text() for page in read.pages)
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(
            name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def page_text(client: Client, path: str) -> str:
    """Everything that an answer says, headers included."""
    page_cache.forget()
    response = client.get(path)
    return f"{response.headers}{unpacked(response.content)}"


def add_requirements(version: PackageVersion) -> None:
    """Requirements that say something in every text, one of them withdrawn, and their links."""
    package = version.package
    RequirementFactory(
        package=package,
        kind="award",
        max_points=10,
        scale="Poäng.",
        state="withdrawn",
        withdrawn_on=date(2026, 1, 31),
        withdrawn_reason="Ersatt.",
    )
    requirement = RequirementFactory(
        package=package,
        treats=RiskStatement.objects.all()[:1],
        areas=package.plan.product_areas.all()[:1],
        source="Förordning",
        proof="Märket",
    )
    GoalService.objects.create(
        requirement=requirement, sub_goal=SubGoal.objects.first(), hash_at_link="0" * 64
    )
    RequirementRevision.objects.create(
        requirement=requirement, number=1, sha256="0" * 64, version=version
    )
    people = {"by": version.published_by, "approved_by": version.approved_by}
    module = publish(package=ModuleFactory(), **people, note="Modul.")
    withdraw_version(
        version=module, by=people["by"], approved_by=module.approved_by, reason="Fel mått."
    )
    add_readings(version)
    add_follow_up(version, requirement)
    summary = Summary.objects.get()
    summary.published_by, summary.published_at = version.published_by, version.published_at
    summary.save()
    add_reports(version)
    start_thread(
        about=requirement,
        by=people["by"],
        text="Källa?",
        quote="En",
        mentions=[people["approved_by"]],
    )
    add_personal(people["by"])
    CarriedPart.objects.create(
        plan=package.plan,
        kind=CarriedKind.GOAL,
        key=1,
        digest="0" * 64,
        words="Ett mål.",
        decision=CarriedDecision.DROPPED,
        reason="Nått.",
        decided_by=people["by"],
        decided_at=timezone.now(),
    )


@pytest.fixture(autouse=True)
def no_quality_rule(monkeypatch) -> None:
    """A marker is no CPV code and no web address; what is walked here is another question."""
    monkeypatch.setattr(publishing, "refuse_errors", lambda problems: None)


@pytest.fixture
def draft(names, plan, version, coordinator, region_administrator, sheet_word) -> ActionPlan:
    """A published plan that was edited, sent for approval and uploaded, full of markers."""
    plan.introduction = "Redigerad."
    plan.save()
    add_requirements(version)
    add_levels(plan.product_areas.first())
    publish_request = request_publication(package=version.package, by=coordinator, note="Nytt.")
    request_withdrawal(version=version, by=coordinator, reason="Fel mått.")
    ReadTick.objects.tick(version.approved_by, publish_request, {"head": "0" * 64})
    PlanUpload.objects.create(
        file_name="plan.docx", content=b"x", sha256="0" * 64, uploaded_by=coordinator
    )
    remember(plan, {"svar": True})
    feedback = FeedbackFactory(package=version.package, name="Kim", has_consented=True)
    decide_on_feedback(key=feedback.pk, decision="noted", reason="Bra.", by=coordinator)
    consultation = Consultation.objects.get(key=names["consultation"])
    uid = str(consultation.package.requirements.get().uid)
    answered(consultation, {uid: "Bra."}, name="Kim", has_consented=True)
    addresses_to_invite = ["kim@tenn.example"]
    invite_to_answer(consultation=consultation, by=coordinator, addresses=addresses_to_invite)
    ConsultationReply.objects.update(has_consented=True)
    remark = ConsultationRemark.objects.get()
    remark.decision, remark.summary, remark.reason = "partly", "Kort.", "Ja."
    decide_remark(remark=remark, by=coordinator)
    note_announcement(version=version, where="Nyhetsbrevet", on=date(2026, 5, 4), by=coordinator)
    LinkCheck.objects.create(address="https://lag.example/1")
    publish_request = [(Role.ANALYST, plan.coordinator)]
    invite(email="ny@region.example", roles=publish_request, days=7, by=region_administrator)
    template = WordTemplate(organisation=plan.coordinator)
    keep_template(template=template, by=coordinator, file_name="brev.docx", content=a_letterhead())
    return plan


def surfaces(names: dict[str, object]) -> Iterator[str]:
    """Every public address; a search finds what is published, as after publishing it does."""
    indexing.catch_up()
    for address in addresses():
        yield address.path.format(**names)


def leaks(names: dict[str, object]) -> set[str]:
    """The public addresses that show a marker."""
    paths = set()
    for language in ("sv", "en"):
        client = Client()
        client.cookies["django_language"] = language
        paths |= {path for path in surfaces(names) if MARKER in page_text(client, path)}
    return paths


def test_every_table_has_a_row_to_mark(draft):
    empty = [model._meta.label for model in live_models() if not model._base_manager.exists()]
    assert empty == []


def test_no_public_surface_shows_anything_of_a_draft(draft, names):
    done = mark_everything()
    assert done >= PUBLISHED
    assert leaks(names) == set()


def test_the_walk_finds_what_is_published(draft, names, coordinator, reviewer):
    mark_everything()
    version = republish(draft, coordinator, reviewer)
    placeholders = {**names, "number": version.number}
    revealing_paths = {a.path.format(**placeholders) for a in addresses() if a.tells_the_plan}
    assert leaks(placeholders) == revealing_paths
    # The version before it stands as it was.
    assert MARKER not in page_text(Client(), f"/kravpaket/{names['slug']}/v1/")


def test_only_what_a_plan_says_is_ever_published(draft, names, coordinator, reviewer):
    """Contacts that are not public, notes of events, uploads and people stay inside for ever."""
    mark_everything()
    version = republish(draft, coordinator, reviewer)
    placeholders = {**names, "number": version.number}
    everything = "".join(page_text(Client(), path) for path in surfaces(placeholders))
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in live_models()
        for field in texts_of(model)
        if sign(field) in everything
    }
    assert fields == PUBLISHED


def test_a_public_contact_is_shown_and_a_private_one_is_not(draft, names):
    """The one live text that is public at once, because somebody ticked a box."""
    private, public = (draft.contacts.get(is_public=choice) for choice in (False, True))
    path = f"/kravpaket/{names['slug']}/"
    assert public.name in page_text(Client(), path)
    assert private.name not in page_text(Client(), path)
    Contact.objects.filter(pk=private.pk).update(name=MARKER, is_public=True)
    assert MARKER in page_text(Client(), path)


def republish(plan: ActionPlan, coordinator, reviewer) -> PackageVersion:
    """Publish the draft with its markers, as the coordinator and the reviewer would."""
    plan = ActionPlan.objects.with_head().get(pk=plan.pk)
    people = {"by": coordinator, "approved_by": reviewer}
    # A marker may be one letter from that in the name of a supplier.
    return publish(
        package=package_of(plan), **people, note="Nytt.", names_stand="Det är inget namn."
    )
