"""Sets a PDF with typst, in a child process: typst keeps what it has once made, and never gives
it back. Pure.

Texts are handed over as data, so that nothing a person wrote is read as markup; the fonts are
typst's own, and no package is fetched.
"""

from pathlib import Path
from typing import Final

from actionplan.processes.child_process import MEGABYTE, Limits
from actionplan.processes.heavy_work import WorkPlaces

TEMPLATE: Final = Path(__file__).with_name("tender.typ")
STANDARD: Final = "ua-1"

# A PDF of 1,000 requirements has 820 MB in use, reserves a half more, and takes 6 s.
SETTING: Final = Limits(
    memory=1536 * MEGABYTE,
    cpu=60,
    seconds=90.0,
    answer=64 * MEGABYTE,
    places=WorkPlaces(2, waiting=2, patience=2.0),
)


def typeset(data: str) -> bytes:
    """Return the PDF/UA-1 file that `tender.typ` makes of data written as JSON."""
    # Here and not above: the web process imports this module, and does not need the 85 MB.
    import typst

    written: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        pdf_standards=STANDARD,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    return written
