"""An edition that was put aside is compared from the notice or the menu, reviewed, brought over, undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.registers import open_register
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.edition_preview import EditionPreview
from coi_desktop.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import wait_until_idle


@pytest.fixture
def robot(register: Register) -> str:
    return add_initiative(register, {"title": "Robot", "owner": "Anna"})


@pytest.fixture
def other(register: Register, robot: str, tmp_path: Path) -> Path:
    path = tmp_path / "anden udgave.coi"
    register.backup(path)
    with open_register(path) as there:
        edit_field(there, robot, "owner", "Dorte")
        add_initiative(there, {"title": "Kun der"})
    return path


def bring(qtbot: QtBot, window: MainWindow) -> str:
    window.actions_["import_edition"].trigger()
    for _job in ("compare", "bring over"):
        wait_until_idle(qtbot, window.desk)
    return notice_bar(window).text


def test_it_is_shown_brought_over_and_undone(
    qtbot: QtBot, register: Register, robot: str, other: Path, open_window: OpenWindow, prompts: FakePrompts
) -> None:
    edit_field(register, robot, "owner", "Erik")
    shown: list[list[str]] = []

    def answer(dialog: EditionPreview) -> bool:
        rows = dialog.differences.rows
        places = range(rows.rowCount())
        shown.extend([[rows.index(row, column).data() for column in range(5)] for row in places])
        dialog.differences.table.selectRow(0)
        dialog.differences.use_there.click()
        return True

    prompts.paths, prompts.dialogs = [other], [answer]
    notice = bring(qtbot, open_window())
    assert shown == [
        ["Robot", "Ejer", "Erik", "Dorte", "Ændret begge steder: vælg"],
        ["Kun der", "Tiltag", "–", "Kun der", "Kommer til"],
    ]
    assert notice.startswith("2 poster er hentet over.")
    assert register.get("initiative", robot)["owner"] == "Dorte"
    register.undo()
    assert register.get("initiative", robot)["owner"] == "Erik"
    assert register.count("initiative") == 1


def test_without_an_answer_a_conflict_stays_as_it_is_here(
    qtbot: QtBot, register: Register, robot: str, other: Path, open_window: OpenWindow, prompts: FakePrompts
) -> None:
    edit_field(register, robot, "owner", "Erik")
    prompts.paths, prompts.dialogs = [other], [lambda dialog: True]
    bring(qtbot, open_window())
    assert register.get("initiative", robot)["owner"] == "Erik"
    assert register.count("initiative") == 2


def test_one_that_has_nothing_more_is_said_so_without_a_dialog(
    qtbot: QtBot,
    register: Register,
    robot: str,
    tmp_path: Path,
    open_window: OpenWindow,
    prompts: FakePrompts,
) -> None:
    path = tmp_path / "anden udgave.coi"
    register.backup(path)
    prompts.paths = [path]
    assert bring(qtbot, open_window()) == "Den anden udgave har intet, der mangler her."


def test_the_notice_of_an_edition_leads_to_the_comparison(
    qtbot: QtBot, register: Register, robot: str, other: Path, open_window: OpenWindow, prompts: FakePrompts
) -> None:
    shutil.move(other, register.path.with_name(f"{register.path.stem} (Annes konfliktkopi).coi"))
    prompts.dialogs = [lambda dialog: isinstance(dialog, EditionPreview)]
    window = open_window()
    from coi_desktop.ui.greeting import greet

    greet(window.desk)
    bar = notice_bar(window)
    next(step for step in bar._steps if "ammenlign" in step.text()).click()
    for _job in ("compare", "bring over"):
        wait_until_idle(qtbot, window.desk)
    assert register.get("initiative", robot)["owner"] == "Dorte"
