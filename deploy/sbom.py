"""List what the application is made of, for whoever asks whether a fault is in it: `make sbom`.

CycloneDX 1.5 as JSON on standard output: each locked dependency with its version and checksums.
"""

import json
import re
import sys
from pathlib import Path

# A pin with the lines that it goes on over, of which each may name a checksum.
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\\\n)*.*)$", re.M)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def component(name: str, version: str, rest: str) -> dict[str, object]:
    """Return a dependency as CycloneDX names it."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return {
        "type": "library",
        "name": plain,
        "version": version,
        "purl": f"pkg:pypi/{plain}@{version}",
        "bom-ref": f"pkg:pypi/{plain}@{version}",
        # One for each file that may be installed.
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(rest)],
    }


def bill(lock: Path) -> dict[str, object]:
    """Return the list of what a file locks."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "kravkedjan"}},
        "components": [component(*pin) for pin in PIN.findall(lock.read_text())],
    }


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[1]
    json.dump(bill(root / "requirements.txt"), sys.stdout, indent=2)
