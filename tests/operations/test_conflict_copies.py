"""Editions put aside are found beside the register, told apart from strangers, and left alone."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from coi_desktop.operations.conflict_copies import find_conflict_copies
from coi_desktop.operations.privacy_of_files import is_readable_by_all, keep_to_oneself
from coi_desktop.operations.registers import create_register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "register.coi"
    create_register(made).close()
    return made


def test_copies_of_this_register_are_found_newest_first(path: Path) -> None:
    older, newer = path.with_name("register-PC2.coi"), path.with_name("register 2.coi")
    for number, copy in enumerate((older, newer)):
        shutil.copy(path, copy)
        os.utime(copy, (1_700_000_000 + number, 1_700_000_000 + number))
    assert [copy.path for copy in find_conflict_copies(path)] == [newer, older]


def test_another_register_with_such_a_name_is_none(path: Path) -> None:
    create_register(path.with_name("register-2027.coi")).close()
    path.with_name("register-noter.coi").write_text("intet register", encoding="utf-8")
    assert find_conflict_copies(path) == []


def test_one_that_says_so_counts_even_when_it_cannot_be_read(path: Path) -> None:
    broken = path.with_name("register (Annes konfliktkopi 2026-11-22).coi")
    broken.write_bytes(b"half")
    assert [copy.path for copy in find_conflict_copies(path)] == [broken]
    assert broken.read_bytes() == b"half"


def test_one_in_the_cloud_is_not_fetched_to_look_into_it(path: Path) -> None:
    possible = path.with_name("register-PC2.coi")
    certain = path.with_name("register (Annes konfliktkopi 2026-11-22).coi")
    for copy in (possible, certain):
        shutil.copy(path, copy)
    asked: list[Path] = []
    found = find_conflict_copies(path, lambda one: asked.append(one) is None)
    assert [copy.path for copy in found] == [certain], "by its name alone"
    assert asked == [possible]


def test_a_folder_that_is_gone_holds_none(tmp_path: Path) -> None:
    assert find_conflict_copies(tmp_path / "væk" / "register.coi") == []


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited there")
def test_a_register_that_all_can_read_can_be_kept_to_oneself(path: Path) -> None:
    path.chmod(0o644)
    ways = [folder for folder in path.absolute().parents if folder.stat().st_uid == os.getuid()]
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in ways]
    assert not is_readable_by_all(path), "pytest's folder is its user's own"
    try:
        for folder in ways:
            folder.chmod(0o755)
        assert is_readable_by_all(path)
        assert keep_to_oneself(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        for folder, mode in zip(ways, before, strict=True):
            folder.chmod(mode)
