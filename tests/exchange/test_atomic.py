"""Files that appear whole or not at all, one or several at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import TargetLocked, atomic_file, write_whole_files

BEFORE = b"the old file"


def blocked(path: Path) -> Path:
    """A path nothing can be put at: a folder with something in it."""
    (path / "inside").mkdir(parents=True)
    return path


def test_a_write_protected_file_is_never_replaced_and_the_advice_says_why(tmp_path: Path) -> None:
    target = tmp_path / "regnskab.xlsx"
    target.write_bytes(BEFORE)
    target.chmod(0o444)
    with pytest.raises(Problem) as caught, atomic_file(target) as half:
        half.write_bytes(b"new")
    assert caught.value.code == "unwritable"
    assert "skrivebeskyttet" in caught.value.what
    assert target.read_bytes() == BEFORE
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_made_for_a_file_that_is_not_written_goes_again(tmp_path: Path) -> None:
    with pytest.raises(KeyError), atomic_file(tmp_path / "ny" / "mappe" / "p.xlsx"):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "ud").mkdir()
    with pytest.raises(KeyError), atomic_file(tmp_path / "ud" / "p.xlsx"):
        raise KeyError
    assert [one.name for one in tmp_path.iterdir()] == ["ud"]


def test_the_advice_names_the_folder_and_not_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocked(Path("p.xlsx"))
    with pytest.raises(Problem) as caught, atomic_file(Path("p.xlsx")) as half:
        half.write_bytes(b"new")
    assert str(tmp_path) in caught.value.what


def test_several_files_are_all_written_or_none_is(tmp_path: Path) -> None:
    first = tmp_path / "1.png"
    first.write_bytes(BEFORE)
    too_long = tmp_path / f"{'x' * 300}.png"
    with pytest.raises(Problem):
        write_whole_files({first: b"new", tmp_path / "ny" / "2.png": b"new", too_long: b"new"})
    assert first.read_bytes() == BEFORE
    assert list(tmp_path.iterdir()) == [first]


def test_one_place_that_is_taken_keeps_the_other_files_and_is_told(tmp_path: Path) -> None:
    taken = blocked(tmp_path / "2.png")
    with pytest.raises(Problem) as caught:
        write_whole_files({tmp_path / "1.png": b"one", taken: b"two", tmp_path / "3.png": b"three"})
    assert "2.png" in caught.value.what
    assert (tmp_path / "1.png").read_bytes() == b"one"
    assert (tmp_path / "3.png").read_bytes() == b"three"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["1.png", "2.png", "3.png"]


def test_a_locked_file_waits_while_the_others_find_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "1.png"
    locked.write_bytes(BEFORE)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == locked:
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TargetLocked) as caught:
        write_whole_files({locked: b"one", tmp_path / "2.png": b"two"})
    assert locked.read_bytes() == BEFORE
    assert caught.value.finished.read_bytes() == b"one"
    assert (tmp_path / "2.png").read_bytes() == b"two"
