"""Reports that were stored are read in the schema of today, and written back as they were."""

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from followup.report.reading import STEPS, read, written_report
from followup.report.schema import SCHEMA, Report, UseFigures

# Reports of the demo as they were stored, the older ones as they were written then.
SAMPLES = sorted(Path(__file__).with_name("samples").glob("schema-*.json"))
CHECKSUMS = {
    "schema-1": "84b8082277ca90a4cf3c6cf255012185ac9654879f80fa6ecb79f257ef061dec",
    "schema-2": "794097c335d369b4555833bfcda88bbf07b089fe9b8931dad74fe4df2912f831",
}


def test_there_is_a_sample_and_a_step_of_every_schema():
    numbers = range(1, SCHEMA + 1)
    assert [sample.stem for sample in SAMPLES] == [f"schema-{number}" for number in numbers]
    assert list(STEPS) == list(numbers)[:-1]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_what_was_stored_is_read_and_keeps_its_checksum(sample):
    stored = sample.read_bytes()
    report = read(stored)
    assert isinstance(report, Report)
    assert f"schema-{report.schema}" == sample.stem
    assert written_report(report) == stored
    assert sha256(stored).hexdigest() == CHECKSUMS[sample.stem]


def test_older_schemas_say_nothing_of_what_they_did_not_know():
    first, second = (read(sample.read_bytes()) for sample in SAMPLES)
    assert first.use is None
    assert isinstance(second.use, UseFigures)
    assert second.use.authorities == 6


@pytest.mark.parametrize("schema", [0, SCHEMA + 1])
def test_a_schema_that_was_never_written_is_refused(schema):
    stored = msgspec.json.decode(SAMPLES[0].read_bytes())
    with pytest.raises(ValueError, match="no schema"):
        read(msgspec.json.encode({**stored, "schema": schema}))
