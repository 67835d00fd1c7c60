"""Every row that people write is told in the change log; what is not says why."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.sites import all_sites
from django.db import models

from actionplan.models import ChangeLog, Membership, Organisation, SubGoal, User
from actionplan.models.logged import CONCEALED, Logged
from followup.models import CalendarFeed, ReminderOptOut
from requirements_pkg.models import SearchSynonym
from tests.factories import UserFactory

ITSELF = "It says who and when itself, and the database lets nobody change it or take it away."
DERIVED = "Worked out of published versions; nobody writes it."
DJANGO = "Django's own, of which nobody is given or writes anything."
ALLAUTH = "The log-in's own, of which nothing is stored here."
# Models of which the log tells nothing.
NOT_LOGGED = {
    "actionplan.ChangeLog": "The log.",
    "actionplan.ChangeEvent": "The log of verbs.",
    "requirements_pkg.PackageVersion": ITSELF,
    "requirements_pkg.RequirementRevision": ITSELF,
    "requirements_pkg.ConsultedDraft": "It goes with its consultation, and nobody changes it.",
    "followup.FollowUpStep": ITSELF,
    "followup.SecrecyReview": ITSELF,
    "followup.FollowUpReport": ITSELF,
    "followup.UsedRequirement": "It comes and goes with the decision on a claim, which is logged.",
    "followup.StoredReportBasis": "It goes with its report, and nobody changes it.",
    "requirements_pkg.VersionFacts": DERIVED,
    "requirements_pkg.PublishedText": DERIVED,
    "requirements_pkg.VersionWords": DERIVED,
    "requirements_pkg.ReadTick": "A reviewer's own bookmark, which decides nothing.",
    "requirements_pkg.Subscription": "Somebody's own; nothing of it stays when they leave.",
    "requirements_pkg.LinkCheck": "A command writes it, from what another program asked.",
    "followup.SentReminder": "The program writes it, about the mail that it sent.",
    "risks.PlanUpload": "A file that waits for its import, which is told as an event.",
    "admin.LogEntry": "Django's own log; our admins do not write it.",
    "auth.Group": DJANGO,
    "auth.Group_permissions": DJANGO,
    "auth.Permission": DJANGO,
    "actionplan.User_groups": DJANGO,
    "actionplan.User_user_permissions": DJANGO,
    "contenttypes.ContentType": DJANGO,
    "sessions.Session": "Django's own: who is logged in.",
    "usersessions.UserSession": "Where somebody is logged in; the server's log tells log-ins.",
    "mfa.Authenticator": "Somebody's own second step, mailed to them; removing it is an event.",
    "account.EmailAddress": ALLAUTH,
    "account.EmailConfirmation": ALLAUTH,
    "socialaccount.SocialAccount": "Which person of a region's log-in somebody is, made at it.",
    "socialaccount.SocialApp": ALLAUTH,
    "socialaccount.SocialToken": ALLAUTH,
}


def is_logged(model: type[models.Model]) -> bool:
    return issubclass(model, Logged)


def test_every_model_is_told_or_says_why_not():
    stored = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    assert {model._meta.label for model in stored if not is_logged(model)} == set(NOT_LOGGED)


def test_every_admin_that_writes_is_of_a_told_model(rf, superuser):
    """What somebody may add, change or delete in the admin is in the log, inlines included."""
    request = rf.get("/")
    request.user = superuser
    writing = {
        part.model._meta.label
        for site in all_sites
        for page in site._registry.values()
        for part in [page, *(inline(page.model, site) for inline in page.inlines)]
        if not is_logged(part.model)
        if part.has_change_permission(request)
        or part.has_delete_permission(request)
        or (isinstance(part, admin.ModelAdmin) and part.has_add_permission(request))
    }
    assert writing == set()


def test_a_told_model_with_a_file_has_its_checksum_told():
    with_files = {
        model
        for model in apps.get_models()
        if is_logged(model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    }
    assert with_files
    for model in with_files:
        names = {field.name for field in model._meta.concrete_fields}
        assert "sha256" in names - model.logged_not - model.logged_hidden, model


def test_a_password_is_told_without_a_word_of_it(db):
    person = UserFactory(username="kim")
    assert ChangeLog.objects.about(person).latest("pk").after["password"] == CONCEALED
    person.set_password("Ett nytt lösenord som är långt")
    person.save()
    change = ChangeLog.objects.about(person).latest("pk")
    assert (change.before, change.after) == ({"password": CONCEALED}, {"password": CONCEALED})
    before = ChangeLog.objects.count()
    person.last_login = person.date_joined
    person.save(update_fields=["last_login"])
    assert ChangeLog.objects.count() == before


def test_a_role_that_is_given_and_taken_is_told(coordinator, region_administrator, stockholm):
    role = Membership(user=region_administrator, organisation=stockholm, role="analyst")
    role.signed_by(coordinator).save()
    key = role.pk
    role.signed_by(coordinator, "Slutar.").delete()
    given, taken = ChangeLog.objects.of(Membership).filter(key=key).order_by("pk")
    assert given.after["role"] == taken.before["role"] == "analyst"
    assert (given.part_of, taken.reason) == (region_administrator.pk, "Slutar.")


def test_reference_data_and_synonyms_are_told(db):
    region = Organisation.objects.get(code="skane")
    region.name = "Region Nya Skåne"
    region.save()
    assert ChangeLog.objects.about(region).get().after == {"name": "Region Nya Skåne"}
    synonym = SearchSynonym(words="a, b")
    synonym.save()
    assert ChangeLog.objects.about(synonym).get().after["words"] == "a, b"


def test_the_areas_of_a_sub_goal_are_told_when_they_are_chosen(plan):
    sub_goal, area = SubGoal.objects.first(), plan.product_areas.first()
    for areas in ([area], []):
        sub_goal.product_areas.set(areas)
    kinds = ChangeLog.objects.of(SubGoal.product_areas.through).order_by("pk")
    assert [(change.kind, change.part_of, change.plan) for change in kinds] == [
        ("added", sub_goal.pk, plan.pk),
        ("removed", sub_goal.pk, plan.pk),
    ]


@pytest.mark.parametrize("model", [CalendarFeed, ReminderOptOut, User])
def test_the_log_keeps_no_secret(model):
    secrets = {"password", "token_sha256"}
    columns = {field.name for field in model._meta.concrete_fields}
    assert columns & secrets <= model.logged_hidden
