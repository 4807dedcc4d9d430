"""A full or read-only disk takes nothing away: the change is refused, the register stands, a retry works.

Rights are taken away with a read-only mount or another user, never with chmod, which root does not notice.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.store.register import Register
from tests.disks import mounted, needs_root, run_as_nobody, unmounting, write_protected
from tests.store.making import add, content, edit


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "lille disk"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder))
    with unmounting(folder):
        yield folder


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a register in it that nobody can write to."""
    folder = tmp_path / "skrivebeskyttet"
    folder.mkdir()
    with Register.create(folder / "register.coi") as register:
        add(register, "Robot")
    with write_protected(folder):
        yield folder


@needs_root
def test_a_full_disk_refuses_the_change_and_a_retry_works(small_disk: Path) -> None:
    path = small_disk / "register.coi"
    with Register.create(path) as register:
        record_id = add(register, "Robot")
        before, revision = content(path), register.revision
        ballast = small_disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

        with pytest.raises(Problem) as caught:
            edit(register, record_id, description="meget tekst " * 1_600)
        assert caught.value.code == "disk_full"
        assert "0 MB" in caught.value.what
        assert caught.value.advice
        assert (content(path), register.revision) == (before, revision)
        assert register.get("initiative", record_id)["description"] is None
        assert register.find_damage() == []

        ballast.unlink()
        assert edit(register, record_id, description="meget tekst " * 1_600)
        assert register.find_damage() == []
        register.undo()
        assert content(path) == before


@needs_root
def test_a_full_disk_leaves_no_half_register_and_no_half_backup(small_disk: Path, tmp_path: Path) -> None:
    source = tmp_path / "register.coi"
    with Register.create(source) as register:
        for number in range(40):
            add(register, f"Nr. {number}", description="lang tekst " * 1_500)
        before = content(source)
        with pytest.raises(Problem) as caught:
            register.backup(small_disk / "kopi.coi")
        assert caught.value.code in ("disk_full", "cannot_create")
        assert list(small_disk.iterdir()) == []
        assert content(source) == before
        register.backup(tmp_path / "kopi.coi")

    (small_disk / "ballast").write_bytes(bytes(1_950_000))
    with pytest.raises(Problem) as caught:
        Register.create(small_disk / "ny.coi")
    assert caught.value.code in ("disk_full", "cannot_create")
    assert [entry.name for entry in small_disk.iterdir()] == ["ballast"]


LIMITED = """
import pathlib, resource, signal, sys
from coi_desktop.errors import Problem
from coi_desktop.models.changes import Op
from coi_desktop.store.register import Register
path = pathlib.Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Register.open(path) as register:
    first = register.find_ids(__import__("coi_desktop.models.query").models.query.Query())[0]
    revision = register.revision
    size = path.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    change = lambda writer: writer.change("initiative", first, {"description": "meget tekst " * 1_600})
    try:
        register.transact(Op("edit", "Edit"), change)
    except Problem as problem:
        print(problem.code)
    assert register.revision == revision
    assert register.find_damage() == []
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    register.transact(Op("edit", "Edit"), change)
    print(register.get("initiative", first).text("description").count("meget"))
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_file_that_may_not_grow_refuses_the_change_and_a_retry_works(path: Path) -> None:
    with Register.create(path) as register:
        add(register, "Robot")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    code, words = done.stdout.split()
    assert code in ("disk_error", "disk_full")
    assert words == "1600"


@needs_root
def test_a_register_in_a_read_only_folder_can_be_read_searched_and_copied(
    read_only_folder: Path, tmp_path: Path
) -> None:
    from coi_desktop.models.query import Query

    path = read_only_folder / "register.coi"
    with pytest.raises(Problem) as caught:
        Register.open(path)
    assert caught.value.code == "read_only"
    assert caught.value.meaning

    with Register.open(path, write=False) as register:
        assert len(register.find(Query(search="robot"))) == 1
        assert register.snapshot().rows("initiative")
        assert register.find_damage() == []
        register.backup(tmp_path / "kopi.coi")
        with pytest.raises(Problem) as caught:
            add(register)
        assert caught.value.code == "read_only"
    with pytest.raises(Problem) as caught:
        Register.create(read_only_folder / "ny.coi")
    assert caught.value.code == "cannot_create"


@needs_root
@pytest.mark.skipif(shutil.which("chattr") is None, reason="needs chattr")
def test_a_read_only_file_is_not_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "register.coi"
    with Register.create(path) as register:
        record_id = add(register, "Robot")
    if subprocess.run(["chattr", "+i", str(path)], check=False, capture_output=True).returncode != 0:
        pytest.skip("chattr does nothing here")
    try:
        with pytest.raises(Problem) as caught:
            Register.open(path)
        assert caught.value.code == "read_only"
        assert not path.with_name(path.name + ".lock").exists()
        with Register.open(path, write=False) as register:
            assert register.get("initiative", record_id)
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)


AS_NOBODY = """
import pathlib, sys
from coi_desktop.errors import Problem
from coi_desktop.store.register import Register
path = pathlib.Path(sys.argv[1])
try:
    Register.open(path)
except Problem as problem:
    print(problem.code)
try:
    with Register.open(path, write=False) as register:
        print(register.count("initiative"))
except Problem as problem:
    print(problem.code)
"""


@pytest.mark.parametrize(
    ("mode", "said"), [(0o644, ["read_only", "1"]), (0o600, ["read_only", "cannot_open"])]
)
def test_another_user_reads_what_it_may(tmp_path: Path, mode: int, said: list[str]) -> None:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="coi-desktop-", dir="/var/tmp"))
    try:
        folder.chmod(0o755)
        path = folder / "register.coi"
        with Register.create(path) as register:
            add(register, "Robot")
        path.chmod(mode)
        done = run_as_nobody("-c", AS_NOBODY, str(path))
        assert done.stderr == ""
        assert done.stdout.split() == said
    finally:
        shutil.rmtree(folder)
