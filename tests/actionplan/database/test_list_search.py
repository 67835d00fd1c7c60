"""The lists of the admin are searched table by table, and find what they found before."""

from functools import reduce
from operator import or_

import pytest
from django.contrib.admin import ModelAdmin
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from actionplan.database.list_search import matching
from risks.models import RiskStatement
from tests.factories import AreaFactory, PlanFactory, fill_cell

STATEMENTS = "/admin/risks/riskstatement/"


@pytest.fixture
def statements(db):
    """Of two areas of one plan, and of another."""
    plan = PlanFactory(category__name="Livsmedel")
    for number, name in ((1, "Kött"), (2, "Fisk och skaldjur")):
        area = AreaFactory(plan=plan, number=number, name=name)
        fill_cell(area, "use", "environment", risks=[f"Utsläpp vid {number} %", "Övergödning"])
    other = AreaFactory(plan=PlanFactory(category__name="Textil"), number=1, name="Kött")
    fill_cell(other, "use", "environment", risks=["Utsläpp av färg"])
    return RiskStatement.objects.all()


WORDS = [
    *("utsläpp", "UTSLÄPP kött", "kött livsmedel", "'fisk och'", "fisk utsläpp textil"),
    *("övergödning textil", "1 %", "_", "%", "zirkonium", "skaldjur 'vid 2'"),
]


@pytest.mark.parametrize("words", WORDS)
def test_a_search_finds_what_the_search_of_the_stock_admin_finds(as_persona, statements, words):
    response = as_persona("analyst").get(STATEMENTS, {"q": words})
    listed = response.context_data["cl"]
    stock, _twice = ModelAdmin.get_search_results(
        listed.model_admin, response.wsgi_request, statements, words
    )
    assert {row.pk for row in listed.result_list} == {row.pk for row in stock}
    assert listed.result_count == stock.count()


# Of the table itself, of another alone, and of several.
FIELDS = [("text",), ("cell__product_area__name",), ("cell__product_area__plan__category__name",)]
FIELDS += [("text", "cell__product_area__name"), ("cell__level", "cell__product_area__name")]


@pytest.mark.parametrize("fields", FIELDS)
@pytest.mark.parametrize("word", ["kött", "textil", "utsläpp"])
def test_a_word_is_found_in_whichever_table_has_it(statements, fields, word):
    anywhere = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
    expected = set(statements.filter(anywhere).values_list("pk", flat=True))
    matching_keys = set(matching(statements, fields, word).values_list("pk", flat=True))
    assert matching_keys == expected


def test_a_word_of_another_table_is_looked_up_there_alone(statements):
    rows = matching(statements.order_by(), ["cell__product_area__name"], "kött")
    within = str(rows.query).partition(" IN (")[2]
    assert "riskstatement" not in within
    assert len(rows) == 3


def test_each_page_of_a_search_has_its_rows_and_the_number_of_all(as_persona, statements):
    area = AreaFactory(plan=PlanFactory(), number=1)
    fill_cell(area, "use", "environment", risks=[f"Buller {number}" for number in range(120)])
    client = as_persona("analyst")
    pages = [client.get(STATEMENTS, {"q": "buller", "p": at}) for at in (1, 2, 3)]
    lists = [page.context_data["cl"] for page in pages]
    assert [changelist.result_count for changelist in lists] == [120] * 3
    assert [len(changelist.result_list) for changelist in lists] == [50, 50, 20]
    keys = [row.pk for changelist in lists for row in changelist.result_list]
    assert keys == list(
        statements.filter(text__startswith="Buller")
        .order_by("cell_id", "position", "id")
        .values_list("pk", flat=True)
    )


def test_a_search_looks_at_each_row_once(as_persona, statements):
    """What is found is counted and shown by one look, table by table."""
    area = AreaFactory(plan=PlanFactory(), number=1)
    fill_cell(area, "use", "environment", risks=[f"Buller {number}" for number in range(60)])
    client = as_persona("analyst")
    for words in ("buller", "zirkonium"):
        with CaptureQueriesContext(connection) as captured:
            client.get(STATEMENTS, {"q": words})
        queries = [sql for each in captured if "UNION ALL" in (sql := each["sql"])]
        assert [sql.count("UNION ALL") for sql in queries[:1]] == [2]
        assert len(queries) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such index")
def test_the_texts_that_are_searched_have_an_index_where_the_extension_is_at_hand(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
        (is_there,) = cursor.fetchone()
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE '%%_searched'")
        indexes = {name for (name,) in cursor.fetchall()}
    names = {f"{table}_searched" for table in ("statement", "requirement", "reading", "follow_up")}
    assert indexes == (names if is_there else set())
