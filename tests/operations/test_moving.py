"""Moving a register here: the copy is proven, the old file keeps everything but its name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.models.clock import now
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.moving import finish_move, move_register
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A register with an attachment in a synchronised folder."""
    path = tmp_path / "OneDrive" / "Innovation.coi"
    with create_register(path, anywhere=True) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    kept = path.with_name("Innovation.coi.files") / "ab"
    kept.mkdir(parents=True)
    (kept / "ab12").write_bytes(b"bilag" * 1000)
    return path


def titles(path: Path) -> list[object]:
    with open_register(path, write=False) as register:
        return [record["title"] for record in register.find(Query("initiative"))]


def test_a_moved_register_is_whole_here_and_the_old_one_says_where_it_went(shared: Path) -> None:
    before = shared.read_bytes()
    moved = run_to_end(move_register(shared))
    assert moved.new == paths.local_folder() / "Innovation.coi"
    renamed = finish_move(moved)
    assert renamed is not None
    assert renamed.name.startswith("Innovation (flyttet 20")
    assert renamed.read_bytes() == before
    assert not shared.exists()
    for path in (moved.new, renamed):
        assert titles(path) == ["Nabohjælp"]
        kept = path.with_name(path.name + ".files") / "ab" / "ab12"
        assert kept.read_bytes() == b"bilag" * 1000
    with open_register(moved.new) as register:
        add_initiative(register, {"title": "Elbiler"})
    assert sorted(entry.name for entry in shared.parent.iterdir()) == [
        renamed.name,
        renamed.name + "-journal",
        renamed.name + ".files",
    ]


def test_nobody_can_write_in_the_old_one_until_it_is_marked(shared: Path) -> None:
    moved = run_to_end(move_register(shared))
    with pytest.raises(Problem) as caught:
        open_register(shared, anywhere=True)
    assert caught.value.code == "locked"
    finish_move(moved)


def test_one_that_somebody_works_in_is_not_moved(shared: Path) -> None:
    with open_register(shared, anywhere=True):
        with pytest.raises(Problem) as caught:
            run_to_end(move_register(shared))
        assert caught.value.code == "locked"
    assert not (paths.local_folder() / "Innovation.coi").exists()


def test_a_move_that_is_stopped_leaves_nothing_here_and_no_lock_there(shared: Path) -> None:
    job = move_register(shared)
    next(job)
    next(job)
    job.close()
    assert not paths.local_folder().exists() or list(paths.local_folder().iterdir()) == []
    open_register(shared, anywhere=True).close()


def test_a_register_of_that_name_here_is_never_written_over(shared: Path) -> None:
    here = paths.local_folder() / "Innovation.coi"
    create_register(here).close()
    moved = run_to_end(move_register(shared))
    finish_move(moved)
    assert moved.new.name == "Innovation 2.coi"
    assert titles(here) == []


def test_a_damaged_register_is_not_moved(shared: Path) -> None:
    content = bytearray(shared.read_bytes())
    content[4096:8192] = bytes(4096)
    shared.write_bytes(content)
    with pytest.raises(Problem):
        run_to_end(move_register(shared))
    assert shared.read_bytes() == content
    assert not (paths.local_folder() / "Innovation.coi").exists()


def test_an_attachment_that_arrives_changed_stops_the_move(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the original and as old, as a worn disk or cable leaves it; and it is found twice."""
    honest = shutil.copy2

    def careless(source: Path, target: Path) -> None:
        honest(source, target)
        dates = target.stat()
        target.write_bytes(b"x" + target.read_bytes()[1:])
        os.utime(target, ns=(dates.st_atime_ns, dates.st_mtime_ns))

    monkeypatch.setattr(shutil, "copy2", careless)
    for _attempt in range(2):
        with pytest.raises(Problem) as caught:
            run_to_end(move_register(shared))
        assert caught.value.code == "cannot_create"
        assert not (paths.local_folder() / "Innovation.coi").exists()
    monkeypatch.undo()
    assert finish_move(run_to_end(move_register(shared))) is not None


def test_what_was_written_after_the_copy_is_not_hidden_behind_the_mark(shared: Path) -> None:
    """A program on a share whose locks do not hold may have gone on."""
    moved = run_to_end(move_register(shared))
    with Register(shared, open_again(shared, write=True), lock=None, writable=True, clock=now) as other:
        add_initiative(other, {"title": "Sent"})
    assert finish_move(moved) is None
    assert shared.exists()


def test_the_old_file_is_read_but_not_gone_on_in(shared: Path) -> None:
    here = shared.parent.parent / "Innovation.coi"
    create_register(here).close()
    moved = run_to_end(move_register(here))
    renamed = finish_move(moved)
    assert renamed is not None
    assert titles(renamed) == []
    with pytest.raises(Problem) as caught:
        open_register(renamed)
    assert caught.value.code == "moved_away"
    with pytest.raises(Problem) as caught:
        run_to_end(move_register(renamed))
    assert caught.value.code == "moved_away"
    open_register(renamed, anywhere=True).close()


def test_where_a_register_was_it_is_said_that_it_was_moved(shared: Path) -> None:
    """A colleague who remembers the old place must not take it for lost and restore a copy of it."""
    finish_move(run_to_end(move_register(shared)))
    for write in (True, False):
        with pytest.raises(Problem) as caught:
            open_register(shared, write=write, anywhere=True)
        assert caught.value.code == "moved_gone"
    shared.with_name("Innovation 2 (flyttet 2026-01-01).coi").touch()
    with pytest.raises(Problem) as caught:
        open_register(shared.with_name("Innovationen.coi"), anywhere=True)
    assert caught.value.code == "missing"
