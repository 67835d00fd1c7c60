"""Two people with one page open: the three-way merge of the admin's model forms.

A browser is played from the rendered page, hidden inputs included, so that what a form shows and
what it takes back are tested together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django.forms import ModelForm
from django.http import QueryDict

from actionplan.merging.merge_forms import (
    ContactForm,
    GoalForm,
    IndicatorForm,
    PlanForm,
    SubGoalForm,
)
from actionplan.models import (
    ActionPlan,
    Contact,
    Goal,
    Indicator,
    Organisation,
    ProductArea,
    SubGoal,
)

Posted = dict[str, list[str]]


class Browser(HTMLParser):
    """What a browser would send of a page that nobody touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: Posted = {}
        self._area, self._select = "", ""
        self.feed(page)

    def _add(self, name: str, value: str) -> None:
        # A browser ends its lines as forms do.
        value = value.replace("\r\n", "\n").replace("\n", "\r\n")
        self.sent.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name") or ""
        is_tick = attributes.get("type") in ("checkbox", "radio")
        if tag == "input" and (not is_tick or "checked" in attributes):
            self._add(
                name, attributes.get("value") or "on" * (attributes.get("type") == "checkbox")
            )
        elif tag == "textarea":
            self._area = name
            self._text = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in attributes:
            self._add(self._select, attributes.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The first line end after the tag belongs to the page, not to the text.
            self._add(self._area, self._text.removeprefix("\r").removeprefix("\n"))
            self._area = ""


@dataclass(frozen=True)
class Field:
    """A field of a form, what I type into it, and what somebody else stores meanwhile."""

    form: type[ModelForm]
    name: str
    row: Callable[[], Any]
    typed: Callable[[], list[str]]
    mine: Callable[[], Any]
    theirs: Callable[[], Any]
    # How the conflict names what is stored; "" where two changes are always the same one.
    quoted: str = ""

    def stored(self) -> Any:
        value = getattr(self.row(), self.name)
        return set(value.all()) if hasattr(value, "all") else value

    def store_theirs(self) -> None:
        row, value = self.row(), self.theirs()
        if isinstance(value, set):
            getattr(row, self.name).set(value)
            return
        setattr(row, self.name, value)
        row.save()


def areas(*numbers: int) -> set[ProductArea]:
    return set(ProductArea.objects.filter(number__in=numbers))


def plan_row() -> ActionPlan:
    return ActionPlan.objects.get(first_year=2023)


def earlier() -> ActionPlan:
    """A plan of the period before."""
    now = plan_row()
    return ActionPlan.objects.get_or_create(
        slug="fore",
        category=now.category,
        procurement_region=now.procurement_region,
        coordinator=now.coordinator,
        first_year=2020,
        last_year=2022,
    )[0]


def neighbour(code: str) -> Organisation:
    """Another organisation of the plan's procurement region."""
    region = plan_row().procurement_region
    return Organisation.objects.get_or_create(
        code=code, name=f"Region {code.title()}", procurement_region=region
    )[0]


def indicator() -> Indicator:
    return Indicator.objects.order_by("pk").first()


def sub_goal() -> SubGoal:
    return SubGoal.objects.order_by("pk").first()


def always(value: Any) -> Callable[[], Any]:
    return lambda: value


def field(form, name, row, typed, mine, theirs, quoted="") -> Field:
    """A field whose values need no database."""
    return Field(form, name, row, always([typed]), always(mine), always(theirs), quoted)


FIELDS = [
    field(
        PlanForm,
        "introduction",
        plan_row,
        "Min rad.\r\n\r\nTvå.",
        "Min rad.\n\nTvå.",
        "Deras.",
        "Deras.",
    ),
    field(PlanForm, "last_year", plan_row, "2026", 2026, 2027, "2027"),
    field(GoalForm, "text", Goal.objects.get, "Mitt mål", "Mitt mål", "Deras mål", "Deras mål"),
    field(IndicatorForm, "kind", indicator, "measure", "measure", "measure"),
    field(
        IndicatorForm,
        "due_on",
        indicator,
        "2026-05-31",
        date(2026, 5, 31),
        date(2026, 6, 1),
        "2026-06-01",
    ),
    field(IndicatorForm, "target", indicator, "80,5", Decimal("80.5"), Decimal("7.25"), "7,250"),
    field(
        ContactForm, "is_public", lambda: Contact.objects.get(name="Kim Hemlig"), "on", True, True
    ),
    Field(
        PlanForm,
        "coordinator",
        plan_row,
        lambda: [str(neighbour("norr").pk)],
        lambda: neighbour("norr"),
        lambda: neighbour("soder"),
        "Region Soder",
    ),
    Field(
        PlanForm,
        "predecessor",
        plan_row,
        lambda: [str(earlier().pk)],
        earlier,
        earlier,
    ),
    Field(
        SubGoalForm,
        "product_areas",
        sub_goal,
        lambda: [str(area.pk) for area in areas(1)],
        lambda: areas(1),
        lambda: areas(2),
        "2. nätverksprodukter",
    ),
]
EVERY = pytest.mark.parametrize("field", FIELDS, ids=lambda f: f"{f.form.__name__}-{f.name}")
CONFLICTING = pytest.mark.parametrize(
    "field", [f for f in FIELDS if f.quoted], ids=lambda f: f"{f.form.__name__}-{f.name}"
)


@pytest.fixture(autouse=True)
def rows(plan) -> None:
    """The plan, with another one to be preceded by and an indicator ready to be a measure."""
    earlier()
    Indicator.objects.update(unit="procent", target=Decimal("1.5"))


def show(field: Field) -> Posted:
    return Browser(str(field.form(instance=field.row()))).sent


def send(field: Field, posted: Posted, typed: list[str] | None = None) -> ModelForm:
    data = QueryDict(mutable=True)
    for name, values in posted.items():
        data.setlist(name, values)
    if typed is not None:
        data.setlist(field.name, typed)
    return field.form(data, instance=field.row())


@EVERY
def test_a_page_that_nobody_touched_changes_nothing(field):
    form = send(field, show(field))
    assert form.is_valid(), form.errors
    assert form.changed_data == []


@EVERY
def test_what_i_type_is_stored(field):
    form = send(field, show(field), field.typed())
    assert form.is_valid(), form.errors
    form.save()
    assert field.stored() == field.mine()


@EVERY
def test_what_i_did_not_touch_keeps_what_somebody_else_stored(field):
    sent_form = show(field)
    field.store_theirs()
    form = send(field, sent_form)
    assert form.is_valid(), form.errors
    assert form.changed_data == []
    form.save()
    assert field.stored() == field.theirs()


@EVERY
def test_when_both_typed_the_same_there_is_nothing_to_decide(field):
    sent_form = show(field)
    send(field, sent_form, field.typed()).save()
    form = send(field, sent_form, field.typed())
    assert form.is_valid(), form.errors
    assert field.name not in form.changed_data


@CONFLICTING
def test_when_both_changed_it_i_am_told_what_is_stored_and_nothing_is_overwritten(field):
    sent_form = show(field)
    field.store_theirs()
    form = send(field, sent_form, field.typed())
    assert not form.is_valid()
    (sentence,) = form.errors[field.name]
    assert f"”{field.quoted}”" in sentence
    assert list(form.errors) == [field.name]
    assert field.stored() == field.theirs()


@CONFLICTING
def test_saving_again_after_a_conflict_is_a_knowing_choice(field):
    form = show(field)
    field.store_theirs()
    refused = send(field, form, field.typed())
    assert not refused.is_valid()
    again = send(field, Browser(str(refused)).sent)
    assert again.is_valid(), again.errors
    again.save()
    assert field.stored() == field.mine()


@CONFLICTING
def test_giving_in_after_a_conflict_keeps_what_is_stored(field):
    form = show(field)
    field.store_theirs()
    refused = send(field, form, field.typed())
    assert not refused.is_valid()
    in_box = show(field).get(field.name, [])
    again = send(field, Browser(str(refused)).sent, in_box)
    assert again.is_valid(), again.errors
    assert again.changed_data == []


@CONFLICTING
def test_a_third_change_between_two_saves_is_told_as_well(field):
    form = show(field)
    field.store_theirs()
    refused = send(field, form, field.typed())
    assert not refused.is_valid()
    # Back to what was there at first: a change since the second look all the same.
    send(field, show(field), form.get(field.name, [])).save()
    again = send(field, Browser(str(refused)).sent)
    assert list(again.errors) == [field.name]


def test_two_people_in_two_fields_both_get_their_way():
    sent_form = Browser(str(IndicatorForm(instance=indicator()))).sent
    Indicator.objects.filter(pk=indicator().pk).update(text="Deras text")
    data = QueryDict(mutable=True)
    for name, values in {**sent_form, "due_on": ["2026-05-31"]}.items():
        data.setlist(name, values)
    IndicatorForm(data, instance=indicator()).save()
    assert (indicator().text, indicator().due_on) == ("Deras text", date(2026, 5, 31))


@pytest.mark.parametrize(
    ("stored", "typed", "left"), [(True, [], False), (False, ["on"], True)], ids=["off", "on"]
)
def test_a_checkbox_is_switched_both_ways(stored, typed, left):
    contact = Contact.objects.get(name="Kim Hemlig")
    contact.is_public = stored
    contact.save()
    data = QueryDict(mutable=True)
    for name, values in Browser(str(ContactForm(instance=contact))).sent.items():
        data.setlist(name, values)
    data.pop("is_public", None)
    data.setlist("is_public", typed)
    ContactForm(data, instance=Contact.objects.get(pk=contact.pk)).save()
    contact.refresh_from_db()
    assert contact.is_public is left


def test_a_new_row_has_nothing_to_merge_with(plan):
    data = QueryDict(f"plan={plan.pk}&number=9&text=Nytt")
    form = GoalForm(data)
    assert form.is_valid(), form.errors
    assert form.save().text == "Nytt"
    assert "initial-text" not in Browser(str(GoalForm())).sent


def test_a_page_without_its_hidden_inputs_never_overwrites_silently(plan):
    """A script that sends only the boxes says nothing of what it saw: what differs is asked."""
    goal = Goal.objects.get()
    form = GoalForm(QueryDict(f"plan={plan.pk}&number=1&text=Annat"), instance=goal)
    assert list(form.errors) == ["text"]


@pytest.mark.parametrize("typed", ["80,5", "80.5", " 80,500 ", "0 080,5", "80\u202f,5\xa0"])
def test_a_decimal_is_shown_with_a_swedish_comma_and_taken_with_either(typed):
    target = next(f for f in FIELDS if f.name == "target")
    assert show(target)["target"] == ["1,500"]
    form = send(target, show(target), [typed])
    assert form.is_valid(), form.errors
    form.save()
    assert indicator().target == Decimal("80.5")


def test_a_public_contact_stays_public_on_a_page_that_nobody_touched():
    contact = Contact.objects.get(name="Alva Öppen")
    data = QueryDict(mutable=True)
    for name, values in Browser(str(ContactForm(instance=contact))).sent.items():
        data.setlist(name, values)
    form = ContactForm(data, instance=contact)
    assert (form.is_valid(), form.changed_data) == (True, [])
    assert form.save().is_public


def test_what_somebody_emptied_is_told_as_empty():
    due = next(f for f in FIELDS if f.name == "due_on")
    Indicator.objects.update(due_on=date(2026, 1, 1))
    form = show(due)
    Indicator.objects.update(due_on=None)
    (sentence,) = send(due, form, ["2026-05-31"]).errors["due_on"]
    assert "””" in sentence
    assert "None" not in sentence
