"""What strangers send: rubbish in every place where an address or a form takes something.

Everything follows from a seed, so that what fails can be sent again.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.urls import URLPattern, URLResolver, get_resolver

from tests.project.house import sources

DIGITS = "9" * 5000
# As they stand in an address: already quoted where they are no text.
VALUES = [
    "abc",
    "",
    "0",
    "-1",
    "1",
    "9" * 19,
    "9" * 30,
    DIGITS,
    "1e999",
    "NaN",
    "1.5",
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "%C0%AF",
    quote("²"),
    quote("٣"),
    quote("å" * 300),
    quote("\u202e"),
    "0001-01-01",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "-0044-03-15",
    "2026-02-30",
    "2026-11-29T25%3A61",
    "None",
    "true",
    "1%2C2%2Cabc",
    "..%2F..%2Fetc",
    "%27%20OR%201%3D1",
    "%7B%7B7*7%7D%7D",
    "%3Cscript%3E",
    "_5F_00",
    "__",
    "%",
    "%zz",
]
# Django's own names in the admin, besides those that our code asks for.
NAMES = [
    "_to_field",
    "_popup",
    "_changelist_filters",
    "_facets",
    "_selected_action",
    "_saveasnew",
    "_continue",
    "action",
    "all",
    "app_label",
    "e",
    "field_name",
    "id",
    "id__exact",
    "id__in",
    "id__gt",
    "id__isnull",
    "index",
    "model_name",
    "next",
    "o",
    "p",
    "pk",
    "pk__in",
    "plan",
    "plan__id",
    "q",
    "select_across",
    "term",
]
PARAMETER = re.compile(r"(?:GET|query)(?:\.get|\.getlist)?[(\[]\s*\"(\w+)\"")
COOKIES = [
    {"sessionid": '"a\\000b"'},
    {"sessionid": "x" * 3000},
    {"sessionid": "å"},
    {"csrftoken": '"\\000"'},
    {"django_language": '"\\000"'},
    {"messages": "%%%"},
    {"": "x"},
]
TYPES = [
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x; charset=nonsense",
    "multipart/form-data; boundary=å",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=nonsense",
    "",
    "x" * 500,
]
PART = b'--x\r\nContent-Disposition: form-data; name="file"'
BODIES = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"{}",
    b"a=%FF&b=%00&c",
    PART + b"\r\n\r\n",
    PART + b'; filename="\x00"\r\n\r\nq\r\n--x--\r\n',
    PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
    b"&".join(b"a=1" for _number in range(1001)),
]
METHODS = ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW"]
BOTH = ["GET", "POST"]
ARGUMENT = re.compile(r"<(?:\w+:)?\w+>")


@dataclass
class Attempt:
    """One request; its path holds the query, as it stands in the first line."""

    path: str
    method: str = "GET"
    data: Any = ""
    content_type: str = "application/x-www-form-urlencoded"
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        words = f"{self.method} {self.path[:300]}"
        extra = [self.cookies, self.headers, self.data and (self.content_type, self.data)]
        return " ".join([words, *(str(part)[:300] for part in extra if part)])


def routes(under: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every route of the site, as it is written, with its arguments in brackets."""
    for entry in (under or get_resolver()).url_patterns:
        address = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            if "(?P" not in address:
                yield address
        else:
            yield from routes(entry, address)


def parameter_names() -> list[str]:
    """Every name that a query may have: those our code asks for, and those of lists."""
    names = set(NAMES)
    for path in sources.app_modules():
        names |= set(PARAMETER.findall(sources.text(path)))
    for model, pages in admin.site._registry.items():
        for list_filter in pages.list_filter:
            if isinstance(list_filter, type) and issubclass(list_filter, SimpleListFilter):
                names.add(list_filter.parameter_name)
        names |= {pages.date_hierarchy} if pages.date_hierarchy else set()
        names |= {f"{model._meta.pk.name}__range"}
    return sorted(names)


def filters_of(pages: admin.ModelAdmin) -> list[str]:
    """What the addresses of a list filter by."""
    named = [
        list_filter[0] if isinstance(list_filter, tuple) else list_filter
        for list_filter in pages.list_filter
    ]
    fields = [name for name in named if isinstance(name, str)]
    fields += [column.name for column in pages.model._meta.concrete_fields]
    ends = ("", "__exact", "__gte", "__lt", "__in", "__isnull", "__year", "__isempty", "__regex")
    return [name + end for name in fields for end in ends]


def attempts(addresses: list[str], seed: int) -> Iterator[Attempt]:
    """Requests without end, each kind in turn, at addresses that exist."""
    luck = random.Random(seed)  # noqa: S311 - the same every time is what it is for
    every, names = list(routes()), parameter_names()
    lists = {
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/": filters_of(pages)
        for model, pages in admin.site._registry.items()
    }
    while True:
        at = luck.choice(addresses)
        bare = at.partition("?")[0]
        yield Attempt(ARGUMENT.sub(lambda _match: luck.choice(VALUES), luck.choice(every)))
        yield Attempt(f"{bare}?{_query(luck, names)}")
        filtered = luck.choice(list(lists))
        yield Attempt(f"{filtered}?{_query(luck, lists[filtered], most=1)}")
        yield Attempt(f"{filtered}export/?{_query(luck, [*names, *lists[filtered]])}")
        yield Attempt(f"{bare}?{_query(luck, names)}", "POST", _fields(luck, names))
        yield Attempt(filtered, "POST", _action(luck))
        yield Attempt(f"{bare}?_to_field={luck.choice(VALUES)}&_popup=1", luck.choice(BOTH))
        yield Attempt(at, luck.choice(METHODS), luck.choice(BODIES))
        yield Attempt(at, "POST", luck.choice(BODIES), luck.choice(TYPES))
        yield Attempt(at, cookies=luck.choice(COOKIES))
        yield Attempt(at, headers=_headers(luck))


def _query(luck: random.Random, names: list[str], most: int = 4) -> str:
    picked = luck.choices(names, k=luck.randint(1, most))
    return "&".join(f"{name}={luck.choice(VALUES)}" for name in picked)


def _fields(luck: random.Random, names: list[str]) -> bytes:
    """A form of another type than the page expects."""
    own = ["note", "reason", "on", "file", "text", "number", "slug", "post", "to", "seen", "do"]
    forms = ["form-TOTAL_FORMS", "form-INITIAL_FORMS", "sub_goals-TOTAL_FORMS", "q1-answer"]
    picked = luck.choices([*names, *own, *forms], k=luck.randint(1, 8))
    return "&".join(f"{name}={luck.choice(VALUES)}" for name in picked).encode()


def _action(luck: random.Random) -> bytes:
    """Something done with chosen rows of a list."""
    action = luck.choice(["delete_selected", "send_links", luck.choice(VALUES)])
    rows = "&".join(
        f"_selected_action={luck.choice(VALUES)}" for _number in range(luck.randint(0, 2))
    )
    more = luck.choice(["", "post=yes", "select_across=1", f"index={luck.choice(VALUES)}"])
    return f"action={action}&{rows}&{more}".encode()


def _headers(luck: random.Random) -> dict[str, str]:
    headers = {
        "Accept-Language": luck.choice(["\xff", "x" * 5000, "sv;q=abc", "*"]),
        "If-None-Match": luck.choice(['"', "*", "\xff", "W/" * 1000]),
        "If-Modified-Since": luck.choice(["x", "Mon, 01 Jan 0001 00:00:00 GMT", "9" * 400]),
        "Range": luck.choice(["bytes=9-1", "bytes=-", "x"]),
        "Accept-Encoding": luck.choice(["\xff", "gzip;q=abc"]),
        "Referer": luck.choice(["\xff", "http://[", "//"]),
        "Host": luck.choice(["", "evil.example", "[", "localhost:99999999", "local\xffhost"]),
        "Content-Length": luck.choice(["abc", "-1", "9" * 4000, "²"]),
        "X-Forwarded-For": "\xff",
        "Origin": luck.choice(["null", "http://[", "\xff"]),
    }
    return {name: headers[name] for name in luck.sample(sorted(headers), k=2)}
