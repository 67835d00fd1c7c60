"""Sub-goals of a sheet of indicators that the plan lacks, settled on its preview."""

from actionplan.excel.importing.settling import SettledWords
from actionplan.models import Indicator
from tests.actionplan.admin.test_sheets import bring, sheet


def test_a_sub_goal_that_the_plan_lacks_is_settled_with_its_goal(plan, coordinator):
    rows = sheet(coordinator)
    stored = rows[0]["goal_number"], rows[0]["sub_goal_number"]
    new = {**rows[0], "id": "", "fingerprint": "", "number": "1.9", "text": "Ny indikator"}
    new |= {"goal_number": 9, "sub_goal_number": "9.9", "sub_goal": "Okänt delmål"}
    (question,) = bring(coordinator, [new]).questions
    assert question.word.words == "9.9 Okänt delmål"
    meaning = {question.word.key: "|".join(map(str, stored))}
    assert not bring(coordinator, [new], settled=SettledWords(meaning)).has_validation_errors()
    sub_goal = Indicator.objects.get(number="1.9").sub_goal
    assert (sub_goal.goal.number, sub_goal.number) == stored
