#!/usr/bin/env python3
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from actionplan.env import Misconfigured

if __name__ == "__main__":
    # A migration or an export takes the time it needs, whatever bounds a request.
    os.environ["STATEMENT_SECONDS"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actionplan.settings")
    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as sentence:
        sys.exit(str(sentence))
