"""Opening with another program: only files we wrote, and nothing but local paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.operations.opened_copies import OpenedCopies, copies_home
from coi_desktop.ui.opening import OPENED, open_copy, open_written, show_folder
from tests.ui.fakes import FakePlatform


def test_a_written_file_is_opened_and_its_folder_shown(platform: FakePlatform, tmp_path: Path) -> None:
    path = tmp_path / "2026-11-22 Styregruppe – Portefølje & 100 %.xlsx"
    path.write_bytes(b"x")
    open_written(path)
    show_folder(path)
    show_folder(tmp_path)
    assert platform.opened == [path, tmp_path, tmp_path]


@pytest.mark.parametrize("name", ["program.exe", "side.html", "makro.xlsm", "uden", "billede.svg.desktop"])
def test_nothing_but_our_own_kinds_of_file_is_opened(
    platform: FakePlatform, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(ValueError, match="not one of our files"):
        open_written(path)
    assert platform.opened == []


def test_a_file_that_has_gone_is_a_problem_that_names_its_folder(
    platform: FakePlatform, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="kunne ikke åbnes") as caught:
        open_written(tmp_path / "væk.xlsx")
    assert caught.value.code == "cannot_open"
    assert str(tmp_path) in caught.value.advice
    assert platform.opened == []


def test_programs_and_pages_are_not_among_what_is_opened() -> None:
    assert {".xlsx", ".png", ".svg", ".pdf"} == OPENED


def test_a_copy_of_an_attachment_is_opened_only_from_its_own_folder(
    platform: FakePlatform, tmp_path: Path
) -> None:
    copies = OpenedCopies(copies_home())
    good, bad = copies.new_path(".pdf"), copies.new_path(".exe")
    elsewhere = tmp_path / "faktura.pdf"
    for path in (good, bad, elsewhere):
        path.write_bytes(b"%PDF-")
    open_copy(good)
    for path in (bad, elsewhere):
        with pytest.raises(ValueError, match="not one of our copies"):
            open_copy(path)
    assert platform.opened == [good]
    copies.close()
