"""Budget 18: a package of 1,000 requirements as Word and PDF, and what a worker keeps of PDFs.

The floor of Word is its own document, copied element by element with lxml and serialised: no
words are chosen, no styles looked up, nothing packed. The floor of the PDF is typst alone, called
in a process of its own with the same data. Memory is that of this process, which makes the files
as a worker does, before and after fifty selections that are all different.
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.measuring.measure import ROOT, at_most, count, cpu, cpu_of, medians, tell
from benchmarks.sites.large_packages import large_package
from benchmarks.sites.site import empty_site

MANY, FEW = 1000, 10
SELECTIONS = 50
RUNS = 3


def main() -> None:
    """Word, then PDF, then the memory of fifty PDFs."""
    with empty_site() as folder:
        package, by, approved_by = large_package(requirements=MANY, areas=6)
        from requirements_pkg.actions.publishing import publish
        from requirements_pkg.tender import pdf, word

        version = publish(package=package, by=by, approved_by=approved_by, note="Första.")
        content = version.content
        made = tender_of(content)
        document = document_of(word.write_tender(made))
        copied, written = medians(
            lambda: cpu(lambda: etree.tostring(copy_of(document))),
            lambda: cpu(lambda: word.write_tender(made)),
            runs=RUNS,
        )
        data = folder / "data.json"
        data.write_text(json.dumps(pdf._plain(pdf._data(made)), ensure_ascii=False))
        alone, ours = medians(
            lambda: cpu_of(
                [sys.executable, "-m", "benchmarks.documents.downloads", str(data)], os.environ
            ),
            lambda: cpu_with_children(lambda: pdf.write_pdf(made)),
            runs=RUNS,
        )
        before = resident()
        for at in range(SELECTIONS):
            codes = [
                requirement.code for requirement in content.requirements[at * FEW : (at + 1) * FEW]
            ]
            pdf.write_pdf(tender_of(content, codes))
        grown = resident() - before
    tell(
        at_most(18, f"{MANY:,} requirements as Word, against lxml", copied, written, 3),
        at_most(18, "the same as PDF, against typst alone", alone, ours, 1.2),
        count(18, f"memory of a worker after {SELECTIONS} PDFs", grown, 50, " MB"),
    )


def tender_of(content: Any, codes: list[str] | None = None) -> Any:
    """All requirements of a version, or those chosen."""
    from requirements_pkg.choosing.selection import parse
    from requirements_pkg.tender import document
    from requirements_pkg.tender.source import TenderSource

    source = TenderSource("stor", 1, date(2026, 1, 1), "0" * 64, "Första.", "https://krav.example")
    selection = None if codes is None else parse([("krav", code) for code in codes])
    return document.tender_of(content, source, selection)


def document_of(file: bytes) -> Any:
    """Return the XML tree of a Word file's document."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return etree.fromstring(parts.read("word/document.xml"))


def copy_of(document: Any) -> Any:
    """Return a copy of the tree, made one element after another: the floor of Word."""
    made = etree.Element(document.tag, document.attrib, nsmap=document.nsmap)
    waiting = [(document, made)]
    while waiting:
        source, target = waiting.pop()
        target.text = source.text
        waiting += [(child, etree.SubElement(target, child.tag, child.attrib)) for child in source]
    return made


def typst_alone(data: Path) -> None:
    """Typeset the file and do nothing around it: the floor of PDF."""
    import typst

    typst.compile(
        str(ROOT / "requirements_pkg/tender/tender.typ"),
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"data": data.read_text()},
    )


def cpu_with_children(work: Any) -> float:
    """CPU seconds of a piece of work, here and in the processes that it starts."""
    start = os.times()
    work()
    end = os.times()
    return sum(end[at] - start[at] for at in range(4))


def resident() -> int:
    """Return the memory of this process in MB, as it is now."""
    done = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(os.getpid())], check=True, capture_output=True
    )
    return int(done.stdout) // 1024


if __name__ == "__main__":
    typst_alone(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
