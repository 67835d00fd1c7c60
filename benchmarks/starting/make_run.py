"""Budget 14: from a bare clone to the first page, against installing the lock and nothing else.

It installs the dependencies four times, so it takes minutes and needs the package index.
"""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring.load import free_port, wait_for
from benchmarks.measuring.measure import ROOT, at_most, medians, tell, wall

FIRST_RUNS, SECOND_RUNS = 2, 5
INSTALL = "install -q --disable-pip-version-check --require-hashes --only-binary :all:"


class Machine:
    """A bare machine: a folder, an empty home, and none of our own variables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder / "home"
        home.mkdir()
        # The way to the package index belongs to the machine; all else is left behind.
        kept = {
            name: value
            for name, value in os.environ.items()
            if name.startswith("PIP_") or name.lower().endswith("_proxy") or name == "PATH"
        }
        # DEBUG as the Makefile sets it, for the command that is run without make.
        self.env = {**kept, "HOME": str(home), "LANG": "C.UTF-8", "DEBUG": "True"}
        self.clone = folder / "clone"

    def bare_clone(self) -> None:
        """Copy the tree as a clone would hold it, with what is not committed yet."""
        shutil.rmtree(self.clone, ignore_errors=True)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, names.decode().split("\0")):
            if (ROOT / name).is_file():
                target = self.clone / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)

    def run(self, *command: str) -> None:
        """Run a command in the clone, quietly; it must succeed."""
        subprocess.run(
            command, cwd=self.clone, env=self.env, check=True, stdout=subprocess.DEVNULL
        )

    def install(self) -> None:
        """Make the floor: an environment and the lock in it, as the Makefile does both."""
        place = self.folder / "bare"
        shutil.rmtree(place, ignore_errors=True)
        self.run("python3", "-m", "venv", str(place))
        pip = (str(place / "bin" / "python"), "-m", "pip", *shlex.split(INSTALL))
        self.run(*pip, "-r", "requirements.txt")

    def first_page(self) -> float:
        """Seconds from `make run` to the start page."""
        port = free_port()
        with subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=self.clone,
            env=self.env,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                return wall(lambda: wait_for(port, alive=process))
            finally:
                # make, its shell and the server: the session that was started for them.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)


def main() -> None:
    """Seconds on the clock: most of it is the network and the disk."""
    with TemporaryDirectory(prefix="benchmark-") as name:
        machine = Machine(Path(name))

        def cloned(work: Callable[[], float]) -> float:
            machine.bare_clone()
            return work()

        floor, first = medians(
            lambda: cloned(lambda: wall(machine.install)),
            lambda: cloned(machine.first_page),
            runs=FIRST_RUNS,
        )
        check, second = medians(
            lambda: wall(lambda: machine.run(".venv/bin/python", "manage.py", "check")),
            machine.first_page,
            runs=SECOND_RUNS,
        )
    tell(
        at_most(14, "make run to the first page, against the install", floor, first, 1.6),
        at_most(14, "the second time, against manage.py check", check, second, 3),
    )


if __name__ == "__main__":
    main()
