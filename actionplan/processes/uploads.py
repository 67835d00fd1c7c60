"""Read what a person sent, outside this process, and say in words why it was not read."""

import logging
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplan.processes import child_process
from actionplan.processes.child_process import ChildFailed, Failure

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

SENTENCES: Final[dict[Failure, Promise]] = {
    Failure.BUSY: _("Several files are being read right now. Wait a minute and try again."),
    Failure.TOO_LONG: _(
        "The file takes too long to read. Remove what is not needed, or split the file."
    ),
    Failure.TOO_MUCH: _(
        "The file contains more than can be read at once. Remove what is not needed, or "
        "split the file."
    ),
    Failure.CRASHED: _(
        "The file could not be read. Open it in the program that created it, save it "
        "again and try again."
    ),
}


class FileRefused(Exception):
    """A file that is not read, with the reason in the user's language."""


def read(
    function: Callable[..., Result],
    *arguments: object,
    raises: tuple[type[Exception], ...] = (),
    **named: Any,
) -> Result:
    """Return what a reader makes of a file, called in a child process.

    Args:
        function: a reader in a module that needs no Django settings.
        raises: its own refusals, which are raised here too.

    Raises:
        FileRefused: the child gave no answer; why stands in the log.
    """
    try:
        return child_process.call(function, *arguments, raises=raises, **named)
    except ChildFailed as failed:
        name = f"{function.__module__}.{function.__qualname__}"
        logger.warning("Not read by %s: %s. %s", name, failed.failure, failed.log)
        raise FileRefused(str(SENTENCES[failed.failure])) from failed
