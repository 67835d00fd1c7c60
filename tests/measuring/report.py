"""What was gone through, as coverage stores and counts it."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from coverage import Coverage
from coverage.python import PythonFileReporter

from tests.measuring.marks import Marks


def stored(marks: Mapping[str, Marks], files: list[Path], coverage: Coverage) -> Coverage:
    """Store what was gone through; of the files, some may never have been imported."""
    coverage.erase()
    data = coverage.get_data()
    data.add_arcs(
        {
            path: of_file.arcs_seen(PythonFileReporter(path, coverage).arcs())
            for path, of_file in marks.items()
        }
    )
    data.touch_files([str(path) for path in files])
    data.write()
    return coverage


def shares(coverage: Coverage) -> dict[str, float]:
    """Return the percentage of lines and of branches that were gone through."""
    totals = counted(coverage)["totals"]
    return {
        "lines": 100 * totals["covered_lines"] / totals["num_statements"],
        "branches": 100 * totals["covered_branches"] / totals["num_branches"],
    }


def counted(coverage: Coverage) -> dict:
    """Return what coverage counts, by file and altogether, and close what it has stored."""
    with tempfile.NamedTemporaryFile("r") as file:
        coverage.json_report(outfile=file.name)
        coverage.get_data().close(force=True)
        return json.load(file)
