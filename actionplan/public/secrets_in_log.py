"""Addresses that are secrets, which the server's log does not keep.

Django itself logs the address of whatever is refused, and so does our middleware.
"""

import logging
import re
from typing import Final

# As in deploy/nginx/kravkedjan.conf.
SECRET: Final = re.compile(
    r"/(anvandning|kalender|paminnelser|prenumerera|remiss|admin/losenord/valj|admin/inbjudan"
    r"|admin/konto/adress)/[^\s?]+"
)


class SecretAddresses(logging.Filter):
    """Takes secret addresses out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through without what opens something."""
        line = record.getMessage()
        if SECRET.search(line):
            record.msg, record.args = SECRET.sub(r"/\1/***", line), ()
        return True
