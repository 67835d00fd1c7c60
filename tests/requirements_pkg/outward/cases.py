"""Cases that break a constraint of what the world says of requirements."""

from datetime import timedelta

from requirements_pkg.models import LinkCheck
from tests.project.house.breaking import Break


def link_check() -> LinkCheck:
    if not LinkCheck.objects.exists():
        LinkCheck.objects.create(address="https://lag.example/1")
    return LinkCheck(address="https://lag.example/2")


CASES = [
    Break(
        "requirements_pkg_linkcheck_address_is_filled",
        link_check,
        {"address": ""},
        "Ange vilken webbadress som kontrollerades.",
        is_told_by_field=True,
    ),
    Break(
        "requirements_pkg_linkcheck_once",
        link_check,
        {"address": "https://lag.example/1"},
        "Webbadressen är redan kontrollerad.",
    ),
    Break(
        "requirements_pkg_linkcheck_failing_when_checked",
        link_check,
        {"failing_since": lambda row: row.checked_at + timedelta(days=1)},
        "En adress kan inte ha slutat svara efter att den kontrollerades.",
    ),
]
