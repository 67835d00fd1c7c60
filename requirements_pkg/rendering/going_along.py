"""What a buyer chose goes along from page to page: in the links and forms of a finished page.

A page is kept as it is for all who chose nothing. For who did, her selection is put into it as it
is sent: no page has to know of it, and none can forget it.
"""

import re
from typing import Final
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html_join

from requirements_pkg.choosing.selection import Pair, Selection, fitting

# Where the head of a page tells of the selection; `base.html` has it.
HEAD: Final = "<!-- selection -->"
LINK: Final = re.compile(r'(<a\b[^>]*?\shref=")([^"#]*)([^"]*")')
FORM: Final = re.compile(r"(<form\b[^>]*>)(.*?)(</form>)", re.DOTALL)
# The public pages; files and feeds are fetched by programs, and forms with a token are sent.
PAGE: Final = re.compile(
    r"/(?:kravpaket/|sok/|urval/|uppfoljning/|om/|tillganglighet/|integritet/|$)"
)
NO_PAGE: Final = re.compile(r"/(?:ladda-ner|flode|synpunkt)/")
# Adds to what is chosen, wherever that is.
PICK: Final = "/valj/"
NAMED: Final = re.compile(r"(?:^|[?&;])paket=")
TICKED: Final = re.compile(r"(?:^|[?&;])krav=")
SENT: Final = re.compile(r'\smethod="post"', re.IGNORECASE)
ACTION: Final = re.compile(r'\saction="([^"?]*)')
FIELD: Final = re.compile(r'\sname="(?:krav|paket)"')


def with_selection(html: str, selection: Selection, here: str) -> str:
    """Return a page that takes a selection along, and tells of it.

    Args:
        html: the page as everybody gets it.
        selection: what was chosen; of one that no address has room for, what is ticked.
        here: the path of the page.
    """
    pairs = fitting(selection.pairs())
    query = urlencode(pairs)
    escaped, fields = escape(query), _fields(pairs)

    def link(match: re.Match[str]) -> str:
        before, address, rest = match.groups()
        return f"{before}{_taking(address, escaped)}{rest}" if address else match[0]

    def form(match: re.Match[str]) -> str:
        tag, body, end = match.groups()
        return f"{tag}{body}{fields}{end}" if _takes(tag, body) else match[0]

    head = render_to_string(
        "includes/_selection.html",
        {"query": query, "count": selection.count, "is_here": here == reverse("selection")},
    )
    return FORM.sub(form, LINK.sub(link, html)).replace(HEAD, head, 1)


def _taking(address: str, query: str) -> str:
    """Return an address of a page with the selection in it, unless it has one."""
    path, _mark, own = address.partition("?")
    is_page = not path or (PAGE.match(path) and not NO_PAGE.search(path))
    has_own = NAMED.search(own) or (TICKED.search(own) and not path.endswith(PICK))
    if not is_page or has_own:
        return address
    return f"{path}?{own}&amp;{query}" if own else f"{path}?{query}"


def _takes(tag: str, body: str) -> bool:
    """Tell whether a form leads to a page, and says nothing of what is chosen."""
    action = ACTION.search(tag)
    is_page = action is None or not action[1] or PAGE.match(action[1])
    return bool(is_page) and not SENT.search(tag) and not FIELD.search(body)


def _fields(pairs: list[Pair]) -> str:
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)
