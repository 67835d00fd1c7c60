"""A backup that is not what was written is refused, with the part that is damaged."""

import random
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest
from django.db import connection

from actionplan.backups import archive, restoring
from actionplan.backups.archive import MANIFEST
from actionplan.backups.manifest import FORMAT, part_name
from actionplan.backups.progress import ProgressLines
from actionplan.backups.refusals import BackupRefused
from actionplan.backups.tables import backup_tables
from tests.actionplan.backups.installations import everything, refused

PARTS = [f"rows/{table.label}.jsonl" for table in backup_tables()]
NOT_A_BACKUP = "är ingen säkerhetskopia"


def rewritten(file: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a zip anew in which a part is another, or None; all its own checksums are right."""
    with ZipFile(file) as before, ZipFile(to, "w") as after:
        for entry in before.infolist():
            content = change(entry.filename, before.read(entry))
            if content is not None:
                after.writestr(entry.filename, content)
        after.comment = before.comment
    return to


def fault(file: Path) -> str:
    with pytest.raises(BackupRefused) as refusal:
        restoring.check(file, ProgressLines())
    return str(refusal.value)


@pytest.mark.parametrize("part", [*PARTS, MANIFEST])
def test_a_part_with_other_bytes_is_named(backed_up, tmp_path, part):
    def change(name: str, content: bytes) -> bytes:
        return content + b" " if name == part else content

    changed = rewritten(backed_up.file, tmp_path / "changed.backup", change)
    assert f"delen {part} " in fault(changed)


def forged(file: Path, to: Path, part: str = "", content: bytes = b"", **more: object) -> Path:
    """Write a backup anew whose checksums are all right, with another part or manifest."""
    with ZipFile(file) as before:
        manifest = msgspec.json.decode(before.read(MANIFEST))
    for facts in manifest["parts"]:
        if part_name(facts["table"]) == part:
            facts["sha256"] = sha256(content).hexdigest()
    text = msgspec.json.encode(manifest | more)
    parts = {MANIFEST: text, part: content}
    rewritten(file, to, lambda name, content: parts.get(name, content))
    with ZipFile(to, "a") as after:
        after.comment = sha256(text).hexdigest().encode()
    return to


def test_another_format_is_told_from_damage(backed_up, tmp_path):
    later = forged(backed_up.file, tmp_path / "later.backup", format=FORMAT + 1, signed="ja")
    assert "ett format som denna version inte känner till" in fault(later)
    strange = forged(backed_up.file, tmp_path / "strange.backup", signed="ja")
    assert "delen manifest.json " in fault(strange)


def test_a_manifest_that_nobody_could_have_written_is_not_read(backed_up, monkeypatch):
    monkeypatch.setattr(archive, "MOST_MANIFEST", 1000)
    assert "delen manifest.json " in fault(backed_up.file)


@pytest.mark.parametrize("row", [b"[1]", b"{}", b"[", b'[null,"","",1]'])
def test_a_line_that_is_no_row_is_not_stored(backed_up, empty, tmp_path, row):
    part = "rows/requirements_pkg.SearchSynonym.jsonl"
    with ZipFile(backed_up.file) as whole:
        rest = whole.read(part).split(b"\n", 1)[1]
    wrong = forged(backed_up.file, tmp_path / "wrong.backup", part, row + b"\n" + rest)
    restoring.check(wrong, ProgressLines())
    before = everything()
    assert f"delen {part} " in refused("restore", wrong)
    assert everything() == before


def test_a_row_that_the_database_does_not_take_is_told(backed_up, empty, tmp_path):
    part = "rows/requirements_pkg.SearchSynonym.jsonl"
    with ZipFile(backed_up.file) as whole:
        rest = whole.read(part).split(b"\n", 1)[1]
    wrong = forged(backed_up.file, tmp_path / "wrong.backup", part, b'[null,"a, b"]\n' + rest)
    before = everything()
    sentence = refused("restore", wrong)
    assert "requirements_pkg.SearchSynonym" in sentence
    assert "Inget har återställts" in sentence
    assert everything() == before


def test_a_row_that_is_missing_or_comes_twice_is_noticed(backed_up, tmp_path):
    part = "rows/actionplan.ChangeLog.jsonl"
    for times in (0, 2):

        def change(name: str, content: bytes, times: int = times) -> bytes:
            first, end, rest = content.partition(b"\n")
            return (first + end) * times + rest if name == part else content

        changed = rewritten(backed_up.file, tmp_path / "changed.backup", change)
        assert f"delen {part} " in fault(changed)


def test_a_part_that_is_missing_or_too_many_is_noticed(backed_up, tmp_path):
    without = rewritten(
        backed_up.file,
        tmp_path / "without.backup",
        lambda name, content: None if name == PARTS[3] else content,
    )
    assert NOT_A_BACKUP in fault(without)
    with ZipFile(without, "a") as more:
        more.writestr(PARTS[3], b"")
        more.writestr("more", b"")
    assert NOT_A_BACKUP in fault(without)


def test_what_ends_too_early_is_no_backup(backed_up, tmp_path):
    whole = backed_up.file.read_bytes()
    short = tmp_path / "short.backup"
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1000, len(whole) - 1):
        short.write_bytes(whole[:length])
        assert NOT_A_BACKUP in fault(short) or "delen manifest.json" in fault(short)


def test_no_byte_may_be_another_unless_nothing_is_read_of_it(backed_up, tmp_path):
    """Some bytes of a zip are for nobody, such as the hour of a part."""
    whole, chance = backed_up.file.read_bytes(), random.Random(12)  # noqa: S311  made up, not secret
    damaged, refusals = tmp_path / "damaged.backup", 0
    for at in chance.sample(range(len(whole)), 120):
        byte = whole[at] ^ chance.randrange(1, 256)
        damaged.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
        try:
            restoring.check(damaged, ProgressLines())
        except BackupRefused:
            refusals += 1
    assert refusals > 108


@pytest.mark.parametrize("content", [b"", b"PK", b"{}", bytes(1000)])
def test_another_file_is_no_backup(backed_up, tmp_path, content):
    other = tmp_path / "other"
    other.write_bytes(content)
    assert NOT_A_BACKUP in fault(other)


def test_another_zip_is_no_backup(backed_up, tmp_path):
    other = tmp_path / "other.zip"
    with ZipFile(other, "w") as archive:
        archive.writestr("brev.txt", b"hej")
    assert NOT_A_BACKUP in fault(other)


def test_a_file_that_is_not_there_is_told(backed_up, tmp_path):
    assert fault(tmp_path / "none").startswith(f"Det går inte att läsa {tmp_path / 'none'}")


def test_damage_is_found_before_anything_is_written(backed_up, bare, tmp_path):
    changed = rewritten(
        backed_up.file,
        tmp_path / "changed.backup",
        lambda name, content: content[:-9] if name == PARTS[-1] else content,
    )
    assert f"delen {PARTS[-1]} " in refused("restore", changed)
    assert connection.introspection.table_names() == []


def test_damage_that_comes_meanwhile_takes_everything_back(
    backed_up, empty, tmp_path, monkeypatch
):
    """The file is read three times: as it is checked, stored and compared."""
    changed = rewritten(
        backed_up.file,
        tmp_path / "changed.backup",
        lambda name, content: content[:-9] if name == PARTS[-1] else content,
    )
    monkeypatch.setattr(restoring, "_refuse_damage", lambda *_given: None)
    before = everything()
    assert f"delen {PARTS[-1]} " in refused("restore", changed)
    assert everything() == before
