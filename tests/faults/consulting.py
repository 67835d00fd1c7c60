"""Drafts that are out for consultation, for the sites that are broken."""

from pathlib import Path

from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.models import ProcurementRegion, User
from requirements_pkg.actions.dialogue import consultations, deciding
from requirements_pkg.actions.dialogue.replies import begin_reply, token_of
from requirements_pkg.actions.publishing import publish
from requirements_pkg.models import (
    Consultation,
    ConsultationRemark,
    ConsultationReply,
    PackageVersion,
    RemarkDecision,
    RequirementsPackage,
)
from tests.factories import ModuleFactory, RequirementFactory, answered, consult
from tests.faults.racing import CLIENTS, DONE, REFUSED, Race, person

WRITERS = 8
# Of some length, so that a full disk has no room for it.
QUESTION = "Vilken enhet gäller måttet? " * 80
OPEN, WAITING, NEW, SUMMED_UP = "oppen", "vantar", "ny", "sammanfattad"


def module(slug: str) -> RequirementsPackage:
    return RequirementsPackage.objects.with_owner().get(slug=slug)


def consultation(slug: str) -> Consultation:
    return Consultation.objects.with_names().get(package__slug=slug)


def unsent() -> QuerySet[ConsultationReply]:
    rows = ConsultationReply.objects.filter(sent_at__isnull=True, consultation__package__slug=OPEN)
    return rows.select_related("consultation__package").order_by("pk")


def furnish_consultations(coordinator: User, reviewer: User) -> None:
    """Write a module for each way that a consultation stands."""
    region = ProcurementRegion.objects.get(code="C")
    for slug in (OPEN, WAITING, NEW, SUMMED_UP):
        made = ModuleFactory(slug=slug, title=slug.title(), steward=region)
        for at in range(WRITERS):
            RequirementFactory(package=made, code=f"{slug[:2].upper()}-{at + 1:02}")
    opened = consult(module(OPEN), coordinator, reviewer)
    uids = [str(row.uid) for row in module(OPEN).requirements.all()]
    answered(opened, {"": "Bra.", uids[0]: "Skriv ut måttet."})
    for _client in range(WRITERS):
        reply = begin_reply(opened)
        reply.texts = {"": "Otydligt.", **dict.fromkeys(uids, QUESTION)}
        reply.save()
    consult(module(WAITING), coordinator)
    over = consult(module(SUMMED_UP), coordinator, reviewer)
    answered(over, {"": "Bra."})
    consultations.close_consultation(consultation=over, by=coordinator)
    for remark in ConsultationRemark.objects.of(over):
        decide(remark, coordinator)
    deciding.sum_up(consultation=over, by=coordinator)


def decide(remark: ConsultationRemark, by: User) -> None:
    """Take a remark in."""
    remark.decision = RemarkDecision.TAKEN_IN
    remark.summary, remark.reason = "Enheten saknas.", "Vi skriver ut den."
    deciding.decide_remark(remark=remark, by=by)


def send(reply: ConsultationReply) -> bool:
    """Send a reply as whoever wrote it does; tell whether it was taken in."""
    address = reverse("send_reply", args=[token_of(reply)])
    answer = Client().post(address, {"name": "Kim", "has_consented": "on"})
    assert answer.status_code < 500
    reply.refresh_from_db()
    return answer.status_code == 302


def ask_for_a_consultation(_folder: Path) -> None:
    consult(module(NEW), person("samordnare"))


def let_a_draft_out(_folder: Path) -> None:
    row = consultation(WAITING)
    consultations.approve_consultation(consultation=row, by=person("granskare"))


def close_a_consultation(_folder: Path) -> None:
    row = consultation(OPEN)
    consultations.close_consultation(consultation=row, by=person("samordnare"))


def answer_a_consultation(_folder: Path) -> None:
    assert send(unsent()[0])


def decide_on_a_remark(_folder: Path) -> None:
    decide(ConsultationRemark.objects.of(consultation(OPEN))[0], person("samordnare"))


def publish_with_a_summary(_folder: Path) -> None:
    by, second = person("samordnare"), person("granskare")
    publish(package=module(SUMMED_UP), by=by, approved_by=second, note="Efter remiss.")


ACTS = {
    "ask for a consultation": ask_for_a_consultation,
    "let a draft out": let_a_draft_out,
    "close a consultation": close_a_consultation,
    "answer a consultation": answer_a_consultation,
    "decide on a remark": decide_on_a_remark,
    "publish with a summary": publish_with_a_summary,
}


def race_to_ask() -> Race:
    """One draft is frozen."""
    by, of = person("samordnare"), module(NEW)
    race = Race(lambda number: consult(of, by)).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    assert of.consultations.count() == 1
    return race


def race_to_decide() -> Race:
    """A draft is let out or returned, once."""
    by = person("granskare")

    def act(number: int) -> None:
        row = consultation(WAITING)
        if number % 2:
            consultations.approve_consultation(consultation=row, by=by)
        else:
            consultations.return_consultation(consultation=row, by=by, answer="Fler krav först.")

    race = Race(act).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    return race


def race_to_send_one_reply() -> Race:
    """It is taken in once, with each of its remarks once."""
    reply = unsent()[0]
    race = Race(lambda number: send(ConsultationReply.objects.get(pk=reply.pk))).run()
    # Whoever comes too late is led to what was sent.
    assert race.outcomes[DONE] >= 1, race
    assert reply.remarks.count() == WRITERS + 1
    return race


def race_to_answer_while_it_is_closed() -> Race:
    """What was taken in before it was closed is all there is of it."""
    by, replies, met = person("samordnare"), list(unsent()), []

    def act(number: int) -> bool:
        if number % 2:
            return send(replies[number])
        consultations.close_consultation(consultation=consultation(OPEN), by=by)
        met.append(consultation(OPEN).replies.sent().count())
        return True

    race = Race(act).run()
    row = consultation(OPEN)
    assert met == [row.replies.sent().count()], race
    assert row.closed_at is not None
    return race


def race_to_decide_on_a_remark() -> Race:
    """The last decision stands, and each is in the log."""
    by, row = person("samordnare"), consultation(OPEN)
    race = Race(lambda number: decide(ConsultationRemark.objects.of(row)[0], by)).run()
    assert race.outcomes == {DONE: CLIENTS}, race
    return race


def race_to_publish_with_a_summary() -> Race:
    """One version has the summary."""
    by, second, of = person("samordnare"), person("granskare"), module(SUMMED_UP)
    race = Race(lambda number: publish(package=of, by=by, approved_by=second, note="Ny.")).run()
    assert race.outcomes == {DONE: 1, REFUSED: CLIENTS - 1}, race
    version = PackageVersion.objects.get(package=of)
    assert len(version.content.consultations) == 1
    assert version.published_at <= timezone.now()
    return race


RACES = {
    "ask for a consultation": race_to_ask,
    "let out or return a draft": race_to_decide,
    "send one reply": race_to_send_one_reply,
    "answer while it is closed": race_to_answer_while_it_is_closed,
    "decide on a remark": race_to_decide_on_a_remark,
    "publish with a summary": race_to_publish_with_a_summary,
}
