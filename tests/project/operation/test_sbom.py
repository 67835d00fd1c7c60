"""What the application is made of is told in a form that other programs read."""

import json
import re
import subprocess
import sys

from tests.project.house.sources import ROOT


def test_each_locked_dependency_is_listed_with_what_is_checked_when_it_is_installed():
    listed = subprocess.run(
        [sys.executable, "deploy/sbom.py"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    bill = json.loads(listed.stdout)
    lock = (ROOT / "requirements.txt").read_text()
    pins = re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", lock)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert [(part["name"], part["version"]) for part in bill["components"]] == pins
    assert {"django", "django-allauth"} <= {part["name"] for part in bill["components"]}
    digests = [entry["content"] for part in bill["components"] for entry in part["hashes"]]
    assert sorted(digests) == sorted(re.findall("sha256:([0-9a-f]{64})", lock))
    refs = [part["bom-ref"] for part in bill["components"]]
    assert len(refs) == len(set(refs))
