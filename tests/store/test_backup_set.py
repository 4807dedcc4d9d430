"""A set of backups: each proven before it counts, thinned only then, files once, never worse than before."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coi_desktop.errors import Cancelled, Problem
from coi_desktop.models.backup_manifest import BackupManifest, Reason, format_manifest, parse_manifest
from coi_desktop.models.progress import run_to_end
from coi_desktop.store.backup_set import BackupSet, Written, is_backup
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.keeping import find_set, iter_backup
from coi_desktop.store.register import Register
from tests.store.making import ADD, START, StandingClock, add, content, drop, edit
from tests.store.test_backups import flip, whole_hash


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "sikkerhedskopier"


def back_up(register: Register, root: Path, reason: Reason = Reason.REGULAR) -> Written | None:
    """A backup of the open register below ``root``."""
    return run_to_end(iter_backup(register.path, root, reason, register.clock))


def back_up_new(register: Register, root: Path, title: str = "Nyt") -> BackupManifest:
    """A backup after one more initiative."""
    add(register, title)
    written = back_up(register, root)
    assert written is not None
    return written.manifest


def attach(register: Register, initiative_id: str, what: bytes) -> str:
    """An attachment with these bytes; its checksum."""
    stored = register.files.put(what)
    register.transact(
        ADD,
        lambda writer: writer.put(
            "attachment", {"initiative_id": initiative_id, "title": "Bilag", "sha256": stored.sha256}
        ),
    )
    return stored.sha256


def copies(backups: BackupSet) -> set[str]:
    """Names of the copies in the folder."""
    return {path.name for path in backups.folder.glob("*.coi")}


def test_a_backup_says_when_why_and_of_what_it_was_made(register: Register, path: Path, root: Path) -> None:
    add(register, "Robot")
    written = back_up(register, root, Reason.IMPORT)
    assert written is not None
    backups = BackupSet(root / register.id)
    (manifest,) = backups.find_backups()
    assert manifest == written.manifest == backups.newest()
    assert (manifest.sequence, manifest.written, manifest.reason) == (1, START, Reason.IMPORT)
    assert (manifest.register_name, manifest.place) == (path.name, str(path))
    assert (manifest.unit_name, manifest.revision) == ("Enheden", register.revision)
    assert manifest.rows == {"unit": 1, "initiative": 1}
    assert manifest.register_hash == whole_hash(path) == whole_hash(backups.path(manifest))
    assert content(backups.path(manifest)) == content(path)
    assert parse_manifest(format_manifest(manifest)) == manifest
    assert not list(backups.folder.glob(".*"))
    backups.prove(manifest)


def test_nothing_new_gives_no_second_backup(register: Register, root: Path) -> None:
    assert back_up(register, root) is None, "an empty register needs none"
    back_up_new(register, root)
    assert back_up(register, root) is None
    back_up_new(register, root)
    assert [one.sequence for one in BackupSet(root / register.id).find_backups()] == [2, 1]


@pytest.mark.parametrize("reason", [Reason.ASKED, Reason.RESTORE])
@pytest.mark.parametrize("what", ["copy", "file", "nothing"])
def test_a_newest_backup_that_rotted_is_no_reason_to_write_none(
    register: Register, root: Path, reason: Reason, what: str
) -> None:
    sha256 = attach(register, add(register), b"et bilag")
    first = back_up_new(register, root)
    backups = BackupSet(root / register.id)
    if what == "copy":
        copy = backups.path(first)
        copy.write_bytes(copy.read_bytes().replace(b"Nyt", b"Nyd"))
    elif what == "file":
        backups.files.path(sha256).write_bytes(b"et bilaG")
    second = back_up(register, root, reason)
    assert (second is None) == (what == "nothing")
    newest = backups.newest()
    assert newest is not None
    backups.prove(newest)


@pytest.mark.parametrize("content", [b"", b"kort", None])
def test_a_file_that_was_torn_in_the_shared_folder_is_stored_anew_with_the_next_backup(
    register: Register, root: Path, content: bytes | None
) -> None:
    sha256 = attach(register, add(register), b"et bilag")
    back_up_new(register, root)
    backups = BackupSet(root / register.id)
    torn = backups.files.path(sha256)
    torn.unlink()
    if content is not None:
        torn.write_bytes(content)
    backups.prove(back_up_new(register, root))


def test_a_set_is_found_by_identity_and_for_a_damaged_file_by_its_place(
    register: Register, path: Path, root: Path
) -> None:
    back_up_new(register, root)
    register.close()
    wanted = root / register.id
    found = find_set(root, path)
    assert found is not None
    assert found.folder == wanted
    moved = path.with_name("flyttet.coi")
    path.rename(moved)
    assert (found := find_set(root, moved)) is not None
    assert found.folder == wanted
    for nothing in (b"", bytes(8192), b"en anden fil"):
        path.write_bytes(nothing)
        assert (found := find_set(root, path)) is not None
        assert found.folder == wanted
    assert find_set(root, path.with_name("en anden.coi")) is None


@pytest.mark.parametrize("text", ["Robotstøvsuger", "test.add"])
def test_a_damaged_register_pushes_no_good_backup_out(
    register: Register, path: Path, root: Path, clock: StandingClock, text: str
) -> None:
    backups = BackupSet(root / register.id)
    for number in range(12):
        back_up_new(register, root, f"Nr. {number}")
        clock.forward(60)
    good = copies(backups)
    add(register, "Robotstøvsuger")
    register.close()
    flip(path, path.read_bytes().rindex(text.encode()))
    with pytest.raises(Problem) as caught:
        run_to_end(iter_backup(path, root, Reason.REGULAR, clock))
    assert caught.value.code == "damaged"
    assert copies(backups) == good
    for one in backups.find_backups():
        backups.prove(one)


def test_control_copying_without_proof_loses_the_good_backup(
    register: Register, path: Path, root: Path
) -> None:
    """The control: what a copy of the file over the one kept copy does."""
    kept = root / "kopi.coi"
    root.mkdir()
    register.backup(kept)
    add(register, "Robotstøvsuger")
    register.close()
    flip(path, path.read_bytes().rindex("Robotstøvsuger".encode()))
    shutil.copyfile(path, kept)
    with Register.open(kept) as copy:
        assert copy.find_damage()


def test_thinning_keeps_the_newest_and_clears_notes_and_files_behind_it(
    register: Register, root: Path, clock: StandingClock
) -> None:
    backups = BackupSet(root / register.id)
    record = add(register, "Robot")
    first = attach(register, record, b"det foerste bilag")
    for number in range(14):
        if number == 1:
            drop(register, record)
        back_up_new(register, root, f"Nr. {number}")
        clock.forward(60)
    left = backups.find_backups()
    assert [one.sequence for one in left] == list(range(14, 4, -1))
    assert len(list(backups.folder.glob("*.json"))) == len(copies(backups)) == 10
    assert backups.files.has(first), "undo can bring it back"


def test_a_file_that_no_backup_names_any_longer_goes(
    register: Register, root: Path, clock: StandingClock
) -> None:
    backups = BackupSet(root / register.id)
    back_up_new(register, root)
    stray = backups.files.put(b"et bilag som ingen kender").sha256
    for number in range(11):
        back_up_new(register, root, f"Nr. {number}")
    assert not backups.files.has(stray)


def test_files_are_stored_once_for_all_backups_and_missing_ones_are_named(
    register: Register, path: Path, root: Path
) -> None:
    record = add(register, "Robot")
    kept, lost = attach(register, record, b"bilag 1"), attach(register, record, b"bilag 2")
    changed = attach(register, record, b"bilag 3")
    register.files.path(lost).unlink()
    register.files.path(changed).write_bytes(b"noget andet")
    first = back_up_new(register, root)
    second = back_up_new(register, root)
    backups = BackupSet(root / register.id)
    for manifest in (first, second):
        assert manifest.files == (kept,)
        assert manifest.missing_files == tuple(sorted((lost, changed)))
        backups.prove(manifest)
    assert backups.files.read(kept) == b"bilag 1"
    backups.files.path(kept).write_bytes(b"bilag x")
    with pytest.raises(Problem):
        backups.prove(second)


@pytest.mark.parametrize("jump", [timedelta(days=-2800), timedelta(days=5000)])
def test_a_clock_that_jumps_changes_neither_order_nor_what_is_newest(
    register: Register, root: Path, clock: StandingClock, jump: timedelta
) -> None:
    for number in range(15):
        if number == 7:
            clock.moment += jump
        elif number == 9:
            clock.moment -= jump
        back_up_new(register, root, f"Nr. {number}")
        clock.forward(3600 * 24)
    left = BackupSet(root / register.id).find_backups()
    assert [one.sequence for one in left][:10] == list(range(15, 5, -1))
    assert left[0].rows["initiative"] == 15


def test_a_register_that_shrank_is_told_of_and_the_larger_backups_stay(
    register: Register, root: Path, clock: StandingClock
) -> None:
    ids = [add(register, f"Nr. {number}") for number in range(9)]
    back_up_new(register, root)
    for record in ids[:-1]:
        drop(register, record)
    written = back_up(register, root)
    assert written is not None
    assert written.has_shrunk
    for number in range(13):
        edit(register, ids[-1], title=f"Ny {number}")
        back_up(register, root)
    assert 1 in [one.sequence for one in BackupSet(root / register.id).find_backups()]


def test_what_a_killed_program_left_is_cleared_and_never_shown(register: Register, root: Path) -> None:
    first = back_up_new(register, root)
    backups = BackupSet(root / register.id)
    half = backups.folder / ".000002 2026-11-22 11.42.coi.4711.new"
    lonely = backups.folder / "000002 2026-11-22 11.42.json"
    half.write_bytes(b"halv")
    lonely.write_text(format_manifest(first._replace(sequence=2, file_name=lonely.stem + ".coi")))
    assert backups.find_backups() == [first]
    assert backups.newest() == first
    back_up_new(register, root)
    assert not half.exists()
    assert not lonely.exists()


def test_a_torn_copy_and_an_unreadable_note_count_for_nothing(register: Register, root: Path) -> None:
    first, second = back_up_new(register, root), back_up_new(register, root)
    third = back_up_new(register, root)
    backups = BackupSet(root / register.id)
    backups.path(third).write_bytes(backups.path(third).read_bytes()[:-4096])
    backups.path(second).with_suffix(".json").write_text("{")
    assert backups.find_backups() == [first]
    assert backups.newest() == first
    assert back_up_new(register, root).sequence == 4, "no number is used twice"


def test_a_second_writer_waits_for_another_time(register: Register, root: Path, clock: StandingClock) -> None:
    back_up_new(register, root)
    add(register, "Mere")
    lock = FileLock(root / register.id / "backups")
    lock.acquire(clock())
    with pytest.raises(Problem) as caught:
        back_up(register, root)
    assert caught.value.code == "busy"
    lock.release()
    assert back_up(register, root) is not None


def test_work_that_is_stopped_leaves_nothing(register: Register, root: Path) -> None:
    add(register, "Robot")
    with pytest.raises(Cancelled):
        run_to_end(iter_backup(register.path, root, Reason.REGULAR, register.clock, stop=lambda: True))
    assert copies(BackupSet(root / register.id)) == set()
    assert not list((root / register.id).glob(".*"))


def test_a_backup_is_told_from_any_other_register(register: Register, path: Path, root: Path) -> None:
    manifest = back_up_new(register, root)
    copy = root / register.id / manifest.file_name
    assert is_backup(copy)
    assert not is_backup(path)
    assert not is_backup(copy.with_name("000009 2026-11-22 10.42.coi"))


def test_an_edit_in_the_middle_of_the_copy_is_not_lost_from_it(
    register: Register, root: Path, clock: StandingClock
) -> None:
    """The copy begins again, and holds what was committed meanwhile."""
    add(register, "Robot", description="lang tekst " * 1500)
    done: list[str] = []

    def edit_once() -> bool:
        if not done:
            done.append(add(register, "Midt i kopien"))
        return False

    written = run_to_end(iter_backup(register.path, root, Reason.REGULAR, clock, stop=edit_once))
    assert written is not None
    assert done
    assert written.manifest.register_hash == whole_hash(register.path)
    assert written.manifest.rows["initiative"] == 2


def test_edits_without_a_pause_do_not_keep_a_backup_from_being_taken(
    register: Register, root: Path, clock: StandingClock
) -> None:
    for number in range(20):
        add(register, f"Nr. {number}", description="lang tekst " * 1500)
    edits: list[str] = []

    def edit_always() -> bool:
        edits.append(add(register, f"Uden pause {len(edits)}"))
        return False

    written = run_to_end(iter_backup(register.path, root, Reason.REGULAR, clock, stop=edit_always))
    assert written is not None
    backups = BackupSet(root / register.id)
    backups.prove(written.manifest)
    assert 20 < written.manifest.rows["initiative"] <= 20 + len(edits)


def test_a_moment_without_a_zone_or_a_foreign_note_is_no_manifest(register: Register, root: Path) -> None:
    text = format_manifest(back_up_new(register, root))
    naive = datetime(2026, 11, 22).isoformat()
    for wrong in ("", "[]", "{}", "[" * 100_000, text.replace(START.isoformat(), naive)):
        with pytest.raises(ValueError, match=r".*"):
            parse_manifest(wrong)
