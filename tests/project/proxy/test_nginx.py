"""Who asks too often is told so, and no secret is written down: in the file, and by nginx."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.urls import reverse

from tests.project.house.sources import ROOT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
CONFIGURATION = (ROOT / "deploy/nginx/kravkedjan.conf").read_text()
MAP = re.compile(r'map (?:\$uri|"\$request_method \$uri") \$(\w+) \{(.*?)\n\}', re.S)
RULE = re.compile(r'"~(.*?)" \$binary_remote_addr;')
LOG_IN, FORM, QUESTION, FILE = (
    f"kravkedjan_{name}" for name in ("log_in", "form", "question", "file")
)
ADDRESSES = {
    # Wherever a password is tried, or a mail is sent to whoever is named.
    "log-in": ("POST", reverse("admin:login"), {LOG_IN}),
    "own password": ("POST", reverse("admin:password_change"), {LOG_IN}),
    "forgotten": ("POST", reverse("password_forgotten"), {LOG_IN}),
    "chosen": ("POST", reverse("password_choose", args=["MQ", "set-password"]), {LOG_IN}),
    "search": ("GET", reverse("search"), {QUESTION}),
    "comparison": ("GET", reverse("compare", args=["it"]), {QUESTION}),
    "file": ("GET", reverse("download", args=["it", 12, "docx"]), {FILE}),
    "file of a form": ("POST", reverse("download", args=["it", 12, "docx"]), {FILE, FORM}),
    "selection": ("POST", reverse("selection"), {FORM}),
    "reminders": ("POST", reverse("reminders_off", args=["t"]), {FORM}),
    # What people read, and what they save while they are logged in.
    "page of log-in": ("GET", reverse("admin:login"), set()),
    "page": ("GET", reverse("package", args=["it"]), set()),
    "selection by its address": ("GET", reverse("selection"), set()),
    "grid": ("POST", "/admin/risks/riskmatrix/1/rutnat/", set()),
    "health": ("GET", reverse("healthz"), set()),
    "styles": ("GET", "/static/site.css", set()),
}


def counted(method: str, path: str) -> set[str]:
    """The keys that a request has, by the rules of the file."""
    return {
        name
        for name, rules in MAP.findall(CONFIGURATION)
        for rule in RULE.findall(rules)
        if re.search(rule, f"{method} {path}" if rule.startswith("^POST") else path)
    }


@pytest.mark.parametrize(("method", "path", "names"), ADDRESSES.values(), ids=ADDRESSES)
def test_what_costs_is_counted_and_what_people_read_is_not(method, path, names):
    assert counted(method, path) == names


def test_every_count_is_kept_and_bound():
    zones = re.findall(r"limit_req_zone \$(\w+) +zone=(\w+):\d+m +rate=\d+r/[sm];", CONFIGURATION)
    bound = re.findall(r"limit_req zone=(\w+) +burst=\d+ nodelay;", CONFIGURATION)
    assert {name for name, zone in zones if name == zone} == {LOG_IN, FORM, QUESTION, FILE}
    assert set(bound) == {zone for _name, zone in zones}
    assert "limit_req_status 429;" in CONFIGURATION


class Application(BaseHTTPRequestHandler):
    """Something behind the proxy, which answers all that reaches it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ja")

    do_POST = do_GET

    def log_message(self, *_arguments: object) -> None:
        """Say nothing of what was asked."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def written(folder: Path, port: int, application: int) -> Path:
    """Our file in a configuration of its own, in which it may do without the machine's folders."""
    (folder / "application.conf").write_text(
        f"set $application 127.0.0.1:{application};\n"
        "set_real_ip_from 127.0.0.1;\nreal_ip_header X-Forwarded-For;\n"
    )
    server = (
        CONFIGURATION.replace("/var/lib/kravkedjan-static", f"{folder}/static")
        .replace("/etc/nginx/kravkedjan-application.conf", f"{folder}/application.conf")
        .replace("listen 80;", f"listen 127.0.0.1:{port};")
    )
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\n"
        f"error_log {folder}/error.log warn;\n"
        f"events {{}}\nhttp {{\naccess_log {folder}/access.log;\n{places}{server}\n}}\n"
    )
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the proxy has its files."""
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def proxy(folder) -> Iterator[int]:
    """The port of a real nginx before a stub of the application."""
    port = free_port()
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    Thread(target=behind.serve_forever, daemon=True).start()
    path = written(folder, port, behind.server_port)
    command = [str(NGINX), "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(path)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command)
    try:
        for _attempt in range(100):
            with socket.socket() as visitor:
                if visitor.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()
        behind.shutdown()
        behind.server_close()


def ask(port: int, method: str, path: str, visitor: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, headers={"X-Forwarded-For": visitor})
    answer = connection.getresponse()
    answer.read_text = answer.read().decode()  # type: ignore[attr-defined]
    connection.close()
    return answer


@pytest.mark.skipif(NGINX is None, reason="no nginx")
@pytest.mark.parametrize(
    ("name", "most"), [("log-in", 21), ("forgotten", 21), ("search", 41), ("file", 21)]
)
def test_nginx_itself_refuses_who_asks_too_often_and_nobody_else(proxy, name, most):
    method, path, _names = ADDRESSES[name]
    often = f"192.0.2.{list(ADDRESSES).index(name) + 1}"
    answers = [ask(proxy, method, path, often) for _attempt in range(most + 60)]
    statuses = [answer.status for answer in answers]
    assert statuses[:most] == [200] * most
    assert statuses.count(429) > 20
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.headers["Retry-After"] == "60"
    assert refused.headers["Cache-Control"] == "no-store"
    assert "<h1>För många förfrågningar på kort tid</h1>" in refused.read_text  # type: ignore[attr-defined]
    # Pages are read on, and others notice nothing.
    assert ask(proxy, "GET", "/kravpaket/", often).status == 200
    assert ask(proxy, method, path, "198.51.100.1").status == 200


@pytest.mark.skipif(NGINX is None, reason="no nginx")
def test_nginx_itself_does_not_bind_who_reads(proxy):
    pages = [ask(proxy, "GET", "/kravpaket/it/", "203.0.113.1").status for _page in range(120)]
    assert pages == [200] * 120


@pytest.mark.skipif(NGINX is None, reason="no nginx")
def test_nginx_itself_writes_no_secret_address_down(proxy, folder):
    secret = "abcdefghij"
    for path in (
        reverse("calendar", args=[secret]),
        reverse("reminders_off", args=[secret]),
        reverse("subscription", args=[secret]),
        reverse("unsubscribe", args=[secret]),
        reverse("consultation", args=[secret]),
        reverse("reply", args=[secret]),
        reverse("password_choose", args=["MQ", secret]),
        reverse("invitation", args=[secret]),
        reverse("address_proved", args=[secret]),
        reverse("packages"),
    ):
        assert ask(proxy, "GET", path, "203.0.113.2").status == 200
    log = (folder / "access.log").read_text()
    assert reverse("packages") in log
    assert secret not in log
