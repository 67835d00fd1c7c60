"""`python -m benchmarks`: the table of budgets; `python -m benchmarks 8 9`: some of them."""

import subprocess
import sys

from benchmarks.measuring.measure import HEADER, ROOT

SCRIPTS = {
    1: "excel.tidy_sheet",
    2: "excel.tidy_sheet",
    3: "excel.whole_workbook",
    4: "excel.excel_import",
    5: "excel.excel_import",
    6: "documents.word_import",
    7: "publishing.publish",
    8: "pages.public_page",
    9: "pages.cold_page",
    10: "pages.search",
    11: "admin.back_office",
    12: "publishing.compare",
    13: "starting.first_migrate",
    14: "starting.make_run",
    15: "pages.page_weight",
    16: "pages.national_pages",
    17: "pages.single_flight",
    18: "documents.downloads",
    19: "excel.admin_export",
    20: "admin.saving",
    21: "pages.remembered",
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
