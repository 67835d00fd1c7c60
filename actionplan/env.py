"""Readers of environment variables that refuse a typo. The environment is handed in."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import django

LEAST_SECRET: Final = 50
CONTACT: Final = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|tel:\+[0-9-]+|https://\S+)")
LONE_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
# Seconds that a writer waits for another on SQLite.
LONGEST_QUEUE: Final = 20
# A server that is down refuses at once; one that cannot be reached is given up after 2 seconds,
# whether a connection is made or stands already. Another patience is given in the address.
UNREACHABLE: Final = {
    "connect_timeout": "2",
    "tcp_user_timeout": "2000",
    "keepalives_idle": "10",
    "keepalives_interval": "2",
}
BACKENDS: Final = "django.core.mail.backends"
# How each scheme is spoken, and at which port unless another is given.
MAIL_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
MAIL_SECONDS: Final = 20
ON_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")


class Misconfigured(Exception):
    """A variable has a value that cannot be meant; the sentence names it and says what fits."""


def boolean(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Read `True` or `False`, spelled so.

    Raises:
        Misconfigured: any other word.
    """
    value = env.get(name, "")
    if value not in ("", "True", "False"):
        raise Misconfigured(f"{name}={value!r}: write True or False.")
    return default if value == "" else value == "True"


def integer(env: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number between two bounds, both allowed.

    Raises:
        Misconfigured: not a number, or outside the bounds.
    """
    value = env.get(name, "") or str(default)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise Misconfigured(f"{name}={value!r}: write a whole number from {least} to {most}.")
    return int(value)


def preload(env: Mapping[str, str], name: str, *, subdomains: bool) -> bool:
    """Read whether the domain may be put on the list of those that browsers open by HTTPS alone.

    Raises:
        Misconfigured: the list takes no domain without its subdomains.
    """
    listed = boolean(env, name, default=False)
    if listed and not subdomains:
        raise Misconfigured(f"{name}=True needs HSTS_SUBDOMAINS=True.")
    return listed


def contact(env: Mapping[str, str], name: str) -> str:
    """Read where somebody is reached: `mailto:`, `tel:` or `https:`, or nothing.

    Raises:
        Misconfigured: a bare address, or signs that end a line.
    """
    value = env.get(name, "")
    if value and not (CONTACT.fullmatch(value) and value.isprintable()):
        raise Misconfigured(
            f"{name}={value!r}: write mailto:name@host, tel:+46… or https://address."
        )
    return value


def region_log_in(
    env: Mapping[str, str], name: str, *, client_id: str, secret: str, title: str, debug: bool
) -> dict[str, object]:
    """Read where people log in instead (OpenID Connect), as allauth wants it; nothing, if nowhere.

    Raises:
        Misconfigured: a part of it is missing, or the server is asked without https.
    """
    server = env.get(name, "").rstrip("/")
    if not (server or client_id or secret):
        return {}
    if not (server and client_id and secret):
        raise Misconfigured(
            f"{name}: give it with OIDC_CLIENT_ID and OIDC_SECRET, or none of them."
        )
    if not server.startswith(("https://", "http://") if debug else "https://"):
        raise Misconfigured(f"{name}={server!r}: write https://host, without /.well-known/….")
    app = {
        "provider_id": "region",
        "name": title or "OpenID Connect",
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def words(env: Mapping[str, str], name: str, *, default: str) -> list[str]:
    """Read a list parted by commas."""
    return [word.strip() for word in (env.get(name) or default).split(",") if word.strip()]


def secret(env: Mapping[str, str], name: str, *, debug: bool, file: Path | None = None) -> str:
    """Read the signing key; in debug mode a fixed one will do, elsewhere it is long and varied.

    Args:
        file: where `make install` keeps a key of this machine's own, for want of another.

    Raises:
        Misconfigured: missing, shorter than 50 characters, or of fewer than 5 different ones.
    """
    value = env.get(name, "")
    if debug:
        return value or "only-for-a-developers-own-machine-" + "0123456789" * 2
    if not value and file is not None:
        # Another user's file is none.
        with suppress(OSError):
            value = file.read_text().strip()
    if len(value) < LEAST_SECRET or len(set(value)) < 5:
        raise Misconfigured(
            f"{name} is missing or weak: set at least {LEAST_SECRET} random characters, "
            "or DEBUG=True on your own machine."
        )
    return value


def former_secrets(env: Mapping[str, str], name: str, *, debug: bool) -> list[str]:
    """Read the keys that signed what is on its way still, parted by commas.

    Raises:
        Misconfigured: one of them is weak.
    """
    former = words(env, name, default="")
    return [secret({name: value}, name, debug=debug) for value in former]


def database(
    env: Mapping[str, str], name: str, *, default: str, password: str = "", seconds: int = 0
) -> dict[str, object]:
    """Read `sqlite:////abs/path.sqlite3` or `postgresql://user:word@host/name` for Django.

    Args:
        password: as it is, for an address that holds none.
        seconds: how long PostgreSQL works at one statement before it gives up; 0 is for ever.

    Raises:
        Misconfigured: another scheme, no database named, or signs that could mean two things.
    """
    parts = _database_address(name, env.get(name) or default)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]), seconds=seconds)
    if parts.password and password:
        raise Misconfigured(f"{name} holds a password and DATABASE_PASSWORD another: give one.")
    options = dict(parse_qsl(parts.query))
    # A wheel's server listens on a socket: its folder comes as ?host=, as libpq writes it.
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return _postgresql(
        seconds=seconds,
        NAME=unquote(parts.path[1:]),
        USER=unquote(parts.username or ""),
        PASSWORD=password or unquote(parts.password or ""),
        HOST=host,
        PORT=str(parts.port or ""),
        OPTIONS=options,
    )


def _database_address(name: str, value: str) -> SplitResult:
    """Take an address apart, its parts encoded still."""
    ambiguous = Misconfigured(
        f"{name}: signs with a meaning of their own are written as %25 for %, %40 for @, "
        "%3A for :, %2F for /, %3F for ?, %23 for #, %5B for [, %5D for ]; or leave the password "
        "out and write it as it is in DATABASE_PASSWORD."
    )
    try:
        parts = urlsplit(value)
        # A port that is no number is refused when it is asked for.
        _port = parts.port
    except ValueError:
        # Its own words would tell a piece of the password.
        raise ambiguous from None
    is_known = parts.scheme in ("sqlite", "postgresql", "postgres")
    if is_known and _could_mean_two_things(value, parts):
        raise ambiguous
    if not is_known or not parts.path.strip("/"):
        raise Misconfigured(
            f"{name}: write sqlite:////absolute/path.sqlite3 or "
            "postgresql://user:password@host/name."
        )
    return parts


def _could_mean_two_things(value: str, parts: SplitResult) -> bool:
    """Tell whether a sign in an address may belong to a password, or to how it is written."""
    person = parts.netloc.rpartition("@")[0]
    return (
        # Where a password ends too early, its rest and the host stand behind.
        "@" in parts.path + parts.query
        or "#" in value
        or (parts.scheme == "sqlite" and "?" in value)
        or bool(set(person) & set("[]"))
        or LONE_PERCENT.search(value) is not None
        or not value.isprintable()
    )


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves the house."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @property
    def settings(self) -> dict[str, object]:
        """Django's settings of mail: mailers from 6.1 on."""
        if django.VERSION >= (6, 1):
            return {"MAILERS": {"default": {"BACKEND": self.backend, "OPTIONS": self._options}}}
        return {
            "EMAIL_BACKEND": self.backend,
            "EMAIL_HOST": self.host,
            "EMAIL_PORT": self.port,
            "EMAIL_HOST_USER": self.user,
            "EMAIL_HOST_PASSWORD": self.password,
            "EMAIL_USE_TLS": self.starttls,
            "EMAIL_USE_SSL": self.tls,
            "EMAIL_TIMEOUT": MAIL_SECONDS,
        }

    @property
    def _options(self) -> dict[str, object]:
        """What a mailer is told; the console takes nothing."""
        if not self.host:
            return {}
        return {
            "host": self.host,
            "port": self.port,
            "username": self.user,
            "password": self.password,
            "use_tls": self.starttls,
            "use_ssl": self.tls,
            "timeout": MAIL_SECONDS,
        }


def mail(env: Mapping[str, str], name: str, *, debug: bool) -> Mail:
    """Read `smtp+starttls://user:word@host:587`, `smtps://…`, `smtp://localhost` or `console:`.

    With nothing given, mail is written to the console in debug mode, and is otherwise handed to
    the machine's own server.

    Raises:
        Misconfigured: another scheme, no host, or a password that would be sent in clear text.
    """
    value = env.get(name) or ("console:" if debug else "smtp://localhost")
    wanted = Misconfigured(
        f"{name}: write smtp+starttls://user:password@host:587, smtps://user:password@host:465, "
        "smtp://localhost or console:."
    )
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        # Its own words would tell a piece of the password.
        raise wanted from None
    if value in ("console:", "console://"):
        return Mail(f"{BACKENDS}.console.EmailBackend")
    if parts.scheme not in MAIL_PORTS or not host or parts.path.strip("/") or parts.query:
        raise wanted
    if parts.scheme == "smtp" and parts.password and host not in ON_THIS_MACHINE:
        raise Misconfigured(f"{name}: a password is sent with smtps:// or smtp+starttls:// only.")
    return Mail(
        f"{BACKENDS}.smtp.EmailBackend",
        host,
        port or MAIL_PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )


def mailbox(env: Mapping[str, str], name: str, *, default: str) -> str:
    """Read `krav@region.example` or `Kravkedjan <krav@region.example>`.

    Raises:
        Misconfigured: neither.
    """
    value = env.get(name) or default
    _name, address = parseaddr(value)
    before, at, after = address.partition("@")
    if not (before and at and after) or not value.isprintable() or " " in address:
        raise Misconfigured(f"{name}={value!r}: write name@host or Name <name@host>.")
    return value


def site(env: Mapping[str, str], name: str, *, debug: bool) -> str:
    """Tell where the site is reached, without a slash at the end; empty if that is not known.

    Raises:
        Misconfigured: no https (http will do in debug mode), no host, or more than a host.
    """
    value = (env.get(name) or ("http://localhost:8000" if debug else "")).rstrip("/")
    if not value:
        return ""
    wanted = Misconfigured(f"{name}={value!r}: write https://host, and nothing after the host.")
    try:
        parts = urlsplit(value)
        whole = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError as error:
        raise wanted from error
    schemes = ("https", "http") if debug else ("https",)
    is_clean = whole == value.lower() and not set(value) & set(" <>\"'") and value.isprintable()
    if parts.scheme not in schemes or not parts.hostname or not is_clean:
        raise wanted
    return value


def _sqlite(path: str, *, seconds: int) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Each thread keeps its connection: a new one reads the whole schema, which costs half as
        # much as a page. A file that is put in the place of this one is seen within a minute.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # Readers never wait for a writer; writers queue instead of failing at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": min(seconds or LONGEST_QUEUE, LONGEST_QUEUE),
            # A new database has larger pages than SQLite's own: the texts of a version fill half a
            # small one each, and all of it would be written twice, once ahead.
            "init_command": (
                "PRAGMA page_size=8192;PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                # A row that replaces another sets off the triggers of its removal.
                "PRAGMA recursive_triggers=ON"
            ),
        },
    }


# Adr 38 and 82: it does not compile, and counts on a disk that reads from anywhere as fast.
PLANNING: Final = "-c jit=off -c random_page_cost=1.1"


def _postgresql(*, seconds: int, OPTIONS: dict[str, str], **parts: str) -> dict[str, object]:
    given = OPTIONS.pop("options", "")
    bounds = PLANNING + (f" -c statement_timeout={seconds}s" if seconds else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parts,
        # Each thread keeps its connection, and asks once a request whether it still stands: after
        # a restart of the server it connects anew. A pool would let every request wait instead,
        # where a server that is down is told at once.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **UNREACHABLE,
            **OPTIONS,
            "options": f"{bounds} {given}".strip(),
        },
    }
