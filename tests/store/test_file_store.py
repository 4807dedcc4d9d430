"""Files by their checksums: whole or not at all, once, and never removed unasked."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.store.file_store import PIECE, FileState, FileStore, StoredFile, files_folder
from tests.disks import mounted, needs_root, unmounting, write_protected

EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "Ærø register.coi.files")


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder, half-written ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@given(contents=st.lists(st.binary(max_size=200), max_size=8))
def test_what_is_stored_is_read_back_and_stands_once(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = FileStore(Path(folder) / "r.coi.files")
        stored = [store.put(content) for content in contents]
        assert [store.read(one.sha256) for one in stored] == contents
        assert stored == [StoredFile(hashlib.sha256(c).hexdigest(), len(c)) for c in contents]
        assert store.find_stored() == sorted(set(stored))
        assert sorted(everything(store.folder).values()) == sorted(set(contents))


def test_a_file_larger_than_a_piece_is_copied_in_pieces(store: FileStore, tmp_path: Path) -> None:
    content = os.urandom(2 * PIECE + 17)
    (tmp_path / "stor.bin").write_bytes(content)
    storing = store.iter_put(tmp_path / "stor.bin")
    assert [next(storing), next(storing), next(storing)] == [PIECE, 2 * PIECE, 2 * PIECE + 17]
    with pytest.raises(StopIteration) as end:
        next(storing)
    assert store.read(end.value.value.sha256) == content


def test_copying_that_is_stopped_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    store.put(b"before")
    before = everything(store.folder)
    (tmp_path / "stor.bin").write_bytes(bytes(3 * PIECE))
    storing = store.iter_put(tmp_path / "stor.bin")
    next(storing)
    assert everything(store.folder) != before
    storing.close()
    assert everything(store.folder) == before


def test_the_folder_stands_beside_the_register(tmp_path: Path) -> None:
    assert files_folder(tmp_path / "register.coi") == tmp_path / "register.coi.files"
    stored = FileStore.beside(tmp_path / "register.coi").put(b"")
    assert (tmp_path / "register.coi.files" / EMPTY[:2] / EMPTY).read_bytes() == b""
    assert stored == StoredFile(EMPTY, 0)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", EMPTY.upper(), EMPTY[:-1], EMPTY + "\n", "é" * 64])
def test_only_a_checksum_names_a_file(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        store.path(name)


def test_a_missing_and_a_changed_file_are_told_apart(store: FileStore) -> None:
    whole, missing, changed = (store.put(content).sha256 for content in (b"1", b"2", b"3"))
    store.path(missing).unlink()
    store.path(changed).write_bytes(b"other")
    wanted = [whole, missing, changed, whole]
    assert store.find_missing(wanted) == [missing]
    assert store.find_changed(wanted) == [changed]
    assert dict(store.iter_states(wanted)) == {
        whole: FileState.WHOLE,
        missing: FileState.MISSING,
        changed: FileState.CHANGED,
    }
    for sha256, code in ((missing, "file_missing"), (changed, "file_changed")):
        with pytest.raises(Problem) as caught:
            store.read(sha256)
        assert (caught.value.code, bool(caught.value.advice)) == (code, True)


@given(content=st.binary(min_size=1, max_size=300), bit=st.integers(0, 10_000))
def test_every_flipped_bit_is_found_and_storing_again_mends_it(content: bytes, bit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = FileStore(Path(folder))
        stored = store.put(content)
        place = bit % (8 * len(content))
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        store.path(stored.sha256).write_bytes(bytes(flipped))
        assert store.find_changed([stored.sha256]) == [stored.sha256]
        assert store.put(content) == stored
        assert store.find_changed([stored.sha256]) == []


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of Unix")
def test_links_folders_and_pipes_are_no_files(store: FileStore, tmp_path: Path) -> None:
    secret = tmp_path / "hemmeligt"
    secret.write_bytes(b"x")
    link, folder, pipe = (store.put(content).sha256 for content in (b"a", b"b", b"c"))
    for sha256 in (link, folder, pipe):
        store.path(sha256).unlink()
    store.path(link).symlink_to(secret)
    store.path(folder).mkdir()
    os.mkfifo(store.path(pipe))
    assert store.find_missing([link, folder, pipe]) == [link, folder, pipe]
    assert store.find_stored() == []
    with pytest.raises(Problem):
        store.read(link)
    os.mkfifo(tmp_path / "rør")
    for source in (tmp_path / "rør", tmp_path, tmp_path / "findes ikke"):
        with pytest.raises(Problem) as caught:
            store.put(source)
        assert caught.value.code == "unreadable"


def test_orphans_are_named_and_swept_only_when_asked(store: FileStore) -> None:
    kept, orphan = store.put(b"kept"), store.put(b"orphan")
    (store.folder / "min note.txt").write_text("hej")
    (store.folder / "ab").mkdir(exist_ok=True)
    (store.folder / "ab" / "min note.txt").write_text("hej")
    half = store.folder / ".half-1-1"
    half.write_bytes(b"left by a program that was killed")
    assert store.find_orphans([kept.sha256]) == [orphan]
    assert store.has(orphan.sha256)
    assert half.exists()
    assert store.sweep([kept.sha256]) == [orphan]
    assert store.find_stored() == [kept]
    assert not half.exists()
    assert (store.folder / "min note.txt").exists()
    assert (store.folder / "ab" / "min note.txt").exists()


def test_a_store_that_was_never_used_is_empty_and_makes_no_folder(store: FileStore) -> None:
    assert store.find_stored() == store.find_orphans([]) == store.sweep([]) == []
    assert store.find_missing([EMPTY]) == [EMPTY]
    assert not store.folder.exists()


# Faults of the disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    folder = tmp_path / "lille disk"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    with unmounting(folder):
        yield folder


@needs_root
def test_a_full_disk_leaves_what_stood_there(small_disk: Path) -> None:
    store = FileStore(small_disk / "r.coi.files")
    store.put(b"before")
    before = everything(small_disk)
    for _again in range(2):
        with pytest.raises(Problem) as caught:
            store.put(os.urandom(2_000_000))
        assert caught.value.code == "disk_full"
        assert everything(small_disk) == before
    assert store.put(b"after").size == 5


@needs_root
def test_a_folder_that_may_not_be_written_to_is_told_of(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "låst" / "r.coi.files")
    stored = store.put(b"before")
    with write_protected(tmp_path / "låst"):
        for content in (b"new", b"before"):
            with pytest.raises(Problem) as caught:
                store.put(content)
            assert caught.value.code == "read_only"
        assert store.read(stored.sha256) == b"before"
        assert store.sweep([]) == []
    assert store.find_stored() == [stored]


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_file_that_may_not_grow_is_told_of(store: FileStore) -> None:
    store.put(b"before")
    before = everything(store.folder)
    old, limits = signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(Problem) as caught:
            store.put(bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert caught.value.code == "disk_full"
    assert everything(store.folder) == before


STORING = """
import pathlib, sys
from coi_desktop.store.file_store import FileStore
store = FileStore(pathlib.Path(sys.argv[1]))
for number in range(100_000):
    stored = store.put((b"%d " % number) * 40_000)
    print(stored.sha256, flush=True)
"""


@pytest.mark.parametrize("said_before_kill", [0, 1, 7, 23])
def test_a_killed_program_leaves_only_whole_files_under_their_names(
    store: FileStore, said_before_kill: int
) -> None:
    command = [sys.executable, "-c", STORING, str(store.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = [program.stdout.readline().strip() for _number in range(said_before_kill)]
        program.kill()
        said += [line.strip() for line in program.stdout if len(line) == 65]
    states = dict(store.iter_states([one.sha256 for one in store.find_stored()] + said))
    assert set(states.values()) <= {FileState.WHOLE}
    assert set(said) <= set(states)


GOOD = "from coi_desktop.store.file_store import FileStore\nFileStore(folder).put(b'x' * 10)"
CARELESS = "(folder / 'ab').mkdir(parents=True)\n(folder / 'ab' / 'abc').write_bytes(b'x' * 10)"


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize(("program", "is_safe"), [(GOOD, True), (CARELESS, False)], ids=["ours", "control"])
def test_bytes_are_safe_before_the_name_and_the_name_before_the_answer(
    tmp_path: Path, program: str, is_safe: bool
) -> None:
    """The order of the calls is what a power cut is survived by."""
    log = tmp_path / "calls"
    whole = f"import pathlib, sys\nfolder = pathlib.Path(sys.argv[1])\n{program}\nprint('said')"
    folder = tmp_path / "r.coi.files"
    tracing = ["strace", "-y", "-e", "trace=write,fsync,rename,mkdir", "-o", str(log)]
    subprocess.run([*tracing, sys.executable, "-c", whole, str(folder)], check=True, timeout=60)
    lines = [line for line in log.read_text().splitlines() if str(tmp_path) in line or "said" in line]
    calls = [line.split("(")[0] for line in lines]
    wanted = ["mkdir", "write", "fsync", "mkdir", "rename", "fsync", "fsync", "fsync", "write"]
    assert (calls == wanted) is is_safe, lines
    if is_safe:
        assert ".half-" in lines[2]
        assert [f"<{place}>" in line for place, line in zip((folder, tmp_path), lines[6:], strict=False)] == [
            True,
            True,
        ]


@pytest.mark.parametrize("name", ["", "../../etc/hostname", "æ" * 64, "0" * 63, EMPTY.upper()])
def test_what_is_no_checksum_is_a_missing_file_and_never_a_place(store: FileStore, name: str) -> None:
    assert store.find_missing([name]) == [name]
    assert list(store.iter_states([name])) == [(name, FileState.MISSING)]
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(name)
