"""Look the locked dependencies up among known faults: `make audit`.

Without a network: AUDIT_DATABASE names the advisories of PyPI in the format of OSV (the file
`PyPI/all.zip` of its public export, or a folder of what is in it). Else `pip-audit` asks for them,
where it is installed. Where neither is, it says so, and that nothing was looked up; with
AUDIT=required that is a failure.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-lint.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
NOTHING = (
    "Not audited: no advisories are at hand. Set AUDIT_DATABASE to the file PyPI/all.zip of the "
    "OSV database (or a folder of it), or install pip-audit where there is a network."
)


def pins(*locks: Path) -> dict[str, str]:
    """Return the version of each dependency, by its name as PyPI compares it."""
    named = (pin for lock in locks for pin in PIN.findall(lock.read_text()))
    return {normal(name): version for name, version in named}


def normal(name: str) -> str:
    """Return a name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def advisories(database: Path) -> Iterator[dict[str, Any]]:
    """Yield the advisories of a zip or a folder."""
    if database.is_dir():
        for path in sorted(database.rglob("*.json")):
            yield json.loads(path.read_text())
        return
    with zipfile.ZipFile(database) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def faults(locked: Mapping[str, str], database: Path) -> list[str]:
    """Return a line for each known fault of what is locked."""
    lines = []
    for advisory in advisories(database):
        if "withdrawn" in advisory:
            continue
        for affected in advisory.get("affected", ()):
            package = affected.get("package", {})
            name = normal(package.get("name", ""))
            is_ours = package.get("ecosystem") == "PyPI" and name in locked
            if is_ours and is_affected(locked[name], affected):
                summary = advisory.get("summary", "").strip() or "see the advisory"
                lines.append(f"{name} {locked[name]}: {advisory['id']}: {summary}")
    return sorted(set(lines))


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Tell whether an advisory is about a version: by name, or because it is in a range of it."""
    if version in affected.get("versions", ()):
        return True
    ranges = affected.get("ranges", ())
    return any(
        is_within(version, part["events"]) for part in ranges if part.get("type") == "ECOSYSTEM"
    )


def is_within(version: str, events: Iterable[Mapping[str, str]]) -> bool:
    """Tell whether a version lies after one that brought a fault, and before its mending."""
    ours, is_in = Version(version), False
    for event in events:
        for kind, named in event.items():
            try:
                other = Version(named)
            except InvalidVersion:
                # What cannot be compared is looked at by a person.
                return True
            if kind == "introduced" and ours >= other:
                is_in = True
            elif (kind == "fixed" and ours >= other) or (kind == "last_affected" and ours > other):
                is_in = False
    return is_in


def looked_up(database: Path) -> int:
    """Look the locked versions up in what is at hand, and say what is known of them."""
    if not database.exists():
        sys.stderr.write(f"AUDIT_DATABASE: there is no {database}.\n")
        return 1
    locked = pins(*map(Path, LOCKS))
    lines = faults(locked, database)
    sys.stdout.write("\n".join(lines) or f"No known fault in {len(locked)} dependencies.")
    sys.stdout.write("\n")
    return 1 if lines else 0


def main() -> int:
    """Look everything up where that can be done, else say that it was not."""
    if database := os.environ.get("AUDIT_DATABASE", ""):
        return looked_up(Path(database))
    if command := shutil.which("pip-audit"):
        arguments = [word for lock in LOCKS for word in ("-r", lock)]
        # The words are ours, and the command is what the operator has installed.
        options = ["--disable-pip", "--require-hashes", *arguments]
        return subprocess.run([command, *options], check=False).returncode  # noqa: S603
    sys.stderr.write(f"{NOTHING}\n")
    return 1 if os.environ.get("AUDIT") == "required" else 0


if __name__ == "__main__":
    sys.exit(main())
