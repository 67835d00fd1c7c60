"""Lists that are longer than a page that anybody reads: its first rows, and all in an Excel file.

The whole list waits in the cache for whoever it was shown to, as an upload for its confirmation.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actionplan import permissions
from actionplan.admin_site import admin_page
from actionplan.excel.columns import TEXT, Column
from actionplan.excel.columns.kinds import WHOLE
from actionplan.excel.upload_storage import LARGEST, UploadStorage
from actionplan.excel.writing.sheet_writing import xlsx_pieces
from actionplan.excel.writing.spreadsheet import XLSX_TYPE
from actionplan.processes.streamed_files import streamed

Row = Sequence[object]
# What a page shows of a list.
FEWEST_TO_CUT: Final = 200
WIDTHS: Final = {1: (100,), 2: (40, 100), 3: (10, 30, 100), 4: (40, 24, 70, 70)}


class CompleteList(msgspec.Struct, frozen=True):
    """All of a list, as its file is made of it."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class LongList:
    """What a page shows of a list: its first rows, how many there are, and the file with all."""

    rows: Sequence[Row]
    number: int
    # "" where all are shown.
    address: str = ""


def cut_list(
    request: HttpRequest, title: str, headings: Sequence[str], rows: Sequence[Row]
) -> LongList:
    """Return the first rows of a list and, where those are not all, an address that has all."""
    if len(rows) <= FEWEST_TO_CUT:
        return LongList(rows, len(rows))
    return LongList(rows[:FEWEST_TO_CUT], len(rows), kept(request, title, headings, rows))


def kept(request: HttpRequest, title: str, headings: Sequence[str], rows: Sequence[Row]) -> str:
    """Keep a whole list for this person and return the address of its file.

    "" where it is larger than anything that is kept.
    """
    whole = CompleteList(title, tuple(headings), [tuple(map(_plain, row)) for row in rows])
    packed = zlib.compress(msgspec.msgpack.encode(whole), 1)
    if len(packed) > LARGEST:
        return ""
    # By what is in it: whoever looks again finds the same, and keeps no second one.
    name = sha256(packed).hexdigest()[:32]
    cache.set(_key(request, name), packed, UploadStorage.CACHE_LIFETIME)
    return reverse("admin:long_list", args=[name])


@admin_page("lista/<str:name>/", name="long_list")
@require_GET
def long_list(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the whole of a list that a page showed the beginning of, to whom it showed it."""
    if not permissions.may_edit_something(request.user):
        raise PermissionDenied
    packed = cache.get(_key(request, name))
    if packed is None:
        messages.error(request, _("The list is no longer here. Make the preview again."))
        return HttpResponseRedirect(reverse("admin:index"))
    whole = msgspec.msgpack.decode(zlib.decompress(packed), type=CompleteList)
    widths = WIDTHS.get(len(whole.headings), (30,) * len(whole.headings))
    columns = [
        Column(str(at), heading, width, WHOLE if isinstance(value, int) else TEXT)
        for at, (heading, width, value) in enumerate(
            zip(whole.headings, widths, whole.rows[0], strict=True)
        )
    ]
    return streamed(
        xlsx_pieces(whole.title, columns, iter(whole.rows)),
        file_name=f"{whole.title}.xlsx",
        content_type=XLSX_TYPE,
    )


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


def _key(request: HttpRequest, name: str) -> str:
    return f"list-{request.user.pk}-{name}"
