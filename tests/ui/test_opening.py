"""Opening with another program: only files we wrote, and nothing but local paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from coi_desktop.errors import Problem
from coi_desktop.ui.opening import OPENED, open_written, show_folder


class Platform(QObject):
    """Stands where the platform would open things."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Noted."""
        assert url.isLocalFile()
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def platform(qtbot: QtBot) -> Iterator[Platform]:
    made = Platform()
    QDesktopServices.setUrlHandler("file", made, "open")  # type: ignore[arg-type]  # the stub says bytes, which it refuses
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_a_written_file_is_opened_and_its_folder_shown(platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "2026-11-22 Styregruppe – Portefølje & 100 %.xlsx"
    path.write_bytes(b"x")
    open_written(path)
    show_folder(path)
    show_folder(tmp_path)
    assert platform.opened == [path, tmp_path, tmp_path]


@pytest.mark.parametrize("name", ["program.exe", "side.html", "makro.xlsm", "uden", "billede.svg.desktop"])
def test_nothing_but_our_own_kinds_of_file_is_opened(platform: Platform, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(ValueError, match="not one of our files"):
        open_written(path)
    assert platform.opened == []


def test_a_file_that_has_gone_is_a_problem_that_names_its_folder(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="kunne ikke åbnes") as caught:
        open_written(tmp_path / "væk.xlsx")
    assert caught.value.code == "cannot_open"
    assert str(tmp_path) in caught.value.advice
    assert platform.opened == []


def test_programs_and_pages_are_not_among_what_is_opened() -> None:
    assert {".xlsx", ".png", ".svg", ".pdf"} == OPENED
