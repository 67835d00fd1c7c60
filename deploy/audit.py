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
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-lint.txt")
ECOSYSTEM = "PyPI"
Order = tuple[int, Version]
# What OSV writes as "0" and "*": before every version, and after.
FIRST, LAST = (0, Version("0")), (2, Version("0"))
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
NOTHING = (
    "Not audited: no advisories are at hand. Set AUDIT_DATABASE to the file PyPI/all.zip of the "
    "OSV database (or a folder of it), or install pip-audit where there is a network."
)


def pins(*locks: Path) -> set[tuple[str, str]]:
    """Return the versions of each dependency, by its name as PyPI compares it.

    Of one there are several, where each is for other versions of Python.
    """
    named = (pin for lock in locks for pin in PIN.findall(lock.read_text()))
    return {(normal(name), version) for name, version in named}


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


def faults(
    locked: Collection[tuple[str, str]], advisories: Iterable[Mapping[str, Any]]
) -> list[str]:
    """Return a line for each known fault of what is locked."""
    lines = set()
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        summary = (advisory.get("summary") or "").strip() or "see the advisory"
        for affected in advisory.get("affected") or ():
            package = affected.get("package") or {}
            if package.get("ecosystem") != ECOSYSTEM:
                continue
            lines |= {
                f"{name} {version}: {advisory['id']}: {summary}"
                for name, version in locked
                if name == normal(package["name"]) and is_affected(version, affected)
            }
    return sorted(lines)


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Tell whether an advisory is about a version: by name, or because it is in a range of it."""
    ours = order(version)
    if any(version == named or order(named) == ours for named in affected.get("versions") or ()):
        return True
    # Commits are of no use here: the versions that they led to are named beside them.
    ranges = [part for part in affected.get("ranges") or () if part.get("type") != "GIT"]
    return any(is_within(version, part.get("events") or ()) for part in ranges)


def is_within(version: str, events: Iterable[Mapping[str, str]]) -> bool:
    """Tell whether a version lies after one that brought a fault, and before its mending.

    As OSV evaluates it: in the order of versions, in whichever order they are written.
    """
    ours, is_in = (1, Version(version)), False
    steps = []
    for kind, words in (item for event in events for item in event.items()):
        at = order(words)
        if at is None:
            # What cannot be compared is looked at by a person.
            return True
        steps.append((at, kind))
    limits = [at for at, kind in steps if kind == "limit"]
    if limits and not any(ours < limit for limit in limits):
        return False
    # Where one is mended and another begins at the same version, it has a fault.
    for at, kind in sorted(steps):
        if kind == "introduced" and ours >= at:
            is_in = True
        elif (kind == "fixed" and ours >= at) or (kind == "last_affected" and ours > at):
            is_in = False
    return is_in


def order(words: str) -> Order | None:
    """Return what a version is compared by; None where nobody can."""
    if words == "0":
        return FIRST
    if "*" in words:
        return LAST
    try:
        return (1, Version(words))
    except InvalidVersion:
        return None


def looked_up(database: Path) -> int:
    """Look the locked versions up in what is at hand, and say what is known of them."""
    if not database.exists():
        return refused(f"there is no {database}")
    try:
        known = list(advisories(database))
    except (zipfile.BadZipFile, ValueError) as error:
        return refused(f"{database} cannot be read: {error}")
    if not all(isinstance(advisory, dict) and "id" in advisory for advisory in known):
        return refused(f"{database} has files (*.json) that are no advisories")
    if not known:
        # Else a wrong folder would be good news.
        return refused(f"there are no advisories (*.json) in {database}")
    locked = pins(*map(Path, LOCKS))
    lines = faults(locked, known)
    newest = max(str(advisory.get("modified", ""))[:10] for advisory in known)
    clear = f"No known fault in {len(locked)} dependencies ({len(known)} advisories, {newest})."
    sys.stdout.write("\n".join(lines) or clear)
    sys.stdout.write("\n")
    return 1 if lines else 0


def refused(why: str) -> int:
    """Say why nothing was looked up, which is a failure."""
    sys.stderr.write(f"AUDIT_DATABASE: {why}.\n")
    return 1


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
