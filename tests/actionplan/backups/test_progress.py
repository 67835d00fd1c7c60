"""Long work tells how far it is, and short work nothing."""

from io import StringIO

from django.core.management.base import OutputWrapper

from actionplan.backups.progress import ProgressLines


def test_long_work_tells_how_far_it_is():
    out = StringIO()
    progress = ProgressLines(OutputWrapper(out), seconds=0)
    assert list(progress.follow([b"1", b"2"], "Sparar", "followup.Question")) == [b"1", b"2"]
    assert out.getvalue() == "Sparar followup.Question: 0\nSparar followup.Question: 1\n"


def test_short_work_tells_nothing():
    out = StringIO()
    list(ProgressLines(OutputWrapper(out)).follow([b"1"], "Sparar", "followup.Question"))
    assert out.getvalue() == ""
