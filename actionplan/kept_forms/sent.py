"""What somebody sent in a form: its fields, without passwords and files, bounded in size."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils.crypto import get_random_string

from actionplan.kept_forms.senders import sender_of

MOST_CHARACTERS: Final = 2_000_000
# As long as an unused session lasts.
SECONDS: Final = settings.SESSION_COOKIE_AGE
TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105
# A part of the names of fields that are never sent back to anybody.
SECRET: Final = "password"  # noqa: S105
# In the address of the form that is brought back.
PARAMETER: Final = "tillbaka"
# So many forms of one person wait for her log-in.
MOST_WAITING: Final = 10


@dataclass(frozen=True)
class SentForm:
    """A form as it was sent, where to, and by whom."""

    address: str
    fields: dict[str, list[str]]
    sender: int | None
    # Names of files, which cannot be kept.
    files: list[str] = field(default_factory=list)
    has_passwords: bool = False
    # Kept because it was asked first whether it is really them, not because of a lost session.
    is_to_be_proved: bool = False
    # A form that is kept twice, in the page of the log-in and by the server, is kept once.
    key: str = field(default_factory=lambda: get_random_string(16))

    @classmethod
    def of(cls, request: HttpRequest, *, is_to_be_proved: bool = False) -> "SentForm":
        """Take from a request what it sent, without its passwords."""
        post = dict(request.POST.lists())
        return cls(
            address=_without_parameter(request),
            fields={
                name: values
                for name, values in post.items()
                if name != TOKEN and SECRET not in name.lower()
            },
            sender=sender_of(request),
            files=[file.name or "" for files in request.FILES.lists() for file in files[1]],
            has_passwords=any(SECRET in name.lower() for name in post),
            is_to_be_proved=is_to_be_proved,
        )

    @property
    def is_too_much(self) -> bool:
        """Whether it is more than is carried along."""
        return sum(len(value) for values in self.fields.values() for value in values) > (
            MOST_CHARACTERS
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each field with each of its values, to be sent again."""
        return [(name, value) for name, values in self.fields.items() for value in values]

    @property
    def texts(self) -> list[str]:
        """What reads as somebody's own words, to be copied where all else fails."""
        values = (value for name, value in self.pairs if not name.startswith("initial-"))
        return list(dict.fromkeys(value for value in values if " " in value.strip()))

    def signed(self) -> str:
        """Write all of it as one value, to stand in the page for the log-in."""
        return signing.dumps(asdict(self), salt=PARAMETER, compress=True)


def from_signed(value: str) -> SentForm | None:
    """Read what `signed` made; return None if it is none of ours or too old."""
    try:
        return _read(signing.loads(value, salt=PARAMETER, max_age=SECONDS))
    except signing.BadSignature:
        return None


def keep(sent: SentForm, *, user: int) -> str:
    """Keep a form for its sender, for some hours; returns the address that brings it back."""
    cache.set(_place(user, sent.key), asdict(sent), SECONDS)
    return f"{sent.address}{'&' if '?' in sent.address else '?'}{PARAMETER}={sent.key}"


def keep_until_log_in(sent: SentForm) -> None:
    """Keep a form also for a log-in by another page: she may have to choose a password first."""
    if sent.sender is None:
        return
    waiting = [keep(sent, user=sent.sender), *cache.get(_waiting(sent.sender), [])]
    cache.set(_waiting(sent.sender), waiting[:MOST_WAITING], SECONDS)


def take_waiting(user: int) -> list[str]:
    """Return the addresses that bring back what waits for a person's log-in, once; last first."""
    waiting: list[str] = cache.get(_waiting(user), [])
    if waiting:
        cache.delete(_waiting(user))
    return waiting


def kept_for(request: HttpRequest) -> SentForm | None:
    """Return what is kept for this person under the address that she asks for."""
    key = request.GET.get(PARAMETER)
    content = cache.get(_place(request.user.pk, key)) if key else None
    sent = _read(content) if content else None
    return sent if sent is not None and sent.address == _without_parameter(request) else None


def forget(request: HttpRequest) -> None:
    """Drop what was kept: the form has been taken."""
    if key := request.GET.get(PARAMETER):
        cache.delete(_place(request.user.pk, key))


def is_own(request: HttpRequest) -> bool:
    """Tell whether a page of this site sent the request, as far as the browser tells."""
    origin = request.headers.get("Origin") or _origin(request.headers.get("Referer", ""))
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return origin in own and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def without_parameter(request: HttpRequest) -> QueryDict:
    """Return the query of a request without what brings a form back."""
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    return query


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _place(user: int | None, key: str) -> str:
    return f"kept-form:{user}:{key}"


def _waiting(user: int) -> str:
    return f"kept-forms:{user}"


def _read(stored: Mapping[str, Any]) -> SentForm:
    return SentForm(**stored)


def _without_parameter(request: HttpRequest) -> str:
    """Return the address of a request, as it is before anything is brought back to it."""
    query = without_parameter(request)
    # A path may begin with two slashes, which a browser reads as another host.
    path = "/" + request.path.lstrip("/")
    return f"{path}?{query.urlencode()}" if query else path
