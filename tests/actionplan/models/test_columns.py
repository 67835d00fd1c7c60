"""The fields that have a column."""

import pytest
from django.core.exceptions import FieldDoesNotExist

from actionplan.models import ProductArea
from actionplan.models.columns import column_of


def test_a_field_is_known_by_its_column() -> None:
    assert column_of(ProductArea, "plan") == "plan_id"


@pytest.mark.parametrize("name", ["cells", "nothing"])
def test_what_comes_from_another_table_has_no_column(name: str) -> None:
    with pytest.raises(FieldDoesNotExist):
        column_of(ProductArea, name)
