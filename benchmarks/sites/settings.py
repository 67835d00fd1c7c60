"""Our own settings with two addresses more, and static files collected outside the checkout."""

import os

from actionplan.settings import *  # noqa: F403, TID251
from actionplan.settings import INSTALLED_APPS as OURS  # noqa: TID251
from actionplan.settings import MIDDLEWARE as AROUND  # noqa: TID251

INSTALLED_APPS = [*OURS, "benchmarks"]
if os.environ.get("BENCHMARK_COUNTED"):
    MIDDLEWARE = ["benchmarks.sites.counted.statements", *AROUND]
ROOT_URLCONF = "benchmarks.sites.urls"
STATIC_ROOT = os.environ["BENCHMARK_STATIC"]
