"""The register goes out to Excel through the menu and comes back: reviewed, conflicts chosen, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.return_preview import ReturnPreview
from coi_desktop.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import wait_until_idle

Answer = Callable[[ReturnPreview], bool]


class Round:
    """The sheet on its way out and back, with its answers given in advance."""

    def __init__(self, qtbot: QtBot, window: MainWindow, prompts: FakePrompts, path: Path) -> None:
        self.qtbot = qtbot
        self.window = window
        self.prompts = prompts
        self.path = path

    def out(self) -> None:
        """Write the sheet."""
        self.prompts.paths.insert(0, self.path)
        self.window.actions_["export_register"].trigger()
        wait_until_idle(self.qtbot, self.window.desk)

    def change(self, row: int, field: str, value: object) -> None:
        """Type into a cell, with another program than ours."""
        book = openpyxl.load_workbook(self.path)
        sheet = book.worksheets[0]
        column = next(cell.column for cell in sheet[1] if cell.value == field)
        sheet.cell(row, column).value = value
        book.save(self.path)

    def back(self, answer: Answer) -> None:
        """Take the sheet in; ``answer`` works in the preview."""
        self.prompts.paths.insert(0, self.path)
        self.prompts.dialogs = [answer]
        self.window.actions_["import_table"].trigger()
        for _job in ("read", "compare", "take in"):
            wait_until_idle(self.qtbot, self.window.desk)

    @property
    def notice(self) -> str:
        return notice_bar(self.window).text


@pytest.fixture
def round_trip(
    qtbot: QtBot, register: Register, open_window: OpenWindow, prompts: FakePrompts, tmp_path: Path
) -> Round:
    for title, owner in (("Robot", "Anna"), ("Have", "Bo")):
        add_initiative(register, {"title": title, "owner": owner})
    return Round(qtbot, open_window(), prompts, tmp_path / "registret.xlsx")


def owners(register: Register) -> dict[str, str]:
    return {one.text("title"): one.text("owner") for one in register.snapshot().rows("initiative")}


def column(dialog: ReturnPreview, place: int) -> list[Any]:
    return [
        dialog.differences.rows.index(row, place).data() for row in range(dialog.differences.rows.rowCount())
    ]


def test_a_changed_cell_is_shown_with_what_is_here_and_taken_in(
    round_trip: Round, register: Register
) -> None:
    round_trip.out()
    round_trip.change(3, "owner", "Dorte")
    shown: list[list[Any]] = []

    def answer(dialog: ReturnPreview) -> bool:
        shown.extend(column(dialog, place) for place in range(5))
        return True

    round_trip.back(answer)
    assert shown == [["Robot"], ["Ejer"], ["Anna"], ["Dorte"], ["Ændres"]]
    assert owners(register) == {"Robot": "Dorte", "Have": "Bo"}
    assert round_trip.notice == "1 tiltag er ændret fra projektmappen."
    register.undo()
    assert owners(register) == {"Robot": "Anna", "Have": "Bo"}


def test_turned_away_it_changes_nothing(round_trip: Round, register: Register) -> None:
    round_trip.out()
    round_trip.change(3, "owner", "Dorte")
    before = register.revision
    round_trip.back(lambda dialog: False)
    assert register.revision == before


def test_a_sheet_nobody_edited_is_said_so_without_a_dialog(round_trip: Round, register: Register) -> None:
    round_trip.out()
    round_trip.back(lambda dialog: pytest.fail("there is nothing to review"))
    assert round_trip.notice == "Projektmappen siger det samme som registret; intet er ændret."


def test_emptied_cells_can_be_kept(round_trip: Round, register: Register) -> None:
    round_trip.out()
    round_trip.change(3, "owner", None)

    def keep(dialog: ReturnPreview) -> bool:
        assert column(dialog, 4) == ["Tømmes"]
        dialog.differences.emptied.setChecked(False)
        assert column(dialog, 4) == ["Forbliver, som det er her"]
        return False

    round_trip.back(keep)
    round_trip.back(lambda dialog: True)
    assert owners(register)["Robot"] == ""


@pytest.mark.parametrize("held", [None, Qt.Key.Key_Control], ids=["nothing held", "Ctrl held"])
def test_a_conflict_has_no_answer_until_one_is_given(
    round_trip: Round, register: Register, held: Qt.Key | None
) -> None:
    """Qt adds to what is chosen while Ctrl is held: each answer settles its own conflict all the same."""
    round_trip.out()
    round_trip.change(3, "owner", "Dorte")
    round_trip.change(4, "owner", "Carl")
    for one in register.snapshot().rows("initiative"):
        edit_field(register, one.id, "owner", "Erik")

    def choose(dialog: ReturnPreview) -> bool:
        waiting = ["Ændret begge steder: vælg"]
        assert column(dialog, 4) == waiting * 2
        assert any("2 felter er ændret både her" in label.text() for label in dialog.findChildren(QLabel))
        if held is not None:
            QTest.keyPress(dialog, held, Qt.KeyboardModifier.ControlModifier)
        dialog.differences.use_there.click()
        assert column(dialog, 4) == ["Ændres", *waiting]
        dialog.differences.use_here.click()
        assert column(dialog, 4) == ["Ændres", "Forbliver, som det er her"]
        return True

    round_trip.back(choose)
    assert owners(register) == {"Robot": "Dorte", "Have": "Erik"}


def test_problems_are_shown_and_the_rest_goes_in(round_trip: Round, register: Register) -> None:
    round_trip.out()
    round_trip.change(3, "phase", "Rumfart")
    round_trip.change(4, "owner", "Carl")

    def answer(dialog: ReturnPreview) -> bool:
        assert any("Ikke indlæst" in label.text() for label in dialog.findChildren(QLabel))
        return True

    round_trip.back(answer)
    assert owners(register) == {"Robot": "Anna", "Have": "Carl"}
