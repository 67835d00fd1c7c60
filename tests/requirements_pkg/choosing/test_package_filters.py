"""Which packages fit a region, a period and a CPV code, and how many would."""

from dataclasses import dataclass

import pytest

from requirements_pkg.choosing.package_filters import PackageFilters, counts, values


@dataclass(frozen=True)
class Listed:
    region: str = "Upphandlingsregion A"
    period: str = "2026–2028"
    cpv: tuple[str, ...] = ()


SERVERS = Listed("Upphandlingsregion C", "2023–2025", ("48820000-2",))
NETWORKS = Listed("Upphandlingsregion C", "2026–2028", ("32420000-3", "48822000-6"))
GLOVES = Listed("Upphandlingsregion Å", "2026–2028", ("33141420-0",))
MODULE = Listed("Upphandlingsregion A", "", ())
ALL = [SERVERS, NETWORKS, GLOVES, MODULE]


def test_what_can_be_chosen_stands_in_the_order_of_who_looks():
    assert values(ALL) == {
        "region": ["Upphandlingsregion A", "Upphandlingsregion C", "Upphandlingsregion Å"],
        "period": ["2026–2028", "2023–2025"],
        "cpv": ["32420000-3", "33141420-0", "48820000-2", "48822000-6"],
    }


@pytest.mark.parametrize(
    ("query", "fitting"),
    [
        ({}, ALL),
        ({"region": "Upphandlingsregion C"}, [SERVERS, NETWORKS]),
        ({"region": "Upphandlingsregion C", "period": "2026–2028"}, [NETWORKS]),
        # A code fits what lies under it and above it.
        ({"cpv": "48822000-6"}, [SERVERS, NETWORKS]),
        ({"cpv": "33141420-0", "period": "2023–2025"}, []),
        # What no package has is no filter: nobody fills a memory with such lists.
        ({"region": "Upphandlingsregion X", "cpv": "1", "period": "2099"}, ALL),
    ],
)
def test_packages_fit_all_filters_of_the_address(query, fitting):
    assert PackageFilters.of(query, ALL).choose(ALL) == fitting


def test_the_address_has_one_spelling():
    filters = PackageFilters.of({"cpv": "48820000-2", "x": "1", "period": ""}, ALL)
    assert filters.query == "cpv=48820000-2"
    assert PackageFilters().query == ""


@pytest.mark.parametrize(
    "filters",
    [
        PackageFilters(),
        PackageFilters(region="Upphandlingsregion C"),
        PackageFilters(period="2026–2028", cpv="48822000-6"),
    ],
)
def test_each_count_is_what_its_value_would_show(filters):
    for name, counted in counts(ALL, filters).items():
        rest = {other: getattr(filters, other) for other in ("region", "period", "cpv")}
        numbers = {
            value: len(PackageFilters(**{**rest, name: value}).choose(ALL)) for value in counted
        }
        assert counted == numbers
