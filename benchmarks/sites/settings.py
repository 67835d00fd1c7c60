"""Our own settings with two addresses more, and static files collected outside the checkout."""

import os

from actionplan.settings import *  # noqa: F403, TID251
from actionplan.settings import INSTALLED_APPS as OURS  # noqa: TID251
from actionplan.settings import MIDDLEWARE as AROUND  # noqa: TID251
from actionplan.settings import MOST_A_MINUTE as ASKED  # noqa: TID251

INSTALLED_APPS = [*OURS, "benchmarks"]
if os.environ.get("BENCHMARK_COUNTED"):
    MIDDLEWARE = ["benchmarks.sites.counted.statements", *AROUND]
# The people of the demo have no second step, and are let in without one as in `make run`.
MFA_REQUIRED = False
# One address asks all that is measured.
MOST_A_MINUTE = dict.fromkeys(ASKED, 0)
ROOT_URLCONF = "benchmarks.sites.urls"
STATIC_ROOT = os.environ["BENCHMARK_STATIC"]
