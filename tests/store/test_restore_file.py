"""A restore brings rows and files back together, keeps what it replaces, and is never worse than before."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import BackupManifest
from coi_desktop.models.progress import run_to_end
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.register import Register
from coi_desktop.store.restore_file import AfterRestore, Prepared, iter_prepare, put_in_place
from tests.disks import mounted, needs_root, unmounting
from tests.store.making import StandingClock, add, content, drop, edit
from tests.store.test_backup_set import attach, back_up_new
from tests.store.test_backups import flip, whole_hash


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "sikkerhedskopier"


@pytest.fixture
def backup(register: Register, path: Path, root: Path) -> BackupManifest:
    """A backup of three initiatives, one with an attachment; then one is dropped and one changed, and the
    register closed.
    """
    first = add(register, "Robotstøvsuger")
    second = add(register, "Drone")
    attach(register, first, b"et bilag")
    manifest = back_up_new(register, root, "Elbiler")
    drop(register, first)
    edit(register, second, title="Dronen")
    register.close()
    return manifest


def backups_of(manifest: BackupManifest, root: Path) -> BackupSet:
    """The set that a backup belongs to."""
    return BackupSet(root / manifest.register_id)


def prepare(
    path: Path, manifest: BackupManifest, root: Path, hooks: tuple[AfterRestore, ...] = ()
) -> Prepared:
    """All but the swap."""
    return run_to_end(iter_prepare(path, backups_of(manifest, root), manifest, root, StandingClock(), hooks))


def restore(path: Path, manifest: BackupManifest, root: Path) -> Prepared:
    """The whole of it."""
    prepared = prepare(path, manifest, root)
    put_in_place(prepared, StandingClock())
    return prepared


def strays(path: Path) -> list[str]:
    """What lies beside the register and is neither it, its files, nor the empty journal of every register."""
    known = {path.name, path.name + ".files", "sikkerhedskopier"}
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size == 0:
        known.add(journal.name)
    return sorted(entry.name for entry in path.parent.iterdir() if entry.name not in known)


def test_the_restored_register_and_its_files_are_those_of_the_backup(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    shutil.rmtree(path.with_name(path.name + ".files"))
    prepared = restore(path, backup, root)
    assert prepared.missing_files == 0
    assert whole_hash(path) == backup.register_hash
    with Register.open(path) as register:
        assert register.find_damage() == []
        (sha256,) = backup.files
        assert register.files.read(sha256) == b"et bilag"
        assert register.count("initiative") == 3
    assert strays(path) == []


def test_what_was_replaced_is_a_proven_backup_and_can_be_had_back(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    before = content(path)
    prepared = restore(path, backup, root)
    backups = backups_of(backup, root)
    newest = backups.newest()
    assert newest is not None
    assert newest.reason == "restore"
    assert prepared.kept == backups.path(newest)
    restore(path, newest, root)
    assert content(path) == before


@pytest.mark.parametrize("present", [None, b"", bytes(8192), b"en anden fil"])
def test_a_register_that_is_gone_or_no_register_is_kept_as_it_is(
    backup: BackupManifest, path: Path, root: Path, present: bytes | None
) -> None:
    path.unlink() if present is None else path.write_bytes(present)
    prepared = restore(path, backup, root)
    assert whole_hash(path) == backup.register_hash
    assert prepared.stamp == ""
    assert (prepared.kept.read_bytes() if prepared.kept.exists() else None) == present
    assert strays(path) == []


def test_a_damaged_register_is_kept_as_it_is_with_its_journal(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    flip(path, path.read_bytes().rindex(b"Dronen"))
    wrong = path.read_bytes()
    prepared = restore(path, backup, root)
    assert prepared.kept.read_bytes() == wrong
    assert whole_hash(path) == backup.register_hash
    assert len(backups_of(backup, root).find_backups()) == 1, "no backup of a damaged register"


def hot_journal(tmp_path: Path) -> bytes:
    """What a program that died in the middle of a commit leaves beside another register."""
    other = tmp_path / "anden" / "anden.coi"
    other.parent.mkdir()
    with Register.create(other) as register:
        for number in range(30):
            add(register, f"Nr. {number}", description="lang tekst " * 1000)
    connection = sqlite3.connect(other, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = ON")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM change")
    connection.execute("UPDATE initiative SET title = title || ' og mere', description = title")
    journal = other.with_name(other.name + "-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert len(journal) > 512
    return journal


@pytest.mark.parametrize("present", [None, bytes(8192)])
def test_the_journal_of_another_register_is_never_played_into_the_restored_one(
    backup: BackupManifest, path: Path, root: Path, tmp_path: Path, present: bytes | None
) -> None:
    path.unlink() if present is None else path.write_bytes(present)
    path.with_name(path.name + "-journal").write_bytes(hot_journal(tmp_path))
    restore(path, backup, root)
    with Register.open(path) as register:
        assert register.find_damage() == []
    assert whole_hash(path) == backup.register_hash


def test_control_a_journal_left_beside_undoes_the_restore(
    backup: BackupManifest, path: Path, root: Path, tmp_path: Path
) -> None:
    """The control: a rename alone, with the journal left where it is."""
    path.with_name(path.name + "-journal").write_bytes(hot_journal(tmp_path))
    shutil.copyfile(backups_of(backup, root).path(backup), path)
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM initiative").fetchone()
    try:
        found = whole_hash(path)
    except sqlite3.DatabaseError:
        found = "damaged"
    assert found != backup.register_hash


def test_a_damaged_backup_replaces_nothing(backup: BackupManifest, path: Path, root: Path) -> None:
    before = path.read_bytes()
    copy = backups_of(backup, root).path(backup)
    flip(copy, copy.read_bytes().rindex(b"Elbiler"))
    with pytest.raises(Problem) as caught:
        prepare(path, backup, root)
    assert caught.value.code == "damaged"
    assert path.read_bytes() == before
    assert strays(path) == []


def test_a_backup_with_parts_of_strangers_replaces_nothing(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    copy = backups_of(backup, root).path(backup)
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TRIGGER t AFTER UPDATE ON unit BEGIN SELECT 1; END")
    forged = backup._replace(register_hash=whole_hash(copy), size=copy.stat().st_size)
    with pytest.raises(Problem) as caught:
        prepare(path, forged, root)
    assert caught.value.code == "foreign"


def test_a_register_that_changed_meanwhile_is_not_replaced(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    prepared = prepare(path, backup, root)
    with Register.open(path) as register:
        add(register, "Ny siden")
    with pytest.raises(Problem) as caught:
        put_in_place(prepared, StandingClock())
    assert caught.value.code == "replaced"
    with Register.open(path) as register:
        assert register.count("initiative") == 3
    assert strays(path) == []


def test_a_register_that_is_open_elsewhere_is_not_replaced(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    with Register.open(path):
        prepared = prepare(path, backup, root)
        with pytest.raises(Problem) as caught:
            put_in_place(prepared, StandingClock())
    assert caught.value.code == "locked"
    assert not prepared.half.exists()


def test_what_must_not_come_back_is_taken_out_before_the_swap(
    backup: BackupManifest, path: Path, root: Path
) -> None:
    def erase(register: Register) -> None:
        for record in register.snapshot().rows("initiative"):
            if record.text("title") == "Robotstøvsuger":
                drop(register, record.id)

    prepared = prepare(path, backup, root, (erase,))
    put_in_place(prepared, StandingClock())
    with Register.open(path) as register:
        assert sorted(one.text("title") for one in register.snapshot().rows("initiative")) == [
            "Drone",
            "Elbiler",
        ]
    assert strays(path) == []


def test_files_that_no_backup_has_are_counted(backup: BackupManifest, path: Path, root: Path) -> None:
    (sha256,) = backup.files
    backups_of(backup, root).files.path(sha256).unlink()
    shutil.rmtree(path.with_name(path.name + ".files"))
    assert restore(path, backup, root).missing_files == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB: room for a register and its backup, and no more."""
    folder = tmp_path / "lille disk"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))
    with unmounting(folder):
        yield folder


@needs_root
@pytest.mark.parametrize("full", ["register", "backups"])
def test_a_full_disk_leaves_the_register_as_it_was(
    backup: BackupManifest, path: Path, root: Path, small_disk: Path, full: str
) -> None:
    here = small_disk / path.name if full == "register" else path
    if full == "register":
        shutil.copyfile(path, here)
        there = root
    else:
        there = small_disk / "kopier"
        shutil.copytree(root, there)
    before = here.read_bytes()
    with contextlib.suppress(OSError), (small_disk / "ballast").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    with pytest.raises(Problem) as caught:
        prepare(here, backup, there)
    assert caught.value.code in ("disk_full", "disk_error", "cannot_create")
    assert here.read_bytes() == before
    assert not list(here.parent.glob(".*"))
    assert backup in backups_of(backup, there).find_backups()
