"""A process is killed at a random moment: what it leaves is as before, or as after."""

import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from python_calamine import CalamineWorkbook

from actionplan.models import ActionPlan, User
from actionplan.word.document import WordReading
from followup.actions.masking import approve_masking
from followup.models import Masking
from requirements_pkg.actions.next_period.start import start_next_period
from requirements_pkg.actions.publishing import publish
from requirements_pkg.actions.withdrawal import approve_withdrawal
from requirements_pkg.models import RequirementsPackage, WithdrawalRequest
from requirements_pkg.published import stored_facts
from requirements_pkg.searching import indexing
from risks.importing import plans
from tests.faults import consulting, contracting
from tests.faults.site import FaultSite, shape
from tests.requirements_pkg.sheets import bring, new_row
from tests.risks.importing.test_locks import LINE, large

BEFORE, AFTER, BETWEEN = "before", "after", "between"


def import_a_plan(_folder: Path) -> None:
    document = large(_package().plan, LINE, areas=3, statements=6)
    plans.uploads.read = lambda *given, **named: WordReading(document)  # type: ignore[assignment]
    plans.import_plan(b"", file_name="plan.docx", by=None)


def publish_a_version(_folder: Path) -> None:
    by, approved_by = (User.objects.get(username=name) for name in ("samordnare", "granskare"))
    publish(package=_package(), by=by, approved_by=approved_by, note="Andra.")


def write_the_workbook(folder: Path) -> None:
    call_command("export_workbook", "--output", str(folder / "bok.xlsx"))


def import_from_excel(_folder: Path) -> None:
    package = _package()
    rows = [new_row(package, f"XX-{at:02}") for at in range(40)]
    result = bring(User.objects.get(username="samordnare"), rows)
    assert result.totals["new"] == len(rows), result.faults


def restore_a_backup(folder: Path) -> None:
    call_command("restore", str(folder / "allt.backup"))


def start_the_next_period(_folder: Path) -> None:
    by, plan = User.objects.get(username="samordnare"), ActionPlan.objects.get(slug="stor")
    start_next_period(plan=plan, first_year=2030, last_year=2033, by=by)


def withdraw_a_version(_folder: Path) -> None:
    request = WithdrawalRequest.objects.with_names().get()
    approve_withdrawal(request=request, by=User.objects.get(username="granskare"))


def mask_words(_folder: Path) -> None:
    approve_masking(masking=Masking.objects.get(), by=User.objects.get(username="granskare"))


def make_what_is_derived() -> None:
    """Make what whoever comes next makes, when a process died before it did."""
    stored_facts.catch_up()
    indexing.catch_up()


def _package() -> RequirementsPackage:
    return RequirementsPackage.objects.with_owner().get(slug="stor")


ACTS: dict[str, Callable[[Path], None]] = {
    "import": import_a_plan,
    "publish": publish_a_version,
    "workbook": write_the_workbook,
    "Excel import": import_from_excel,
    "restore": restore_a_backup,
    "next period": start_the_next_period,
    "withdraw": withdraw_a_version,
    "mask": mask_words,
    **consulting.ACTS,
    **contracting.ACTS,
}


@dataclass
class Killing:
    """One act, begun again and again at the same site."""

    act: str
    site: FaultSite
    folder: Path
    chance: random.Random
    outcomes: Counter[str] = field(default_factory=Counter)

    def run(self, kills: int) -> Counter[str]:
        """Kill it so many times; return how often the site was as before, as after, or between."""
        with self.site.state() as rows:
            before = rows
        began = time.monotonic()
        assert self._begun(wait=None) == 0, "It does not succeed undisturbed."
        whole = time.monotonic() - began
        with self.site.state() as rows:
            after = shape(rows)
        self._clear()
        # What comes first reads, and has nothing to leave; what is masked is decided early.
        first = 0.05 if self.act == "mask" else 0.4
        for _kill in range(kills):
            self._begun(wait=self.chance.uniform(whole * first, whole * 1.05))
            if self.act == "mask":
                # Once whoever was killed has let go.
                with self.site.state():
                    make_what_is_derived()
            with self.site.state() as rows:
                outcome = BEFORE if rows == before else AFTER if shape(rows) == after else BETWEEN
            self.outcomes[outcome if self._has_whole_file() else BETWEEN] += 1
            if outcome != BEFORE:
                self._clear()
        return self.outcomes

    def _begun(self, wait: float | None) -> int:
        """Do it in another process, killed after so many seconds; return how that ended."""
        pid = os.fork()
        if not pid:
            self._do_and_leave()
        if wait is not None:
            time.sleep(wait)
            os.kill(pid, signal.SIGKILL)
        return os.waitpid(pid, 0)[1]

    def _do_and_leave(self) -> None:
        """Do it, in the child; nothing of the tests goes on there."""
        code = 1
        try:
            with self.site.in_use(), open(os.devnull, "w") as nowhere:
                sys.stdout = nowhere
                ACTS[self.act](self.folder)
            code = 0
        except BaseException:  # noqa: BLE001 - the tests do not go on in the child
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)

    def _has_whole_file(self) -> bool:
        """Tell whether the workbook, where there is one, can be opened."""
        file = self.folder / "bok.xlsx"
        if file.exists():
            CalamineWorkbook.from_path(str(file))
            file.unlink()
        return True

    def _clear(self) -> None:
        self.site.put_back()
        (self.folder / "bok.xlsx").unlink(missing_ok=True)
