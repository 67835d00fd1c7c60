"""`python -m benchmarks`: the table of budgets; `python -m benchmarks 8 9`: some of them."""

import subprocess
import sys

from benchmarks.measure import HEADER, ROOT

SCRIPTS = {
    1: "tidy_sheet",
    2: "tidy_sheet",
    3: "whole_workbook",
    4: "excel_import",
    5: "excel_import",
    6: "word_import",
    7: "publish",
    8: "public_page",
    9: "cold_page",
    10: "search",
    11: "back_office",
    12: "compare",
    13: "first_migrate",
    14: "make_run",
    15: "page_weight",
    16: "national_pages",
    17: "single_flight",
    18: "downloads",
    19: "admin_export",
    20: "saving",
    21: "remembered",
}


def main() -> None:
    """Each in a process of its own, for each has its own database and settings."""
    wanted = sys.argv[1:] or [str(number) for number in SCRIPTS]
    unknown = [word for word in wanted if word not in map(str, SCRIPTS)]
    if unknown:
        raise SystemExit(
            f"No budget {', '.join(unknown)}; there are {', '.join(map(str, SCRIPTS))}."
        )
    print(HEADER, flush=True)
    # A script may hold several budgets, and is run once.
    scripts = dict.fromkeys(SCRIPTS[int(word)] for word in wanted)
    missed = [
        name
        for name in scripts
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT).returncode
    ]
    if missed:
        raise SystemExit(f"Missed or failed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
