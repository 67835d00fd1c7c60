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

from requirements_pkg.choosing.selection import FORM as SENDER
from requirements_pkg.choosing.selection import Pair, Selection, fitting

# Where the head of a page tells of the selection; `base.html` has it.
HEAD: Final = "<!-- selection -->"
LINK: Final = re.compile(r'(<a\b[^>]*?\shref=")([^"#]*)([^"]*")')
FORM: Final = re.compile(r"(<form\b[^>]*>)(.*?)(</form>)", re.DOTALL)
# The public pages; files and feeds are fetched by programs.
PAGE: Final = re.compile(
    r"/(?:kravpaket/|sok/|urval/|vagledning/|uppfoljning/|remiss/(?!svar/)|om/|tillganglighet/|integritet/|$)"
)
NO_PAGE: Final = re.compile(r"/(?:ladda-ner|flode)/")
# Adds to what is chosen, wherever that is.
PICK: Final = "/valj/"
NAMED: Final = re.compile(r"(?:^|[?&;])paket=")
TICKED: Final = re.compile(r"(?:^|[?&;])krav=")
# Where a page may be asked for by a form, with more than an address has room for.
ANCHOR: Final = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
TAKES_FORM: Final = re.compile(
    r"/(?:urval/|kravpaket/(?:[-\w]+/(?:v[0-9]+/)?(?:krav/|risker/(?:[0-9]+/)?|mal/)?)?)(?:#.*)?"
)
SENT: Final = re.compile(r'\smethod="post"', re.IGNORECASE)
ACTION: Final = re.compile(r'\saction="([^"?]*)')
FIELD: Final = re.compile(r'\sname="(?:krav|paket)"')


def with_selection(html: str, selection: Selection, here: str) -> str:
    """Return a page that takes a selection along, and tells of it.

    Of a selection that no address has room for all goes along where a page takes a form, and
    else what is ticked.

    Args:
        html: the page as everybody gets it.
        selection: what was chosen.
        here: the path of the page.
    """
    selection = selection.carried
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
    html = html.replace(HEAD, head, 1)
    if not selection.fits:
        html = _sending(html, selection)
    return FORM.sub(form, LINK.sub(link, html))


def _sending(html: str, selection: Selection) -> str:
    """Return a page whose ways to pages that take a form are buttons of one."""

    def button(match: re.Match[str]) -> str:
        before, address, after, words = match.groups()
        path, _mark, own = address.partition("?")
        is_here = 'aria-current="page"' in before + after
        if is_here or own or not TAKES_FORM.fullmatch(path):
            return match[0]
        sends = f'type="submit" form="{SENDER}" formmethod="post" formaction="{path}"'
        return f"<button {sends} data-link{before}{after}>{words}</button>"

    html = ANCHOR.sub(button, html)
    if f'id="{SENDER}"' in html:
        return html
    fields = _fields(selection.pairs())
    return html.replace("</main>", f'<form id="{SENDER}" method="post">{fields}</form></main>', 1)


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
