"""The program starts, opens another register, and tells of its own faults."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coi_desktop import paths
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.settings import Settings
from coi_desktop.ui.application import Alarm
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.program import Program
from coi_desktop.ui.walkthrough.walk import Walk
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import asked, titles


def test_the_first_start_makes_the_users_own_register(program: Program) -> None:
    assert program.start(None)
    assert paths.own_register().exists()
    assert titles(program) == []
    assert asked(program).asked == []


def test_a_register_that_is_asked_for_is_opened_but_not_made(program: Program, tmp_path: Path) -> None:
    asked(program).choices = ["quit"]
    assert not program.start(tmp_path / "findes ikke.coi")
    assert asked(program).asked == ["Registret kan ikke åbnes"]
    assert not (tmp_path / "findes ikke.coi").exists()


def test_instead_of_one_that_cannot_be_opened_another_can_be_chosen(program: Program, tmp_path: Path) -> None:
    broken, sound = tmp_path / "i stykker.coi", tmp_path / "hel.coi"
    broken.write_bytes(b"PK\x03\x04 no register")
    with create_register(sound) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    asked(program).choices, asked(program).paths = ["other"], [sound]
    assert program.start(broken)
    assert titles(program) == ["Nabohjælp"]
    assert broken.read_bytes() == b"PK\x03\x04 no register"


def test_a_register_that_is_open_elsewhere_is_opened_for_reading(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "optaget.coi"
    with create_register(path) as register:
        add_initiative(register, {"title": "Nabohjælp"})
        assert program.start(path)
        assert titles(program) == ["Nabohjælp"]
        assert program.register is not None
        assert not program.register.writable
        assert not program.window.actions_["new"].isEnabled()


def test_the_lock_is_given_back_when_the_window_closes(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "prøve.coi"
    create_register(path).close()
    assert program.start(path)
    assert program.window is not None
    program.window.close()
    open_register(path).close()


def test_another_register_takes_the_windows_place_and_is_opened_next_time(
    program: Program, tmp_path: Path, qapp: QApplication
) -> None:
    other = tmp_path / "andet.coi"
    with create_register(other) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    assert program.start(None)
    first = program.window
    assert first is not None
    first.open_register(other)
    assert program.window is not first
    assert titles(program) == ["Nabohjælp"]
    assert program.window is not None
    program.window.close()
    again = Program(qapp, Settings.read(tmp_path / "settings.json"), FakePrompts())
    assert again.start(None)
    assert titles(again) == ["Nabohjælp"]
    assert again.window is not None
    again.window.close()


def walk_an_evaluation(qtbot: QtBot, window: MainWindow) -> Walk:
    """A new evaluation, open in the window."""
    initiative_id = add_initiative(window.desk.register, {"title": "Nabohjælp"})
    start_evaluation(window.desk.register, initiative_id)
    window.show_record("evaluations", initiative_id)
    page = window.page
    qtbot.waitUntil(lambda: page.panel is not None and page.panel.walk.is_open)
    return page.panel.walk


def test_a_window_whose_place_another_took_is_gone_with_all_that_it_held(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    """Its register is held by it, which may be a hundred thousand initiatives, and its screens."""
    other = tmp_path / "andet.coi"
    create_register(other).close()
    assert program.start(None)
    first = program.window
    assert first is not None
    with qtbot.waitSignal(first.painted):
        pass
    assert first.actions_["new"].isEnabled()
    first.show_place("overview")
    walk = weakref.ref(walk_an_evaluation(qtbot, first))
    window, register = weakref.ref(first), weakref.ref(first.desk.register)
    first.open_register(other)
    del first
    qtbot.waitUntil(lambda: program.window is not window())
    qtbot.wait(20)
    gc.collect()
    assert window() is None
    assert register() is None
    assert walk() is None


def test_when_the_other_register_cannot_be_opened_the_window_comes_back(
    program: Program, tmp_path: Path
) -> None:
    assert program.start(None)
    assert program.window is not None
    program.window.open_register(tmp_path / "findes ikke.coi")
    assert program.register is not None
    assert program.register.path == paths.own_register()
    assert program.window.isVisible()
    assert "findes ikke.coi" in asked(program).asked[-1]


def test_a_fault_of_the_program_is_shown_once_and_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[BaseException] = []
    alarm = Alarm(shown.append)
    for number in range(2):
        try:
            raise ValueError(f"fault {number}")
        except ValueError as error:
            alarm.catch(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert [str(error) for error in shown] == ["fault 0", "fault 1"]
    assert "fault 1" in caplog.text


def test_a_fault_while_one_is_shown_is_only_logged(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    shown: list[BaseException] = []

    def show(error: BaseException) -> None:
        shown.append(error)
        alarm.catch(RuntimeError, RuntimeError("while showing"), None)
        QApplication.processEvents()

    alarm = Alarm(show)
    alarm.catch(ValueError, ValueError("first"), None)
    qtbot.waitUntil(lambda: bool(shown))
    QApplication.processEvents()
    assert len(shown) == 1
    assert "while showing" in caplog.text
